"""The command line called in this process, by the way that may replay a run: what it prints, and whether it did."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from followup_lint import entry, invite
from followup_lint.thread import tree

if TYPE_CHECKING:
    import pytest


@dataclass(frozen=True)
class Called:
    """What a call printed, byte by byte, its exit code, and whether that was replayed."""

    out: bytes
    err: bytes
    code: int
    is_replayed: bool

    @property
    def shown(self) -> tuple[bytes, bytes, int]:
        return self.out, self.err, self.code


class Left(BaseException):
    """In place of the end of the process."""


@dataclass(frozen=True)
class Program:
    """The program, in a folder, with a cache of its own."""

    folder: Path
    cache: Path
    patch: pytest.MonkeyPatch
    capture: pytest.CaptureFixture[bytes]

    def __call__(self, *arguments: str) -> Called:
        """Call it as a new process would be: nothing is remembered but what is in the cache."""
        for known in (tree._names, tree._message, invite._listed, invite._invitations):  # noqa: SLF001
            known.cache_clear()
        self.capture.readouterr()
        replayed: list[int] = []
        replay = entry.replay

        def heard(folder: str, name: str, key: bytes) -> int | None:
            code = replay(folder, name, key)
            replayed.extend([] if code is None else [code])
            return code

        with self.patch.context() as patch, _streams(patch):
            patch.setattr(sys, "argv", ["followup-lint", *arguments])
            patch.setattr(entry, "replay", heard)
            patch.setattr(os, "_exit", _leave)
            patch.setenv("FOLLOWUP_LINT_CACHE_DIR", str(self.cache))
            try:
                code: object = entry.main()
            except Left as left:
                (code,) = left.args
            except SystemExit as ended:
                code = ended.code
            sys.stdout.flush()
            sys.stderr.flush()
        out, err = self.capture.readouterr()
        assert isinstance(code, int)
        return Called(out, err, code, bool(replayed))

    def fresh(self, *arguments: str) -> Called:
        """Call it with nothing kept and nothing replayed."""
        with self.patch.context() as patch:
            patch.setenv("FOLLOWUP_LINT_NO_CACHE", "1")
            return self(*arguments)

    def runs(self) -> list[Path]:
        """Return the entries of whole runs."""
        folder = self.cache / "1" / "runs"
        return sorted(folder.iterdir()) if folder.exists() else []

    def write(self, name: str, text: str) -> Path:
        """Write a file that is old enough to be known."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


def _leave(code: int) -> None:
    raise Left(code)


@contextmanager
def _streams(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give the process streams as Python opens them, onto what pytest listens to."""
    made = []
    for number, name in ((1, "stdout"), (2, "stderr")):
        buffer = io.BufferedWriter(io.FileIO(os.dup(number), "w"))
        made.append(io.TextIOWrapper(buffer, "utf-8", newline="\n", line_buffering=number == 2))
        patch.setattr(sys, name, made[-1])
    yield
    for stream in made:
        stream.flush()
