"""A program in a pseudo-terminal, as a person at a keyboard has it."""

from __future__ import annotations

import os
import re
import select
import signal
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

pty = pytest.importorskip("pty", reason="no pseudo-terminals here")

_PATIENCE = 30.0
# Fish asks what the terminal can do, and waits for the answer.
_QUESTION, _ANSWER = re.compile(rb"\x1b\[0?c"), b"\x1b[?62;c"


class Terminal:
    """A running program; `seen` is all it wrote."""

    def __init__(self, command: Sequence[str | Path], cwd: Path, env: Mapping[str, str]) -> None:
        self.seen = ""
        self.status: int | None = None
        words = [str(word) for word in command]
        self.pid, self._end = pty.fork()
        if self.pid == 0:
            os.chdir(cwd)
            os.execvpe(words[0], words, dict(env))  # noqa: S606  (words of the tests' own)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._end)

    def type(self, keys: str) -> None:
        """Type keys."""
        os.write(self._end, keys.encode())

    def read(self, quiet: float) -> str:
        """Return what is written until nothing is for so many seconds."""
        start = len(self.seen)
        while self._more(quiet):
            pass
        return self.seen[start:]

    def wait_for(self, words: str, since: int = 0) -> int:
        """Read until these words appear after a place in `seen`; return where they end."""
        end = time.monotonic() + _PATIENCE
        while (at := self.seen.find(words, since)) < 0:
            assert time.monotonic() < end, f"no {words!r} in {self.seen[since:]!r}"
            assert self._more(1.0) or self.status is None
        return at + len(words)

    def leave(self) -> int:
        """Wait for the program's end; return its exit code."""
        while self._more(_PATIENCE):
            pass
        self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.status

    def _more(self, seconds: float) -> bool:
        if not select.select([self._end], [], [], seconds)[0]:
            return False
        data = b""
        with suppress(OSError):  # Linux's way of saying that the other end is closed
            data = os.read(self._end, 65536)
        for _ in _QUESTION.findall(data):
            os.write(self._end, _ANSWER)
        self.seen += data.decode(errors="replace")
        return bool(data)
