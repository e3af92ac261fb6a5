"""pygls with our own documents, and without a word of anybody's message in the log."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Generator
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method

from followup_lint.lsp.documents import Documents

log = logging.getLogger("followup_lint.lsp")


def prepare_log() -> None:
    """Log to standard error; pygls is silenced, for it logs whole messages."""
    logging.getLogger("pygls").setLevel(logging.CRITICAL + 1)
    if not log.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("followup-lint-lsp: %(message)s"))
        log.addHandler(handler)
    log.propagate = False
    log.setLevel(logging.WARNING)


def tell(error: BaseException) -> None:
    """Log what failed and where, but not what it failed on: the text of an error may quote the draft."""
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-4:]]
    log.error("%s at %s", type(error).__name__, " < ".join(reversed(places)) or "an unknown place")


class Protocol(LanguageServerProtocol):
    """The protocol of pygls, but for the texts.

    pygls cuts lines with `str.splitlines`, and moves positions that lie behind a line's end; both put the edits of a
    text with a form feed, or of a client that counts too far, into the wrong place.
    """

    def __init__(self, server: Any, converter: Any) -> None:
        super().__init__(server, converter)
        self.documents = Documents()

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> Generator[Any, Any, None]:
        """Take in a document."""
        item = params.text_document
        self.documents.opened(item.uri, item.version, item.language_id or "", item.text)
        yield from self._passed_on(types.TEXT_DOCUMENT_DID_OPEN, params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Generator[Any, Any, None]:
        """Take in a document's next version."""
        item = params.text_document
        self.documents.changed(item.uri, item.version, params.content_changes)
        yield from self._passed_on(types.TEXT_DOCUMENT_DID_CHANGE, params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> Generator[Any, Any, None]:
        """Forget a document."""
        self.documents.closed(params.text_document.uri)
        yield from self._passed_on(types.TEXT_DOCUMENT_DID_CLOSE, params)

    def _execute_handler(self, msg_id: Any, *given: Any, **named: Any) -> None:
        """Do what pygls does, and forget it when it is done: pygls would keep a future for each notification."""
        super()._execute_handler(msg_id, *given, **named)
        if (future := self._request_futures.get(msg_id)) is not None:
            future.add_done_callback(lambda _: self._request_futures.pop(msg_id, None))

    def _passed_on(self, method: str, params: Any) -> Generator[Any, Any, None]:
        if (handler := self.fm.features.get(method)) is not None:
            yield handler, (params,), None


class Server(LanguageServer):
    """The server of pygls, which shows and logs errors without quoting them."""

    protocol: Protocol  # pyright: ignore[reportIncompatibleVariableOverride]  (it is the one we give to pygls)
    ended_well = False

    def report_server_error(self, error: Exception, source: Any) -> None:  # noqa: ARG002  (pygls calls it so)
        """Log where something went wrong."""
        tell(error)
