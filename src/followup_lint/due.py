"""What the writer of a conversation sends next, and when: worked out from its dates alone."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum

from followup_lint.context import STATUS_KINDS, Context, Earlier, Kind, Weekends
from followup_lint.records import dataclass, replace
from followup_lint.when import Moment, Wait, add_hours, add_wait, days_between, is_before
from followup_lint.zones import real

THANKS_AFTER, THANKS_HOURS, STALE_DAYS = timedelta(minutes=30), 24, 7
"""A note from the car park reads as written beforehand; after a week, thanks go into the check-in's first line."""

WEEK = Wait(7)
"""The seventh day after the last message is the first to write on, at each step of the ladder."""

GRACE = Wait(2, working=True)
"""What to let go by after a promised date."""

CHECK_INS = 2
"""Unanswered check-ins after which only a closing note is left."""

WINDOW = Wait(7)
"""For how long a check-in is on time: what is advised for the first goes from one week to two."""

OPENING = time(9)
"""When an office opens. What is possible from some day on is shown as possible from this time of that day."""

ENDS = {Kind.REJECTION_REPLY: "you answered their no", Kind.WITHDRAWAL: "you withdrew"}
"""The messages after which nothing is left to say, whatever they answer."""

_TOO_LATE_TO_THANK = STATUS_KINDS | frozenset({Kind.THANK_YOU, Kind.CLOSING})


class Action(StrEnum):
    """The next message to send; `wait` while they have to move, `nothing` where all is said or it is up to you."""

    SEND_THANK_YOU = "send-thank-you"
    CHECK_IN = "check-in"
    SECOND_CHECK_IN = "second-check-in"
    CLOSING = "closing"
    WAIT = "wait"
    NOTHING = "nothing"


