"""Points in time, and the arithmetic of waiting: hours, days, working days.

All that judges time counts with these functions, and so does all that foretells it: the two can never disagree.
`datetime` is loaded by what needs it: most drafts name no day.
"""

from __future__ import annotations

from followup_lint.records import dataclass
from followup_lint.workdays import weekdays
from followup_lint.zones import localize, real

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from followup_lint.workdays import Works

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
    from datetime import UTC

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
    from datetime import timedelta

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
    from datetime import timedelta

    return sum(works(first.day + timedelta(days=step)) for step in range(1, days_between(first, second) + 1))


def gone_by(start: Moment, now: Moment, wait: Wait, works: Works = weekdays) -> int:
    """Return how much of a wait is over, in its own unit."""
    return business_days_between(start, now, works) if wait.working else days_between(start, now)


def add_wait(start: Moment, wait: Wait, works: Works = weekdays) -> Moment:
    """Return the first day on which the wait is over, in the zone of its start: a week after a Monday is a Monday.

    The wait is over at `now` when `days_between(add_wait(…), now) >= 0`, whatever the time of day.
    """
    from datetime import timedelta

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
    from datetime import timedelta

    here, left = start.at, timedelta(hours=hours)
    while counts is not None:
        midnight = _midnight(Moment(here), 1)
        if counts(here.date()):
            one, two = align(Moment(here), Moment(midnight))
            if two - one >= left:
                break
            left -= two - one
        here = midnight
    return Moment(real(here, left))


def _midnight(moment: Moment, days: int) -> datetime:
    from datetime import datetime, time, timedelta

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
    from datetime import datetime, time

    return Moment(datetime.combine(day, time()), has_time=False)
