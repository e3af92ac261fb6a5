"""Where the mails of an mbox file or a Maildir are, one after the other.

An mbox is read in pieces of fixed size, whatever its own. The standard library's `mailbox` is not used: it reads a
whole table of contents line by line and decodes eagerly, and one broken mail ends it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from followup_lint import patterns
from followup_lint.errors import Problem
from followup_lint.records import dataclass
from followup_lint.sources.decode import read_bytes, read_stream, reason

PIECE = 4_000_000
"""Bytes of an mbox held at once."""

# The first line of a letter in an mbox, after a blank line: who and when as mail programs write it, or at least a clock
# time and then a header; so an unmarked "From" at the beginning of a paragraph is none.
_LINE = b"\nFrom "
_START = patterns.lazy(
    rb"From (?:\S* +\w{3} \w{3} +\d+ \d\d:\d\d(?::\d\d)? [^\r\n]*\d{4}[^\r\n]*\r?\n|"
    rb"[^\r\n]*\d:\d\d[^\r\n]*\r?\n[!-9;-~]+[ \t]*:)"
)
_OVERLAP = 2_000
_QUOTED_FROM = patterns.lazy(rb"^>(>*From )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mail is in a mailbox: its bytes in `file` from `start` to `end`."""

    file: str
    start: int
    end: int


def places(path: str) -> Iterator[Place]:
    """Yield where each mail of an mbox file or a Maildir is, in its order, drafts and undated ones too.

    Raises Problem for a path that is neither, or cannot be read.
    """
    here = Path(path).expanduser()
    try:
        if is_maildir(here, path):
            yield from (Place(file, 0, 0) for file in files_in(here, drafts=True))
            return
        with here.open("rb") as file:
            yield from (Place(str(here), start, end) for start, end in pairwise(starts(file, path)))
    except (OSError, ValueError) as error:
        raise Problem(f"cannot be read: {reason(error)}", path) from None


def read_place(place: Place) -> bytes:
    """Return a mail as an `.eml` file would hold it. Raises Problem where it is gone or too large for a message."""
    if not place.end:
        return read_bytes(Path(place.file), place.file)
    size = place.end - place.start
    try:
        with Path(place.file).open("rb") as file:
            file.seek(place.start)
            data = read_stream(file, place.file, size, limit=size)
    except OSError as error:
        raise Problem(f"cannot be read: {reason(error)}", place.file) from None
    first, _, rest = data.partition(b"\n")
    data = rest if first.startswith(b"From ") else data
    # The blank line before the next mail is the mailbox's.
    end = next((end for end in (b"\r\n", b"\n") if data.endswith(2 * end)), b"")
    return unquoted(data.removesuffix(end))


def unquoted(data: bytes) -> bytes:
    """Return a mail of an mbox without the marks before lines that begin with "From "."""
    return _QUOTED_FROM.sub(rb"\1", data)


def is_maildir(here: Path, shown_as: str) -> bool:
    """Whether it is a folder of mail. Raises Problem for any other folder."""
    if not here.is_dir():
        return False
    if not ((here / "cur").is_dir() or (here / "new").is_dir()):
        raise Problem("is no Maildir: it has no folder cur or new; name a Maildir or an mbox file", shown_as)
    return True


def files_in(here: Path, *, drafts: bool) -> Iterator[str]:
    """Yield the files of a Maildir, by name."""
    for name in ("cur", "new"):
        folder = here / name
        if folder.is_dir():
            with os.scandir(folder) as entries:
                kept = (entry for entry in entries if not entry.name.startswith(".") and entry.is_file())
                listed = sorted(entry.path for entry in kept if drafts or not _is_draft(entry))
            yield from listed


def _is_draft(entry: os.DirEntry[str]) -> bool:
    """Whether it has not gone out: the flag D says so. `:` is `;` or `!` on some systems."""
    flags = re.search(r"[:;!]2,(\w*)$", entry.name)
    return "D" in (flags[1] if flags else "")


def starts(file: BinaryIO, shown_as: str) -> Iterator[int]:
    """Yield the offset of each letter, then that of the end."""
    window, origin, last = b"", 0, -1
    while piece := file.read(PIECE):
        # What may be the beginning of a letter that this piece completes is looked at again.
        kept = window[-_OVERLAP:]
        origin += len(window) - len(kept)
        window = kept + piece
        if origin == 0 and not window.startswith(b"From "[: len(window)]):
            raise Problem("is no mbox file: it does not begin with a line “From …”", shown_as)
        for at in _lines(window, first=origin == 0):
            if origin + at > last and _START.match(window, at):
                last = origin + at
                yield last
    yield origin + len(window)


def _lines(window: bytes, *, first: bool) -> Iterator[int]:
    """Yield where a line begins with "From " after a blank line; `bytes.find` is quick where a pattern is not."""
    if first:
        yield 0
    at = window.find(_LINE)
    while at >= 0:
        if window[max(0, at - 2) : at + 1].endswith((b"\n\n", b"\n\r\n")):
            yield at + 1
        at = window.find(_LINE, at + 1)
