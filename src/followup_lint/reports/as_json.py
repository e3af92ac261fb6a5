"""Findings as one JSON array, for programs; `schemas/report.schema.json` says what is in it."""

from __future__ import annotations

from collections.abc import Iterator

from followup_lint.diagnostic import Remedy
from followup_lint.draft import Draft
from followup_lint.fingerprint import fingerprints
from followup_lint.linter import Result
from followup_lint.reports.clean import dump
from followup_lint.reports.places import in_draft, url_of
from followup_lint.reports.report import Report


def render(report: Report) -> str:
    """Return an array of objects; lines and columns are 1-based, in code points, ends exclusive."""
    return dump([row for result in report.results for row in objects(result, report)]) + "\n"


def objects(result: Result, report: Report) -> Iterator[dict[str, object]]:
    """Yield one object for each finding reported in a draft."""
    tell = report.explained(result) if report.explained else None
    for item, fingerprint in zip(result.diagnostics, fingerprints(result), strict=True):
        start = result.draft.place(item.span.start)
        row: dict[str, object] = {
            "rule": item.rule,
            "severity": item.severity.value,
            "path": result.draft.path,
            **in_draft(result.draft, item.span),
            "message": item.message,
            "why": item.why,
            "practice": item.practice,
            "url": url_of(item.rule, report.docs_url),
            "fix": item.fix,
            "remedies": [_remedy(result.draft, remedy) for remedy in item.remedies],
            "related": [in_draft(result.draft, span) for span in item.finding.related],
            "elsewhere": [{"path": path, "line": line or None} for path, line in item.finding.elsewhere],
            "fingerprint": fingerprint,
        }
        if start.part:
            row["raw_line"] = start.raw_line or None
        if tell:
            evidence: dict[str, list[str]] = {}
            for line in tell(item):
                evidence.setdefault(line.label, []).append(line.words)
            row["evidence"] = evidence
        yield row


def _remedy(draft: Draft, remedy: Remedy) -> dict[str, object]:
    return {
        "applicability": remedy.applicability.value,
        "title": remedy.title,
        "edits": [in_draft(draft, edit.span) | {"text": edit.text} for edit in remedy.edits],
    }
