"""A check's options seen from outside: which of them are phrases, and which are limits.

A check's fields are its options, so an explanation can be had of every check, also of one not written yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Any

from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.explain.phrase import narrowed
from followup_lint.phrases import compiled
from followup_lint.reading import Reading
from followup_lint.records import dataclass, fields
from followup_lint.rule import Check
from followup_lint.table import pick
from followup_lint.text import Span

_SHOWN = 3
_MEASURES = frozenset({"count", "over", "grade", "score"})


@dataclass(frozen=True, slots=True)
class Match:
    """Words that a phrase of an option matches."""

    option: str
    phrase: str
    span: Span


@dataclass(frozen=True, slots=True)
class Limit:
    """A number of a rule, and the key of its table that this message fell under; no key where there is no table."""

    option: str
    value: float
    key: str


def options(check: Check) -> Iterator[tuple[str, Any]]:
    """Yield the name and value of every option."""
    for item in fields(check):  # type: ignore[arg-type]  # every check is a dataclass; a protocol cannot say so
        yield item.name, getattr(check, item.name)


def phrases(check: Check, traits: AbstractSet[str]) -> dict[str, tuple[str, ...]]:
    """Return the options that list phrases or words, as they hold for a message of these traits."""
    found = {}
    for name, table in options(check):
        value = pick(table, traits)
        if isinstance(value, tuple | list) and value and all(isinstance(item, str) for item in value):
            found[name] = tuple(value)
    return found


def matches(check: Check, reading: Reading, within: Span) -> list[Match]:
    """Return what each phrase of the rule matches in a stretch, those that match the whole of it first."""
    exact = bool(getattr(check, "exact", False))
    text = reading.text if exact else reading.masked
    found = [
        Match(name, phrase, Span(*hit.span()))
        for name, group in phrases(check, reading.context.traits).items()
        for phrase in (group if _pattern(group, exact).search(text, within.start, within.end) else ())
        for hit in _pattern((phrase,), exact).finditer(text, within.start, within.end)
        if hit.end() > hit.start()
    ]
    return sorted(found, key=lambda item: (item.span != within, item.span.start - item.span.end))


def shown(check: Check, reading: Reading, match: Match) -> str:
    """Return the option and phrase of a match, long lists cut down to what matched."""
    exact = bool(getattr(check, "exact", False))
    text = reading.text if exact else reading.masked

    def still(phrase: str) -> bool:
        hit = _pattern((phrase,), exact).search(text, match.span.start, match.span.end)
        return hit is not None and hit.span() == (match.span.start, match.span.end)

    return f"{match.option}: {narrowed(match.phrase, still)}"


@lru_cache(maxsize=2048)
def _pattern(group: tuple[str, ...], exact: bool) -> re.Pattern[str]:  # noqa: FBT001  (a cache key)
    try:
        return re.compile("|".join(f"(?:{phrase})" for phrase in group)) if exact else compiled(group)
    except (re.error, KeyError):
        # Not phrases at all: names of forms, of frames, or of lists.
        return re.compile(r"(?!)")


def key_of(table: object, traits: AbstractSet[str]) -> str:
    """Return the key of a table that a message falls under; empty where the value is the same for all."""
    if not isinstance(table, Mapping):
        return ""
    return next((key for key in table if key in traits), "default")


def limits(check: Check, finding: Finding, traits: AbstractSet[str]) -> list[Limit]:
    """Return the rule's numbers that a finding was measured against: those that the check put among its values."""
    numbers = []
    for name, table in options(check):
        value = pick(table, traits)
        if isinstance(value, int | float) and not isinstance(value, bool) and value:
            numbers.append(Limit(name, value, key_of(table, traits)))
    values = {name: value for name, value in finding.values if name not in _MEASURES}
    named = [item for item in numbers if item.option in values and _same(item.value, values[item.option])]
    others = [item for item in numbers if any(_same(item.value, value) for value in values.values())]
    if finding.case:
        others.sort(key=lambda item: item.option != finding.case)
    return named or others[:_SHOWN]


def _same(number: float, shown: str | int) -> bool:
    return str(shown) in {str(number), f"{number:g}", f"{number:+.1f}"}


def trait(key: str, context: Context) -> str:
    """Say in words which fact a key of a table is: `kind thank-you`."""
    known = {context.kind: "kind", context.channel: "channel", context.culture: "culture"}
    if key in known:
        return f"{known[key]} {key}"  # type: ignore[index]  # a fact is a string too
    if key == context.region.lower():
        return f"region {key}"
    return "all other messages" if key == "default" else f"the case “{key}”"
