"""Mailboxes (mbox files and Maildirs) as lists of who wrote to whom and when; bodies are read one by one, on request.

An mbox is read in pieces of fixed size, so one of gigabytes takes no more memory than its list of letters. The standard
library's `mailbox` is not used: it reads a whole table of contents line by line and decodes eagerly, and one broken
letter ends it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import getaddresses
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from followup_lint.errors import Problem
from followup_lint.sources.decode import reason
from followup_lint.sources.mail_headers import Field, fields_of, shown
from followup_lint.when import Moment, parse_moment

PIECE = 4_000_000
"""Bytes of an mbox held at once."""

MAX_HEAD, MAX_LETTER = 64_000, 1_000_000
"""Bytes read of a letter for its headers, and for its words; the rest is attachments."""

# The first line of a letter in an mbox, after a blank line: who and when as mail programs write it, or at least a clock
# time and then a header; so an unmarked "From" at the beginning of a paragraph is none.
_LINE = b"\nFrom "
_START = re.compile(
    rb"From (?:\S* +\w{3} \w{3} +\d+ \d\d:\d\d(?::\d\d)? [^\r\n]*\d{4}[^\r\n]*\r?\n|"
    rb"[^\r\n]*\d:\d\d[^\r\n]*\r?\n[!-9;-~]+[ \t]*:)"
)
_OVERLAP = 2_000
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_AUTOMATIC = re.compile(r"auto-(replied|generated|notified)|auto_reply|bulk|junk|multipart/report", re.IGNORECASE)
_ROBOTS = re.compile(r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Letter:
    """The outside of one letter. Addresses are in lower case; `readers` are pairs of name and address, from `To` only.

    `ids` are its own Message-ID (an empty string, if it has none) and those of the letters it answers. `start` and
    `end` are its bytes in `file`. `is_automatic` tells out-of-office notes and bounces.
    """

    file: str
    start: int
    end: int
    date: Moment
    sender: tuple[str, str]
    readers: tuple[tuple[str, str], ...]
    ids: tuple[str, ...]
    is_automatic: bool = False


@dataclass(frozen=True)
class Mailbox:
    """The letters of a mailbox, the oldest first, and what was wrong with others, in plain sentences."""

    path: str
    letters: tuple[Letter, ...]
    notes: tuple[str, ...] = ()


def read_mailbox(path: str) -> Mailbox:
    """List the letters of an mbox file or a Maildir. Raises Problem for a path that is neither, or cannot be read."""
    here = Path(path).expanduser()
    try:
        is_folder = here.is_dir()
        if is_folder and not ((here / "cur").is_dir() or (here / "new").is_dir()):
            raise Problem("is no Maildir: it has no folder cur or new; name a Maildir or an mbox file", path)
        heads = list(_listed(_maildir(here) if is_folder else _mbox(here, path)))
    except (OSError, ValueError) as error:
        raise Problem(f"cannot be read: {reason(error)}", path) from None
    letters = sorted(
        (item for item in heads if isinstance(item, Letter)), key=lambda letter: letter.date.at.timestamp()
    )
    return Mailbox(path, tuple(letters), tuple(_notes([item for item in heads if isinstance(item, str)])))


def read_letter(letter: Letter) -> bytes:
    """Return a letter as an `.eml` file would hold it, cut after `MAX_LETTER` bytes. Raises Problem if it is gone."""
    try:
        with Path(letter.file).open("rb") as file:
            file.seek(letter.start)
            data = file.read(min(letter.end - letter.start, MAX_LETTER))
    except OSError as error:
        raise Problem(f"cannot be read: {reason(error)}", letter.file) from None
    return _QUOTED_FROM.sub(rb"\1", data) if data.startswith(b"From ") else data


Head = tuple[str, int, int, bytes]


def _mbox(here: Path, shown_as: str) -> Iterator[Head]:
    """Yield the file, the place and the first bytes of each letter."""
    with here.open("rb") as file, here.open("rb") as again:
        for start, end in pairwise(_starts(file, shown_as)):
            again.seek(start)
            yield str(here), start, end, again.read(min(end - start, MAX_HEAD))


def _starts(file: BinaryIO, shown_as: str) -> Iterator[int]:
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


def _maildir(here: Path) -> Iterator[Head]:
    for name in ("cur", "new"):
        folder = here / name
        if not folder.is_dir():
            continue
        with os.scandir(folder) as entries:
            listed = sorted(entry.path for entry in entries if not entry.name.startswith(".") and _sent(entry))
        for path in listed:
            try:
                with Path(path).open("rb") as file:
                    head = file.read(MAX_HEAD)
                    yield path, 0, os.fstat(file.fileno()).st_size, head
            except OSError:
                yield path, 0, 0, b""


def _sent(entry: os.DirEntry[str]) -> bool:
    """Whether it is a letter that has gone out: the flag D marks drafts. `:` is `;` or `!` on some systems."""
    flags = re.search(r"[:;!]2,(\w*)$", entry.name)
    return entry.is_file() and "D" not in (flags[1] if flags else "")


def _listed(heads: Iterator[Head]) -> Iterator[Letter | str]:
    """Yield a letter for each head, or what is wrong with it."""
    for file, start, end, head in heads:
        text = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0].decode("latin-1")
        fields = fields_of(text.replace("\r\n", "\n").replace("\r", "\n"))
        if not fields:
            yield "no headers"
            continue
        said = {field.name: field.raw for field in shown(fields, [])}
        sender = _addresses(said.get("From", ""))
        try:
            date = parse_moment(said.get("Date", ""))
            date.at.timestamp()
        except (ValueError, OverflowError, OSError):
            yield "no date that can be read"
            continue
        if not sender:
            yield "no sender"
            continue
        readers = _addresses(said.get("To", ""))
        yield Letter(file, start, end, date, sender[0], readers, _ids(said), _is_automatic(fields, sender[0][1]))


def _addresses(value: str) -> tuple[tuple[str, str], ...]:
    try:
        return tuple((name, address.lower()) for name, address in getaddresses([value]) if "@" in address)
    except (ValueError, IndexError):  # some broken lists are too much for the standard library
        return ()


def _ids(said: dict[str, str]) -> tuple[str, ...]:
    own = said.get("Message-ID", "").strip()
    answered = f"{said.get('References', '')} {said.get('In-Reply-To', '')}"
    return own, *dict.fromkeys(re.findall(r"<[^<>\s]+>", answered))


def _is_automatic(fields: tuple[Field, ...], address: str) -> bool:
    asked = {"auto-submitted", "precedence", "content-type", "x-autoreply"}
    marks = " ".join(field.raw for field in fields if field.name.lower() in asked)
    replies = any(field.name.lower() in {"x-autoreply", "x-autorespond"} for field in fields)
    return replies or bool(_AUTOMATIC.search(marks) or _ROBOTS.search(address))


def _notes(faults: list[str]) -> Iterator[str]:
    for fault in dict.fromkeys(faults):
        count = faults.count(fault)
        yield f"{count} mail{'s' if count > 1 else ''} left out: {fault}"
