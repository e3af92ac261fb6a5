"""A draft's findings as rows of a table, in plain values. Every draft has at least one row, so that none is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from followup_lint.batch.checker import Answer
from followup_lint.batch.given import Given
from followup_lint.diagnostic import Diagnostic
from followup_lint.errors import Problem
from followup_lint.fingerprint import fingerprints
from followup_lint.linter import Result
from followup_lint.reports.clean import encodable
from followup_lint.reports.places import in_draft
from followup_lint.text import Span

FINDING, CLEAN, PROBLEM = "finding", "clean", "problem"

Row = Mapping[str, object]

_EMPTY: Row = dict.fromkeys(
    (
        *("id", "outcome", "rule", "severity", "start", "end", "line", "column", "end_line", "end_column", "part"),
        *("message", "why", "fix", "practice", "fingerprint", "related", "remedies"),
    )
)


def rows_of(given: Given, answer: Answer) -> list[Row]:
    """Return the rows of one draft: its problems first, then its findings in order; else that it is clean."""
    rows = [_problem(given, problem) for problem in answer.problems]
    if answer.result:
        rows += _findings(given, answer.result)
    return rows or [{**_EMPTY, "id": given.id, "outcome": CLEAN}]


def _problem(given: Given, problem: Problem) -> Row:
    return {
        **_EMPTY,
        "id": given.id,
        "outcome": PROBLEM,
        "line": problem.line or None,
        "column": problem.column or None,
        "message": encodable(problem.message),
    }


def _findings(given: Given, result: Result) -> Iterator[Row]:
    for item, fingerprint in zip(result.diagnostics, fingerprints(result), strict=True):
        yield {
            **_EMPTY,
            "id": given.id,
            "outcome": FINDING,
            "rule": item.rule,
            "severity": item.severity.value,
            **_span(given, item.span),
            **in_draft(result.draft, item.span),
            "message": encodable(item.message),
            "why": item.why,
            "fix": encodable(item.fix),
            "practice": item.practice,
            "fingerprint": fingerprint,
            "related": [_span(given, span) for span in item.finding.related],
            "remedies": list(_remedies(given, item)),
        }


def _span(given: Given, span: Span) -> dict[str, int]:
    return {"start": span.start + given.offset, "end": span.end + given.offset}


def _remedies(given: Given, item: Diagnostic) -> Iterator[Row]:
    for remedy in item.remedies:
        yield {
            "applicability": remedy.applicability.value,
            "title": encodable(remedy.title),
            "edits": [{**_span(given, edit.span), "text": encodable(edit.text)} for edit in remedy.edits],
        }
