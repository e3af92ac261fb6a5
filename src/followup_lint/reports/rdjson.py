"""Findings in reviewdog's own format, which posts them as comments with suggestions one can accept.

Its columns count bytes of UTF-8 from 1, and ends are exclusive (proto/rdf/reviewdog.proto). A byte-order mark is no
part of a draft's text, so it is not counted here either.
"""

from __future__ import annotations

import os

from followup_lint.diagnostic import Applicability, Diagnostic, Edit, Remedy, Severity
from followup_lint.draft import Draft
from followup_lint.reports.clean import dump, one_line
from followup_lint.reports.places import byte_column, in_file, relative, told, url_of
from followup_lint.reports.report import Report
from followup_lint.text import Span

_LEVELS = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.SUGGESTION: "INFO"}


def render(report: Report) -> str:
    """Return one object with all findings, and the files that could not be read; each needs a path."""
    here = os.getcwd()  # noqa: PTH109
    rows: list[dict[str, object]] = []
    for result in report.results:
        draft = result.draft
        for item in result.diagnostics:
            url = url_of(item.rule, report.docs_url)
            rows.append(
                {
                    "message": one_line(told(draft, item)),
                    "location": {"path": relative(draft.path, here)} | _range(draft, item.span),
                    "severity": _LEVELS[item.severity],
                    "code": {"value": item.rule} | ({"url": url} if url else {}),
                    "suggestions": _suggestions(draft, item),
                }
            )
    for problem in report.problems:
        if problem.path:
            at = {"range": {"start": {"line": problem.line}}} if problem.line else {}
            where = {"path": relative(problem.path, here), **at}
            rows.append({"message": one_line(problem.message), "location": where, "severity": "ERROR"})
    source = {"name": "followup-lint"} | ({"url": report.docs_url} if report.docs_url else {})
    return dump({"source": source, "diagnostics": rows}) + "\n"


def _range(draft: Draft, span: Span) -> dict[str, object]:
    region = in_file(draft, span)
    if not region.line:
        return {}
    if not region.column:
        return {"range": {"start": {"line": region.line}, "end": {"line": region.end_line}}}
    start = {"line": region.line, "column": byte_column(draft, span.start)}
    return {"range": {"start": start, "end": {"line": region.end_line, "column": byte_column(draft, span.end)}}}


def _suggestions(draft: Draft, item: Diagnostic) -> list[dict[str, object]]:
    """Return one for each remedy but snippets; none for mail, whose file does not hold the text as we read it."""
    wanted = [] if draft.is_mail else [one for one in item.remedies if one.applicability is not Applicability.SNIPPET]
    joined = [joint(draft, remedy) for remedy in wanted]
    return [_range(draft, edit.span) | {"text": edit.text} for edit in joined if edit]


def joint(draft: Draft, remedy: Remedy) -> Edit | None:
    """Return the edits of a remedy as one, from the first to the last; each could be accepted alone otherwise."""
    edits = sorted(remedy.edits, key=lambda edit: edit.span)
    if not edits:
        return None
    text, at = "", edits[0].span.start
    for edit in edits:
        text += draft.text[at : edit.span.start] + edit.text
        at = edit.span.end
    return Edit(Span(edits[0].span.start, at), text)
