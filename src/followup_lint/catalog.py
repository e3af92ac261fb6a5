"""Where rules lie, and how folders of files become rules."""

from __future__ import annotations

import os
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from fnmatch import fnmatchcase
from functools import cache, partial

from followup_lint import compiled, kept
from followup_lint.compiled import Source
from followup_lint.diagnostic import Severity
from followup_lint.errors import Problem, Problems, hint, problems
from followup_lint.rule import Rule, ready
from followup_lint.sources.fence import inside
from followup_lint.vocabulary import rule_files, rule_text, rules_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 100_000
"""Of a rule file; our largest has an eighth of it."""

_GLOB = frozenset("*?[")

CONFIG_OF_A_PACK = "followup-lint.yaml"
"""What a folder of rules may hold besides: settings that go with the rules."""


def read_rules(sources: Sequence[tuple[str, str, str]], *, trusted: bool = False) -> tuple[Rule, ...]:
    """Build rules from (name, path, source). Raises Problems with the faults of all files together.

    `trusted` ones are ours: their phrases are judged by our tests.
    """
    from followup_lint.rule_reader import read_rule  # most runs have rules that are kept

    rules, found = [], []
    for name, path, source in sources:
        try:
            rules.append(read_rule(source, path, name, trusted=trusted))
        except Problems as group:
            found += [error for error in group.exceptions if isinstance(error, Problem)]
    if found:
        raise problems(found)
    return tuple(rules)


@cache
def built_in() -> tuple[Rule, ...]:
    """Return the rules that come with the program, by name."""
    found = []
    for file in rule_files():
        text = partial(rule_text, file)
        state = b"" if rules_path() else text().encode()
        found.append(Source(file.removesuffix(".yaml"), f"rules/{file}", state, text))
    return _rules("built-in", found, trusted=True)


def from_folder(folder: Path, fence: Path | None = None) -> tuple[Rule, ...]:
    """Return the rules of a folder of the user's; links in it may not lead out of the `fence`. Raises Problems."""
    try:
        found = (file for file in folder.glob("*.yaml") if file.name[0] != "." and file.name != CONFIG_OF_A_PACK)
        files = sorted(file for file in found if file.is_file())
        if strangers := [file for file in files if fence and not inside(file, fence)]:
            raise problems([Problem("is a link that leads out of its project", str(file)) for file in strangers])
        texts = [_text(file) for file in files]
    except (OSError, UnicodeDecodeError) as error:
        raise problems([Problem(f"cannot be read: {error}", str(folder))]) from None
    if not files:
        raise problems([Problem("no rule files (*.yaml) in this folder", str(folder))])
    sources = [
        Source(file.stem, str(file), text.encode(), ready(text)) for file, text in zip(files, texts, strict=True)
    ]
    return _rules(kept.digest(os.fsencode(folder.absolute())).hex()[:16], sources)


def _text(file: Path) -> str:
    """Return a rule file as text. Raises Problems, OSError or UnicodeDecodeError."""
    with file.open("rb") as opened:
        data = opened.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise problems([Problem(f"is too large for a rule; the limit is {MAX_BYTES // 1000} kB", str(file))])
    return data.decode().replace("\r\n", "\n").replace("\r", "\n")


def _rules(slot: str, sources: Sequence[Source], *, trusted: bool = False) -> tuple[Rule, ...]:
    """Return the rules of a folder, from what is kept if its files are as they were."""
    if (rules := compiled.read(slot, sources)) is None:
        rules = read_rules([(item.name, item.path, item.text()) for item in sources], trusted=trusted)
        compiled.write(slot, sources, rules)
        rules = compiled.read(slot, sources) or rules  # so that they are the same in this run as in the next
    return rules


def choose(
    rules: Sequence[Rule],
    preset: str,
    select: Sequence[str],
    ignore: Sequence[str],
    always: AbstractSet[str] = frozenset(),
) -> tuple[Rule, ...]:
    """Return the rules to run. `select` replaces the choice of the preset, which every rule of `always` is part of.

    Raises Problems for a name that fits no rule.
    """
    meant = {item: fitting(rules, item) for item in (*select, *ignore)}
    unknown = [item for item in (*select, *ignore) if not meant[item]]
    if unknown:
        raise problems([unknown_rule(item, rules) for item in unknown])
    selected, ignored = ({name for item in items for name in meant[item]} for items in (select, ignore))
    if select:
        chosen = [rule for rule in rules if rule.name in selected]
    else:
        chosen = [rule for rule in rules if preset == "strict" or rule.file.preset != "strict" or rule.name in always]
    if preset == "strict":
        chosen = [rule.strictly() for rule in chosen]
    return tuple(rule for rule in chosen if rule.name not in ignored)


def fitting(rules: Sequence[Rule], name: str) -> tuple[str, ...]:
    """Return the names of the rules that a name or glob fits."""
    if _GLOB.isdisjoint(name):  # most are names, for which no expression need be compiled
        return tuple(rule.name for rule in rules if rule.name == name)
    return tuple(rule.name for rule in rules if fnmatchcase(rule.name, name))


def named(rules: Sequence[Rule], name: str) -> Rule:
    """Return the rule of that name. Raises Problem where there is none."""
    for rule in rules:
        if rule.name == name:
            return rule
    raise unknown_rule(name, rules)


def unknown_rule(name: str, rules: Sequence[Rule]) -> Problem:
    """Return what to say of a name that fits no rule."""
    return Problem(f"unknown rule '{name}'; {hint(name, [rule.name for rule in rules], '--list-rules shows them all')}")


def least(preset: str) -> Severity:
    """Return the mildest severity that a preset reports."""
    return Severity.ERROR if preset == "lenient" else Severity.SUGGESTION
