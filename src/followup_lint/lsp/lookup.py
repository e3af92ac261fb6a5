"""What a client wants to know about a place or a document: hovers, completions, outline, folding, the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types

if TYPE_CHECKING:
    from followup_lint.lsp.documents import Document
    from followup_lint.lsp.server import Session


_TRIGGERS = (":", " ", "-", "[", "{", ",")


def register(session: Session) -> None:
    """Answer what is asked about a document."""
    from followup_lint.lsp.server import guarded

    server = session.server

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    @guarded
    async def hovered(params: types.HoverParams) -> types.Hover | None:
        document = session.document(params.text_document.uri)
        return await _hover(session, document, params.position) if document else None

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=list(_TRIGGERS)))
    @guarded
    async def completed(params: types.CompletionParams) -> list[types.CompletionItem] | None:
        from followup_lint.lsp import completion
        from followup_lint.lsp.top import region

        document = session.document(params.text_document.uri)
        if document is None:
            return None
        offset = document.buffer.offset(params.position)
        formats = session.client.can("text_document.completion.completion_item.documentation_format") or ()
        markdown = types.MarkupKind.Markdown in formats
        if document.is_rule:
            return await session.checker.work(
                lambda _: _rule_files().completions(document, offset, is_markdown=markdown)
            )
        if not document.is_draft or region(document.text) is None:
            return []
        return await session.checker.work(
            lambda core: completion.completions(document, offset, core.rules(document.file), is_markdown=markdown)
        )

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    @guarded
    async def outlined(params: types.DocumentSymbolParams) -> Any:
        from followup_lint.lsp import outline

        found = await session.checked(params.text_document.uri)
        if found is None or found[1].result is None:
            return []
        symbols = outline.symbols(found[0], found[1].result)
        return symbols if session.client.nests_symbols else outline.flat(found[0], symbols)

    @server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
    @guarded
    async def folded(params: types.FoldingRangeParams) -> list[types.FoldingRange]:
        from followup_lint.lsp import outline

        found = await session.checked(params.text_document.uri)
        return outline.foldings(found[0], found[1].result) if found and found[1].result else []

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS)
    @guarded
    async def lensed(params: types.CodeLensParams) -> list[types.CodeLens]:
        from followup_lint.lsp import outline

        found = await session.checked(params.text_document.uri)
        return outline.lenses(found[0], found[1].result) if found and found[1].result else []


async def _hover(session: Session, document: Document, position: types.Position) -> types.Hover | None:
    from followup_lint.lsp import explanation, hover
    from followup_lint.text import Span

    offset = document.buffer.offset(position)
    told: list[str] = []
    where: Span | None = None
    if document.is_rule:
        found = await session.checker.work(lambda _: _rule_files().hover(document, offset))
    else:
        found = await session.checker.work(
            lambda core: hover.in_front_matter(document, offset, core.rules(document.file))
        )
    if found:
        told, where = [found[0]], found[1]
    checked = await session.checked(document.uri)
    if checked and checked[1].result:
        document, result = checked[0], checked[1].result
        pairs = hover.findings_at(document, result, Span(offset, offset))
        items = [item for item, _ in pairs]
        rows = await session.checker.work(lambda core: core.explained(session.checker.text_of(document), result, items))
        told += [explanation.finding(item, each) for item, each in zip(items, rows, strict=True)]
        where = where or next((there for _, there in pairs), None)
    if not told:
        return None
    shown = explanation.content("\n\n---\n\n".join(told), is_markdown=session.client.reads_markdown)
    return types.Hover(shown, document.buffer.range(where) if where else None)


def _rule_files() -> Any:
    from followup_lint.lsp import rule_files

    return rule_files
