"""The schedule as events for a calendar: what to send and to whom, never a word of a message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from followup_lint.due import State, Step, called, spell
from followup_lint.schedule import Entry
from followup_lint.text import visible
from followup_lint.when import Moment, is_before

if TYPE_CHECKING:
    from icalendar import Event

_LENGTH = timedelta(minutes=30)


def render(entries: Sequence[Entry], now: Moment) -> str:
    """Return an iCalendar file with an event for each message to send, at its earliest time, or now if that is past.

    An event keeps its identity from run to run: importing the file again moves events and makes no second ones.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//followup-lint//schedule//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    seen: Counter[str] = Counter()
    for entry in entries:
        if entry.step.earliest is not None and entry.step.latest is not None:
            names = f"{entry.key}\0{entry.company}\0{entry.role}\0{entry.step.action}"
            seen[names] += 1
            uid = sha256(f"{names}\0{seen[names]}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
            calendar.add_component(_event(entry, uid, entry.step.earliest, entry.step.latest, now))
    written: bytes = calendar.to_ical()
    return written.decode("utf-8")


def _event(entry: Entry, uid: str, earliest: Moment, latest: Moment, now: Moment) -> Event:
    from icalendar import Event

    event = Event()
    whom = ", ".join(visible(part) for part in (entry.who, entry.company, entry.role) if part)
    start = now if is_before(earliest, now) else earliest
    begins = _stamp(start)
    event.add("uid", f"{uid}@followup-lint")
    event.add("dtstamp", now.at.astimezone(UTC) if now.at.tzinfo else now.at.replace(tzinfo=UTC))
    event.add("summary", f"Send {called(entry.step.action)}: {whom}")
    event.add("description", _description(entry.step, latest, now))
    event.add("dtstart", begins)
    event.add("dtend", begins + (_LENGTH if isinstance(begins, datetime) else timedelta(days=1)))
    event.add("transp", "TRANSPARENT")
    return event


def _description(step: Step, latest: Moment, now: Moment) -> str:
    best = f"Overdue since {spell(latest, now)}" if step.state is State.OVERDUE else f"Best by {spell(latest, now)}"
    return f"{best}. {step.reason[:1].upper()}{step.reason[1:]}."


def _stamp(moment: Moment) -> datetime | date:
    """Return a day as a day, a time with a zone in UTC, and one without as it stands: all calendars agree on these."""
    if not moment.has_time:
        return moment.day
    return moment.at.astimezone(UTC) if moment.at.tzinfo else moment.at
