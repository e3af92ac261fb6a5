"""Findings as one JSON array, for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from followup_lint.explain import Explainer
from followup_lint.linter import Result
from followup_lint.text import Span


def render(results: Sequence[Result], explained: Callable[[Result], Explainer] | None = None) -> str:
    """Return an array of objects; lines and columns are 1-based, in code points, ends exclusive.

    `explained` gives what adds to each finding its `evidence`: lists of lines under short headings.
    """
    rows = []
    for result in results:
        tell = explained(result) if explained else None
        for item in result.diagnostics:
            start = result.draft.place(item.span.start)
            row: dict[str, object] = {
                "rule": item.rule,
                "severity": item.severity.value,
                "path": result.draft.path,
                **_place(result, item.span),
                "message": item.message,
                "why": item.why,
                "practice": item.practice,
                "url": None,
                "fix": item.fix,
                "related": [_place(result, span) for span in item.finding.related],
                "elsewhere": [{"path": path, "line": line or None} for path, line in item.finding.elsewhere],
            }
            if start.part:
                row |= {"part": start.part, "raw_line": start.raw_line or None}
            if tell:
                evidence: dict[str, list[str]] = {}
                for line in tell(item):
                    evidence.setdefault(line.label, []).append(line.words)
                row["evidence"] = evidence
            rows.append(row)
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _place(result: Result, span: Span) -> dict[str, int]:
    start, end = result.draft.place(span.start), result.draft.place(span.end)
    return {"line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column}
