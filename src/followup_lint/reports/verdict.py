"""What to do with a draft, in a line or two: send it, mend it, hold it until a day that is named, or let it be."""

from __future__ import annotations

from followup_lint.context import STATUS_KINDS, Kind
from followup_lint.diagnostic import Severity
from followup_lint.linter import Result
from followup_lint.when import Moment, amount, is_before

_TOO_EARLY = frozenset({"early-check-in", "before-promised-date", "follow-up-too-frequent"})
_TOO_MANY, _TOO_LATE = "too-many-follow-ups", "message-after-closing"
_OF_TIME = _TOO_EARLY | {_TOO_MANY, _TOO_LATE}


def verdict(result: Result) -> str:
    """Return what to do with the draft. A day is named only where a rule about time spoke, and the facts give one."""
    found = {item.rule for item in result.diagnostics}
    hold = _hold(result) if found & _TOO_EARLY else None
    first = ""
    if _TOO_LATE in found:
        first = f"do not send: {_closed(result)}"
    elif _TOO_MANY in found:
        first = f"send a closing note instead{f', not before {hold[0]}' if hold else ''}: {_asked(result)}"
    elif hold:
        first = f"hold until {hold[0]}: {hold[1]}"
    rest = _counts(result, but=_OF_TIME if first else frozenset())
    told = ", ".join(amount(number, level.value) for level, number in rest.items())
    is_poor = Severity.ERROR in rest or Severity.WARNING in rest
    if first:
        return f"{first}; mend {told} too" if is_poor and _TOO_LATE not in found else first
    if is_poor:
        return f"mend first: {told}"
    return f"good to send, with {told}" if told else "good to send"


def _counts(result: Result, but: frozenset[str]) -> dict[Severity, int]:
    levels = [item.severity for item in result.diagnostics if item.rule not in but]
    return {level: levels.count(level) for level in reversed(list(Severity)) if level in levels}


def _hold(result: Result) -> tuple[str, str] | None:
    """Return until when to wait, and why; None where that day has come, as it may for a rule with other limits."""
    from followup_lint.due import possible_from, spell  # few rules speak about time

    sent = result.context.date
    found = possible_from(result.context, sent) if sent else None
    if sent is None or found is None or not is_before(sent, found[0]):
        return None
    return spell(found[0], sent), found[1]


def _asked(result: Result) -> str:
    from followup_lint.due import since_interview

    live = since_interview(result.context.unanswered, result.context)
    number = sum(message.kind in STATUS_KINDS for message in live)
    return f"{amount(number, 'check-in')} of yours {'is' if number == 1 else 'are'} unanswered"


def _closed(result: Result) -> str:
    from followup_lint.due import since_interview, spell_day

    live = since_interview(result.context.unanswered, result.context)
    dates: list[Moment] = [message.date for message in live if message.kind is Kind.CLOSING]
    on = f" on {spell_day(dates[-1], result.context.date or dates[-1])}" if dates else ""
    return f"you closed this thread{on}, and they have not written since"
