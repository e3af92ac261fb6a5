"""The head of a mail: which header stands on which line, and what it says once decoded.

The standard library's header classes are not used: they refuse some headers that real mail has (raw UTF-8, broken
encoded words, deep comments), and they do not know the line.
"""

from __future__ import annotations

import binascii
import re

from followup_lint import patterns
from followup_lint.records import dataclass
from followup_lint.sources.transfer import charset_text

SHOWN = ("From", "To", "Cc", "Bcc", "Date", "Subject", "Message-ID", "In-Reply-To", "References")
_ADDRESSES = frozenset({"from", "to", "cc", "bcc"})
# Of several, these add up; of any other, mail programs show the first.
_LISTS = frozenset({"to", "cc", "bcc"})

_KNOWN = frozenset(name.lower() for name in SHOWN) | {
    *("reply-to", "sender", "received", "return-path", "delivered-to", "mime-version", "content-type", "sent"),
    *("content-transfer-encoding", "x-mailer", "x-unsent", "user-agent", "dkim-signature", "arc-seal"),
}
_FIELD = patterns.lazy(r"([!-9;-~]+)[ \t]*:(.*)")
_CONTROL = patterns.lazy(r"[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]+")
_ENCODED_WORD = patterns.lazy(r"=\?([^?\s]*)\?([bBqQ])\?([^?]*)\?=")
_BETWEEN_WORDS = patterns.lazy(r"(=\?[^?\s]*\?[bBqQ]\?[^?]*\?=)\s+(?==\?[^?\s]*\?[bBqQ]\?[^?]*\?=)")
_NEEDS_QUOTES = patterns.lazy(r'[,;:<>@"()\\]')


@dataclass(frozen=True, slots=True)
class Field:
    """One header as it stands in the file; `raw` is read byte by byte, as Latin-1; `line` is 1-based."""

    name: str
    raw: str
    line: int


def fields_of(text: str) -> tuple[Field, ...]:
    """Return the headers at the top of a mail, or nothing where the text is no mail at all.

    `text` has lines ended by line feeds. Blank lines, and the `From ` line of a mailbox file, may come first.
    """
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    if first < len(lines) and lines[first].startswith("From "):
        first += 1
    found: list[tuple[str, int, list[str]]] = []
    for number, line in enumerate(lines[first:], first + 1):
        match = _FIELD.fullmatch(line)
        if match:
            found.append((match[1], number, [match[2]]))
        elif line[:1] in {" ", "\t"} and line.strip() and found:
            found[-1][2].append(line)
        else:
            break
    # "Note: call Dana" looks like a header too.
    if not any(name.lower() in _KNOWN for name, _, _ in found):
        return ()
    return tuple(Field(name, "\n".join(value), number) for name, number, value in found)


def shown(fields: tuple[Field, ...], notes: list[str]) -> list[Field]:
    """Return the headers that a message shows, decoded and on one line each, in the order of `SHOWN`."""
    result = []
    for name in SHOWN:
        same = [field for field in fields if field.name.lower() == name.lower()]
        if not same:
            continue
        values = [value_of(repaired(field.raw), notes, addresses=name.lower() in _ADDRESSES) for field in same]
        value = ", ".join(filter(None, values)) if name.lower() in _LISTS else values[0]
        if len(same) > 1:
            kept = "they are read as one" if name.lower() in _LISTS else "the first is read"
            notes.append(f"There are {len(same)} {name} headers; {kept}.")
        result.append(Field(name, value, same[0].line))
    return result


def value_of(header: str, notes: list[str], *, addresses: bool = False) -> str:
    """Return a header's value unfolded, its encoded words decoded, on one line.

    In a list of `addresses` a decoded name that holds a comma or the like is put in quotation marks.
    """
    unfolded = " ".join(line.strip(" \t") for line in header.split("\n")).strip()
    words = _decode_words(unfolded, notes, addresses=addresses)
    return _CONTROL.sub(" ", words).strip()


def repaired(raw: str) -> str:
    """Return the text of a header read as Latin-1: bytes that should not be there mean UTF-8 in modern programs."""
    return raw if raw.isascii() else charset_text(raw.encode("latin-1"), "", [])


def _decode_words(value: str, notes: list[str], *, addresses: bool) -> str:
    """Decode RFC 2047 words; a character may be split between two neighbours, so those are decoded together."""
    value = _BETWEEN_WORDS.sub(r"\1", value)
    pieces: list[str] = []
    end = 0
    run: list[bytes] = []
    charset = ""
    inside_quotes = False

    def flush() -> None:
        if run:
            text = charset_text(b"".join(run), charset, notes)
            if addresses and not inside_quotes and _NEEDS_QUOTES.search(text):
                text = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
            pieces.append(text)
            run.clear()

    for match in _ENCODED_WORD.finditer(value):
        label = match[1].split("*")[0].lower()
        if match.start() != end or label != charset:
            flush()
        between = value[end : match.start()]
        inside_quotes ^= between.count('"') % 2 == 1
        pieces.append(between)
        run.append(_word_bytes(match[2].lower(), match[3]))
        charset, end = label, match.end()
    flush()
    return "".join((*pieces, value[end:]))


def _word_bytes(kind: str, encoded: str) -> bytes:
    raw = encoded.encode("utf-8", "replace")
    if kind == "q":
        return binascii.a2b_qp(raw, header=True)
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    letters = letters[:-1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
