"""What a client can do, as plain answers: the capabilities it sent, with all that may be missing in them."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from followup_lint.records import dataclass


@dataclass(frozen=True)
class Client:
    """A client's capabilities."""

    capabilities: types.ClientCapabilities

    def can(self, path: str) -> Any:
        """Return what is under a dotted path of names; None where any of them is missing."""
        here: Any = self.capabilities
        for name in path.split("."):
            here = getattr(here, name, None)
            if here is None:
                return None
        return here

    @property
    def pulls(self) -> bool:
        """Whether it asks for diagnostics, and can be told to ask again; then none are pushed.

        Neovim 0.11 asks only after an edit: settings that change would leave it with what was found before.
        """
        can_ask = self.can("text_document.diagnostic") is not None
        return can_ask and bool(self.can("workspace.diagnostics.refresh_support"))

    @property
    def reads_markdown(self) -> bool:
        """Whether a hover may be Markdown; the client's first choice counts."""
        formats = self.can("text_document.hover.content_format") or [types.MarkupKind.PlainText]
        return bool(formats[0] == types.MarkupKind.Markdown)

    @property
    def knows_snippets(self) -> bool:
        """Whether an edit may have tab stops."""
        return bool(self.can("workspace.workspace_edit.snippet_edit_support")) and self.versions_edits

    @property
    def completes_snippets(self) -> bool:
        """Whether a completion may have tab stops."""
        return bool(self.can("text_document.completion.completion_item.snippet_support"))

    @property
    def versions_edits(self) -> bool:
        """Whether edits may say for which version they are."""
        return bool(self.can("workspace.workspace_edit.document_changes"))

    @property
    def nests_symbols(self) -> bool:
        """Whether it takes symbols with their whole range; older ones want a flat list."""
        return bool(self.can("text_document.document_symbol.hierarchical_document_symbol_support"))

    @property
    def knows_actions(self) -> bool:
        """Whether it takes code actions; older ones want commands."""
        return self.can("text_document.code_action.code_action_literal_support") is not None

    @property
    def shows_related(self) -> bool:
        """Whether a diagnostic may name other places."""
        push = self.can("text_document.publish_diagnostics.related_information")
        return bool(push or self.can("text_document.diagnostic.related_information"))

    @property
    def tags(self) -> frozenset[types.DiagnosticTag]:
        """Return the tags it can show."""
        known = self.can("text_document.publish_diagnostics.tag_support.value_set")
        known = known or self.can("text_document.diagnostic.tag_support.value_set") or ()
        return frozenset(types.DiagnosticTag(item) for item in known)
