from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

from followup_lint.lsp.client import Client

pytestmark = pytest.mark.asyncio

SERVER = [sys.executable, "-m", "followup_lint.lsp", "--stdio"]
PULLING = "visual_studio_code that asks"
PROFILES = ("neovim@0.7", "neovim@0.10", "neovim@0.11", "visual_studio_code", "emacs", PULLING)
UNITS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
TEXT = "Hi Mia,\n\nIt’s 😀: please answer at your earliest convenience!!!\n\nBest,\nAda\n"
WORDS = "at your earliest convenience"


def capabilities(profile: str) -> types.ClientCapabilities:
    """What a client can do; today's VS Code asks for diagnostics, which its profile is too old to know."""
    able = client_capabilities(profile.partition(" ")[0])
    if profile == PULLING:
        assert able.text_document
        assert able.workspace
        able.text_document.diagnostic = types.DiagnosticClientCapabilities(dynamic_registration=True)
        able.workspace.diagnostics = types.DiagnosticWorkspaceClientCapabilities(refresh_support=True)
    return able


async def greet(client: LanguageClient, able: types.ClientCapabilities, folder: Path | None = None) -> Any:
    """Begin a session with a client that answers what a real one answers."""

    @client.feature(types.CLIENT_REGISTER_CAPABILITY)  # type: ignore[untyped-decorator]
    def registered(params: types.RegistrationParams) -> None:
        client.registered = params.registrations  # type: ignore[attr-defined]

    uri = folder.as_uri() if folder else None
    return await client.initialize_session(types.InitializeParams(capabilities=able, root_uri=uri))


@pytest_lsp.fixture(params=PROFILES, config=ClientServerConfig(server_command=SERVER))  # type: ignore[untyped-decorator]
async def client(request: pytest.FixtureRequest, lsp_client: LanguageClient) -> AsyncIterator[None]:
    answer = await greet(lsp_client, capabilities(request.param))
    lsp_client.answer = answer  # type: ignore[attr-defined]
    yield
    await lsp_client.shutdown_session()


@pytest_lsp.fixture(config=ClientServerConfig(server_command=SERVER))  # type: ignore[untyped-decorator]
async def emacs(lsp_client: LanguageClient) -> AsyncIterator[None]:
    await greet(lsp_client, client_capabilities("emacs"))
    yield
    await lsp_client.shutdown_session()


def opened(client: LanguageClient, uri: str, text: str, version: int = 1, language: str = "plaintext") -> None:
    item = types.TextDocumentItem(uri, language, version, text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))


def changed(client: LanguageClient, uri: str, version: int, *changes: Any) -> None:
    which = types.VersionedTextDocumentIdentifier(version, uri)
    client.text_document_did_change(types.DidChangeTextDocumentParams(which, changes))


async def found(client: LanguageClient, uri: str, version: int = 1) -> list[types.Diagnostic]:
    """The diagnostics of a version, in the way this client gets them."""
    assert client.capabilities
    if Client(client.capabilities).pulls:
        which = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
        report = await client.text_document_diagnostic_async(which)
        assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
        assert uri not in client.diagnostics  # nobody is told twice
        return list(report.items)
    while True:
        told = await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        if (told.uri, told.version) == (uri, version):
            return list(told.diagnostics)


def words(client: LanguageClient, text: str, where: types.Range) -> str:
    codec, width = UNITS[client.answer.capabilities.position_encoding or "utf-16"]  # type: ignore[attr-defined]
    assert where.start.line == where.end.line
    line = re.split("\r\n|\n|\r", text)[where.start.line].encode(codec)
    return line[where.start.character * width : where.end.character * width].decode(codec)


def start(uri: str) -> types.TextDocumentIdentifier:
    return types.TextDocumentIdentifier(uri)


def edited(text: str, edits: Any, take: Any) -> str:
    """The text after edits, made by a client that counts as it said it would."""
    codec, width = take
    for edit in sorted(edits, key=lambda item: (item.range.start.line, item.range.start.character), reverse=True):
        lines = re.split("(\r\n|\n|\r)", text)

        def offset(place: types.Position, lines: list[str] = lines) -> int:
            before = sum(map(len, lines[: 2 * place.line]))
            line = lines[2 * place.line].encode(codec)[: place.character * width]
            return before + len(line.decode(codec))

        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text


async def shown_the_right_words(client: LanguageClient) -> None:
    uri = "file:///nowhere/shown_the_right_words.txt"
    opened(client, uri, TEXT)
    shown = {item.code: item for item in await found(client, uri)}
    assert words(client, TEXT, shown["canned-phrase"].range) == WORDS
    at = types.Position(2, shown["canned-phrase"].range.start.character + 1)
    hover = await client.text_document_hover_async(types.HoverParams(start(uri), at))
    assert hover
    assert isinstance(hover.contents, types.MarkupContent)
    assert "canned-phrase" in hover.contents.value
    lenses = await client.text_document_code_lens_async(types.CodeLensParams(start(uri)))
    assert lenses
    assert lenses[0].command
    assert " words · " in lenses[0].command.title
    symbols = await client.text_document_document_symbol_async(types.DocumentSymbolParams(start(uri)))
    assert symbols
    assert len(symbols) == 4


