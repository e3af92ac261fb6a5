"""What the command line tells besides findings: rules, their explanation, their tests, a draft's context."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path

from followup_lint import catalog, kept
from followup_lint.accuracy import figures
from followup_lint.cache import sweep, vault
from followup_lint.context import FACTS
from followup_lint.errors import Problem
from followup_lint.kinds import is_inferred, weigh
from followup_lint.linter import Result
from followup_lint.rule import Rule
from followup_lint.sources.decode import reason
from followup_lint.streams import say, tell
from followup_lint.text import visible_lines
from followup_lint.thread.quoted import quoted_lines
from followup_lint.when import amount
from followup_lint.workdays import told


def _print(words: str, *, err: bool = False) -> None:
    """Print a line or several: a rule may be a stranger's, and its words may not reach the terminal raw."""
    say(f"{visible_lines(words)}\n", err=err)


def list_rules(rules: Sequence[Rule]) -> int:
    """Print each rule's name, severity, preset and reason."""
    for rule in rules:
        severity = rule.file.severity
        shown = "varies" if isinstance(severity, dict) else severity.value
        _print(f"{rule.name:<28} {shown:<10} {rule.file.preset:<12} {textwrap.shorten(rule.file.why, 70)}")
    return 0


def explain(rules: Sequence[Rule], name: str) -> int:
    """Print what a rule asks. Raises Problem for an unknown name."""
    rule = catalog.named(rules, name)
    _print(f"{rule.name} (practice {rule.file.practice}, check: {rule.file.check}, {rule.file.preset})\n")
    fix = rule.file.fix if isinstance(rule.file.fix, str) else next(iter(rule.file.fix.values()))
    for label, words in (("why", rule.file.why), ("try", fix), ("source", rule.file.source)):
        _print(textwrap.fill(words, 80, initial_indent=f"{label:<8}", subsequent_indent=" " * 8))
    if rule.name in figures():
        _print(f"{'figures':<8}{figures()[rule.name]}")
    for example in rule.file.examples:
        kind, text = ("bad", example.bad) if example.bad else ("good", example.good)
        _print(f"\n{kind} example:\n{textwrap.indent(text.strip(), '    ')}")
    return 0


def test_rules(folders: Sequence[Path], *, mutate: bool, verbose: bool) -> int:
    """Run the examples of the built-in rules, or of folders of others; print those that do not behave.

    With `mutate`, print those too that behave, but prove nothing; with `verbose` also, as notes, the bad ones that are
    still found when they are negated. Return the exit code.
    """
    from followup_lint.testing import failures

    rules = [rule for folder in folders for rule in catalog.from_folder(folder)] or catalog.built_in()
    found = list(failures(rules))
    idle: list[Problem] = []
    if mutate:
        from followup_lint.mutate import fires_negated, idle_examples

        idle = list(idle_examples(rules))
        for note in fires_negated(rules) if verbose else ():
            _print(f"note: {note}", err=True)
    for problem in (*found, *idle):
        tell(problem)
    count = sum(len(rule.file.examples) for rule in rules)
    proof = f", {len(idle)} that prove nothing" if mutate else ""
    counts = amount(len(rules), "rule"), amount(count, "example"), amount(len(found), "failure")
    _print(f"{', '.join(counts)}{proof}")
    return 2 if found else 1 if idle else 0


def context(result: Result) -> str:
    """Return every fact of a draft with its origin."""
    rows = [f"{result.draft.path}: context\n"]
    for name in FACTS:
        value = getattr(result.context, name)
        if name in result.context.origins or value:
            shown = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
            shown = f"{len(value)}: {shown}" if name == "previous" else shown
            rows.append(f"  {name:<16} {shown}  ({result.context.origins.get(name, 'default')})\n")
        if name == "region" and result.context.stated_region:
            rows.append(f"  {'':<16} working days leave out {told(result.context.stated_region)}\n")
        if name == "kind" and is_inferred(result.context):
            rows += [f"  {'':<16} {row}\n" for row in weigh(result.draft, result.context).rows()]
    for line in quoted_lines(result.draft):
        rows.append(f"  {'hint':<16} you are quoted below: “{line}”; list that message under previous if it counts\n")
    return "".join(rows)


def clear_cache(folder: str) -> int:
    """Throw away all that is kept in a cache folder, or in the usual one. Raises Problem where that cannot be done."""
    try:
        if not folder:
            kept.clear()
        folder = folder or vault.default()
        count = sweep.clear(folder)
    except OSError as error:
        raise Problem(f"cannot be cleared: {reason(error)}", folder) from None
    told = "1 entry" if count == 1 else f"{count} entries"
    _print(f"{folder}: {told} thrown away")
    return 0
