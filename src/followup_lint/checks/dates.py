"""The day a message gives the interview, against the day it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import ClassVar

from followup_lint import patterns
from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.phrases import check_phrases, compiled
from followup_lint.reading import Reading
from followup_lint.records import dataclass
from followup_lint.table import Table, pick
from followup_lint.text import Span
from followup_lint.when import Interval, Moment

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY = r"(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day|\b(?:\.(?=\s+[\da-z]))?)"
_MONTH = r"(?P<month{0}>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:[a-z]*\b(?:\.(?=\s+[\da-z]))?)"
_DAY = r"(?P<day{0}>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:/]|\.\d|\s?(?:am|pm|%))"
# How many are meant: the least and the most.
_COUNTS = {"a couple of": (2, 3), "several": (3, 9), "a few": (2, 6), "a": (1, 1), "one": (1, 1), "two": (2, 2)} | {
    word: (number, number)
    for number, word in enumerate(("three", "four", "five", "six", "seven", "eight", "nine", "ten"), 3)
}
_BLANKS = r"\s+"
# Days a unit has, by how many people are off when they count one back, and by how many more for each further one.
_UNITS = {"day": (1, 1, 0), "week": (7, 3, 1), "month": (30, 15, 1)}
_DATE = patterns.lazy(
    r"\b(?:"
    rf"(?P<last>last\s+)?{_WEEKDAY}(?:,?\s+(?:the\s+)?(?:{_DAY.format(1)}\s+(?:of\s+)?{_MONTH.format(1)}|{_MONTH.format(2)}\s+{_DAY.format(2)}))?"
    rf"|{_DAY.format(3)}\s+(?:of\s+)?{_MONTH.format(3)}|{_MONTH.format(4)}\s+(?:the\s+)?{_DAY.format(4)}"
    r"|the\s+(?P<day5>\d{1,2})(?:st|nd|rd|th)\b"
    r"|(?P<today>today|this\s+(?:morning|afternoon|evening))"
    r"|(?P<two_back>the\s+day\s+before\s+yesterday)|(?P<yesterday>yesterday|last\s+night)"
    r"|(?P<which>this|last)\s+(?P<period>week|month)"
    rf"|(?P<count>{'|'.join(_COUNTS).replace(' ', _BLANKS)}|\d{{1,2}})\s+(?P<unit>day|week|month)s?\s+ago"
    r")(?P<year>,?\s+(?:19|20)\d\d\b)?",
    re.IGNORECASE,
)
_BEHIND = patterns.lazy(r"(?:['’]s)?\s+(?:\w+\s+)?")
_STOP = patterns.lazy(r"[.;:!?(]\s")
_SMALL_HOURS = 5
_EVENING, _MORNING = 18, 7  # in UTC: from then on it is tomorrow in Sydney; till then it is yesterday in Hawaii
_FORTNIGHT = 14


@dataclass(frozen=True)
class Check:
    """Find a day that is tied to the past meeting and is not the interview's.

    A day is tied by an `event` phrase at most `reach` words before it, with none of the `between` phrases and no stop
    in between, or right behind it ("Monday's talk"). Sentences with an `unless` phrase are left alone, and so is the
    whole message once one tied day is right: there may have been two meetings. "Yesterday", "last week" and "ten days
    ago" are counted from the `date`, as loosely as people count, and tell nothing without one.
    """

    HISTORY: ClassVar[bool] = True
    VALUES: ClassVar[frozenset[str]] = frozenset({"day"})

    event: Table[tuple[str, ...]]
    between: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    reach: int = 6

    def verify(self) -> None:
        """Compile every phrase, so that a broken one is told at load."""
        events = self.event.values() if isinstance(self.event, Mapping) else [self.event]
        check_phrases(self.between, self.unless, *events)

    def lacks(self, context: Context) -> str:
        """Return the fact that is missing: the day of the interview."""
        return "" if context.interview else "interview"

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield one finding at the first day that is wrong, unless another is right."""
        context = reading.context
        if context.interview is None:
            return
        first = context.interview.start.day
        days = _days(context.interview, context.date)
        verdicts = [
            (Span(*match.span()), _fits(match, context, days))
            for sentence in reading.sentences
            if not reading.search(self.unless, sentence.span)
            for match in _DATE.finditer(reading.masked, sentence.span.start, sentence.span.end)
            if self._is_tied(reading, sentence.span, match)
        ]
        if not any(fits for _, fits in verdicts):
            wrong = [span for span, fits in verdicts if fits is False]
            for span in wrong[:1]:
                yield Finding(span, (("day", f"{first:%A}, {first.day} {first:%B}"),), related=tuple(wrong[1:]))

    def _is_tied(self, reading: Reading, sentence: Span, date: re.Match[str]) -> bool:
        events = pick(self.event, reading.context.traits) or ()
        for event in reading.find(events, sentence):
            if date.end() <= event.start:
                if _BEHIND.fullmatch(reading.masked, date.end(), event.start):
                    return True
            elif event.end <= date.start():
                gap = reading.masked[event.end : date.start()]
                is_near = len(gap.split()) <= self.reach and not _STOP.search(gap)
                is_free = is_near and not compiled(self.between).search(gap)
                if is_free and not _tells_more(reading, sentence, Span(event.end, date.start())):
                    return True
        return False


