"""Work shared out among processes, each a copy of this one: what was loaded before is there in all of them.

Only where copies are cheap and safe, on Linux; elsewhere, and for little work, there is one worker: this process.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from followup_lint import signals
from followup_lint.records import dataclass, field
from followup_lint.serving import NUMBER, Parting, begin

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

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


def shared(
    pieces: Iterator[T],
    do: Callable[[T], R],
    workers: int,
    last: Parting = lambda: None,
    hear: Callable[[Any], object] = lambda _: None,
) -> Iterator[R | Lost[T]]:
    """Yield what `do` returns for each piece, in order; pieces and answers must be such as pickle knows.

    One process does the first piece, and those that do the others are copies of it: so they share what it loaded, and
    this process never has it. An exception that `do` raises is raised here. Where a process ends, killed or out of
    memory, its piece is `Lost`, and another takes its place. When all is done, `hear` is told what `last` returns in
    each.
    """
    signals.adopt()
    crew = _Crew(do, last)
    waiting: Iterator[tuple[int, T]] = enumerate(pieces)
    head = list(islice(waiting, workers))
    waiting = chain(head, waiting)
    done: dict[int, R | Lost[T]] = {}
    turn = 0

    def feed() -> None:
        while crew.idle and len(done) < workers * _AHEAD and (following := next(waiting, None)):
            crew.give(*following)

    gc.collect()
    gc.freeze()  # what is there already is not touched again, so that the copies can share it
    try:
        crew.grow(len(head))
        feed()
        while crew.busy:
            done |= crew.finished()
            feed()
            while turn in done:
                yield done.pop(turn)
                turn += 1
            feed()
        for words in crew.parting():
            hear(words)
    finally:
        crew.end()
        gc.unfreeze()


@dataclass(eq=False)
class _Worker:
    """A process by the line to it, and its number: 0 until it has said it, for it is not we who make it."""

    line: Connection
    number: int = 0

    def heard(self) -> bytes | None:
        """Return its next answer; None where it said its number. Raises EOFError or OSError where it ended."""
        said = self.line.recv_bytes()
        if not said.startswith(NUMBER):
            return said
        self.number = int.from_bytes(said.removeprefix(NUMBER))
        return None

    def end(self) -> None:
        """Let the process go, and wait until it is gone."""
        with self.line, suppress(EOFError, OSError):
            while True:
                if self.number:
                    with suppress(ProcessLookupError):
                        os.kill(self.number, signal.SIGKILL)  # SIGTERM may be ignored, by us and so by it
                self.heard()  # what it has to say is no longer wanted; that it says no more is
        if self.number:
            with suppress(ChildProcessError):
                os.waitpid(self.number, 0)


@dataclass(eq=False)
class _Crew(Generic[T, R]):
    """The processes at work: `busy` with a piece each, or `idle`.

    `loaders` are those of which they are copies, and `coming` the copies that are still to be made.
    """

    do: Callable[[T], R]
    last: Parting
    loaders: list[int] = field(default_factory=list)
    busy: dict[_Worker, tuple[int, T]] = field(default_factory=dict)
    idle: list[_Worker] = field(default_factory=list)
    coming: list[_Worker] = field(default_factory=list)

    def grow(self, count: int = 1) -> None:
        """Begin processes: one, which after its first piece makes as many copies of itself as are wanted, and ends."""
        import multiprocessing

        if not count:
            return
        pipe: Any = multiprocessing.Pipe  # to type checkers, it is another thing on Windows
        with signals.held():
            pairs = [pipe() for _ in range(count)]
            lines = [*(ours for ours, _ in pairs), *(worker.line for worker in self.all)]
            sys.stdout.flush()  # or the copy would print it once more
            parent = os.getpid()
            number = os.fork()
            if not number:
                begin([theirs for _, theirs in pairs], self.do, self.last, lines, parent)
            for _, theirs in pairs:
                theirs.close()
            self.loaders.append(number)
            first, *others = [_Worker(ours) for ours, _ in pairs]
            self.idle.append(first)
            self.coming += others  # nobody would read what they are given before the first piece is done

    @property
    def all(self) -> tuple[_Worker, ...]:
        """Return all processes, those that are still to come as well."""
        return (*self.busy, *self.idle, *self.coming)

    def give(self, number: int, piece: T) -> None:
        """Give a piece of work to an idle process."""
        worker = self.idle.pop()
        try:
            worker.line.send((piece,))
        except ConnectionError:  # it ended while it had nothing to do
            worker.end()
            self.grow()
            self.give(number, piece)
        else:
            self.busy[worker] = number, piece

    def finished(self) -> dict[int, R | Lost[T]]:
        """Wait for a process to finish its piece, or to come; return the answers of all that have, by number."""
        import pickle
        from multiprocessing.connection import wait

        by_line = {worker.line: worker for worker in (*self.busy, *self.coming)}
        found: dict[int, R | Lost[T]] = {}
        ended = 0
        for line in wait(list(by_line)):
            worker = by_line[line]  # type: ignore[index]  # one of those it was given
            try:
                said = worker.heard()
            except (EOFError, OSError):
                ended += 1
                if worker in self.busy:
                    number, piece = self.busy.pop(worker)
                    found[number] = Lost(piece)
                else:
                    self.coming.remove(worker)
                worker.end()
                continue
            if worker in self.coming:
                self.coming.remove(worker)
                self.idle.append(worker)
            if said is None:
                continue
            number, _ = self.busy.pop(worker)
            self.idle.append(worker)
            is_fault, answer = pickle.loads(said)  # noqa: S301  (a copy of this very process)
            if is_fault:
                raise answer
            found[number] = answer
        self.grow(ended)
        return found

    def parting(self) -> Iterator[object]:
        """Yield what each process has to say when there is nothing more to do."""
        import pickle

        for worker in self.idle:
            try:
                worker.line.send(())
                while (said := worker.heard()) is None:
                    pass
            except (EOFError, OSError):
                continue
            is_fault, words = pickle.loads(said)  # noqa: S301  (a copy of this very process)
            if not is_fault:
                yield words

    def end(self) -> None:
        """Let all processes go, and wait until they are gone."""
        # Their copies are ours to wait for as soon as these are gone.
        for loader in self.loaders:
            with suppress(ChildProcessError):
                if os.waitpid(loader, os.WNOHANG) == (0, 0):
                    os.kill(loader, signal.SIGKILL)
                    os.waitpid(loader, 0)
        for worker in self.all:
            worker.end()


def chunks(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Yield stretches of items, in order."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
