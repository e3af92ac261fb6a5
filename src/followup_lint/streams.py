"""Standard streams as they are found: in any encoding, closed, cut off or full."""

from __future__ import annotations

import codecs
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from followup_lint.errors import Problem
from followup_lint.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

# What a report is drawn with, for terminals and pipes that have no such signs.
_PLAIN = str.maketrans("│✓✗·…–“”‘’−", "|+x-.-\"\"''-")


def prepare() -> None:
    """Make sure that no output stream is missing and that none refuses a character."""
    codecs.register_error("followup-lint", _drawn_plainly)
    # Python leaves None where a stream was closed before the program began.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  (open until the end)
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="followup-lint")


def standard_input() -> BinaryIO:
    """Return the bytes on standard input. Raises Problem where it is closed."""
    if sys.stdin is None:
        raise Problem("standard input (-) is closed")
    return sys.stdin.buffer


_ear: ContextVar[list[str] | None] = ContextVar("ear", default=None)


@contextmanager
def heard() -> Iterator[list[str]]:
    """Gather what is told meanwhile, to be told later or by another process."""
    told: list[str] = []
    before = _ear.set(told)
    try:
        yield told
    finally:
        _ear.reset(before)


def say(text: str, *, err: bool = False, color: bool | None = None) -> None:
    """Write to a standard stream as `click.echo` does, without a line end; `color` False takes paint away."""
    stream = sys.stderr if err else sys.stdout
    is_plain = os.name == "posix" and "\x1b" not in text
    if is_plain and stream and stream.encoding and stream.encoding.lower() in {"utf-8", "utf8"}:
        stream.write(text)
        stream.flush()
        return
    import click  # it knows consoles, and takes longer to load than a short run takes

    click.echo(text, nl=False, err=err, color=color)


def tell(words: object) -> None:
    """Say something beside the report, in one line: a path or a draft's words in it cannot reach the terminal raw."""
    if (ear := _ear.get()) is not None:
        ear.append(str(words))
        return
    say(f"followup-lint: {visible(str(words))}\n", err=True)


def give_up_output() -> None:
    """Send the rest of the output nowhere: Python would complain once more when it flushes the stream at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _drawn_plainly(error: UnicodeError) -> tuple[str | bytes, int]:
    try:
        # A file name that is not valid in the system's encoding comes out as the bytes it has.
        return codecs.lookup_error("surrogateescape")(error)
    except UnicodeEncodeError as still:
        plain = still.object[still.start : still.end].translate(_PLAIN)
        return "".join(char if char.isascii() else "?" for char in plain), still.end
