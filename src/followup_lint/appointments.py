"""Calendar files (.ics) to invitations: when, who, under which title. Only this module knows `icalendar`."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from followup_lint import patterns
from followup_lint.errors import Problem
from followup_lint.people import Person, is_title, words_of
from followup_lint.records import dataclass
from followup_lint.vocabulary import vocabulary
from followup_lint.when import FIRST_YEAR, LAST_YEAR, Interval, Moment, at_midnight, is_before
from followup_lint.zones import zone

if TYPE_CHECKING:
    from icalendar import Calendar
    from icalendar.cal.component import Component

_LONGEST = 80
_SEQUENCE = patterns.lazy(r"[0-9]{1,18}$")


@dataclass(frozen=True, slots=True)
class Invitation:
    """One event. `people` are the organizer and the invited who have a name, the writer still among them.

    `words` is all that the event says about itself, to look for names in; `sequence` counts its changes.
    """

    interval: Interval
    title: str = ""
    people: tuple[Person, ...] = ()
    words: str = ""
    uid: str = ""
    sequence: int = 0


def invitations(data: bytes, path: str) -> tuple[Invitation, ...]:
    """Return the events of a calendar file that still hold, in order of time, each in its newest state.

    A time in UTC is given as the clocks of the calendar's only zone show it, else those of this computer, as any
    calendar program does. Raises Problem with the file's name where it cannot be read or holds no such event.
    """
    calendars = _parsed(data, path)
    newest: dict[str, Invitation] = {}
    cancelled = False
    for calendar in calendars:
        place = _place(calendar)
        for event in calendar.walk("VEVENT"):
            if "CANCEL" in _text(calendar, "METHOD").upper() or _text(event, "STATUS").upper() == "CANCELLED":
                cancelled = True
                continue
            found = _invitation(event, place, path)
            key = f"{found.uid} {_text(event, 'RECURRENCE-ID')}" if found.uid else str(len(newest))
            if key not in newest or newest[key].sequence <= found.sequence:
                newest[key] = found
    if not newest:
        raise Problem("the event was cancelled" if cancelled else "holds no event", path)
    return tuple(sorted(newest.values(), key=lambda item: item.interval.start.at.timestamp()))


def _parsed(data: bytes, path: str) -> list[Calendar]:
    from icalendar import Calendar

    if not re.match(rb"(\xef\xbb\xbf)?\s*BEGIN:VCALENDAR", data, re.IGNORECASE):
        raise Problem("is no calendar file: it does not begin with BEGIN:VCALENDAR", path)
    if not re.search(rb"^END:VCALENDAR\s*\Z", data, re.IGNORECASE | re.MULTILINE):
        raise Problem("is cut short: it does not end with END:VCALENDAR", path)
    try:
        return [item for item in Calendar.from_ical(data, multiple=True) if item.name == "VCALENDAR"]
    except (ValueError, KeyError, IndexError, AttributeError, TypeError, RecursionError) as error:
        told = re.sub(r"\s+", " ", str(error)).strip()
        told = told if len(told) <= _LONGEST else told[: _LONGEST - 1] + "…"
        raise Problem(f"is a broken calendar file: {told}", path) from None


def _invitation(event: Component, place: Any, path: str) -> Invitation:
    title = _text(event, "SUMMARY")
    shown = f" of “{title}”" if title else ""
    start = _time(event, "DTSTART", path, shown)
    if start is None:
        raise Problem(f"the event{shown} has no start", path)
    end = _time(event, "DTEND", path, shown) or _after(start, event, path, shown)
    first, last = _moment(start, place), _moment(end, place)
    if not first.has_time and is_before(first, last):
        last = at_midnight(last.day - timedelta(days=1))  # of whole days the end is the first day that is free again
    if is_before(last, first):
        raise Problem(f"the event{shown} ends before it begins", path)
    words = " ".join([title, *(_text(event, name) for name in ("LOCATION", "DESCRIPTION"))])
    sequence = _SEQUENCE.match(_text(event, "SEQUENCE"))
    people = _people(event)
    changes = int(sequence[0]) if sequence else 0
    return Invitation(Interval(first, last), title, people, words, _text(event, "UID"), changes)


def _time(event: Component, name: str, path: str, shown: str) -> date | None:
    """Return a date, or a datetime with or without a zone."""
    value = event.get(name)
    if value is None:
        return None
    try:
        found = (value[0] if isinstance(value, list) else value).dt
    except (ValueError, AttributeError, IndexError):
        found = None
    if not isinstance(found, date) or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Problem(f"the event{shown} has a broken {name}: {str(value)[:_LONGEST]}", path)
    return found


def _after(start: date, event: Component, path: str, shown: str) -> date:
    """Return when an event of some length is over."""
    value = event.get("DURATION")
    try:
        found = start + (value.dt if value is not None else timedelta(0))
    except (ValueError, AttributeError, TypeError, OverflowError):
        found = None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Problem(f"the event{shown} has a broken DURATION", path)
    return found


def _moment(found: date, place: Any) -> Moment:
    if not isinstance(found, datetime):
        return at_midnight(found)
    if found.tzinfo is not None and found.tzname() == "UTC":
        return Moment(found.astimezone(place))
    return Moment(found)


def _place(calendar: Calendar) -> Any:
    """Return the zone in which times in UTC were meant: the calendar's own, else None for this computer's."""
    names = {_text(calendar, "X-WR-TIMEZONE"), *(_text(item, "TZID") for item in calendar.walk("VTIMEZONE"))} - {""}
    try:
        return zone(names.pop()) if len(names) == 1 else None
    except ValueError:
        return None


def _people(event: Component) -> tuple[Person, ...]:
    found: dict[str, Person] = {}
    for name in ("ORGANIZER", "ATTENDEE"):
        values = event.get(name, [])
        for value in values if isinstance(values, list) else [values]:
            parameters = getattr(value, "params", {})
            shown = str(parameters.get("CN", "")).strip(" \"'")
            if str(parameters.get("CUTYPE", "")).lower() in vocabulary("invite")["things"] or "@" in shown or not shown:
                continue
            address = re.sub(r"(?i)^mailto:", "", str(value)).strip().lower()
            last, comma, first = shown.partition(",")
            shown = f"{first.strip()} {last.strip()}" if comma and first.strip() and "," not in first else shown
            title = next((word for word in words_of(shown) if is_title(word)), "")
            found.setdefault(address or shown, Person(shown, title=title.rstrip("."), address=address))
    return tuple(found.values())


def _text(component: Component, name: str) -> str:
    value = component.get(name, "")
    return re.sub(r"\s+", " ", str(value[0] if isinstance(value, list) and value else value)).strip()
