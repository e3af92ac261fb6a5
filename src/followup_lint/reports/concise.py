"""One line a finding, in the shape that compilers taught every editor to read."""

from __future__ import annotations

from followup_lint.linter import Result
from followup_lint.reports.clean import one_line


def render(result: Result) -> str:
    """Return `path:line:column: severity: message [rule]` for each finding."""
    lines = []
    for item in result.diagnostics:
        place = result.draft.place(item.span.start)
        part = f" (in {place.part})" if place.part else ""
        head = f"{one_line(result.draft.path)}:{place.line}:{place.column}"
        lines.append(f"{head}: {item.severity}: {one_line(item.message)} [{item.rule}]{part}\n")
    return "".join(lines)
