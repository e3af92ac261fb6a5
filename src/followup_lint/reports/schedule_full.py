"""The schedule people read: a table with a row for every conversation, the most urgent on top."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from followup_lint.due import Action, State, Step, called, spell, spell_day
from followup_lint.reports.rows import Paint
from followup_lint.schedule import Entry, from_now
from followup_lint.text import visible
from followup_lint.when import Moment, amount

_COLUMNS = (("state", 8), ("who", 21), ("last message", 16), ("owes", 6), ("next", 25))
_COLOURS = {State.OVERDUE: "red", State.DUE: "yellow", State.EARLY: "cyan", State.NONE: "dim"}


def render(entries: Sequence[Entry], now: Moment, paint: Paint, *, reasons: bool = False) -> str:
    """Return the table, at most 80 columns wide; `reasons` adds to each row why that is next, and the drafts for it."""
    lines = [f"{paint('schedule', 'bold')} as of {spell_day(now)}{f' {now.at:%H:%M}' if now.has_time else ''}", ""]
    if entries:
        lines.append(paint(" ".join(f"{name:<{width}}" for name, width in _COLUMNS).rstrip(), "bold"))
    for entry in entries:
        lines += [*_row(entry, now, paint), *(_reason(entry) if reasons else ()), ""]
    counts = Counter(entry.step.state for entry in entries)
    told = [f"{counts[state]} {state}" for state in State if counts[state] and state is not State.NONE]
    told += [f"{counts[State.NONE]} with nothing to send"] if counts[State.NONE] else []
    lines += [paint(f"{amount(len(entries), 'conversation')}{': ' if told else ''}{', '.join(told)}", "bold"), ""]
    return "\n".join(lines)


def _row(entry: Entry, now: Moment, paint: Paint) -> Iterator[str]:
    last = [called(entry.last.kind), spell_day(entry.last.date, now, short=True)] if entry.last else ["none"]
    cells = (
        [entry.step.state.value if entry.step.state is not State.NONE else "–"],
        [part for part in (entry.who, entry.company, entry.role) if part],
        last,
        [entry.owes],
        [line for words in _next(entry.step, now) for line in textwrap.wrap(words, _COLUMNS[-1][1])],
    )
    for number, line in enumerate(zip_longest(*cells, fillvalue="")):
        shown = [_fit(visible(words), width) for words, (_, width) in zip(line, _COLUMNS, strict=True)]
        if not number:
            shown[0] = paint(shown[0], _COLOURS[entry.step.state])
        yield " ".join(shown).rstrip()


def _reason(entry: Entry) -> Iterator[str]:
    indent = " " * (_COLUMNS[0][1] + 1)
    words = entry.step.reason + "".join(f"; draft: {visible(path)}" for path in entry.ready)
    yield from textwrap.wrap(words, 80, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _next(step: Step, now: Moment) -> Iterator[str]:
    """Yield what is next, and when, each to stand on a line of its own."""
    if step.earliest is None or step.latest is None:
        yield "wait for their answer" if step.action is Action.WAIT else "nothing to send"
        return
    what = called(step.action)
    if step.state is State.EARLY:
        yield f"{what} possible"
        yield f"from {spell(step.earliest, now, short=True)}"
    elif step.state is State.OVERDUE:
        yield f"{what} overdue"
        yield f"since {spell(step.latest, now, short=True)}"
    else:
        hours = from_now(now, step.latest).total_seconds() / 3600
        exact = now.has_time and step.latest.has_time and step.action is Action.SEND_THANK_YOU
        yield f"{what} due{_within(hours) if exact else ''}"
        yield f"by {spell(step.latest, now, short=True)}"


def _within(hours: float) -> str:
    return f" in {int(hours)} h" if hours >= 1 else f" in {int(hours * 60)} min"


def _fit(words: str, width: int) -> str:
    """Return words in exactly so many columns of the terminal, cut with an ellipsis where they are too many."""
    from rich.cells import cell_len, set_cell_size

    return set_cell_size(words, width) if cell_len(words) <= width else set_cell_size(words, width - 1) + "…"
