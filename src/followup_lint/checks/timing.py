"""When a message goes, against the interview, a promised date, and the messages before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

from followup_lint.context import STATUS_KINDS, Context, Earlier, Kind
from followup_lint.diagnostic import Finding
from followup_lint.reading import Reading
from followup_lint.records import dataclass
from followup_lint.when import (
    Moment,
    Wait,
    add_hours,
    add_wait,
    amount,
    days_between,
    gone_by,
    hours_between,
    is_before,
    spoken,
    spoken_day,
)


@dataclass(frozen=True)
class Check:
    """Judge the time of sending. Where a date is missing, nothing is said.

    `since` names what is measured from: the `interview`'s end; the `last-message` of the writer's own (or the
    interview, if that is later), as long as no status message is unanswered and no date was promised; the unanswered
    `last-status` message; the `promise`d date; a `closing` message, after which there should be none; or `count`,
    which counts unanswered status messages, this one included.

    `max_hours`, `min_minutes`, `min_days` (calendar days) and `min_business_days` are the limits, `max` the count. Past
    the `far` one (calendar days where days count) the case is `far`; after `stale_days` it is `stale`; before a
    promised date it is `before`. What was sent before the interview was answered by it. The context's `min_wait` takes
    the place of `min_days`, its `weekends` leaves out hours, its `region` tells the holidays.

    The hole `wait` is the time to let go by, `until` the first day on which to send.
    """

    HISTORY: ClassVar[bool] = True
    VALUES: ClassVar[frozenset[str]] = frozenset({"count", "limit", "event", "ordinal", "elapsed", "wait", "until"})

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
        begun = self._start(context, live, status)
        if begun is None:
            return
        start, event = begun
        found = self._judge(start, context)
        if found.case:
            wait, until = self._wait(context), found.until
            limit = self.max_hours or self.min_minutes or wait.days
            values = (("count", found.count), ("limit", limit), ("event", event), ("elapsed", found.elapsed))
            more = (("wait", str(wait)), ("until", spoken_day(until) if until else ""))
            yield Finding(reading.opening, (*values, *more), found.case)

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
        if status or promised:
            return None
        if live:
            return _sent(live[-1])
        return None if _heard_back(context) else held

    def _judge(self, start: Moment, context: Context) -> _Verdict:
        sent = context.date
        days = days_between(start, sent) if sent else 0
        if self.since == "closing":
            return _Verdict("" if days < 0 else "over", days)
        if sent is None:
            return _Verdict()
        if self.max_hours:
            return self._late(start, sent, context)
        if self.min_minutes:
            return self._soon(start, sent, context.decision_by)
        return self._early(start, sent, context)

    def _early(self, start: Moment, sent: Moment, context: Context) -> _Verdict:
        days, wait = days_between(start, sent), self._wait(context)
        until = add_wait(start, wait, context.works)
        if days_between(until, sent) >= 0:
            return _Verdict()
        if days < 0:
            # An interview still to come and a message that went later tell nothing; a promise still to come does.
            return _Verdict("before" if self.since == "promise" else "", -days, amount(-days, "day"), until)
        count = gone_by(start, sent, wait, context.works)
        unit = "working day" if wait.working else "day"
        elapsed = amount(count, unit) if days else "hours"
        return _Verdict("far" if days < self.far else "over", count, elapsed, until)

    def _wait(self, context: Context) -> Wait:
        """Return how long to wait; the user's own measure is for the writer's messages, not for a promise."""
        if self.min_business_days:
            return Wait(self.min_business_days, working=True)
        return context.min_wait or Wait(self.min_days)

    def _soon(self, start: Moment, sent: Moment, promised: Moment | None) -> _Verdict:
        hours = hours_between(start, sent)
        # Where they choose on the same day, there is no time to wait.
        if hours is None or (promised and days_between(start, promised) <= 0):
            return _Verdict()
        minutes = round(hours * 3600) // 60  # a fraction of an hour is seldom exact
        return _Verdict("over" if 0 <= minutes < self.min_minutes else "", minutes, amount(minutes, "minute"))

    def _late(self, start: Moment, sent: Moment, context: Context) -> _Verdict:
        if not is_before(add_hours(start, self.max_hours, context.counts), sent):
            return _Verdict()
        days, hours = days_between(start, sent), hours_between(start, sent)
        count = days * 24 if hours is None else int(hours)
        if hours is None or count >= 2 * self.max_hours:
            elapsed = amount(days, "day")
        else:
            elapsed = f"more than {amount(count, 'hour')}" if count == self.max_hours else amount(count, "hour")
        if self.stale_days and days > self.stale_days:
            return _Verdict("stale", count, elapsed)
        is_far = self.far and is_before(add_hours(start, self.far, context.counts), sent)
        return _Verdict("far" if is_far else "over", count, elapsed)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """The case, empty where all is in order; how many units lie between, and the same in words; the day to wait for."""

    case: str = ""
    count: int = 0
    elapsed: str = ""
    until: Moment | None = None


def _unanswered(context: Context) -> tuple[Earlier, ...]:
    """Return the unanswered messages; an interview after a message was its answer."""
    live = context.unanswered
    if context.interview:
        held = context.interview.start
        live = tuple(message for message in live if days_between(held, message.date) >= 0)
    return live


def _heard_back(context: Context) -> bool:
    """Whether the employer had the last word since the interview; then this message is a reply."""
    held = context.interview
    return bool(held and context.previous and days_between(held.start, context.previous[-1].date) >= 0)


def _sent(message: Earlier) -> tuple[Moment, str]:
    name = "note" if message.kind in {Kind.INFORMATION, Kind.CORRECTION} else f"{message.kind} message"
    return message.date, f"your {name} of {spoken(message.date)}"


def _ordinal(number: int) -> str:
    return {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}.get(number, f"{number}th")
