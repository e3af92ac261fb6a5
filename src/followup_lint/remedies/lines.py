"""Lines and their ends."""

from __future__ import annotations

from collections.abc import Iterator

from followup_lint.diagnostic import Applicability, Edit, Finding, Remedy
from followup_lint.reading import Reading
from followup_lint.text import Span


def without_line(reading: Reading, finding: Finding) -> Iterator[Remedy]:
    """Yield the text without the line of the finding; where it stood apart, without the blank lines above it."""
    lines, text = reading.draft.lines, reading.text
    number = lines.position(finding.span.start).line
    if number != lines.position(finding.span.end).line:
        return
    line = lines.span(number)
    rest = text[line.end :]
    if not rest.strip(" \t") or not rest.strip():
        start = len(text[: line.start].rstrip())
        edit = Edit(Span(start, line.end), "")
    else:
        after = lines.starts[number]
        above = text[: line.start].rstrip(" \t\r\n")
        is_apart = number > 1 and not lines.span(number - 1).of(text).strip()
        below = lines.span(number + 1).of(text)
        start = lines.starts[lines.position(len(above)).line] if is_apart and not below.strip() else line.start
        edit = Edit(Span(start, after), "")
    yield Remedy(Applicability.UNSAFE, (edit,), "Delete the line")


def without_blanks(reading: Reading, finding: Finding) -> Iterator[Remedy]:
    """Yield the text without the blanks that were found; nobody can see them."""
    del reading
    spans = sorted({finding.span, *finding.related})
    title = "Take the blanks off the line" if len(spans) == 1 else f"Take the blanks off {len(spans)} lines"
    yield Remedy(Applicability.SAFE, tuple(Edit(span, "") for span in spans), title)
