"""The report people read: each finding with its line, the reason and the remedy, then a verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from followup_lint.diagnostic import Applicability, Diagnostic, Severity
from followup_lint.linter import Result
from followup_lint.reports.rows import Paint, rows, wrapped
from followup_lint.reports.summary import mends
from followup_lint.reports.verdict import verdict
from followup_lint.text import Span, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from followup_lint.explain.finding import Explainer

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.SUGGESTION: "cyan"}
_PRACTICES = {1: "thank", 2: "follow up", 3: "concise", 4: "culture", 5: "patience"}
_INDENT = " " * 6


def plain(words: str, _style: str) -> str:
    """Paint nothing: for terminals without colour."""
    return words


def render(result: Result, paint: Paint = plain, width: int = 80, explained: Explainer | None = None) -> str:
    """Return one draft's report, ending in a blank line. `explained` adds to each finding all that led to it."""
    context = result.context
    inferred = " (inferred)" if context.origins.get("kind", "").startswith("inferred") else ""
    count = f"{result.words} word{'' if result.words == 1 else 's'}"
    facts = " · ".join([f"{context.kind}{inferred}", f"{context.channel}", f"{context.culture}", count])
    lines = [f"{paint(visible(result.draft.path), 'bold')} · {facts}", ""]
    for item in result.diagnostics:
        lines += [*_finding(result, item, paint, width, explained), ""]
    lines += [*_silenced(result, paint, width), *_verdict(result, paint, width), *_mendable(result, paint), ""]
    return "\n".join(lines) + "\n"


def _finding(result: Result, item: Diagnostic, paint: Paint, width: int, explained: Explainer | None) -> Iterator[str]:
    place = result.draft.place(item.span.start)
    where = f"{place.line}:{place.column}"
    part = f"  ({place.part})" if place.part else ""
    level = paint(f"{item.severity.value:<10}", _COLOURS[item.severity])
    yield f"  {where:<7} {level} {paint(item.rule, 'bold')}{part}"
    yield from wrapped(visible(item.message), width, first=_INDENT, rest=_INDENT)
    bar = paint("│", "dim")
    yield from _source(result, item, paint, width)
    lead, label = f"{_INDENT}    {bar} ", 10 if explained else 5
    from followup_lint.explain.row import Row

    said = [Row("why", item.why), Row("try", item.fix)]
    said += [Row("see", f"{path}:{line}" if line else path) for path, line in item.finding.elsewhere]
    yield from rows(said, paint, lead, width - 12 - label, label)
    if explained:
        yield f"{_INDENT}    {bar}"
        yield from rows(explained(item), paint, lead, width - 12 - label, label)


def _source(result: Result, item: Diagnostic, paint: Paint, width: int) -> Iterator[str]:
    line = result.draft.lines.position(item.span.start).line
    whole = result.draft.lines.span(line)
    span = Span(item.span.start, min(item.span.end, whole.end))
    room = width - 16
    first = (
        max(whole.start, min(span.start - room // 3, whole.end - room))
        if whole.end - whole.start > room
        else whole.start
    )
    last = min(whole.end, first + room)
    shown = visible(result.text_of(Span(first, last)))
    before = visible(result.text_of(Span(first, span.start)))
    marked = visible(result.text_of(Span(span.start, min(span.end, last))))
    number = result.draft.place(item.span.start).line
    bar = paint("│", "dim")
    left = "…" if first > whole.start else " "
    yield f"{_INDENT}{number:>3} {bar}{left}{shown}"
    under = " " * _width(before) + paint("^" * max(1, _width(marked)), _COLOURS[item.severity])
    yield f"{_INDENT}    {bar} {under}"


def _width(words: str) -> int:
    """Return how many columns of a terminal visible words take."""
    if words.isascii():
        return len(words)
    from rich.cells import cell_len

    return cell_len(words)


def _silenced(result: Result, paint: Paint, width: int) -> Iterator[str]:
    """Tell what is ignored, and for what reason: what nobody sees, nobody will mend."""
    counts = Counter(item.silence for item in result.silenced)
    if not counts:
        return
    for silence, count in counts.items():
        where = f", {silence.origin}" if silence.origin else ""
        words = f"{visible(str(silence))}{where}{f' · {count} findings' if count > 1 else ''}"
        yield from wrapped(words, width, first=f"  {paint('ignored', 'dim')}  ", rest=_INDENT)
    yield ""


def _mendable(result: Result, paint: Paint) -> Iterator[str]:
    safe = sum(mends(item, Applicability.SAFE) for item in result.diagnostics)
    unsafe = sum(
        mends(item, Applicability.UNSAFE) and not mends(item, Applicability.SAFE) for item in result.diagnostics
    )
    told = [f"{safe} can be mended with --fix"] if safe else []
    told += [f"{unsafe}{' more' if safe else ' can be mended'} with --fix --unsafe-fixes"] if unsafe else []
    if told:
        yield paint(f"  {', '.join(told)}", "dim")


def _verdict(result: Result, paint: Paint, width: int) -> Iterator[str]:
    grave: dict[int, int] = {}
    for item in result.diagnostics:
        grave[item.practice] = max(grave.get(item.practice, 0), item.severity.rank)
    marks = []
    for number, name in _PRACTICES.items():
        if number not in result.practices:
            sign, colour = "–", "dim"
        elif grave.get(number, -1) >= Severity.WARNING.rank:
            sign, colour = "✗", "red"
        elif number in grave:
            sign, colour = "~", "cyan"
        else:
            sign, colour = "✓", "green"
        marks.append(f"{number} {name} {paint(sign, colour)}")
    yield "  " + "   ".join(marks)
    for line in wrapped(verdict(result), width - 2, hyphens=False):
        yield f"  {paint(line, 'bold')}"
