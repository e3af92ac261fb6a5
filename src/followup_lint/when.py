"""Points in time as people write them, and the arithmetic of waiting: hours, days, working days.

All that judges time counts with these functions, and so does all that foretells it: the two can never disagree.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from followup_lint import patterns
from followup_lint.records import dataclass
from followup_lint.workdays import Works, weekdays
from followup_lint.zones import localize, real, zone

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_DAY = patterns.lazy(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_ONE_DIGIT = patterns.lazy(r"(?<=[T ])(?=\d:)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPELT = patterns.lazy(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?\s+)?"
    r"(?P<month>[a-z]{3,9})\.?\s+(?(day)|(?P<day_after>\d{1,2})(?:st|nd|rd|th)?,?\s+)(?P<year>\d{4})",
    re.IGNORECASE,
)
_TIME_ONLY = patterns.lazy(r"\d{1,2}:\d{2}")
_OFFSET = patterns.lazy(r"(?<=\d)(Z|[+-]\d{2}:?\d{2})$")
_ZONE = patterns.lazy(r"(?<=[\dZ])(?:\s+(?P<plain>[A-Za-z][\w+/ -]*)|\s*\[(?P<boxed>[^\[\]]*)\])$")
_WAIT = patterns.lazy(r"(\d{1,3})\s*(d|days?|bd|business days?|working days?|w|weeks?)", re.IGNORECASE)
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""A year beyond is a slip of the pen such as 0226, and the ends of all time cannot be counted with."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and the time of day where it is known (else midnight, with `has_time` false)."""

    at: datetime
    has_time: bool = True

    @property
    def day(self) -> date:
        """Return the calendar day, as its own zone has it."""
        return self.at.date()

    def __str__(self) -> str:
        if not self.has_time:
            return f"{self.at:%Y-%m-%d}"
        if self.at.tzinfo is not None:
            from zoneinfo import ZoneInfo  # few messages name a zone

            if isinstance(self.at.tzinfo, ZoneInfo):
                return f"{self.at:%Y-%m-%d %H:%M} {self.at.tzinfo}"
        return self.at.isoformat(" ", "minutes")


@dataclass(frozen=True, slots=True)
class Interval:
    """From `start` to `end`; the same moment twice where only one is known."""

    start: Moment
    end: Moment

    def __str__(self) -> str:
        return str(self.start) if self.start == self.end else f"{self.start} to {self.end}"


@dataclass(frozen=True, slots=True)
class Wait:
    """How many days to let go by, of all days or of working days."""

    days: int
    working: bool = False

    def __str__(self) -> str:
        return amount(self.days, "working day" if self.working else "day")


def parse_moment(text: str) -> Moment:
    """Read `2024-05-22`, `2024-05-22T09:00+02:00`, `2024-05-22T09:00 Europe/Berlin`, `22 May 2024` or a mail's date.

    Raises ValueError with advice for anything else, and for a time that the clocks of the place never show.
    """
    words, place = _cut_zone(text)
    moment = _read(words)
    return moment if place is None else put(moment, zone(place))


def parse_interval(text: str) -> Interval:
    """Read a moment, or `start/end` where the end may be a bare time of day and carry the zone for both."""
    words, place = _cut_zone(text)
    first, slash, last = words.partition("/")
    first, last = first.strip(), last.strip()
    offset = _OFFSET.search(last)
    if offset and _TIME_ONLY.search(first) and not _OFFSET.search(first):
        first += offset.group()
    if _TIME_ONLY.match(last):
        last = f"{first[:10].rstrip('T ')}T{last.zfill(5)}"
    start = _read(first)
    found = Interval(start, _read(last or text.strip()) if slash else start)
    if place is not None:
        found = Interval(put(found.start, zone(place)), put(found.end, zone(place)))
    if is_before(found.end, found.start):
        raise ValueError(f"'{text.strip()}' ends before it begins")
    return found


def parse_wait(text: str) -> Wait:
    """Read `7d`, `5bd` or `2w`. Raises ValueError with advice."""
    match = _WAIT.fullmatch(text.strip())
    if not match or not int(match[1]):
        raise ValueError(f"'{text.strip()}' is no time to wait; write 7d for days or 5bd for business days")
    count, unit = int(match[1]), match[2].lower()
    return Wait(count * 7) if unit in {"w", "week", "weeks"} else Wait(count, unit not in {"d", "day", "days"})


def _cut_zone(text: str) -> tuple[str, str | None]:
    words = text.strip()
    match = _ZONE.search(words) if words[:4].isdigit() else None
    place = match and (match["plain"] or match["boxed"])
    return (words[: match.start()], place) if match and place not in {"am", "pm", "AM", "PM"} else (words, None)


def _read(words: str) -> Moment:
    try:
        moment = _parsed(words)
    except (ValueError, TypeError, IndexError, OverflowError):
        moment = None
    if moment is None or not FIRST_YEAR <= moment.at.year <= LAST_YEAR:
        raise ValueError(f"'{words}' is not a date; write it like 2024-05-22 or 2024-05-22T09:00")
    if not timedelta(hours=-12) <= (moment.at.utcoffset() or timedelta(0)) <= timedelta(hours=14):
        raise ValueError(f"no place is UTC{moment.at:%z}; an interval is written 10:00/11:00")
    return moment