async def can_have_it_ignored(client: LanguageClient) -> None:
    uri = "file:///nowhere/can_have_it_ignored.txt"
    opened(client, uri, TEXT)
    shown = {item.code: item for item in await found(client, uri)}
    where = shown["canned-phrase"].range
    wrong = types.Diagnostic(types.Range(types.Position(0, 0), types.Position(0, 1)), "", code="canned-phrase")
    context = types.CodeActionContext([wrong])  # as an older Neovim has it: its ranges are not to be trusted
    asked = types.CodeActionParams(start(uri), where, context)
    offered: Any = await client.text_document_code_action_async(asked)
    assert client.capabilities
    assert client.capabilities.text_document
    take = UNITS[client.answer.capabilities.position_encoding or "utf-16"]  # type: ignore[attr-defined]
    titles = {item.title: item for item in offered}
    assert "Explain “canned-phrase”" in titles
    if (action := titles.get("Ignore “canned-phrase” in this draft")) is None:
        assert not client.capabilities.text_document.code_action or titles.keys() == {"Explain “canned-phrase”"}
        return
    edits = action.edit.changes[uri] if action.edit.changes else action.edit.document_changes[0].edits
    after = edited(TEXT, edits, take)
    assert after.endswith(TEXT)
    assert "canned-phrase" in after
    lead = types.Range(types.Position(0, 0), types.Position(0, 0))
    changed(client, uri, 2, types.TextDocumentContentChangePartial(lead, after.removesuffix(TEXT)))
    assert "canned-phrase" not in {item.code for item in await found(client, uri, 2)}


async def types_and_is_followed(client: LanguageClient) -> None:
    uri = "file:///nowhere/types_and_is_followed.txt"
    text = "Hi Mia,\f\n\r’😀\u2028x\n"
    opened(client, uri, text)
    take = UNITS[client.answer.capabilities.position_encoding or "utf-16"]  # type: ignore[attr-defined]
    column = len("’😀\u2028".encode(take[0])) // take[1]
    where = types.Range(types.Position(2, column), types.Position(2, column + 1))
    changed(client, uri, 2, types.TextDocumentContentChangePartial(where, f"Please answer {WORDS}."))
    shown = {item.code: item for item in await found(client, uri, 2)}
    after = text.replace("x", f"Please answer {WORDS}.")
    assert words(client, after, shown["canned-phrase"].range) == WORDS


async def test_what_is_overtaken_is_not_told(emacs: LanguageClient) -> None:
    uri = "file:///nowhere/note.txt"
    told: list[int] = []
    opened(emacs, uri, TEXT)
    for version in range(2, 30):
        place = types.Range(types.Position(2, 0), types.Position(2, 0))
        changed(emacs, uri, version, types.TextDocumentContentChangePartial(place, "so "))
    while not told or told[-1] != 29:
        params = await emacs.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        told.append(params.version)
    assert told == sorted(told)
    assert len(told) < 28


async def test_a_closed_draft_leaves_nothing(emacs: LanguageClient) -> None:
    uri = "untitled:Untitled-1"
    opened(emacs, uri, TEXT)
    assert await found(emacs, uri)
    emacs.text_document_did_close(types.DidCloseTextDocumentParams(start(uri)))
    params = await emacs.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    assert (params.uri, tuple(params.diagnostics)) == (uri, ())


async def test_requests_about_what_is_not_open_have_empty_answers(emacs: LanguageClient) -> None:
    which = start("file:///nowhere/other.txt")
    assert await emacs.text_document_hover_async(types.HoverParams(which, types.Position(3, 3))) is None
    assert not await emacs.text_document_folding_range_async(types.FoldingRangeParams(which))
    anywhere = types.Range(types.Position(0, 0), types.Position(9, 9))
    asked = types.CodeActionParams(which, anywhere, types.CodeActionContext([]))
    assert not await emacs.text_document_code_action_async(asked)


async def test_completion_in_a_front_matter_that_is_being_written(emacs: LanguageClient) -> None:
    uri = "untitled:Untitled-1"
    opened(emacs, uri, "---\nkind: \n")
    params = types.CompletionParams(start(uri), types.Position(1, 6))
    listed: Any = await emacs.text_document_completion_async(params)
    assert "check-in" in {item.label for item in listed}


