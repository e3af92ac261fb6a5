"""Time zones by name, and what their clocks do: hours that are skipped, hours that come twice."""

from __future__ import annotations

from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime, timedelta
    from zoneinfo import ZoneInfo

_ADVICE = "name a place, such as Europe/Berlin, or give the offset from UTC, such as +02:00"


@cache
def zone(name: str) -> ZoneInfo:
    """Return the zone of that name, whatever its case. Raises ValueError with advice."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones  # few messages name a zone

    key = name.strip().replace(" ", "_")
    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # "../x" is no key, "Europe" is a folder
        known = {known.casefold(): known for known in available_timezones()}
    if key.casefold() in known:
        return ZoneInfo(known[key.casefold()])
    if not known:
        raise ValueError("this computer has no time zones: pip install tzdata") from None
    raise ValueError(f"'{name.strip()}' is not a time zone; {_guess(key.casefold(), known)}") from None


def _guess(name: str, known: dict[str, str]) -> str:
    from difflib import get_close_matches  # needed only when something is wrong

    # Never another abbreviation: CEST is not EST, and Etc/GMT+2 lies west of Greenwich.
    places = sorted(key for key in known if "/" in key and not key.startswith("etc/"))
    near = [key for key in places if key.rpartition("/")[2] == name]
    near = near or get_close_matches(name, places, cutoff=0.75)
    return f"did you mean {known[near[0]]}?" if near else _ADVICE


def localize(at: datetime, place: ZoneInfo) -> datetime:
    """Return what the clock of a place shows as a moment there; of an hour that comes twice, the first.

    One with an offset keeps its instant, and the offset must be the one in use there (UTC's is always right). Raises
    ValueError for an hour that the clocks skip, and for another offset.
    """
    from datetime import UTC

    if at.tzinfo is None:
        there = at.replace(tzinfo=place)
        shown = there.astimezone(UTC).astimezone(place)
        if shown.replace(tzinfo=None) != at:
            raise ValueError(
                f"{at:%H:%M} on {at:%Y-%m-%d} does not exist in {place.key}: the clocks skip it;"
                f" did you mean {shown:%H:%M}?"
            )
        return there
    there = at.astimezone(place)
    if at.utcoffset() and there.replace(tzinfo=None) != at.replace(tzinfo=None):
        raise ValueError(f"{at:%Y-%m-%d %H:%M} is UTC{there:%z} in {place.key}, not UTC{at:%z}; give one of the two")
    return there


def real(at: datetime, hours: timedelta) -> datetime:
    """Return the moment so much time later, also where the clocks change in between.

    Python's own addition moves the hands of the clock instead.
    """
    from datetime import UTC

    return at + hours if at.tzinfo is None else (at.astimezone(UTC) + hours).astimezone(at.tzinfo)
