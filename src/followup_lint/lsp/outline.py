"""The parts of a draft: for the outline, for folding, and the line above it all that says whether to send it."""

from __future__ import annotations

from lsprotocol import types

from followup_lint.draft import BlockKind
from followup_lint.linter import Result
from followup_lint.lsp.documents import Document
from followup_lint.lsp.sheet import Sheet
from followup_lint.text import Span, trim, visible
from followup_lint.when import amount

SHOW_VERDICT = "followup-lint.verdict"

_KINDS = {
    BlockKind.GREETING: types.SymbolKind.Constructor,
    BlockKind.PARAGRAPH: types.SymbolKind.String,
    BlockKind.LIST_ITEM: types.SymbolKind.Array,
    BlockKind.SIGN_OFF: types.SymbolKind.Event,
    BlockKind.SIGNATURE: types.SymbolKind.Constant,
    BlockKind.QUOTED: types.SymbolKind.Package,
    BlockKind.FORWARDED: types.SymbolKind.Package,
}
_FOLDED = {BlockKind.QUOTED, BlockKind.FORWARDED}
_ROOM = 60


def _parts(document: Document, result: Result) -> list[tuple[str, types.SymbolKind, Span, bool]]:
    """Return each part's name, kind, place in the editor, and whether it may be folded."""
    draft = result.draft
    sheet = Sheet(document.text, draft)
    found = []
    if draft.front_matter and (top := sheet.exact(draft.front_matter)):
        found.append(("front matter", types.SymbolKind.Namespace, top, True))
    found += [
        (f"{header.name}: {header.value}", types.SymbolKind.Field, sheet.shown(header.span)[0], False)
        for header in draft.headers
    ]
    for block in draft.blocks:
        words = " ".join(block.span.of(draft.text).split())
        name = f"{block.kind.value.replace('-', ' ')}: {words}"
        found.append((name, _KINDS[block.kind], sheet.shown(block.span)[0], block.kind in _FOLDED))
    return found


def symbols(document: Document, result: Result) -> list[types.DocumentSymbol]:
    """Return the parts in order."""
    found = []
    for words, kind, span, _ in _parts(document, result):
        where = document.buffer.range(trim(document.text, span))
        name = visible(words if len(words) <= _ROOM else words[: _ROOM - 1] + "…")
        found.append(types.DocumentSymbol(name, kind, where, where))
    return found


def flat(document: Document, found: list[types.DocumentSymbol]) -> list[types.SymbolInformation]:
    """Return the same for clients of older protocols."""
    return [types.SymbolInformation(types.Location(document.uri, item.range), item.name, item.kind) for item in found]


def foldings(document: Document, result: Result) -> list[types.FoldingRange]:
    """Return what may be folded away: the front matter, and what others wrote."""
    found = []
    for name, _, span, folds in _parts(document, result):
        where = document.buffer.range(trim(document.text, span))
        if folds and where.end.line > where.start.line:
            kind = types.FoldingRangeKind.Region if name == "front matter" else types.FoldingRangeKind.Comment
            found.append(types.FoldingRange(where.start.line, where.end.line, kind=kind))
    return found


def told(result: Result) -> str:
    """Return verdict, length and kind in a line."""
    from followup_lint.reports.verdict import verdict

    return visible(f"{verdict(result)} · {amount(result.words, 'word')} · {result.context.kind}")


def lenses(document: Document, result: Result) -> list[types.CodeLens]:
    """Return the line above the first line."""
    where = document.buffer.range(Span(0, 0))
    return [types.CodeLens(where, types.Command(told(result), SHOW_VERDICT, arguments=[document.uri]))]
