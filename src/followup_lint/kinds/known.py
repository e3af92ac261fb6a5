"""What the facts of the context say about a message's kind: its dates and the messages before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from followup_lint.context import STATUS_KINDS, Channel, Context, Kind
from followup_lint.when import days_between

_SOON, _LATE = 2, 6  # days after the interview: a thank-you is still fresh; a check-in is nearly due


def told(context: Context) -> Iterator[tuple[str, Mapping[Kind, float]]]:
    """Yield each fact in words, and the points it gives."""
    status = [message for message in context.unanswered if message.kind in STATUS_KINDS]
    if status:
        yield f"your {status[-1].kind} of {status[-1].date} is unanswered", {Kind.SECOND_CHECK_IN: 4, Kind.CLOSING: 1}
    if any(message.kind is Kind.THANK_YOU for message in context.previous):
        yield "you have thanked them before", {Kind.THANK_YOU: -2, Kind.CHECK_IN: 1, Kind.SECOND_CHECK_IN: 1}
    if any(message.kind is Kind.CLOSING for message in context.previous):
        yield "you have closed the thread before", {Kind.THANK_YOU: -2, Kind.SECOND_CHECK_IN: 3}
    if context.channel in {Channel.VOICEMAIL, Channel.PHONE_SCRIPT}:
        # People thank in writing and ring to ask.
        yield f"the channel is {context.channel}", {Kind.CHECK_IN: 2, Kind.SECOND_CHECK_IN: 2}
    if context.date is None:
        return
    if context.interview:
        days = days_between(context.interview.end, context.date)
        if 0 <= days <= _SOON:
            after = "on the day of" if not days else "a day after" if days == 1 else f"{days} days after"
            yield f"sent {after} the interview", {Kind.THANK_YOU: 2}
        elif days >= _LATE:
            waiting = {Kind.THANK_YOU: -1.5, Kind.CHECK_IN: 2, Kind.SECOND_CHECK_IN: 2}
            yield f"sent {days} days after the interview", waiting
    if context.decision_by and days_between(context.decision_by, context.date) > 0:
        yield "the promised date has passed", {Kind.CHECK_IN: 2, Kind.SECOND_CHECK_IN: 2}
