"""What a client may have done: code actions, and the commands behind some of them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types

from followup_lint.lsp.setting import show
from followup_lint.signals import ending

if TYPE_CHECKING:
    from followup_lint.lsp.core import Checked
    from followup_lint.lsp.documents import Document
    from followup_lint.lsp.server import Session
    from followup_lint.rule import Rule

_KINDS = [types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll]


def register(session: Session) -> None:
    """Answer what can be done, and do it."""
    from followup_lint.lsp.server import guarded

    server = session.server

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=_KINDS))
    @guarded
    async def offered(params: types.CodeActionParams) -> list[types.CodeAction | types.Command] | None:
        found = await session.checked(params.text_document.uri)
        if found is None or found[1].result is None:
            return []
        return await _offered(session, *found, params)

    @server.command("followup-lint.explain")
    async def explain(name: str) -> None:
        rules = await session.checker.work(lambda core: core.rules())
        if name in rules:
            await _explain(session, rules[name])
        else:
            show(session, f"unknown rule '{name}'", types.MessageType.Warning)

    @server.command("followup-lint.verdict")
    async def verdict(uri: str) -> None:
        from followup_lint.lsp.outline import told

        found = await session.checked(uri)
        if found and found[1].result:
            show(session, told(found[1].result))


async def _offered(
    session: Session, document: Document, checked: Checked, params: types.CodeActionParams
) -> list[types.CodeAction | types.Command]:
    from followup_lint.diagnostic import Applicability
    from followup_lint.lsp.actions import FIX_ALL, Offer, actions, fix_all

    if checked.result is None:
        return []
    only = [str(getattr(kind, "value", kind)) for kind in params.context.only or ()]
    offer = Offer(session.client, only)
    shown = session.diagnostics(document, checked)
    found = actions(document, checked.result, document.buffer.span(params.range), offer, shown)
    remedies = [each for item in checked.result.diagnostics for each in item.remedies]
    is_safe = any(each.applicability is Applicability.SAFE for each in remedies)
    if is_safe and offer.wants(FIX_ALL) and not document.is_html:
        text = await session.checker.work(lambda core: core.mended(session.checker.text_of(document)))
        if text != document.text:
            found.append(fix_all(document, text, session.client))
    if session.client.knows_actions:
        return list(found)
    # Clients that know no actions take commands; only those of ours that are commands can be given to them.
    return [item.command for item in found if item.command]


async def _explain(session: Session, rule: Rule) -> None:
    """Show a rule's page: as a document where the client can open one, else in a message."""
    from followup_lint.lsp import explanation

    if session.client.can("window.show_document.support"):
        # A folder that only the user can read, gone when the editor is.
        if session.folder is None:
            session.folder = tempfile.TemporaryDirectory(prefix="followup-lint-")
            ending(session.leave)
        page = Path(session.folder.name) / f"{rule.name}.md"
        page.write_text(explanation.rule(rule), encoding="utf-8")
        wanted = types.ShowDocumentParams(page.as_uri(), take_focus=True)
        if (await session.server.window_show_document_async(wanted)).success:
            return
    show(session, explanation.short(rule))
