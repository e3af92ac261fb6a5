"""What is due in each conversation: its drafts put together, and the next step worked out from their dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum

from followup_lint.context import Context, Earlier, Fact, merge
from followup_lint.due import ENDS, Action, State, Step, next_step
from followup_lint.reader import Message
from followup_lint.records import dataclass, replace
from followup_lint.thread.conversations import Conversation
from followup_lint.when import Moment, align, days_between, is_before


class Owes(StrEnum):
    """Who has to move."""

    YOU = "you"
    THEY = "they"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Entry:
    """One conversation in the schedule. `last` is the writer's last message; `ready` the drafts not sent yet."""

    key: str
    who: str
    company: str
    role: str
    last: Earlier | None
    owes: Owes
    step: Step
    ready: tuple[str, ...]


def schedule(conversations: Iterable[Conversation], now: Moment) -> list[Entry]:
    """Return an entry for every conversation, the most urgent first.

    A draft counts as sent once its date has come; one without a date is not sent.
    """
    entries = [_entry(conversation, now) for conversation in conversations]
    return sorted(entries, key=lambda entry: _urgency(entry, now))


def as_of(conversation: Conversation, now: Moment) -> Context:
    """Return what is known of a conversation: each fact from the last draft that gives it, and all that was sent."""
    facts: dict[str, Fact] = {}
    for message in conversation.drafts:
        context = message.context
        facts |= {name: Fact(getattr(context, name), origin) for name, origin in context.origins.items()}
    held = [message.context.interview for message in conversation.drafts if message.context.interview]
    # A second round takes the place of the first, in whatever order the drafts stand.
    interview = max(held, key=lambda item: item.start.at.replace(tzinfo=None), default=None)
    previous = tuple(item for item in conversation.history if not is_before(now, item.date))
    return replace(merge(facts), interview=interview, previous=previous)


def is_sent(message: Message, now: Moment) -> bool:
    """Whether the date of a draft has come."""
    return message.context.date is not None and not is_before(now, message.context.date)


def _entry(conversation: Conversation, now: Moment) -> Entry:
    context = as_of(conversation, now)
    step = next_step(context, now)
    last = context.previous[-1] if context.previous else None
    ready = tuple(message.draft.path for message in conversation.drafts if not is_sent(message, now))
    who = ", ".join(map(str, context.to)) or (conversation.key if not context.company else "")
    company = str(context.company or "")
    return Entry(conversation.key, who, company, context.role, last, _owes(step, last), step, ready)


def _owes(step: Step, last: Earlier | None) -> Owes:
    if step.action is Action.SEND_THANK_YOU:
        return Owes.NOBODY if step.state is State.EARLY else Owes.YOU
    if step.action is Action.NOTHING:
        return Owes.YOU if last and last.answered and last.kind not in ENDS else Owes.NOBODY
    return Owes.THEY


def _urgency(entry: Entry, now: Moment) -> tuple[int, timedelta, str]:
    """Sort what was missed last first among the overdue: it can still be mended best."""
    step, rank = entry.step, list(State).index(entry.step.state)
    moment = step.earliest if step.state is State.EARLY else step.latest
    away = from_now(now, moment) if moment else timedelta(0)
    return rank, -away if step.state is State.OVERDUE else away, entry.key


def from_now(now: Moment, moment: Moment) -> timedelta:
    """Return how far off a moment is; in whole days where the hour of either is not known."""
    if now.has_time and moment.has_time:
        one, two = align(now, moment)
        return two - one
    return timedelta(days=days_between(now, moment))
