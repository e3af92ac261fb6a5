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


def begin(lines: Sequence[Connection], do: Work, last: Parting, others: Sequence[Connection], parent: int) -> NoReturn:
    """Be the process at the first line; after its first piece, the others are copies of it."""
    try:
        _follow(parent, others)
        line, *rest = lines
        _serve_once(line, do, last)
        gc.collect()
        gc.freeze()
        while rest:
            other = rest.pop(0)
            with signals.held():
                parent = os.getpid()
                if os.fork():
                    other.close()
                else:
                    _follow(parent, (line, *rest))
                    line, rest = other, []
                    line.send_bytes(os.getpid().to_bytes(4))
        while True:
            _serve_once(line, do, last)
    finally:
        os._exit(1)  # never on into what the parent was about to do


def _follow(parent: int, lines: Sequence[Connection]) -> None:
    """Go with the process that this is a copy of, and let go of lines of which others are to be the only holders."""
    signals.follow(parent)
    for line in lines:
        line.close()


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
