"""Getting ready, settings, and files that change: all that is not about one document."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from followup_lint.lsp.wishes import SECTION, read
from followup_lint.text import visible_lines

if TYPE_CHECKING:
    from followup_lint.lsp.server import Session

_TOKEN = "followup-lint/ready"  # noqa: S105  (of progress, not a secret)
_WATCHED = ("**/.followup-lint.{yaml,yml,toml}", "**/pyproject.toml", "**/*.{yaml,yml}", "**/*.{txt,md,eml,ics}")


def register(session: Session) -> None:
    """Answer what a client says of itself and its files."""
    server = session.server

    @server.feature(types.INITIALIZED)
    def ready(_: types.InitializedParams) -> None:
        session.start(_get_ready(session))

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def reset(params: types.DidChangeConfigurationParams) -> None:
        session.start(_set(session, params.settings))

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def files_changed(_: types.DidChangeWatchedFilesParams) -> None:
        session.start(_look_anew(session))

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def folders_changed(_: types.DidChangeWorkspaceFoldersParams) -> None:
        session.start(_look_anew(session))


async def _get_ready(session: Session) -> None:
    warm = asyncio.ensure_future(_warm(session))
    await _watch(session)
    if session.client.can("workspace.configuration"):
        await _set(session, None)
    await warm


async def _warm(session: Session) -> None:
    """Load the model, and say so where the client has a place for it."""
    shows = bool(session.client.can("window.work_done_progress"))
    progress = session.server.work_done_progress
    loading = asyncio.ensure_future(session.checker.warm())
    if shows:
        try:
            await progress.create_async(_TOKEN)
        except Exception:  # noqa: BLE001  (a client may refuse; nothing is lost)
            shows = False
    if shows:
        progress.begin(_TOKEN, types.WorkDoneProgressBegin(title="followup-lint", message="loading the language model"))
    try:
        await loading
    except Exception as error:  # noqa: BLE001  (told with the first check too, but not everybody looks there)
        show(session, f"followup-lint: {error}", types.MessageType.Error)
    finally:
        if shows:
            progress.end(_TOKEN, types.WorkDoneProgressEnd(message="ready"))


async def _watch(session: Session) -> None:
    wanted: list[types.Registration] = []
    if session.client.can("workspace.did_change_watched_files.dynamic_registration"):
        watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
        options: Any = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        wanted.append(types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options))
    if session.client.can("workspace.did_change_configuration.dynamic_registration"):
        options = types.DidChangeConfigurationRegistrationOptions(SECTION)
        wanted.append(types.Registration("settings", types.WORKSPACE_DID_CHANGE_CONFIGURATION, options))
    if wanted:
        # A client that promised this and refuses it loses news of its files, and nothing else.
        with suppress(JsonRpcException):
            await session.server.client_register_capability_async(types.RegistrationParams(wanted))


async def _set(session: Session, settings: object) -> None:
    """Take in settings: those that the client holds ready, if it does, else those it sent."""
    if session.client.can("workspace.configuration"):
        asked = types.ConfigurationParams([types.ConfigurationItem(section=SECTION)])
        settings = next(iter(await session.server.workspace_configuration_async(asked)), None)
    wishes, wrong = read(_plain(settings))
    for words in wrong:
        show(session, words, types.MessageType.Warning)
    if wishes != session.checker.wishes:
        session.checker.wishes = wishes
        await _look_anew(session)


def _plain(value: Any) -> Any:
    """Return settings as plain data, for pygls gives named tuples of objects it does not know."""
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


async def _look_anew(session: Session) -> None:
    await session.checker.work(lambda core: core.forget())
    session.recheck()


def show(session: Session, words: str, kind: types.MessageType = types.MessageType.Info) -> None:
    """Show a message."""
    session.server.window_show_message(types.ShowMessageParams(kind, visible_lines(words)))
