"""When a message goes, against the interview, a promised date, and the messages before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from followup_lint.context import STATUS_KINDS, Context
from followup_lint.diagnostic import Finding
from followup_lint.reading import Reading
from followup_lint.when import Moment, business_days_between, days_between, hours_between


@dataclass(frozen=True)
class Check:
    """Judge the time of sending.

    `since` names what is measured from: the interview's end, the last message (or the interview), the last unanswered
    status message, a promised date; or `count`, which counts unanswered status messages, this one included.
    `max_hours`, `min_days` and `min_business_days` are the limits, `max` the count; past the `far` one the case is
    `far`. Before a promised date the case is `before`.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"count", "limit", "event", "ordinal"})

    since: Literal["interview", "last-message", "last-status", "promise", "count"]
    max_hours: int = 0
    min_days: int = 0
    min_business_days: int = 0
    max: int = 0
    far: int = 0

    def lacks(self, context: Context) -> str:
        """Return the date that is missing, if one is."""
        if self.since == "count":
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
        spot = reading.opening
        status = [message for message in context.unanswered if message.kind in STATUS_KINDS]
        if self.since == "count":
            count = len(status) + 1
            if count > self.max:
                values = (("count", count), ("limit", self.max), ("ordinal", _ordinal(count)))
                yield Finding(spot, values, "far" if count >= self.far else "over")
            return
        if context.date is None:
            return
        for start, event in self._start(context):
            count, case = self._judge(start, context.date)
            if case:
                limit = self.max_hours or self.min_days or self.min_business_days
                yield Finding(spot, (("count", count), ("limit", limit), ("event", event)), case)

    def _start(self, context: Context) -> Iterator[tuple[Moment, str]]:
        status = [message for message in context.unanswered if message.kind in STATUS_KINDS]
        if self.since == "interview" and context.interview:
            yield context.interview.end, f"the interview on {context.interview.end.at:%-d %B}"
        elif self.since == "promise" and context.decision_by:
            yield context.decision_by, f"{context.decision_by.at:%-d %B}"
        elif self.since == "last-status" and status:
            yield status[-1].date, f"your {status[-1].kind} of {status[-1].date.at:%-d %B}"
        elif self.since == "last-message" and not status and not context.decision_by:
            if context.previous and not context.unanswered:
                return
            if context.unanswered:
                last = context.unanswered[-1]
                yield last.date, f"your {last.kind} of {last.date.at:%-d %B}"
            elif context.interview:
                yield context.interview.end, f"the interview on {context.interview.end.at:%-d %B}"

    def _judge(self, start: Moment, sent: Moment) -> tuple[int, str]:
        days = days_between(start, sent)
        if self.max_hours:
            hours = hours_between(start, sent)
            # Without a time of day, only whole days that certainly exceed the limit count.
            passed = hours if hours is not None else (days - 1) * 24 + 1 if days > 1 else 0
            count = int(hours) if hours is not None else days * 24
            return count, "far" if self.far and passed > self.far else "over" if passed > self.max_hours else ""
        if self.min_business_days:
            if days < 0:
                return -days, "before"
            count = business_days_between(start, sent)
            return count, "over" if count < self.min_business_days else ""
        if days < 0:
            return days, ""
        return days, "far" if days < self.far else "over" if days < self.min_days else ""


def _ordinal(number: int) -> str:
    return {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}.get(number, f"{number}th")
