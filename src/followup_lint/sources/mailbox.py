"""Mailboxes (mbox files and Maildirs) as lists of who wrote to whom and when; bodies are read one by one, on request.

An mbox of gigabytes takes no more memory than its list of letters.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from followup_lint import patterns
from followup_lint.errors import Problem
from followup_lint.records import dataclass
from followup_lint.sources.addresses import listed
from followup_lint.sources.decode import must_end, reason
from followup_lint.sources.mail_files import files_in, is_maildir, starts, unquoted
from followup_lint.sources.mail_headers import Field, fields_of, shown
from followup_lint.when import Moment
from followup_lint.written_times import parse_moment

MAX_HEAD, MAX_LETTER = 64_000, 1_000_000
"""Bytes read of a letter for its headers, and for its words; the rest is attachments."""

_AUTOMATIC = patterns.lazy(r"auto-(replied|generated|notified)|auto_reply|bulk|junk|multipart/report", re.IGNORECASE)
_ROBOTS = patterns.lazy(r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply)\b", re.IGNORECASE)


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
        must_end(here, path)
        heads = list(_listed(_maildir(here) if is_maildir(here, path) else _mbox(here, path)))
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
    return unquoted(data) if data.startswith(b"From ") else data


Head = tuple[str, int, int, bytes]


def _mbox(here: Path, shown_as: str) -> Iterator[Head]:
    """Yield the file, the place and the first bytes of each letter."""
    with here.open("rb") as file, here.open("rb") as again:
        for start, end in pairwise(starts(file, shown_as)):
            again.seek(start)
            yield str(here), start, end, again.read(min(end - start, MAX_HEAD))


def _maildir(here: Path) -> Iterator[Head]:
    for path in files_in(here, drafts=False):
        try:
            with Path(path).open("rb") as file:
                head = file.read(MAX_HEAD)
                yield path, 0, os.fstat(file.fileno()).st_size, head
        except OSError:
            yield path, 0, 0, b""


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
    return tuple((name, address.lower()) for name, address in listed(value) if "@" in address)


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
