"""Points in time as people write them: with or without an hour, with or without a zone."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from email.utils import parsedate_to_datetime

_TIME_ONLY = re.compile(r"\d{1,2}:\d{2}")
_ZONE = re.compile(r"(?<=\d)(Z|[+-]\d{2}:?\d{2})$")


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and the time of day where it is known (else midnight, with `has_time` false)."""

    at: datetime
    has_time: bool = True

    @property
    def day(self) -> date:
        """Return the calendar day."""
        return self.at.date()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}" if self.has_time else f"{self.at:%Y-%m-%d}"


@dataclass(frozen=True, slots=True)
class Interval:
    """From `start` to `end`; the same moment twice where only one is known."""

    start: Moment
    end: Moment

    def __str__(self) -> str:
        return str(self.start) if self.start == self.end else f"{self.start} to {self.end:}"


def parse_moment(text: str) -> Moment:
    """Read `2024-05-22`, `2024-05-22T09:00+02:00` or a mail header's date. Raises ValueError with advice."""
    words = text.strip()
    try:
        if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", words):
            year, month, day = map(int, words.split("-"))
            return Moment(datetime(year, month, day), has_time=False)  # noqa: DTZ001  (a bare day has no zone)
        if words[:4].isdigit():
            return Moment(datetime.fromisoformat(words.replace(" ", "T", 1)))
        return Moment(parsedate_to_datetime(words))
    except (ValueError, TypeError, IndexError, OverflowError):
        raise ValueError(f"'{words}' is not a date; write it like 2024-05-22 or 2024-05-22T09:00") from None


def parse_interval(text: str) -> Interval:
    """Read a moment, or `start/end` where the end may be a bare time of day and carry the zone for both."""
    first, slash, last = text.strip().partition("/")
    if not slash:
        moment = parse_moment(first)
        return Interval(moment, moment)
    zone = _ZONE.search(last)
    if zone and "T" in first and not _ZONE.search(first):
        first += zone.group()
    if _TIME_ONLY.match(last):
        last = f"{first.partition('T')[0]}T{last}"
    start, end = parse_moment(first), parse_moment(last)
    if align(start, end)[0] > align(start, end)[1]:
        raise ValueError(f"'{text.strip()}' ends before it begins")
    return Interval(start, end)


def align(first: Moment, second: Moment) -> tuple[datetime, datetime]:
    """Return both as datetimes that can be compared: a moment without a zone is taken to be in the other's."""
    one, two = first.at, second.at
    if one.tzinfo is None and two.tzinfo is not None:
        one = one.replace(tzinfo=two.tzinfo)
    elif two.tzinfo is None and one.tzinfo is not None:
        two = two.replace(tzinfo=one.tzinfo)
    return one, two


def hours_between(first: Moment, second: Moment) -> float | None:
    """Return the hours from the first to the second, or None where either has no time of day."""
    if not (first.has_time and second.has_time):
        return None
    one, two = align(first, second)
    return (two - one) / timedelta(hours=1)


def days_between(first: Moment, second: Moment) -> int:
    """Return the calendar days from the first to the second, counted in the first's zone."""
    one, two = align(first, second)
    if one.tzinfo is not None and first.has_time and second.has_time:
        with suppress(OverflowError):  # the first and the last day of all time have no neighbour
            two = two.astimezone(one.tzinfo)
    return (two.date() - one.date()).days


def business_days_between(first: Moment, second: Moment) -> int:
    """Return how many Mondays to Fridays lie after the first day, up to and including the second's."""
    days = days_between(first, second)
    return sum((first.day + timedelta(days=step)).weekday() < 5 for step in range(1, days + 1))  # noqa: PLR2004  (Saturday)


def spoken(moment: Moment) -> str:
    """Return the day as a sentence names it: `6 May`. (strftime's `%-d` is unknown on Windows.)"""
    return f"{moment.at.day} {moment.at:%B}"


def at_midnight(day: date) -> Moment:
    """Return a day as a moment without a time."""
    return Moment(datetime.combine(day, time()), has_time=False)