def _tells_more(reading: Reading, sentence: Span, gap: Span) -> bool:
    """Whether a verb of its own stands in between: "the plan of our meeting came through yesterday"."""
    return any(
        token.tag_ in {"VBD", "VBZ", "VBP", "MD"}
        for token in reading.parse(sentence)
        if sentence.start + token.idx in range(gap.start, gap.end)
    )


def _days(held: Interval, sent: Moment | None) -> set[date]:
    """Return the days the interview was on, in its own zone and in the writer's."""
    start, end = held.start, held.end
    days = {start.day + timedelta(days=step) for step in range((end.day - start.day).days + 1)}
    if not start.has_time or start.at.tzinfo is None:
        return days
    if sent and sent.has_time and sent.at.tzinfo:
        days.add(start.at.astimezone(sent.at.tzinfo).date())
    if start.at.tzname() == "UTC":
        # A time in UTC is a calendar's way to write one; where the people were, it does not say.
        days |= {start.day + timedelta(days=1)} if start.at.hour >= _EVENING else set()
        days |= {start.day - timedelta(days=1)} if start.at.hour <= _MORNING else set()
    return days


def _relative(match: re.Match[str], sent: Moment) -> Callable[[date], bool] | None:
    """Return whether a day is the one meant by words that count from the day of sending; None for other words."""
    today = sent.day
    if match["today"] or match["yesterday"] or match["two_back"]:
        back = 2 if match["two_back"] else 1 if match["yesterday"] else 0
        late = sent.has_time and sent.at.hour < _SMALL_HOURS
        return lambda day: (today - day).days in ({back, back + 1} if late else {back})
    if match["period"]:
        back = 1 if match["which"].lower() == "last" else 0
        if match["period"].lower() == "month":
            return lambda day: (today.year - day.year) * 12 + today.month - day.month == back
        # Weeks begin on Monday or on Sunday, and either may be meant.
        return lambda day: any(
            ((today.toordinal() - first) // 7) - ((day.toordinal() - first) // 7) == back for first in (1, 0)
        )
    if match["unit"]:
        said = re.sub(r"\s+", " ", match["count"].lower())
        number = (int(said), int(said)) if said.isdigit() else _COUNTS[said]
        size, slack, more = _UNITS[match["unit"].lower()]
        slack += (number[1] - 1) * more
        return lambda day: number[0] * size - slack <= (today - day).days <= number[1] * size + slack
    if match["last"]:
        return lambda day: (
            _WEEKDAYS[day.weekday()] == match["weekday"].lower()[:3] and 0 < (today - day).days < _FORTNIGHT
        )
    return None


def _fits(match: re.Match[str], context: Context, days: set[date]) -> bool | None:
    """Whether the words name a day of the interview; None where that cannot be told."""
    if match["today"] or match["yesterday"] or match["two_back"] or match["period"] or match["unit"]:
        meant = _relative(match, context.date) if context.date else None
        return any(map(meant, days)) if meant else None
    weekday, month = match["weekday"], next((match[f"month{n}"] for n in range(1, 5) if match[f"month{n}"]), None)
    number = next((int(match[f"day{n}"]) for n in range(1, 6) if match[f"day{n}"]), None)
    year = int(match["year"].strip(" ,\t\r\n")) if match["year"] and number else None
    known = {earlier.date.day for earlier in context.previous}
    known |= {context.decision_by.day} if context.decision_by else set()

    def agrees(day: date) -> bool:
        return (
            (weekday is None or _WEEKDAYS[day.weekday()] == weekday.lower()[:3])
            and (month is None or _MONTHS[day.month - 1] == month.lower()[:3])
            and (number is None or day.day == number)
            and (year is None or day.year == year)
        )

    meant = _relative(match, context.date) if context.date else None
    if any(agrees(day) and (meant is None or meant(day)) for day in days):
        return True
    return None if any(agrees(day) for day in known) else False
