"""How long one draft may take. A draft that takes longer is not finished, which is told; the others go on.

The system's timer interrupts whatever is done in the main thread of a process: rules, a search for a regular
expression, a parse between two of its steps. Where there is no such timer (Windows) or the work is done in another
thread, there is no deadline.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable

from followup_lint.errors import Problem
from followup_lint.records import dataclass
from followup_lint.signals import OverdueError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn, TypeVar

    T = TypeVar("T")


SECONDS = 20.0
"""What is given to a draft unless the user says otherwise: five times what the longest that is read at all takes."""

_ONCE_MORE = 1.0
"""Seconds after which it is tried again, where what was interrupted could not be told."""


class Unfinished(Problem):
    """The draft's time was over before its work was done."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The time for one draft, in seconds; 0 is for ever."""

    seconds: float = 0.0

    def hold(self, work: Callable[[], T], path: str = "") -> T:
        """Do some work in time. Raises Unfinished, and what the work raises.

        Where a deadline is kept already, that one counts.
        """
        if not self.seconds > 0 or sys.platform == "win32" or signal.getsignal(signal.SIGALRM) is _over:
            return work()
        try:
            before = signal.signal(signal.SIGALRM, _over)
        except ValueError:  # another thread, which gets no signals
            return work()
        try:
            signal.setitimer(signal.ITIMER_REAL, self.seconds, _ONCE_MORE)
            return work()
        except OverdueError:
            words = f"not finished in {self.seconds:g} s, and left out; --timeout says how long a draft may take"
            raise Unfinished(words, path) from None
        finally:
            _stop(before)


def _stop(before: object) -> None:
    """Stop the timer, whatever it still brings."""
    while True:
        try:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)  # type: ignore[arg-type]  # as `signal` returned it
        except OverdueError:
            continue
        return


def unhurried(work: Callable[..., T], *given: object) -> T:
    """Do what no draft is to blame for, as to load a model, while the clock stands still."""
    if sys.platform == "win32" or signal.getsignal(signal.SIGALRM) is not _over:
        return work(*given)
    left, _ = signal.setitimer(signal.ITIMER_REAL, 0)
    try:
        return work(*given)
    finally:
        signal.setitimer(signal.ITIMER_REAL, left or _ONCE_MORE, _ONCE_MORE)


def _over(_number: int, _frame: FrameType | None) -> NoReturn:
    raise OverdueError
