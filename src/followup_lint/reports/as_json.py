"""Findings as one JSON array, for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence

from followup_lint.linter import Result


def render(results: Sequence[Result]) -> str:
    """Return an array of objects; lines and columns are 1-based, in code points, ends exclusive."""
    rows = []
    for result in results:
        for item in result.diagnostics:
            start, end = result.draft.place(item.span.start), result.draft.place(item.span.end)
            row: dict[str, object] = {
                "rule": item.rule,
                "severity": item.severity.value,
                "path": result.draft.path,
                "line": start.line,
                "column": start.column,
                "end_line": end.line,
                "end_column": end.column,
                "message": item.message,
                "why": item.why,
                "practice": item.practice,
                "url": None,
                "fix": item.fix,
            }
            if start.part:
                row |= {"part": start.part, "raw_line": start.raw_line or None}
            rows.append(row)
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
