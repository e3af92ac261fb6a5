"""From the bytes of a text file to its text: line ends as they stand, nothing replaced, nothing dropped but a BOM."""

from __future__ import annotations

import codecs
import os
import stat

from followup_lint import patterns
from followup_lint.errors import Problem
from followup_lint.sources.charset import guess_encoding, mostly_utf_8
from followup_lint.text import Lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

MAX_BYTES = 5_000_000
"""More than any message holds; a folder may hold a log file or a mailbox that merely ends in .txt."""

# UTF-32's mark begins with UTF-16's, so it is looked for first.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_AFTER_MARK = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}

_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a Word, LibreOffice or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Outlook .msg file"),
    (b"{\\rtf", "rich text (RTF)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)

# What no text holds: control characters other than tab, line ends, form feed, backspace and escape.
_CONTROL = patterns.lazy(rb"[\x01-\x07\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROLS = 0.02
_MOST_NULS_IN_TEXT = 0.4
_LEAST_WORDS = 0.6
_BIG = 10


def decode(data: bytes, path: str) -> str:
    """Return the text of a file; a byte-order mark is no part of it, so offset 0 is the first visible character.

    Raises Problem where the bytes are no text, naming the byte that is wrong and its line.
    """
    encoding = encoding_of(data, path)
    return data.decode(encoding)


def encoding_of(data: bytes, path: str) -> str:
    """Return the Python name of the encoding; `utf-8-sig`, `utf-16` and `utf-32` mean that a byte-order mark is there.

    Writing text back in this encoding keeps the file's kind. Raises Problem where no encoding fits.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(data, encoding, path)
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise Problem(f"looks like {what}, not text; save it as plain text", path)
    if b"\0" in data:
        return _checked(data, _utf_16_without_mark(data, path), path)
    if len(_CONTROL.findall(data)) > max(1, len(data) * _MOST_CONTROLS):
        raise Problem("looks like a binary file, not text: it holds many control characters", path)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        guessed = None if mostly_utf_8(data) else guess_encoding(data)
        if guessed:
            return guessed
        raise _bad_byte(data, error.start, path) from None
    return "utf-8"


def mark_of(data: bytes) -> tuple[bytes, str]:
    """Return a file's byte-order mark and the encoding of what follows it, mark left out; empty where there is none."""
    for mark, _ in _BOMS:
        if data.startswith(mark):
            return mark, _AFTER_MARK[mark]
    return b"", ""


def read_bytes(path: Path | str, shown: str) -> bytes:
    """Return a file's bytes, reading no more than `MAX_BYTES`.

    Raises Problem, under the name `shown`, for a file that is missing, unreadable, a folder or too large.
    """
    try:
        if os.path.isdir(path):
            raise Problem("is a folder, not a file", shown)
        with open(path, "rb") as file:
            return read_stream(file, shown, os.fstat(file.fileno()).st_size)
    except FileNotFoundError:
        raise Problem("no such file", shown) from None
    except (OSError, ValueError) as error:
        raise Problem(f"cannot be read: {reason(error)}", shown) from None


def read_stream(stream: BinaryIO, shown: str, size: int = 0, limit: int = MAX_BYTES + 1) -> bytes:
    """Return what a stream of at least `size` bytes holds, or the next `limit` of them.

    Raises Problem as `read_bytes` does.
    """
    try:
        data = stream.read(min(limit, MAX_BYTES + 1))
    except (OSError, ValueError) as error:
        raise Problem(f"cannot be read: {reason(error)}", shown) from None
    if len(data) > MAX_BYTES:
        told = _megabytes(max(size, len(data)))
        raise Problem(f"{told} is too large for a message; the limit is {_megabytes(MAX_BYTES)}", shown)
    return data


def must_end(path: Path, shown: str = "") -> None:
    """Raise Problem, under the name `shown`, for a pipe, a socket or a device: it may be waited for, or read, for ever.

    What is not there, or may not be looked at, is told by whoever reads it.
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise Problem("is a pipe or a device, and no file", shown)


def reason(error: OSError | ValueError) -> str:
    """Return what the operating system says, as the end of a sentence of ours."""
    said = (isinstance(error, OSError) and error.strerror) or str(error)
    return said[:1].lower() + said[1:]


def _checked(data: bytes, encoding: str, path: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8-sig":
            raise _bad_byte(data, error.start + len(codecs.BOM_UTF8), path) from None
        raise Problem(f"is not valid {encoding.upper()} at byte {error.start}; save it as UTF-8", path) from None
    if "\0" in text:
        raise Problem("looks like a binary file, not text: it holds NUL characters", path)
    return encoding


def _utf_16_without_mark(data: bytes, path: str) -> str:
    """Text in UTF-16 that is mostly ASCII has a NUL in every other byte; anything else with NULs is no text."""
    half = len(data) // 2
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if len(data) % 2 == 0 and min(even, odd) == 0 and max(even, odd) > half * _MOST_NULS_IN_TEXT:
        encoding = "utf-16-be" if even else "utf-16-le"
        if _reads_as_text(data, encoding):
            return encoding
    at = data.index(0)
    line = data.count(b"\n", 0, at) + 1
    raise Problem(f"looks like a binary file, not text: NUL byte at offset {at}", path, line)


def _reads_as_text(data: bytes, encoding: str) -> bool:
    """Whether nothing in it is a control or an unassigned character, and most of it is plain words.

    Tables of small numbers have a NUL in every other byte too.
    """
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    from unicodedata import category  # few files are so odd

    plain = sum(char.isascii() and (char.isalpha() or char.isspace()) for char in text)
    return plain > len(text) * _LEAST_WORDS and all(
        char in "\t\n\r\f" or category(char) not in {"Cc", "Cn", "Co"} for char in set(text)
    )


def _bad_byte(data: bytes, at: int, path: str) -> Problem:
    before = data[:at].decode("utf-8-sig")
    place = Lines(before).position(len(before))
    message = f"byte 0x{data[at]:02X} at offset {at} is not valid UTF-8, and no usual encoding fits; save it as UTF-8"
    return Problem(message, path, place.line, place.column)


def _megabytes(size: int) -> str:
    # Rounded up, so that a file just over the limit never reads as "5 MB is too large; the limit is 5 MB".
    tenths = -(-size // 100_000) / 10
    return f"{tenths:.0f} MB" if tenths >= _BIG or tenths == int(tenths) else f"{tenths:.1f} MB"