def _parsed(words: str) -> Moment:
    if day := _DAY.fullmatch(words):
        year, month, number = map(int, day.groups())
        return Moment(datetime(year, month, number), has_time=False)  # noqa: DTZ001  (a bare day has no zone)
    if words[:4].isdigit():
        at = datetime.fromisoformat(_ONE_DIGIT.sub("0", words).replace(" ", "T", 1))
        return Moment(at, has_time=":" in words or "T" in words)
    if spelt := _SPELT.fullmatch(words):
        month = _MONTHS.index(spelt["month"][:3].lower()) + 1
        return Moment(datetime(int(spelt["year"]), month, int(spelt["day"] or spelt["day_after"])), has_time=False)  # noqa: DTZ001
    from email.utils import parsedate_to_datetime  # for headers of mail alone

    at = parsedate_to_datetime(words)
    # Mail writes UTC so where it does not tell the sender's zone.
    return Moment(at.replace(tzinfo=UTC) if words.endswith("-0000") else at)


def put(moment: Moment, place: ZoneInfo) -> Moment:
    """Return a moment as one in a zone. Raises ValueError where its clocks never show that time."""
    if not moment.has_time:
        return Moment(moment.at.replace(tzinfo=place), has_time=False)
    return Moment(localize(moment.at, place))


def align(first: Moment, second: Moment) -> tuple[datetime, datetime]:
    """Return both as datetimes that can be compared: a moment without a zone is taken to be in the other's."""
    place = first.at.tzinfo or second.at.tzinfo
    if place is None:
        return first.at, second.at
    one, two = (at if at.tzinfo else at.replace(tzinfo=place) for at in (first.at, second.at))
    return one.astimezone(UTC), two.astimezone(UTC)


def is_before(first: Moment, second: Moment) -> bool:
    """Whether the first is earlier; where one of them has no time of day, whether its day is."""
    if not (first.has_time and second.has_time):
        return days_between(first, second) > 0
    one, two = align(first, second)
    return one < two


def hours_between(first: Moment, second: Moment) -> float | None:
    """Return the hours from the first to the second, or None where either has no time of day."""
    if not (first.has_time and second.has_time):
        return None
    one, two = align(first, second)
    return (two - one) / timedelta(hours=1)


def days_between(first: Moment, second: Moment) -> int:
    """Return the calendar days from the first to the second, counted in the first's zone."""
    two = second.at
    if first.at.tzinfo and two.tzinfo and second.has_time:
        two = two.astimezone(first.at.tzinfo)
    return (two.date() - first.day).days


def business_days_between(first: Moment, second: Moment, works: Works = weekdays) -> int:
    """Return how many working days lie after the first day, up to and including the second's."""
    return sum(works(first.day + timedelta(days=step)) for step in range(1, days_between(first, second) + 1))


def gone_by(start: Moment, now: Moment, wait: Wait, works: Works = weekdays) -> int:
    """Return how much of a wait is over, in its own unit."""
    return business_days_between(start, now, works) if wait.working else days_between(start, now)


def add_wait(start: Moment, wait: Wait, works: Works = weekdays) -> Moment:
    """Return the first day on which the wait is over, in the zone of its start: a week after a Monday is a Monday.

    The wait is over at `now` when `days_between(add_wait(…), now) >= 0`, whatever the time of day.
    """
    steps = over = 0
    while over < wait.days:
        steps += 1
        over += not wait.working or works(start.day + timedelta(days=steps))
    return Moment(_midnight(start, steps), has_time=False)


def add_hours(start: Moment, hours: int, counts: Works | None = None) -> Moment:
    """Return when so many hours are over; only those of the days that count, if some do not.

    Where the start has no time of day, it is the last day on which they may not be over yet.
    """
    if not start.has_time:
        wait = Wait(-(-hours // 24), working=counts is not None)
        return add_wait(start, wait, counts or weekdays)
    here, left = start.at, timedelta(hours=hours)
    while counts is not None:
        midnight = _midnight(Moment(here), 1)
        today = (hours_between(Moment(here), Moment(midnight)) or 0) * timedelta(hours=1)
        if counts(here.date()):
            if today >= left:
                break
            left -= today
        here = midnight
    return Moment(real(here, left))


def _midnight(moment: Moment, days: int) -> datetime:
    return datetime.combine(moment.day + timedelta(days=days), time(), moment.at.tzinfo)


def spoken(moment: Moment) -> str:
    """Return the day as a sentence names it: `6 May`. (strftime's `%-d` is unknown on Windows.)"""
    return f"{moment.at.day} {moment.at:%B}"


def spoken_day(moment: Moment) -> str:
    """Return the day with its weekday: `Wednesday, 6 May`."""
    return f"{moment.at:%A}, {spoken(moment)}"


def amount(count: int, unit: str) -> str:
    """Return `1 day`, `2 days`."""
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def at_midnight(day: date) -> Moment:
    """Return a day as a moment without a time."""
    return Moment(datetime.combine(day, time()), has_time=False)