class State(StrEnum):
    """How now lies to a step's time, the most urgent first."""

    OVERDUE = "overdue"
    DUE = "due"
    EARLY = "early"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next: not before `earliest`, best by `latest`; both are None where nothing is to be sent."""

    action: Action
    earliest: Moment | None
    latest: Moment | None
    state: State
    reason: str


def next_step(context: Context, now: Moment) -> Step:
    """Return what to send next after the messages in `context.previous`, as of `now`.

    The message whose context this is counts as not sent yet, and so does what is dated later than `now`.
    """
    context = replace(context, previous=tuple(item for item in context.previous if not is_before(now, item.date)))
    sent, live = since_interview(context.previous, context), since_interview(context.unanswered, context)
    if rest := _rest(sent, live, now):
        return rest
    if thanks := _thanks(context, sent, now):
        return thanks
    promise = context.decision_by
    if sent and not live and (promise is None or days_between(sent[-1].date, promise) < 0):
        return _still(Action.NOTHING, "they wrote last; answer if they asked you for something")
    found = possible_from(context, now)
    if found is None:
        return _still(Action.NOTHING, "no date is known to count from")
    earliest, reason = found
    if context.interview and not any(message.kind in _TOO_LATE_TO_THANK for message in sent):
        reason += "; begin with your thanks"
    latest = Moment(datetime.combine(add_wait(earliest, WINDOW).day, OPENING, earliest.at.tzinfo))
    return Step(_rung(context, live), earliest, latest, _state(earliest, latest, now), reason)


def possible_from(context: Context, now: Moment) -> tuple[Moment, str] | None:
    """Return when the next question about where things stand may go, and why not earlier; None without any date."""
    live = since_interview(context.unanswered, context)
    status = tuple(message for message in live if message.kind in STATUS_KINDS)
    mine = status or live or since_interview(context.previous, context)
    wait = context.min_wait or WEEK
    waited = "a week" if wait == WEEK else str(wait)
    found: list[tuple[Moment, str]] = []
    if mine:
        event = f"your {called(mine[-1].kind)} of {spell_day(mine[-1].date, now)}"
        found.append((_opening(mine[-1].date, wait, context), f"{waited} after {event}"))
    elif context.interview:
        event = f"the interview on {spell_day(context.interview.end, now)}"
        found.append((_opening(context.interview.end, wait, context), f"{waited} after {event}"))
    if promised := context.decision_by:
        words = f"{GRACE} after {spell_day(promised, now)}, the date they gave"
        found.append((_opening(promised, GRACE, context), words))
    return max(found, key=lambda item: item[0].day, default=None)


def spell(moment: Moment, now: Moment, *, short: bool = False) -> str:
    """Return a moment in words that nobody takes for another: `Tue 1 December 09:00`, or `Tue 1 Dec 09:00`.

    The year is named where it is not that of `now`, and so is the offset from UTC.
    """
    words = spell_day(moment, now, short=short)
    if moment.has_time:
        words += f" {moment.at:%H:%M}"
        if moment.at.tzinfo and now.at.tzinfo and moment.at.utcoffset() != now.at.utcoffset():
            words += f" UTC{moment.at:%z}"
    return words


def spell_day(moment: Moment, now: Moment | None = None, *, short: bool = False) -> str:
    """Return the day alone; without `now`, always with its year."""
    at = moment.at
    words = f"{at:%a} {at.day} {at:%b}" if short else f"{at:%a} {at.day} {at:%B}"
    return words if now and at.year == now.at.year else f"{words} {at.year}"


def called(kind: Kind | Action) -> str:
    """Return what a message is called in a sentence."""
    names = {"second-check-in": "second check-in", "closing": "closing note", "send-thank-you": "thank-you"}
    names |= {"competing-offer": "note on another offer", "offer-reply": "answer to their offer"}
    return names.get(kind, kind.value)


def _rest(sent: tuple[Earlier, ...], live: tuple[Earlier, ...], now: Moment) -> Step | None:
    """Return the step where nothing more is to be sent: all is said, or the next word is theirs."""
    for message in sent:
        if message.kind in ENDS:
            return _still(Action.NOTHING, f"{ENDS[message.kind]} on {spell_day(message.date, now)}")
    for message in live:
        if message.kind is Kind.CLOSING:
            return _still(
                Action.NOTHING, f"you closed this on {spell_day(message.date, now)}; write again only if they do"
            )
    if live and live[-1].kind is Kind.OFFER_REPLY:
        return _still(
            Action.WAIT, f"you answered their offer on {spell_day(live[-1].date, now)}; the next word is theirs"
        )
    return None


def _still(action: Action, reason: str) -> Step:
    return Step(action, None, None, State.NONE, reason)


def _thanks(context: Context, sent: tuple[Earlier, ...], now: Moment) -> Step | None:
    """Return the thank-you as the next step, unless it was sent or it is too late for one."""
    if context.interview is None or any(message.kind in _TOO_LATE_TO_THANK for message in sent):
        return None
    ended = context.interview.end
    if days_between(ended, now) > STALE_DAYS:
        return None
    # Where they choose on the same day, there is no time to wait; a day without an hour gives nothing to count from.
    today = context.decision_by is not None and days_between(ended, context.decision_by) <= 0
    earliest = ended if today or not ended.has_time else Moment(real(ended.at, THANKS_AFTER))
    latest = add_hours(ended, THANKS_HOURS, context.counts)
    reason = f"thanks belong within {THANKS_HOURS} hours of the interview on {spell(ended, now)}"
    return Step(Action.SEND_THANK_YOU, earliest, latest, _state(earliest, latest, now), reason)


def _rung(context: Context, live: tuple[Earlier, ...]) -> Action:
    asked = sum(message.kind in STATUS_KINDS for message in live)
    last = next((message for message in reversed(live) if message.kind in STATUS_KINDS), None)
    # A second check-in without a first in sight: the first was a call, or lies in another folder.
    unseen = last is not None and last.kind is Kind.SECOND_CHECK_IN
    if asked >= CHECK_INS or (unseen and not any(item.kind is Kind.CHECK_IN for item in context.previous)):
        return Action.CLOSING
    return Action.SECOND_CHECK_IN if asked else Action.CHECK_IN


def _state(earliest: Moment, latest: Moment, now: Moment) -> State:
    if is_before(now, earliest):
        return State.EARLY
    return State.OVERDUE if is_before(latest, now) else State.DUE


def since_interview(messages: tuple[Earlier, ...], context: Context) -> tuple[Earlier, ...]:
    """Return the messages that the interview did not answer."""
    if context.interview is None:
        return messages
    held = context.interview.start
    return tuple(message for message in messages if days_between(held, message.date) >= 0)


def _opening(start: Moment, wait: Wait, context: Context) -> Moment:
    """Return when the office opens on the day on which a wait is over."""
    day = add_wait(start, wait, context.works)
    if context.weekends is Weekends.SKIP and not context.works(day.day):
        day = add_wait(day, Wait(1, working=True), context.works)
    # They sit where the interview was; a promised date alone does not tell.
    zone = day.at.tzinfo or (context.interview.end.at.tzinfo if context.interview else None)
    return Moment(datetime.combine(day.day, OPENING, zone))