async def test_settings_may_come_at_any_time(emacs: LanguageClient) -> None:
    uri = "file:///nowhere/note.txt"
    opened(emacs, uri, TEXT)
    assert "canned-phrase" in {item.code for item in await found(emacs, uri)}
    emacs.set_configuration({"ignore": ["canned-phrase"], "run": "onSave"}, section="followupLint")
    emacs.workspace_did_change_configuration(types.DidChangeConfigurationParams({}))
    shown = {item.code for item in await found(emacs, uri)}
    assert shown
    assert "canned-phrase" not in shown
    changed(emacs, uri, 2, types.TextDocumentContentChangeWholeDocument("Hi Mia,\n"))
    await asyncio.sleep(0.5)
    assert {item.code for item in emacs.diagnostics[uri]} == shown
    emacs.text_document_did_save(types.DidSaveTextDocumentParams(start(uri)))
    assert {item.code for item in await found(emacs, uri, 2)} != shown


async def test_a_file_of_settings_is_watched(emacs: LanguageClient, tmp_path: Path) -> None:
    uri = (tmp_path / "note.txt").as_uri()
    opened(emacs, uri, TEXT)
    assert "canned-phrase" in {item.code for item in await found(emacs, uri)}
    settings = tmp_path / ".followup-lint.yaml"
    settings.write_text("ignore: [canned-phrase]\n")
    event = types.FileEvent(settings.as_uri(), types.FileChangeType.Created)
    emacs.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
    assert "canned-phrase" not in {item.code for item in await found(emacs, uri)}
    methods = {item.method for item in emacs.registered}  # type: ignore[attr-defined]
    assert types.WORKSPACE_DID_CHANGE_WATCHED_FILES in methods


async def has_a_rule_explained(client: LanguageClient) -> None:
    command = types.ExecuteCommandParams("followup-lint.explain", ["canned-phrase"])
    await client.workspace_execute_command_async(command)
    if client.shown_documents:
        assert client.shown_documents[0].uri.endswith("/canned-phrase.md")
    else:
        assert client.messages[0].message.startswith("canned-phrase: ")
    await client.workspace_execute_command_async(types.ExecuteCommandParams("followup-lint.explain", ["no-such-rule"]))
    assert client.messages[-1].message == "unknown rule 'no-such-rule'"


async def sees_the_loading(client: LanguageClient) -> None:
    uri = "file:///nowhere/sees_the_loading.txt"
    opened(client, uri, TEXT)
    await found(client, uri)
    kinds = [getattr(item, "kind", "") for items in client.progress_reports.values() for item in items]
    assert client.capabilities
    assert client.capabilities.window
    assert (kinds[:1] == ["begin"]) is bool(client.capabilities.window.work_done_progress)


async def test_every_client_is_served(client: LanguageClient) -> None:
    # One after the other, for each session loads the model anew.
    for step in (
        sees_the_loading,
        shown_the_right_words,
        can_have_it_ignored,
        types_and_is_followed,
        has_a_rule_explained,
    ):
        await step(client)


LOUD = """\
import os, sys, warnings
from followup_lint import linter
first = linter.Linter.lint
def lint(self, *given):
    print('a rule talks')
    os.write(1, b'so does a library')
    warnings.warn('and warns')
    if 'SECRET' in given[0].draft.text:
        raise ValueError(given[0].draft.text)
    return first(self, *given)
linter.Linter.lint = lint
from followup_lint.lsp import main
sys.argv = ['followup-lint-lsp']
sys.exit(main())
"""


@pytest_lsp.fixture(config=ClientServerConfig(server_command=[sys.executable, "-c", LOUD]))  # type: ignore[untyped-decorator]
async def loud(lsp_client: LanguageClient) -> AsyncIterator[None]:
    await greet(lsp_client, client_capabilities("emacs"))
    yield
    await lsp_client.shutdown_session()


async def test_nothing_but_the_protocol_is_on_standard_output(loud: LanguageClient) -> None:
    uri = "file:///nowhere/note.txt"
    opened(loud, uri, TEXT)
    assert await found(loud, uri)
    assert loud.error is None


async def test_a_failure_is_logged_without_the_text(loud: LanguageClient, capfd: pytest.CaptureFixture[str]) -> None:
    uri = "file:///nowhere/note.txt"
    opened(loud, uri, "Hi, SECRET words.\n")
    which = types.HoverParams(start(uri), types.Position(0, 4))
    assert await loud.text_document_hover_async(which) is None
    opened(loud, "file:///nowhere/other.txt", TEXT)
    assert await found(loud, "file:///nowhere/other.txt")
    logged = capfd.readouterr().err
    assert "ValueError at " in logged
    assert "SECRET" not in logged


async def test_a_session_of_random_edits_ends_as_a_fresh_start_does() -> None:
    script = Path(__file__).parents[1] / "benchmarks" / "lsp.py"
    command = [sys.executable, str(script), "--strokes", "20", "--edits", "150"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)  # noqa: ASYNC221
    assert run.stdout.rstrip().endswith("those of a fresh start: yes")
    assert (run.returncode, run.stderr) == (0, "")


async def test_an_editor_that_goes_away_ends_the_server() -> None:
    gone = subprocess.run(SERVER, input=b"", capture_output=True, check=False, timeout=30)  # noqa: ASYNC221
    assert (gone.returncode, gone.stdout, gone.stderr) == (1, b"", b"")
