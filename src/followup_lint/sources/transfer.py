"""One text part of a mail, from the characters in the file to decoded lines that know where they came from."""

from __future__ import annotations

import binascii
import re
from typing import TYPE_CHECKING

from followup_lint import patterns
from followup_lint.records import dataclass
from followup_lint.sources.charset import guess_encoding, mostly_utf_8
from followup_lint.sources.flowed import unflow

if TYPE_CHECKING:
    from collections.abc import Mapping

# Labels that mail programs use for a larger set than they name, as browsers read them too.
_LARGER = {
    "ascii": "us-ascii",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
}
# Python calls these encodings of text; no mail means them.
_NOT_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode_escape", "unicode-escape", "raw_unicode_escape"})
_EIGHT_BIT = patterns.lazy(r"(?i)(?:iso-?8859|windows-|cp)[-_]?\d+|macintosh")
_ASCII_LABELS = frozenset({"", "us-ascii"})
_SURROGATE = patterns.lazy(r"[\ud800-\udfff]")
_LINE_END = patterns.lazy(r"\r\n?")
_NOT_BASE64 = patterns.lazy(rb"[^A-Za-z0-9+/]")
_QUANTUM = 4


@dataclass(frozen=True)
class Lined:
    """Decoded lines; `origin` holds, for each, the index of the encoded line it begins in, or nothing if unknown."""

    lines: tuple[str, ...]
    origin: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()


def decoded(payload: str, encoding: str, parameters: Mapping[str, str]) -> Lined:
    """Undo transfer encoding, charset and `format=flowed`.

    `payload` is the file's bytes as Latin-1, lines ended by a line feed; `parameters` are those of the Content-Type,
    their names in lower case. Never fails: what cannot be decoded is replaced, and noted.
    """
    raw = payload.encode("latin-1")
    notes: list[str] = []
    match encoding.strip().lower():
        case "base64":
            data, origin = _base64(raw, notes), None
        case "quoted-printable":
            data, origin = _quoted_printable(raw)
        case _:
            data, origin = raw, list(range(raw.count(b"\n") + 1))
    text = _LINE_END.sub("\n", charset_text(data, parameters.get("charset", ""), notes))
    lines = text.split("\n")
    if origin is None or len(origin) != len(lines):
        origin = []
    if parameters.get("format", "").strip().lower() == "flowed":
        lines, begins = unflow(lines, delete_space=parameters.get("delsp", "").strip().lower() == "yes")
        origin = [origin[index] for index in begins] if origin else []
    return Lined(tuple(lines), tuple(origin), tuple(notes))


def charset_text(data: bytes, declared: str, notes: list[str]) -> str:
    """Return the text of bytes in a declared charset ("" for none), adding to `notes` where the label is wrong.

    Lone surrogates never survive.
    """
    label = declared.strip().strip("\"'").lower()
    name = _LARGER.get(label, label)
    utf_8 = _strict(data, "utf-8")
    if name in _ASCII_LABELS or (_EIGHT_BIT.fullmatch(name) and utf_8 is not None and not data.isascii()):
        # Words in an 8-bit charset that happen to be valid UTF-8 are as good as unknown; a wrong label is common.
        if utf_8 is not None:
            if label and not data.isascii():
                notes.append(f"The mail says its text is {label}, but it is UTF-8.")
            return utf_8
    else:
        text = _strict(data, name)
        if text is not None:
            return text
        known = _known(name)
        notes.append(f"The text is not valid {label}." if known else f"The charset {label!r} is unknown.")
        if utf_8 is not None:
            return utf_8
        if known and (not name.startswith("utf") or mostly_utf_8(data)):
            return _SURROGATE.sub("�", data.decode(name, "replace"))
    guessed = guess_encoding(data)
    if name in _ASCII_LABELS and label:
        notes.append(f"The mail says its text is {label}, but it holds other characters.")
    return data.decode(guessed or "cp1252", "replace")


def _strict(data: bytes, name: str) -> str | None:
    if name in _NOT_CHARSETS:
        return None
    try:
        return _SURROGATE.sub("�", data.decode(name))
    except (LookupError, ValueError):
        return None


def _known(name: str) -> bool:
    return name not in _NOT_CHARSETS and _strict(bytes(4), name) is not None


def _base64(raw: bytes, notes: list[str]) -> bytes:
    """Decode as much as there is: a foreign character is skipped, a broken last group dropped."""
    # Padding in the middle means that encoded pieces were put one after another.
    groups = [_NOT_BASE64.sub(b"", group) for group in re.split(rb"=+", raw)]
    broken = [len(group) % _QUANTUM == 1 for group in groups]
    if any(broken) or _NOT_BASE64.search(b"".join(raw.split()).rstrip(b"=")):
        notes.append("The base64 text is damaged; it was read as far as it goes.")
    whole = [group[:-1] if cut else group for group, cut in zip(groups, broken, strict=True)]
    return b"".join(binascii.a2b_base64(group + b"=" * (-len(group) % _QUANTUM)) for group in whole)


def _quoted_printable(raw: bytes) -> tuple[bytes, list[int]]:
    """Return the bytes and, for each of their lines, the index of the encoded line it begins in."""
    pieces: list[bytes] = []
    origin = [0]
    encoded = raw.split(b"\n")
    for number, line in enumerate(encoded):
        words = line.rstrip(b" \t\r")
        soft = words.endswith(b"=")
        piece = binascii.a2b_qp(words[:-1] if soft else words)
        if not soft and number + 1 < len(encoded):
            piece += b"\n"
        piece = piece.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        ends = piece.count(b"\n")
        origin += [number] * ends
        if piece.endswith(b"\n"):
            origin[-1] = number + 1
        pieces.append(piece)
    return b"".join(pieces), origin
