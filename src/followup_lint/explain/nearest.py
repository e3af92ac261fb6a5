"""What kept a check silent, found by taking its options away one at a time."""

from __future__ import annotations

from collections.abc import Iterator

from followup_lint.diagnostic import Finding
from followup_lint.explain.options import Match, key_of, matches, options, shown, trait
from followup_lint.explain.row import Row
from followup_lint.explain.vary import emptied, stretched, tried, unmasked
from followup_lint.reading import Reading
from followup_lint.rule import Check
from followup_lint.text import Span

_SHOWN = 3
_MEASURES = ("count", "grade", "score", "over")


def kept_silent(check: Check, reading: Reading) -> Iterator[Row]:
    """Yield what was measured, what satisfied the check, what excused the draft, and what was out of sight."""
    yield from measured(check, reading)
    for name, changed in emptied(check):
        found = tried(changed, reading)
        if not found:
            continue
        held = _holding(check, name, reading, found)
        for match in held[:_SHOWN]:
            yield Row("because", f"{_at(reading, match.span)} matches {shown(check, reading, match)}")
        if not held:
            yield Row("because", f"without its option {name} it would point at {_at(reading, found[0].span)}")
    for item in tried(check, unmasked(reading))[:_SHOWN]:
        yield Row("masked", f"{_at(reading, item.span)} is a name or a quotation, which is no evidence")


def measured(check: Check, reading: Reading) -> Iterator[Row]:
    """Yield each value that the check measures, and the limit that it keeps to."""
    told: set[str] = set()
    for name, changed in stretched(check):
        if name in told:
            continue
        values = next((dict(item.values) for item in tried(changed, reading) if item.values), {})
        value = next((f"{key} {values[key]}" for key in _MEASURES if key in values), "")
        table = dict(options(check))[name]
        key = key_of(table, reading.context.traits)
        limit = table.get(key) if isinstance(table, dict) else table
        if value and limit:
            told.add(name)
            whom = f" for {trait(key, reading.context)}" if key else ""
            yield Row("measured", f"{value}; {name} is {limit:g}{whom}")


def _holding(check: Check, name: str, reading: Reading, found: list[Finding]) -> list[Match]:
    """Return the matches of an option that hold the check back: those where it would speak, or else all."""
    whole = [item for item in matches(check, reading, reading.message) if item.option == name]
    near = [_sentence(reading, item.span) for item in found]
    here = [item for item in whole if any(item.span.overlaps(span) for span in near)]
    longest: list[Match] = []
    for item in here or whole:
        if not any(item.span.overlaps(other.span) for other in longest):
            longest.append(item)
    return sorted(longest, key=lambda item: item.span)


def _sentence(reading: Reading, span: Span) -> Span:
    return next((item.span for item in reading.sentences if span.overlaps(item.span)), span)


def _at(reading: Reading, span: Span) -> str:
    at = reading.draft.place(span.start)
    words = " ".join(span.of(reading.text).split())
    return f"{at.line}:{at.column} “{words if len(words) <= 60 else words[:59] + '…'}”"  # noqa: PLR2004  (one line)
