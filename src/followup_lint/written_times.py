"""Points in time, stretches and waits, as people write them."""

from __future__ import annotations

import re

from followup_lint import patterns
from followup_lint.when import FIRST_YEAR, LAST_YEAR, Interval, Moment, Wait, is_before, put
from followup_lint.zones import zone

_DAY = patterns.lazy(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_LONGEST_DAY = len("2026-05-06")
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
        last = f"{first[:10]}T{last.zfill(5)}"
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
    from datetime import timedelta

    if not timedelta(hours=-12) <= (moment.at.utcoffset() or timedelta(0)) <= timedelta(hours=14):
        raise ValueError(f"no place is UTC{moment.at:%z}; an interval is written 10:00/11:00")
    return moment


def _parsed(words: str) -> Moment:
    from datetime import UTC, datetime  # most drafts name no day

    if day := _DAY.fullmatch(words):
        year, month, number = map(int, day.groups())
        return Moment(datetime(year, month, number), has_time=False)  # noqa: DTZ001  (a bare day has no zone)
    if words[:4].isdigit():
        return Moment(datetime.fromisoformat(_ONE_DIGIT.sub("0", words)), has_time=len(words) > _LONGEST_DAY)
    if spelt := _SPELT.fullmatch(words):
        month = _MONTHS.index(spelt["month"][:3].lower()) + 1
        return Moment(datetime(int(spelt["year"]), month, int(spelt["day"] or spelt["day_after"])), has_time=False)  # noqa: DTZ001
    from email.utils import parsedate_to_datetime  # for headers of mail alone

    at = parsedate_to_datetime(words)
    # Mail writes UTC so where it does not tell the sender's zone.
    return Moment(at.replace(tzinfo=UTC) if words.endswith("-0000") else at)
