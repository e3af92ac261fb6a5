"""What a silent rule rests on: the words that satisfied it, the number it measured. Asked of a check from outside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Protocol, runtime_checkable

from followup_lint.checklist.model import Band, Budget
from followup_lint.checks import asks, greeting, mention, part, subject
from followup_lint.draft import BlockKind
from followup_lint.parts import PARTS
from followup_lint.phones import phone_numbers
from followup_lint.phrases import compiled
from followup_lint.reading import Reading
from followup_lint.records import replace
from followup_lint.rule import Check
from followup_lint.text import Span
from followup_lint.vocabulary import vocabulary
from followup_lint.when import amount, days_between

_UNITS = {"characters": "character", "sentences": "sentence", "questions": "question", "links": "link"}
_BLOCKS = {"form": BlockKind.GREETING, "greeting": BlockKind.GREETING, "sign-off": BlockKind.SIGN_OFF}
_END = 3.0


@runtime_checkable
class Shows(Protocol):
    """A check that can show the words by which a thing is said. No check has to."""

    def evidence(self, reading: Reading) -> Iterator[Span]:
        """Yield the words; none where the thing is not said."""
        ...


@runtime_checkable
class Measures(Protocol):
    """A check that keeps something within a limit."""

    of: str

    def measured(self, reading: Reading) -> tuple[int, int | None]:
        """Return how much there is and how much may be, None for no limit."""
        ...


@runtime_checkable
class Places(Protocol):
    """A check that puts a message on a scale."""

    def placed(self, reading: Reading) -> tuple[float, float | None, float | None] | None:
        """Return score, low end and high end, None for an open one; None where there is nothing to judge."""
        ...


def evidence(check: Check, reading: Reading) -> tuple[Span, ...] | None:
    """Return the words that satisfy a check; None for a check that is satisfied by what is not there."""
    found: Iterator[Span] | None = None
    if isinstance(check, Shows) and not isinstance(check, Measures):
        found = check.evidence(reading)
    elif isinstance(check, asks.Check):
        found = _asked(check, reading) if check.of == "missing" else None
    elif isinstance(check, greeting.Check | part.Check):
        found = _part(check, reading)
    elif isinstance(check, mention.Check):
        found = _named(check, reading)
    elif isinstance(check, subject.Check):
        header = reading.draft.header("Subject")
        found = iter([header.span] if header and header.value.strip() else [])
    return None if found is None else longest(found)


def counted(check: Check, reading: Reading) -> tuple[Span, ...]:
    """Return the places that a check counts against its limit, where it counts places."""
    found = check.evidence(reading) if isinstance(check, Shows) and isinstance(check, Measures) else ()
    return tuple(sorted(set(found)))


def budget(check: Check, reading: Reading) -> Budget | None:
    """Return what a check measured against its limit, if it is one that measures and this message has a limit."""
    if not isinstance(check, Measures):
        return None
    count, limit = check.measured(reading)
    return None if limit is None else Budget(count, limit, _UNITS.get(check.of, "word"))


def band(check: Check, reading: Reading) -> Band | None:
    """Return where a message stands in its band, if the check knows bands and the message is long enough."""
    placed = check.placed(reading) if isinstance(check, Places) else None
    if placed is None:
        return None
    score, low, high = placed
    return Band(score, -_END if low is None else low, _END if high is None else high)


def wait(reading: Reading) -> str:
    """Return how long after the interview the message goes, in words; empty where a day is not known."""
    context = reading.context
    if context.date is None or context.interview is None:
        return ""
    days = days_between(context.interview.end, context.date)
    return (
        "" if days < 0 else "on the day of the interview" if not days else f"{amount(days, 'day')} after the interview"
    )


def fact(name: str) -> str:
    """Return what to call a fact in a sentence."""
    return vocabulary("facts").get(name, (name.replace("_", " "),))[0]


def longest(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans that lie in no other, in order, each once."""
    found: list[Span] = []
    end = -1
    # Of those that begin at one place the longest comes first, so that what covers a span always stands before it.
    for span in sorted(set(spans), key=lambda span: (span.start, -span.end)):
        if span.end > end:
            found.append(span)
            end = span.end
    return tuple(found)


def _asked(check: asks.Check, reading: Reading) -> Iterator[Span]:
    # The same asks, looked for as if they were not to be there.
    yield from (finding.span for finding in replace(check, of="present")(reading))


def _part(check: greeting.Check | part.Check, reading: Reading) -> Iterator[Span] | None:
    kind = _BLOCKS.get(check.of)
    blocks = [block.span for block in reading.draft.of_kind(kind)] if kind else []
    if blocks:
        return iter(blocks)
    if isinstance(check, greeting.Check):
        return iter(()) if check.of in _BLOCKS else None
    if not check.min:
        return None
    if check.of == "phone-number":
        return (span for span, _ in phone_numbers(reading.text, reading.message))
    presence = PARTS[check.of](reading, check.phrases)
    if check.of == "attachment" and presence.count:
        return None
    return iter([presence.where] if presence.count else [])


def _named(check: mention.Check, reading: Reading) -> Iterator[Span] | None:
    """Return the name of the job and the day, each where it is first given; nothing unless all that is asked is given.

    None where all is given, but not in words that the rule lists.
    """
    if next(iter(replace(check, min_words=0, need=len(check.of), reply=len(check.of))(reading)), None):
        return iter(())
    header = reading.draft.header("Subject")
    places = [*([header.span] if header and header.value.strip() else []), reading.message]
    listed = {
        "role": ((re.escape(reading.context.role),) if reading.context.role else ()) + check.role,
        "day": check.day,
    }
    said = [
        next((span for place in places if (span := _first(reading, listed[fact], place))), None)
        for fact in check.of
        if fact in listed
    ]
    found = [span for span in said if span]
    return iter(found) if found else None


def _first(reading: Reading, phrases: tuple[str, ...], place: Span) -> Span | None:
    # Names known from the context are masked for rules: here they are what is looked for.
    match = compiled(phrases).search(reading.text, place.start, place.end)
    return Span(*match.span()) if match else None
