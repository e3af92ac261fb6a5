"""Work shared out among processes, each a copy of this one: what was loaded before is there in all of them.

Only where copies are cheap and safe, on Linux; elsewhere, and for little work, there is one worker: this process.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from followup_lint import signals
from followup_lint.records import dataclass, field

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 3
"""Pieces of work a worker may be ahead of the first one that is not done: what is done waits in memory."""


@dataclass(frozen=True, slots=True)
class Lost(Generic[T]):
    """A piece of work whose process ended before it was done."""

    work: T


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def shared(pieces: Iterator[T], do: Callable[[T], R], workers: int) -> Iterator[R | Lost[T]]:
    """Yield what `do` returns for each piece, in order; pieces and answers must be such as pickle knows.

    An exception that `do` raises is raised here. Where a process ends, killed or out of memory, its piece is `Lost` and
    another process takes its place.
    """
    crew = _Crew(do)
    waiting = enumerate(pieces)
    done: dict[int, R | Lost[T]] = {}
    turn = 0
    gc.collect()
    gc.freeze()  # what is there already is not touched again, so that the copies can share it
    try:
        for number, piece in islice(waiting, workers):
            crew.grow()
            crew.give(number, piece)
        while crew.busy or turn in done:
            while turn in done:
                yield done.pop(turn)
                turn += 1
            done |= crew.finished() if crew.busy else {}
            while crew.idle and len(done) < workers * _AHEAD and (following := next(waiting, None)):
                crew.give(*following)
    finally:
        crew.end()
        gc.unfreeze()


@dataclass(eq=False)
class _Worker:
    process: BaseProcess
    line: Connection


@dataclass(eq=False)
class _Crew(Generic[T, R]):
    """The processes at work: `busy` with a piece each, or `idle`."""

    do: Callable[[T], R]
    busy: dict[_Worker, tuple[int, T]] = field(default_factory=dict)
    idle: list[_Worker] = field(default_factory=list)

    def grow(self) -> None:
        """Begin another process."""
        from multiprocessing import get_context

        context: Any = get_context("fork")  # to type checkers, a pipe is another thing on Windows
        with signals.held():
            ours, theirs = context.Pipe()
            sys.stdout.flush()  # or the copy would print it once more
            lines = [ours, *(worker.line for worker in (*self.busy, *self.idle))]
            process = context.Process(target=_serve, args=(theirs, self.do, lines, os.getpid()), daemon=True)
            process.start()
            theirs.close()
            self.idle.append(_Worker(process, ours))

    def give(self, number: int, piece: T) -> None:
        """Give a piece of work to an idle process."""
        worker = self.idle.pop()
        try:
            worker.line.send(piece)
        except ConnectionError:  # it ended while it had nothing to do
            worker.line.close()
            worker.process.join()
            self.grow()
            self.give(number, piece)
        else:
            self.busy[worker] = number, piece

    def finished(self) -> dict[int, R | Lost[T]]:
        """Wait for a process to finish its piece; return the answers of all that have, by number."""
        import pickle
        from multiprocessing.connection import wait

        by_line = {worker.line: worker for worker in self.busy}
        found: dict[int, R | Lost[T]] = {}
        for line in wait(list(by_line)):
            worker = by_line[line]  # type: ignore[index]  # one of those it was given
            number, piece = self.busy.pop(worker)
            try:
                is_fault, answer = pickle.loads(worker.line.recv_bytes())  # noqa: S301  (a copy of this very process)
            except (EOFError, ConnectionError, pickle.UnpicklingError):
                found[number] = Lost(piece)
                worker.line.close()
                worker.process.join()
                self.grow()
                continue
            if is_fault:
                raise answer
            self.idle.append(worker)
            found[number] = answer
        return found

    def end(self) -> None:
        """Let all processes go."""
        for worker in (*self.busy, *self.idle):
            worker.line.close()
            worker.process.terminate()
            worker.process.join()


def _serve(line: Connection, do: Callable[[Any], Any], lines: Sequence[Connection], parent: int) -> None:
    """Do one piece of work after the other, until nobody asks any more."""
    signals.follow(parent)
    for other in lines:  # the parent's ends, of which it is to have the only ones
        other.close()
    while True:
        try:
            piece = line.recv()
        except (EOFError, OSError):
            os._exit(0)  # what waits to be printed is the parent's
        try:
            answer = packed((False, do(piece)))
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


def chunks(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Yield stretches of items, in order."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
