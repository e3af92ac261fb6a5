"""Findings and problems as the protocol wants them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lsprotocol import types

from followup_lint.diagnostic import Diagnostic, Severity
from followup_lint.errors import Problem
from followup_lint.fingerprint import fingerprints
from followup_lint.lsp.client import Client
from followup_lint.lsp.core import Checked
from followup_lint.lsp.documents import Document
from followup_lint.lsp.sheet import Sheet
from followup_lint.text import Span, trim, visible

SOURCE = "followup-lint"
_IDLE = "unused-ignore"
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.SUGGESTION: types.DiagnosticSeverity.Information,
}


def diagnostics(document: Document, checked: Checked, client: Client) -> list[types.Diagnostic]:
    """Return all there is to say about a document, from its top to its end."""
    found = [problem(document, item) for item in checked.problems]
    if checked.note:
        found.append(note(document, checked.note))
    if checked.result:
        sheet = Sheet(document.text, checked.result.draft)
        marks = fingerprints(checked.result)
        for item, mark in zip(checked.result.diagnostics, marks, strict=True):
            each = _finding(document, sheet, item, client)
            each.data = {"fingerprint": mark}
            if checked.docs_url:
                each.code_description = types.CodeDescription(f"{checked.docs_url}rules/{item.rule}.html")
            found.append(each)
        found += [note(document, words) for words in checked.result.draft.notes]
    return sorted(found, key=lambda item: (item.range.start.line, item.range.start.character))


def problem(document: Document, item: Problem) -> types.Diagnostic:
    """Return a problem at its line, from its column on."""
    return types.Diagnostic(
        document.buffer.range(place(document, item)),
        visible(item.message),
        severity=types.DiagnosticSeverity.Error,
        source=SOURCE,
    )


def place(document: Document, item: Problem) -> Span:
    """Return where a problem is: from its column to the end of its line, or the whole first line if it names none."""
    lines = document.buffer.lines
    line = lines.span(min(max(item.line, 1), len(lines.starts)))
    words = trim(document.text, Span(min(line.start + max(item.column - 1, 0), line.end), line.end))
    return words if words.start < words.end else _seen(document.text, line)


def note(document: Document, words: str) -> types.Diagnostic:
    """Return something that the user should know, at the first line."""
    return types.Diagnostic(
        document.buffer.range(document.buffer.lines.span(1)),
        visible(words[:1].upper() + words[1:]),
        severity=types.DiagnosticSeverity.Information,
        source=SOURCE,
    )


def _finding(document: Document, sheet: Sheet, item: Diagnostic, client: Client) -> types.Diagnostic:
    span, hint = sheet.shown(item.span)
    message = f"{item.message} ({hint})" if hint else item.message
    is_faded = item.rule == _IDLE and types.DiagnosticTag.Unnecessary in client.tags
    return types.Diagnostic(
        document.buffer.range(_seen(document.text, span)),
        visible(message),
        severity=_SEVERITIES[item.severity],
        code=item.rule,
        source=SOURCE,
        tags=[types.DiagnosticTag.Unnecessary] if is_faded else None,
        related_information=_related(document, sheet, item) or None if client.shows_related else None,
    )


def _related(document: Document, sheet: Sheet, item: Diagnostic) -> Sequence[types.DiagnosticRelatedInformation]:
    found = []
    for span in item.finding.related:
        where = types.Location(document.uri, document.buffer.range(sheet.shown(span)[0]))
        words = " ".join(span.of(sheet.draft.text).split())
        found.append(types.DiagnosticRelatedInformation(where, f"“{visible(words)}”" if words else "here"))
    for path, line in item.finding.elsewhere:
        start = types.Position(max(line - 1, 0), 0)
        file = Path(sheet.draft.path).parent / path if not Path(path).is_absolute() else Path(path)
        if document.file and file.is_absolute():
            where = types.Location(file.as_uri(), types.Range(start, start))
            found.append(types.DiagnosticRelatedInformation(where, visible(path)))
    return found


def _seen(text: str, span: Span) -> Span:
    """Return a stretch that an editor can underline: never an empty one, if there is a character to take."""
    if span.start < span.end or not text:
        return span
    if span.start < len(text) and text[span.start] not in "\r\n":
        return Span(span.start, span.start + 1)
    return Span(max(0, span.start - 1), span.start)
