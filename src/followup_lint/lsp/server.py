"""The server: what the protocol asks, answered by the modules beside this one. It holds no rule and no message."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Awaitable, Callable
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol import types

from followup_lint.lsp.checker import Checker
from followup_lint.lsp.client import Client
from followup_lint.lsp.documents import Document
from followup_lint.lsp.positions import ENCODINGS
from followup_lint.lsp.protocol import Protocol, Server, prepare_log, tell
from followup_lint.lsp.watchdog import Watchdog
from followup_lint.records import dataclass, field

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

    from followup_lint.lsp.core import Checked

T = TypeVar("T")
P = TypeVar("P")


@dataclass
class Session:
    """One editor: its server, what it can do, and what is being checked for it."""

    server: Server
    client: Client = field(default_factory=lambda: Client(types.ClientCapabilities()))
    folder: TemporaryDirectory[str] | None = None
    tasks: set[asyncio.Task[Any]] = field(default_factory=set)

    @functools.cached_property
    def checker(self) -> Checker:
        """Return what checks."""
        return Checker(self.document, self.publish, watchdog=Watchdog())

    def document(self, uri: str) -> Document | None:
        """Return an open document."""
        return self.server.protocol.documents.get(uri)

    def publish(self, document: Document, checked: Checked) -> None:
        """Send what was found, unless the client asks for it by itself."""
        if not self.client.pulls and self.document(document.uri) is document:
            self.server.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(document.uri, self.diagnostics(document, checked), document.version)
            )

    def diagnostics(self, document: Document, checked: Checked) -> list[types.Diagnostic]:
        """Return what was found as the protocol wants it."""
        from followup_lint.lsp.diagnostics import diagnostics

        return diagnostics(document, checked, self.client)

    async def checked(self, uri: str) -> tuple[Document, Checked] | None:
        """Return the newest version of a document and what was found in it; None where it is not open."""
        return await self.checker.newest(uri)

    def recheck(self) -> None:
        """Check all that is open anew, for something besides the texts has changed."""
        self.checker.forget()
        for document in self.server.protocol.documents:
            if not self.client.pulls:
                self.checker.ask(document, at_once=True)
        if self.client.pulls:
            self.server.workspace_diagnostic_refresh(None)

    def start(self, work: Awaitable[None]) -> None:
        """Do something beside the protocol."""

        async def guarded() -> None:
            try:
                await work
            except Exception as error:  # noqa: BLE001  (the server goes on)
                tell(error)

        task = asyncio.ensure_future(guarded())
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def close(self) -> None:
        """Give up what is going on, and leave nothing behind."""
        for uri in list(self.checker.jobs):
            self.checker.drop(uri)
        self.checker.worker.shutdown(wait=False, cancel_futures=True)
        self.leave()

    def leave(self) -> None:
        """Remove what was written to be shown."""
        if self.folder:
            self.folder.cleanup()


def build() -> Server:
    """Return the server, ready to start."""
    from followup_lint.lsp import edits, lookup, setting

    prepare_log()
    server = Server("followup-lint", version("followup-lint"), protocol_cls=Protocol, max_workers=2)
    session = Session(server)
    _synchronise(session)
    _diagnose(session)
    setting.register(session)
    lookup.register(session)
    edits.register(session)
    return server


def guarded(answer: Callable[[P], Awaitable[T | None]]) -> Callable[[P], Awaitable[T | None]]:
    """Return a handler that answers nothing where it fails: an editor must not stop for us."""

    @functools.wraps(answer)
    async def handler(params: P) -> T | None:
        try:
            return await answer(params)
        except Exception as error:  # noqa: BLE001
            tell(error)
            return None

    return handler


def _synchronise(session: Session) -> None:
    server = session.server

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        session.client = Client(params.capabilities)
        folder = next((item.uri for item in params.workspace_folders or ()), params.root_uri or "")
        session.checker.root = Document(folder, 0, "", "").file
        known = [str(getattr(item, "value", item)) for item in session.client.can("general.position_encodings") or []]
        # The same choice as pygls makes for its answer.
        server.protocol.documents.encoding = next((item for item in known if item in ENCODINGS), "utf-16")

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        _ask(session, params.text_document.uri, at_once=True)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        if session.checker.wishes.is_on_save:
            session.checker.drop(params.text_document.uri)
        else:
            _ask(session, params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE, types.SaveOptions(include_text=False))
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        session.start(_after_save(session, params.text_document.uri))

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        session.checker.drop(uri, is_closed=True)
        if not session.client.pulls:
            server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    @server.feature(types.SHUTDOWN)
    def stop(_: None) -> None:
        session.close()
        server.ended_well = True


def _diagnose(session: Session) -> None:
    server = session.server

    @server.feature(
        types.TEXT_DOCUMENT_DIAGNOSTIC,
        types.DiagnosticOptions(identifier="followup-lint", inter_file_dependencies=True, workspace_diagnostics=False),
    )
    async def pulled(params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        uri, checker = params.text_document.uri, session.checker
        if not session.client.pulls:
            return types.RelatedFullDocumentDiagnosticReport([])  # it is told unasked, and should not be told twice
        known = checker.last.get(uri)
        if session.checker.wishes.is_on_save and known:
            found: tuple[Document, Checked] | None = known
        else:
            found = await session.checked(uri)
        if found is None:
            return types.RelatedFullDocumentDiagnosticReport([])
        return types.RelatedFullDocumentDiagnosticReport(session.diagnostics(*found))


def _ask(session: Session, uri: str, *, at_once: bool = False) -> None:
    if document := session.document(uri):
        session.checker.ask(document, at_once=at_once)


async def _after_save(session: Session, uri: str) -> None:
    """Look at the disk anew: what was saved may be a neighbour of other drafts that are open."""
    await session.checker.work(lambda core: core.forget())
    if session.checker.wishes.is_on_save:
        _ask(session, uri, at_once=True)
    if any(document.uri != uri for document in session.server.protocol.documents):
        session.recheck()
