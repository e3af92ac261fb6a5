"""A process that works for another one, which it is a copy of: a piece comes in at a line, and an answer goes out."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NoReturn

from followup_lint import signals

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Work = Callable[[Any], Any]
Parting = Callable[[], object]
"""What a process has to say at its end."""


NUMBER = b"#"
"""What a process says before its number, four bytes; all that pickle makes, and so an answer, begins otherwise."""


def begin(lines: Sequence[Connection], do: Work, last: Parting, others: Sequence[Connection], parent: int) -> NoReturn:
    """Do the first piece, which comes in at the first line; then be replaced by a copy of this process at each line.

    What was needed only to load so much goes with this process: of a library, the pages that are never looked at again.
    """
    try:
        signals.follow(parent)
        _let_go(others)
        _serve_once(lines[0], do, last)
        gc.collect()
        gc.freeze()
        _serve(_copied(lines, parent), do, last)
    finally:
        os._exit(1)  # never on into what the parent was about to do


def _copied(lines: Sequence[Connection], parent: int) -> Connection:
    """Return, in a copy of this process for each line, that line; this process ends."""
    here = os.getpid()
    for line in lines:
        with signals.held():
            if os.fork():
                continue
            _let_go([other for other in lines if other is not line])
            line.send_bytes(NUMBER + os.getpid().to_bytes(4))
            signals.outlive(here)
            signals.follow(parent)
            return line
    os._exit(0)


def _let_go(lines: Sequence[Connection]) -> None:
    """Let go of lines of which others are to be the only holders."""
    for line in lines:
        line.close()


def _serve(line: Connection, do: Work, last: Parting) -> NoReturn:
    while True:
        _serve_once(line, do, last)


def _serve_once(line: Connection, do: Work, last: Parting) -> None:
    """Do one piece of work, or say what there is to say at the end; end the process where nobody asks any more."""
    try:
        pieces = line.recv()
    except (EOFError, OSError):
        os._exit(0)  # what waits to be printed is the parent's
    try:
        answer = packed((False, do(pieces[0]) if pieces else last()))
    except Exception as error:  # noqa: BLE001  (it is raised again where the answer is waited for)
        answer = packed((True, error))
    try:
        line.send_bytes(answer)
    except OSError:
        os._exit(0)


def frozen(value: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    """Return a mapping that cannot be changed; pickle does not know its type by name."""
    return MappingProxyType(value)


def packed(value: object) -> bytes:
    """Return an answer as bytes."""
    import io
    import pickle

    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = {MappingProxyType: lambda proxy: (frozen, (dict(proxy),))}
    pickler.dump(value)
    return stream.getvalue()
