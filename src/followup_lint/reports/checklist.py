"""The checklist in the terminal: what the message has, what it lacks, and on which words that rests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from followup_lint.checklist import Band, Budget, Element, Practice, State, checklist
from followup_lint.diagnostic import Severity
from followup_lint.linter import Result
from followup_lint.reading import Reading
from followup_lint.reports.clean import one_line
from followup_lint.reports.quotes import quotes
from followup_lint.reports.report import Report
from followup_lint.reports.rows import Paint
from followup_lint.reports.verdict import verdict

_NAME, _BAR, _SCALE, _QUOTED, _SHOWN = 21, 20, 24, 44, 4
_COLOURS = {"✓": "green", "✗": "red", "~": "cyan", "–": "dim"}


def plain(words: str, _style: str) -> str:
    """Paint nothing: for terminals without colour."""
    return words


def render(report: Report, paint: Paint = plain, width: int = 80) -> str:
    """Return the checklists of all drafts; a draft that nobody can read anew gets its verdict alone."""
    return "".join(
        render_one(result, report.read(result) if report.read else None, paint, width) for result in report.results
    )


def render_one(result: Result, reading: Reading | None, paint: Paint = plain, width: int = 80) -> str:
    """Return one draft's checklist, at most `width` columns wide, ending in a blank line."""
    lines = [*_head(result, paint), ""]
    if reading:
        found = checklist(reading, result)
        for practice in found.practices:
            rows = [line for item in practice.elements for line in _row(item, reading, paint, width)]
            if rows:
                lines += [_title(practice, paint), *rows, ""]
        lines += _left_out(found.elements, paint, width)
    lines += [paint(f"  {line}", "bold") for line in wrapped(verdict(result), width - 2)]
    return "\n".join([*lines, ""]) + "\n"


def sign(state: State, severity: Severity | None) -> str:
    """Return ✓ for what is there, ✗ for what is missing, ~ for what could be better, – for what was not judged."""
    if state is State.MISSING:
        return "~" if severity is Severity.SUGGESTION else "✗"
    return "✓" if state is State.PRESENT else "–"


def wrapped(words: str, room: int) -> list[str]:
    """Return words as lines of at most `room` columns of a terminal, wide characters counted as two."""
    from rich.cells import cell_len, chop_cells

    lines = [""]
    for word in words.split():
        joined = f"{lines[-1]} {word}".lstrip()
        if cell_len(joined) <= room:
            lines[-1] = joined
        else:
            lines += chop_cells(word, room)
    return lines if lines[0] or len(lines) == 1 else lines[1:]


def _head(result: Result, paint: Paint) -> Iterator[str]:
    context = result.context
    inferred = " (inferred)" if context.origins.get("kind", "").startswith("inferred") else ""
    count = f"{result.words} word{'' if result.words == 1 else 's'}"
    facts = " · ".join([f"{context.kind}{inferred}", f"{context.channel}", f"{context.culture}", count])
    yield f"{paint(one_line(result.draft.path), 'bold')} · {facts}"


def _title(practice: Practice, paint: Paint) -> str:
    mark = sign(practice.state, practice.severity)
    return f"  {paint(f'{practice.number} {practice.name}', 'bold')} {paint(mark, _COLOURS[mark])}"


def _row(item: Element, reading: Reading, paint: Paint, width: int) -> Iterator[str]:
    if item.state is State.NOT_APPLICABLE or (item.state is State.NOT_JUDGED and not item.said):
        return
    mark = sign(item.state, item.severity)
    room = width - 6 - _NAME
    lead = f"    {paint(mark, _COLOURS[mark])} {item.name:<{_NAME}}"
    for line in [*_told(item, reading, paint, room)] or [""]:
        yield f"{lead}{line}".rstrip()
        lead = " " * (6 + _NAME)


def _told(item: Element, reading: Reading, paint: Paint, room: int) -> Iterator[str]:
    """Yield what an element rests on: its measure, what is wrong with it, its words."""
    wrong = item.state is State.MISSING
    if item.budget and item.state is not State.LET_BE:
        yield _bar(item.budget, paint)
    if item.band:
        yield _scale(item.band, paint)
    where = ", ".join(_at(reading, span.start) for span in item.evidence[:_SHOWN])
    if wrong and item.budget and item.budget.over:
        yield paint(f"at {where}", "dim")
    elif item.said:
        said = one_line(item.said if item.state is not State.LET_BE else f"let be: {item.said}")
        places = f" ({where})" if wrong and where else ""
        yield from (line if wrong else paint(line, "dim") for line in wrapped(f"{said}{places}", room))
    elif item.state is State.LET_BE:
        yield paint("let be, for no reason given", "dim")
    if not wrong and not item.budget:
        yield from _quoted(item, reading, paint, room)


def _quoted(item: Element, reading: Reading, paint: Paint, room: int) -> Iterator[str]:
    from rich.cells import cell_len

    line, used = "", 0
    for words, span in quotes(reading, item.evidence, _QUOTED)[:_SHOWN]:
        place = _at(reading, span.start)
        piece = f"“{words}” {place}"
        size = cell_len(piece)
        if used and used + 3 + size > room:
            yield line
            line, used = "", 0
        gap = paint(" · ", "dim") if used else ""
        line, used = f"{line}{gap}“{words}” {paint(place, 'dim')}", used + size + (3 if used else 0)
    if line:
        yield line


def _at(reading: Reading, offset: int) -> str:
    place = reading.draft.place(offset)
    return f"{f'{place.part} ' if place.part == 'headers' else ''}{place.line}:{place.column}"


def _bar(budget: Budget, paint: Paint) -> str:
    full = round(budget.share * _BAR) or int(budget.count > 0)
    colour = "red" if budget.over else "green"
    return f"{paint('█' * full, colour)}{paint('░' * (_BAR - full), 'dim')}  {budget}"


def _scale(band: Band, paint: Paint) -> str:
    """Draw the scale from formal to casual, the company's band on it, and where the message stands."""

    def place(score: float) -> int:
        return round((3 - max(-3.0, min(3.0, score))) / 6 * (_SCALE - 1))

    here, first, last = place(band.score), place(band.high), place(band.low)
    drawn = ["─" if first < cell < last else "┄" for cell in range(_SCALE)]
    drawn[first], drawn[last] = "├", "┤"
    colour = "green" if band.low <= band.score <= band.high else "red"
    left, right = f"formal {''.join(drawn[:here])}", f"{''.join(drawn[here + 1 :])} casual"
    return f"{paint(left, 'dim')}{paint('●', colour)}{paint(right, 'dim')}"


def _left_out(elements: Iterable[Element], paint: Paint, width: int) -> list[str]:
    """Name what these rules did not look at, lest its absence from the list be taken for praise."""
    names = [item.name for item in elements if item.state is State.NOT_JUDGED and not item.said]
    if not names:
        return []
    lines = wrapped(f"not looked at: {', '.join(names)}", width - 2)
    return [*(paint(f"  {line}", "dim") for line in lines), ""]
