"""How a signal ends the program: in order, and so that whoever started it can tell which signal it was.

What would end a program at once is let end it a moment later, as an exception that no error handling takes for an
error: so temporary files go, and the processes that share the work. Then the program dies of the signal itself, which
shells show as 128 and its number. A second signal is not waited for.
"""

from __future__ import annotations

import _thread
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn, TypeVar

    T = TypeVar("T")


_ENDING = [signal.Signals[name] for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
INTERRUPT, _PIPE = int(signal.SIGINT), int(getattr(signal, "SIGPIPE", 13))
_SOON = 0.01
"""Seconds after which a signal comes once more that Python lost."""
_MOMENT = 0.001
_LATEST = 5.0
"""Seconds after which it ends the program at once: a library that was being imported may have taken what was raised."""


class Ended(BaseException):
    """A signal ends the program. Its number is 0 where somebody else took it, and only knows that there was one."""

    def __init__(self, number: int = 0) -> None:
        super().__init__(number)
        self.number = number


class OverdueError(BaseException):
    """A timer says that some work takes too long. It comes again, where nothing could be raised."""


def closed_pipe() -> Ended:
    """Return what ends the program, as others are ended, where nobody reads its output any more."""
    return Ended(_PIPE)


def die(number: int = _PIPE) -> NoReturn:
    """End this process as the signal does, without another word."""
    if os.name == "posix":
        signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {number})
        os.kill(os.getpid(), number)
    os._exit(128 + number)


def heeding(work: Callable[[], T]) -> T:
    """Do some work; a signal ends it, and what it has open is closed, and then the process.

    A signal that was ignored when the program began, as under `nohup`, is still ignored. Outside the main thread, which
    alone gets signals, the work is only done.
    """
    try:
        signal.signal(signal.SIGINT, signal.getsignal(signal.SIGINT))
    except (ValueError, TypeError):  # another thread, or another program that Python is a part of
        return work()
    came: list[int] = []
    number = 0
    with _raised(came):
        try:
            return work()
        except Ended as ended:
            number = ended.number
        except KeyboardInterrupt:
            pass
        # What generators have open is closed here, for now nothing holds the frames that they were used in.
    die(number or (came or [INTERRUPT])[0])


@contextmanager
def _raised(came: list[int]) -> Iterator[None]:
    """Let the first signal raise `Ended`, and note it in `came`; from then on signals do what they do by themselves."""
    before = {each: signal.getsignal(each) for each in _ENDING}
    before = {each: handler for each, handler in before.items() if handler not in {signal.SIG_IGN, None}}
    told = sys.unraisablehook

    def end(number: int, _: FrameType | None) -> None:
        came.append(number)
        for each in before:
            signal.signal(each, signal.SIG_DFL)
        _thread.start_new_thread(_insist, (number,))
        raise Ended(number)

    def lost(hint: sys.UnraisableHookArgs) -> None:
        # Raised where nothing can be: in a destructor, in a callback of a module that is being imported.
        if not isinstance(hint.exc_value, Ended | OverdueError):
            told(hint)
        elif isinstance(hint.exc_value, Ended):
            from threading import Timer

            signal.signal(came[0], end)
            Timer(_SOON, signal.raise_signal, came[:1]).start()

    sys.unraisablehook = lost
    for each in before:
        signal.signal(each, end)
    try:
        yield
    finally:
        sys.unraisablehook = told
        if not came:
            for each, handler in before.items():
                signal.signal(each, handler)


def _insist(number: int) -> None:
    time.sleep(_LATEST)
    signal.raise_signal(number)


def ending(leave: Callable[[], None] | None = None) -> None:
    """From now on let a signal end this process at once, or as soon as `leave` has been called."""

    def end(number: int, _: FrameType | None) -> None:
        try:
            if leave:
                leave()
        finally:
            die(number)

    for each in _ENDING:
        if signal.getsignal(each) is not signal.SIG_IGN:
            signal.signal(each, end if leave else signal.SIG_DFL)


@contextmanager
def held() -> Iterator[None]:
    """Let no signal come between what happens in the block; it comes at the end."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def follow(parent: int) -> None:
    """Let this process, a copy of `parent` made in a `held` block, end with it, and at once when it is told to.

    Ctrl-C is the parent's, which a terminal tells as well, and which then ends us.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for each in _ENDING[1:]:
        if signal.getsignal(each) is not signal.SIG_IGN:
            signal.signal(each, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    _control(_DIES_WITH_PARENT, int(signal.SIGKILL))
    if os.getppid() != parent:
        os._exit(0)  # it ended before we could ask to be told


def outlive(process: int) -> None:
    """Wait until the process of which this is a copy, and which is about to end, has ended."""
    while os.getppid() == process:
        time.sleep(_MOMENT)


def adopt() -> None:
    """Be the parent of copies whose own parent, a copy of this process, ended: so they can be waited for."""
    _control(_ADOPTS, 1)


_DIES_WITH_PARENT, _ADOPTS = 1, 36
"""PR_SET_PDEATHSIG of Linux, which signal comes when the parent ends, whatever it ends of; PR_SET_CHILD_SUBREAPER."""


def _control(option: int, value: int) -> None:
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
