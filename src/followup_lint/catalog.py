"""Where rules lie, and how folders of files become rules."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from followup_lint.diagnostic import Severity
from followup_lint.errors import Problem, Problems, hint, problems
from followup_lint.rule import Rule, read_rule
from followup_lint.vocabulary import rules_folder

PRESETS = ("lenient", "recommended", "strict")


def read_rules(sources: Sequence[tuple[str, str, str]]) -> tuple[Rule, ...]:
    """Build rules from (name, path, source). Raises Problems with the faults of all files together."""
    rules, found = [], []
    for name, path, source in sources:
        try:
            rules.append(read_rule(source, path, name))
        except Problems as group:
            found += [error for error in group.exceptions if isinstance(error, Problem)]
    if found:
        raise problems(found)
    return tuple(rules)


@cache
def built_in() -> tuple[Rule, ...]:
    """Return the rules that come with the program, by name."""
    files = sorted((item for item in rules_folder().iterdir() if item.name.endswith(".yaml")), key=lambda f: f.name)
    return read_rules(
        [(item.name.removesuffix(".yaml"), f"rules/{item.name}", item.read_text(encoding="utf-8")) for item in files]
    )


def from_folder(folder: Path) -> tuple[Rule, ...]:
    """Return the rules of a folder of the user's. Raises Problems."""
    try:
        files = sorted(folder.glob("*.yaml"))
        sources = [(file.stem, str(file), file.read_text(encoding="utf-8")) for file in files]
    except (OSError, UnicodeDecodeError) as error:
        raise problems([Problem(f"cannot be read: {error}", str(folder))]) from None
    if not sources:
        raise problems([Problem("no rule files (*.yaml) in this folder", str(folder))])
    return read_rules(sources)


def choose(rules: Sequence[Rule], preset: str, select: Sequence[str], ignore: Sequence[str]) -> tuple[Rule, ...]:
    """Return the rules to run. `select` replaces the preset's choice. Raises Problems for a name that fits no rule."""
    names = [rule.name for rule in rules]
    unknown = [item for item in (*select, *ignore) if not any(fnmatchcase(name, item) for name in names)]
    if unknown:
        raise problems([_unknown(item, rules) for item in unknown])
    if select:
        chosen = [rule for rule in rules if any(fnmatchcase(rule.name, item) for item in select)]
    else:
        chosen = [rule for rule in rules if preset == "strict" or rule.file.preset == "recommended"]
    if preset == "strict":
        chosen = [rule.strictly() for rule in chosen]
    return tuple(rule for rule in chosen if not any(fnmatchcase(rule.name, item) for item in ignore))


def named(rules: Sequence[Rule], name: str) -> Rule:
    """Return the rule of that name. Raises Problem where there is none."""
    for rule in rules:
        if rule.name == name:
            return rule
    raise _unknown(name, rules)


def _unknown(name: str, rules: Sequence[Rule]) -> Problem:
    return Problem(f"unknown rule '{name}'; {hint(name, [rule.name for rule in rules], '--list-rules shows them all')}")


def least(preset: str) -> Severity:
    """Return the mildest severity that a preset reports."""
    return Severity.ERROR if preset == "lenient" else Severity.SUGGESTION
