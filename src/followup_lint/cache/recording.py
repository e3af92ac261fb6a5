"""A run as it is recorded, to be replayed: what it prints is kept as it passes."""

import io
import marshal
import os
import re
import sys
import time
from contextlib import suppress

from followup_lint import patterns
from followup_lint.cache import sweep, vault
from followup_lint.cache.observe import Look, Question, TooMuch
from followup_lint.cache.vault import digest, sealed
from followup_lint.errors import Problem
from followup_lint.sources.decode import decode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_PRINTED = 8_000_000
"""Bytes; of a run that prints more, nothing is kept."""

_EARLIER = 30_000_000
"""Nanoseconds by which the clock of files may be behind the clock of programs."""

# A line of front matter: the name bare or in quotes, perhaps on the next line, perhaps with a comment after it.
_INVITE = patterns.lazy(
    r"""^[ \t"']*invite["']?[ \t]*:\s*+(?:"([^"\r\n]*)"|'([^'\r\n]*)'|((?:[^ \t\r\n]++|[ \t]++(?![\#\r\n]|\Z))*))""",
    re.MULTILINE,
)
_PROGRESS = b"\x1b[K"


class Recording:
    """One run: what it printed, when it began to look at files, and what it depends on, once that is known."""

    def __init__(self, name: str, key: bytes) -> None:
        """Begin; the name and the key are those of `replay.name_of`."""
        self._name, self._key = name, key
        self._printed: list[tuple[int, bytearray]] = []
        self._size = 0
        self._began = 0
        self._above: list[Question] = []
        self._before = b""
        self._questions: list[Question] = []
        self._folder = ""

    def listen(self) -> None:
        """Keep what is printed from now on, while it goes where it always goes."""
        for number, name in ((1, "stdout"), (2, "stderr")):
            stream = getattr(sys, name)
            raw = getattr(stream.buffer, "raw", stream.buffer) if isinstance(stream, io.TextIOWrapper) else None
            if isinstance(raw, io.FileIO):
                stream.flush()
                setattr(sys, name, self._heard(stream, raw, number))
            else:
                self._size = MAX_PRINTED + 1  # something else is listening already

    def _heard(self, stream: io.TextIOWrapper, raw: io.FileIO, number: int) -> io.TextIOWrapper:
        """Return the same stream with an ear in it: nothing between the two, or a buffer where there was one."""
        heard: Any = _Heard(raw, number, self)
        return io.TextIOWrapper(
            heard if stream.buffer is raw else io.BufferedWriter(heard),
            stream.encoding,
            stream.errors,
            newline="\n",
            line_buffering=stream.line_buffering,
            write_through=stream.write_through,
        )

    def hear(self, stream: int, data: bytes) -> None:
        """Keep what was printed, unless it is too much."""
        self._size += len(data)
        if self._size > MAX_PRINTED:
            self._printed.clear()
        elif self._printed and self._printed[-1][0] == stream:
            self._printed[-1][1].extend(data)
        else:
            self._printed.append((stream, bytearray(data)))

    def forget(self) -> None:
        """Be told that the run cannot be kept; let go of what it printed so far."""
        self._size = MAX_PRINTED + 1
        self._printed.clear()

    def begin(self, above: list[Question]) -> None:
        """Be told, before any file is looked at, which settings may count."""
        self._above = above
        with suppress(TooMuch):
            self._before, _ = Look().answers(above)
        self._began = time.time_ns()

    def depends(self, folder: str, questions: list[Question]) -> None:
        """Be told, after all has been looked at, what the run depends on, and where to keep it.

        Invitations that drafts name need not be among the questions.
        """
        self._folder, self._questions = folder, questions

    def keep(self, code: int) -> None:
        """Keep the run that ends now, if it can be told what it depends on and nothing of that has changed."""
        if not self._questions or code not in {0, 1} or self._size > MAX_PRINTED:
            return
        if any(stream != 1 and _PROGRESS in data for stream, data in self._printed):
            return  # how far a run is says nothing about the next
        invited: dict[Question, None] = {}
        try:
            if Look().answers(self._above)[0] != self._before:
                return
            since = self._began - _EARLIER
            Look(since, lambda path, data: invited.update(dict.fromkeys(_invitations(path, data)))).answers(
                self._questions
            )
            questions = [*self._questions, *invited]
            same, secret = Look(since).answers(questions)
        except TooMuch:
            return
        asked = sealed(marshal.dumps((questions, same), 2), self._key)
        printed = [(stream, bytes(data)) for stream, data in self._printed]
        said = sealed(marshal.dumps((code, printed), 2), digest(b"output", self._key, secret))
        if sweep.prepare(self._folder):
            vault.write(self._folder, vault.RUNS, self._name, len(asked).to_bytes(4) + asked + said)


def _invitations(path: str, data: bytes) -> list[Question]:
    """Return the files that a draft may name as invitations. Raises TooMuch where the name is hard to read."""
    if b"nvite" not in data.replace(b"\0", b""):
        return []
    try:
        text = decode(data, path)
    except Problem:
        return []  # and so nobody reads it
    values = [next(filter(None, match.groups()), "") for match in _INVITE.finditer(text)]
    if any(value[0] in "|>&*!{[%@" or "\\" in value for value in values if value):
        raise TooMuch(path)
    return [("file", os.path.join(os.path.dirname(path), value)) for value in values if value]


class _Heard(io.RawIOBase):
    """A stream that tells a recording what goes through it."""

    def __init__(self, raw: io.FileIO, number: int, recording: Recording) -> None:
        self._raw, self._number, self._recording = raw, number, recording

    def write(self, data: "bytes | memoryview") -> int:  # type: ignore[override]  # a buffer gives nothing else
        """Write as much as goes."""
        written = self._raw.write(data)
        self._recording.hear(self._number, bytes(data[:written]))
        return written

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._raw.fileno()

    def isatty(self) -> bool:
        return self._raw.isatty()

    @property
    def name(self) -> object:
        return self._raw.name

    @property
    def mode(self) -> str:
        return self._raw.mode
