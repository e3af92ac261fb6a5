"""What can be done about the findings at a place: as edits made from our own spans, never from a client's ranges."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

from lsprotocol import types

from followup_lint import patterns
from followup_lint.context import Context
from followup_lint.diagnostic import Applicability, Diagnostic, Edit, Remedy
from followup_lint.errors import Problem
from followup_lint.fix.rounds import written
from followup_lint.ignores import added
from followup_lint.linter import Result
from followup_lint.lsp.client import Client
from followup_lint.lsp.core import Text
from followup_lint.lsp.diagnostics import SOURCE
from followup_lint.lsp.documents import Document
from followup_lint.lsp.hover import findings_at
from followup_lint.lsp.sheet import Sheet
from followup_lint.reader import Message
from followup_lint.records import dataclass
from followup_lint.text import Span, visible

EXPLAIN = "followup-lint.explain"
FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.{SOURCE}"
MEANT = "it is meant so"
"""The reason that is written where a client cannot ask for one."""

NO_FACTS = Context()
_STOP = patterns.lazy(r"\\([$}\\])|\$\{\d+:((?:[^}\\]|\\.)*)\}|\$\{?\d+\}?")
_ESCAPED, _ONE = patterns.lazy(r"\\([$}\\])"), r"\1"


@dataclass(frozen=True)
class Offer:
    """What a client asked for: the kinds it wants, all of them if it named none, and what it can do."""

    client: Client
    only: Sequence[str] = ()

    def wants(self, kind: str) -> bool:
        """Whether a kind, or one above it, was asked for."""
        return not self.only or any(kind == item or kind.startswith(f"{item}.") for item in self.only)


def actions(
    document: Document, result: Result, span: Span, offer: Offer, shown: Sequence[types.Diagnostic] = ()
) -> list[types.CodeAction]:
    """Return what can be done about the findings that a stretch touches; `shown` are our diagnostics of this version.

    The first safe remedy of a finding is the preferred one.
    """
    found: list[types.CodeAction] = []
    if not offer.wants(types.CodeActionKind.QuickFix.value):
        return found
    sheet = Sheet(document.text, result.draft)
    pairs = findings_at(document, result, span)
    for item, there in pairs:
        where = document.buffer.range(there)
        about = [each for each in shown if each.code == item.rule and each.range.start == where.start][:1]
        found += _remedies(document, sheet, item, about, offer)
    for name in dict.fromkeys(item.rule for item, _ in pairs):
        found += ignoring(document, name, offer.client)
    for name in dict.fromkeys(item.rule for item, _ in pairs):
        title = f"Explain “{name}”"
        command = types.Command(title, EXPLAIN, arguments=[name])
        found.append(types.CodeAction(title, kind=types.CodeActionKind.QuickFix, command=command))
    return found


def _remedies(
    document: Document, sheet: Sheet, item: Diagnostic, about: Sequence[types.Diagnostic], offer: Offer
) -> Iterator[types.CodeAction]:
    preferred = next((remedy for remedy in item.remedies if remedy.applicability is Applicability.SAFE), None)
    for remedy in item.remedies:
        edits = placed(document, sheet, remedy)
        if edits is None:
            continue
        is_snippet = remedy.applicability is Applicability.SNIPPET
        yield types.CodeAction(
            visible(remedy.title),
            kind=types.CodeActionKind.QuickFix,
            diagnostics=list(about) or None,
            is_preferred=True if remedy is preferred else None,
            edit=workspace_edit(document, edits, offer.client, is_snippet=is_snippet),
        )


def placed(document: Document, sheet: Sheet, remedy: Remedy) -> list[Edit] | None:
    """Return a remedy's edits in the editor's text; None where one of them has no exact place there."""
    if document.is_html or (sheet.draft.is_mail and not _may_be_edited(document, sheet, remedy)):
        return None
    found = []
    for edit in remedy.edits:
        span = sheet.exact(edit.span)
        if span is None:
            return None
        found.append(Edit(span, in_line_ends(edit.text, sheet.text)))
    return found


def _may_be_edited(document: Document, sheet: Sheet, remedy: Remedy) -> bool:
    """Whether a mail's words can be changed in its file: signed, encoded and doubled ones cannot."""
    text = Text(document.file or document.name, document.text)
    try:
        written(Message(sheet.draft, NO_FACTS), text.data, remedy.edits)
    except Problem:
        return False
    return True


