"""When a message goes, against the interview, a promised date, and the messages before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Literal

from followup_lint.context import STATUS_KINDS, Context, Earlier, Kind
from followup_lint.diagnostic import Finding
from followup_lint.reading import Reading
from followup_lint.when import Moment, business_days_between, days_between, hours_between, spoken

_SATURDAY = 5


@dataclass(frozen=True)
class Check:
    """Judge the time of sending. Where a date is missing, nothing is said.

    `since` names what is measured from: the `interview`'s end; the `last-message` of the writer's own (or the
    interview, if that is later), as long as no status message is unanswered and no date was promised; the unanswered
    `last-status` message; the `promise`d date; a `closing` message, after which there should be none; or `count`,
    which counts unanswered status messages, this one included.

    `max_hours`, `min_minutes`, `min_days` (calendar days) and `min_business_days` are the limits, `max` the count. Past
    the `far` one, in the same unit, the case is `far`; from `stale_days` on it is `stale`; before a promised date it is
    `before`. What was sent before the interview was answered by it.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"count", "limit", "event", "ordinal", "elapsed"})

    since: Literal["interview", "last-message", "last-status", "promise", "closing", "count"]
    max_hours: int = 0
    min_minutes: int = 0
    min_days: int = 0
    min_business_days: int = 0
    max: int = 0
    far: int = 0
    stale_days: int = 0

    def lacks(self, context: Context) -> str:
        """Return the fact that is missing, if one is."""
        if self.since in {"count", "closing"}:
            return "" if context.previous else "previous"
        if context.date is None:
            return "date"
        needed = {"interview": context.interview, "promise": context.decision_by}
        if self.since in needed and needed[self.since] is None:
            return "interview" if self.since == "interview" else "decision_by"
        if self.since == "last-message" and not (context.interview or context.previous):
            return "interview"
        return "previous" if self.since == "last-status" and not context.previous else ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield one finding where the time is wrong."""
        context = reading.context
        live = _unanswered(context)
        status = [message for message in live if message.kind in STATUS_KINDS]
        if self.since == "count":
            count = len(status) + 1
            if count > self.max:
                many = (("count", count), ("limit", self.max), ("ordinal", _ordinal(count)))
                yield Finding(reading.opening, many, "far" if count >= self.far else "over")
            return
        found = self._start(context, live, status)
        if found is None:
            return
        start, event = found
        count, elapsed, case = self._judge(start, context)
        if case:
            limit = self.max_hours or self.min_minutes or self.min_days or self.min_business_days
            values = (("count", count), ("limit", limit), ("event", event), ("elapsed", elapsed))
            yield Finding(reading.opening, values, case)

    def _start(self, context: Context, live: Sequence[Earlier], status: Sequence[Earlier]) -> tuple[Moment, str] | None:
        ended = context.interview.end if context.interview else None
        held = (ended, f"the interview on {spoken(ended)}") if ended else None
        promised = (context.decision_by, spoken(context.decision_by)) if context.decision_by else None
        closed = [message for message in live if message.kind is Kind.CLOSING]
        if self.since == "interview":
            return held
        if self.since == "promise":
            return promised
        if self.since != "last-message":
            wanted = closed if self.since == "closing" else status
            return _sent(wanted[-1]) if wanted else None
        if status or promised or (not live and _heard_back(context)):
            return None
        return _sent(live[-1]) if live else held

    def _judge(self, start: Moment, context: Context) -> tuple[int, str, str]:
        """Return how many units lie between, the same in words, and the case; an empty case is in order."""
        sent = context.date
        days = days_between(start, sent) if sent else 0
        if self.since == "closing":
            return days, "", "" if days < 0 else "over"
        if sent is None:
            return 0, "", ""
        if self.max_hours:
            return self._late(start, sent, days, context.weekends == "skip")
        if self.min_minutes:
            return self._soon(start, sent, context.decision_by)
        if self.min_business_days:
            count = business_days_between(start, sent) if days >= 0 else -days
            case = "before" if days < 0 else "over" if count < self.min_business_days else ""
            return count, _amount(count, "day"), case
        case = "" if days < 0 or days >= self.min_days else "far" if days < self.far else "over"
        return days, _amount(days, "day"), case

    def _soon(self, start: Moment, sent: Moment, promised: Moment | None) -> tuple[int, str, str]:
        hours = hours_between(start, sent)
        minutes = int((hours or 0) * 60)
        # Where they choose on the same day, there is no time to wait.
        today = promised is not None and days_between(start, promised) <= 0
        soon = hours is not None and 0 <= hours * 60 < self.min_minutes and not today
        return minutes, _amount(minutes, "minute"), "over" if soon else ""

    def _late(self, start: Moment, sent: Moment, days: int, skip_weekends: bool) -> tuple[int, str, str]:  # noqa: FBT001
        hours_off = 0
        if skip_weekends:
            days_off = sum((start.day + timedelta(days=step)).weekday() >= _SATURDAY for step in range(1, days + 1))
            hours_off = 24 * days_off
        hours = hours_between(start, sent)
        # Without a time of day, only what has certainly passed counts: the day after may still be within 24 hours.
        passed = hours if hours is not None else (days - 1) * 24 + 1 if days > 1 else 0
        passed = max(0, passed - hours_off)
        count = int(passed) if hours is not None else days * 24
        elapsed = _amount(count, "hour") if hours is not None and count < 2 * self.max_hours else _amount(days, "day")
        elapsed = f"more than {elapsed}" if hours is not None and count == self.max_hours else elapsed
        if passed <= self.max_hours:
            return count, elapsed, ""
        if self.stale_days and days > self.stale_days:
            return count, elapsed, "stale"
        return count, elapsed, "far" if self.far and passed > self.far else "over"


def _unanswered(context: Context) -> tuple[Earlier, ...]:
    """Return the unanswered messages; an interview after a message was its answer."""
    live = context.unanswered
    if context.interview:
        held = context.interview.start
        live = tuple(message for message in live if days_between(held, message.date) >= 0)
    return live


def _heard_back(context: Context) -> bool:
    """Whether the employer had the last word since the interview; then this message is a reply."""
    if not context.previous or context.interview is None:
        return bool(context.previous)
    return days_between(context.interview.start, context.previous[-1].date) >= 0


def _sent(message: Earlier) -> tuple[Moment, str]:
    name = "note" if message.kind in {Kind.INFORMATION, Kind.CORRECTION} else f"{message.kind} message"
    return message.date, f"your {name} of {spoken(message.date)}"


def _amount(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _ordinal(number: int) -> str:
    return {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}.get(number, f"{number}th")
