"""Which days people are at work: weekends everywhere, public holidays where the `holidays` library is installed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from holidays import HolidayBase

    Works = Callable[[date], bool]
    """Whether a day is one on which people are at work."""

_SATURDAY_SUNDAY = frozenset({5, 6})
_FRIDAY_SATURDAY = frozenset({4, 5})
_FRIDAY_FIRST = frozenset(
    {"af", "bd", "bh", "dj", "dz", "eg", "il", "iq", "jo", "kw", "mr", "mv", "om", "qa", "sa", "sd", "sy", "ye"}
)


def weekdays(day: date) -> bool:
    """Whether a day is a Monday to Friday."""
    return day.weekday() not in _SATURDAY_SUNDAY


@cache
def works_in(region: str) -> Works:
    """Return the working days of a region ("de", "de-by", "us-ca"); Monday to Friday where it is not known."""
    calendar = _calendar(region)
    if calendar is not None:
        return calendar.is_working_day
    if region.lower().partition("-")[0] not in _FRIDAY_FIRST:
        return weekdays
    return lambda day: day.weekday() not in _FRIDAY_SATURDAY


def told(region: str) -> str:
    """Say which days are left out for a region; none is a region nobody named."""
    if not region:
        return "weekends; name a region to leave out its public holidays"
    if _calendar(region) is not None:
        return f"weekends and the public holidays of {region}"
    if _library_is_here():
        return f"weekends only: no public holidays are known for {region}"
    return f"weekends only: for the public holidays of {region}, pip install 'followup-lint[holidays]'"


def knows_holidays(region: str) -> bool:
    """Whether the public holidays of a region are known."""
    return _calendar(region) is not None


@cache
def _calendar(region: str) -> HolidayBase | None:
    if not region:
        return None
    try:
        from holidays import country_holidays
    except ImportError:
        return None
    country, _, part = region.upper().partition("-")
    try:
        return country_holidays(country, subdiv=part or None)
    except NotImplementedError:
        return None


def _library_is_here() -> bool:
    from importlib.util import find_spec

    return find_spec("holidays") is not None
