"""Text that neither breaks the format it is put into nor chokes the program that reads it."""

from __future__ import annotations

import json

from followup_lint import patterns
from followup_lint.text import visible

_TURNS = patterns.lazy(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_ENDS = patterns.lazy(r"[\u2028\u2029]")
_LONE = patterns.lazy(r"[\ud800-\udfff]")
_NOT_XML = patterns.lazy(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def encodable(text: str) -> str:
    """Put U+FFFD for what has no UTF-8 form, as bytes of a file name that are none.

    JSON could spell them, but strict readers (Go's protojson, Rust's serde) would then refuse the whole report.
    """
    return _LONE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Return text for a line of a log: nothing that ends the line, moves the cursor or turns the direction."""
    return encodable(_ENDS.sub(" ", visible(text)))


def xml(text: str) -> str:
    """Put U+FFFD for what XML 1.0 cannot hold, however it is spelled."""
    return _NOT_XML.sub("\ufffd", text)


def dump(value: object, indent: int | None = 2) -> str:
    """Return JSON that can be written as UTF-8."""
    written = encodable(json.dumps(value, ensure_ascii=False, indent=indent))
    return _TURNS.sub(lambda char: f"\\u{ord(char[0]):04x}", written)


def spelled(markup: str) -> str:
    """Return a document in XML in which what ends lines or turns the direction is spelled as a number."""
    return _TURNS.sub(lambda char: f"&#x{ord(char[0]):X};", markup)
