"""How far a long run is: one line at the foot of a terminal, gone when the run is over."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator

from followup_lint.environment import is_attended, is_terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO, TypeVar

    T = TypeVar("T")


PATIENCE, PACE = 1.0, 0.1
"""Seconds before the line appears, and between two changes of it."""

_BAR = 20


def is_wanted(*, quiet: bool) -> bool:
    """Whether to show it: on a terminal that somebody may be looking at."""
    return not quiet and is_terminal(sys.stderr, os.environ) and is_attended(os.environ)


def shown(
    items: Iterable[T],
    total: int,
    *,
    enabled: bool,
    stream: TextIO | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[T]:
    """Yield the items, and tell on a terminal which of `total` is at work once that takes longer than `PATIENCE`.

    The line is written before an item and cleared after the last one, or when the caller stops. The cursor waits at
    its start, so that whatever else is written there meanwhile covers it.
    """
    if not enabled:
        yield from items
        return
    out = stream or sys.stderr
    began, last, drawn = clock(), 0.0, False
    try:
        for done, item in enumerate(items):
            now = clock()
            if now - began >= PATIENCE and now - last >= PACE and done < total:
                out.write(f"\r\x1b[K{_line(done, total, now - began)}\r")
                out.flush()
                last, drawn = now, True
            yield item
    finally:
        if drawn:
            out.write("\r\x1b[K")
            out.flush()


def _line(done: int, total: int, spent: float) -> str:
    import shutil  # few runs take so long

    full = done * _BAR // total
    words = f"[{'#' * full}{'.' * (_BAR - full)}] {done} of {total} drafts"
    if done:
        words += f", {spent / done * (total - done):.0f} s left"
    return words[: shutil.get_terminal_size().columns - 1]