def in_line_ends(words: str, text: str) -> str:
    """Return words with the line ends that a text has."""
    first = re.search(r"\r\n|\n|\r", text)
    return words if first is None else re.sub(r"\r\n|\n|\r", lambda _: first[0], words)


def ignoring(document: Document, rule: str, client: Client) -> list[types.CodeAction]:
    """Return the action that has the draft ignore a rule; none for mail, or a front matter that cannot be read."""
    is_snippet = client.knows_snippets
    reason = "ⅠⅠreasonⅠⅠ" if is_snippet else MEANT
    path = PurePath(document.name).name
    if document.is_html:
        return []
    try:
        edits = difference(document.text, added(document.text, path, [rule], reason))
    except Problem:
        return []
    if is_snippet:
        edits = [
            Edit(edit.span, _snippet(edit.text).replace(reason, "${1:say why}", 1).replace(reason, "${1:say why}"))
            for edit in edits
        ]
    edit = workspace_edit(document, edits, client, is_snippet=is_snippet)
    return [types.CodeAction(f"Ignore “{rule}” in this draft", kind=types.CodeActionKind.QuickFix, edit=edit)]


def fix_all(document: Document, mended: str, client: Client) -> types.CodeAction:
    """Return the action that makes every safe repair."""
    return types.CodeAction(
        "Mend all that can be mended safely",
        kind=FIX_ALL,
        edit=workspace_edit(document, difference(document.text, mended), client),
    )


def difference(before: str, after: str) -> list[Edit]:
    """Return one edit that makes the one text of the other, around what stays at both ends."""
    if before == after:
        return []
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    # A line end is one thing: an edit that begins or ends inside one has no position in the protocol.
    if start and before[start - 1 : start] == "\r":
        start -= 1
    if end and before[len(before) - end] == "\n" and "\r" in {before[-1 - end : -end], after[-1 - end : -end]}:
        end -= 1
    return [Edit(Span(start, len(before) - end), after[start : len(after) - end])]


def workspace_edit(
    document: Document, edits: Iterable[Edit], client: Client, *, is_snippet: bool = False
) -> types.WorkspaceEdit:
    """Return edits as the client takes them: with tab stops, or with the words between brackets instead."""
    ordered = sorted(edits, key=lambda edit: edit.span)
    if is_snippet and client.knows_snippets:
        snippets = [
            types.SnippetTextEdit(document.buffer.range(edit.span), types.StringValue(edit.text)) for edit in ordered
        ]
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(_versioned(document), snippets)])
    plain = [
        types.TextEdit(document.buffer.range(edit.span), without_stops(edit.text) if is_snippet else edit.text)
        for edit in ordered
    ]
    if client.versions_edits:
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(_versioned(document), plain)])
    return types.WorkspaceEdit(changes={document.uri: plain})


def without_stops(snippet: str) -> str:
    """Return a snippet's words, with what is to be filled in between brackets."""

    def plain(match: re.Match[str]) -> str:
        return match[1] or (f"[{_ESCAPED.sub(_ONE, match[2])}]" if match[2] else "")

    return _STOP.sub(plain, snippet)


def _snippet(words: str) -> str:
    return re.sub(r"([$}\\])", r"\\\1", words)


def _versioned(document: Document) -> types.OptionalVersionedTextDocumentIdentifier:
    return types.OptionalVersionedTextDocumentIdentifier(document.uri, document.version)
