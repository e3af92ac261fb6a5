"""A text, cut into what may tell of somebody and what may not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from followup_lint import patterns
from followup_lint.records import dataclass
from followup_lint.text import Span
from followup_lint.vocabulary import vocabulary

# What nobody sees inside a word does not end it, and makes it one that is not kept.
_LETTER = r"[^\W\d_\u00ad\u200b-\u200f\u2060\ufeff]"
_UNSEEN = r"\u00ad\u200b-\u200f\u2060\ufeff\u0300-\u036f"
_PIECE = patterns.lazy(
    r"(?P<email>[^\s@<>()\[\],;:\"]{1,120}@[^\s@<>()\[\],;:\"]{1,200})"
    r"|(?P<url>(?:[A-Za-z][A-Za-z0-9+.-]{1,12}://|www\.)[^\s<>\"]{1,1000})"
    r"|(?P<handle>@\w{1,60})"
    r"|(?P<number>\+?\w{0,20}\d\w{0,40}(?:[-.,:/()+ \u00a0]{1,3}\d\w{0,40}){0,20})"
    rf"|(?P<word>[^\W\d_](?:[\w{_UNSEEN}]|['’./\\&-](?=[^\W_]))*)"
)
_POSSESSIVE = patterns.lazy(r"['’]s\Z")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text that may have to give way: `kind` is email, url, handle, number or word."""

    kind: str
    span: Span
    text: str


def pieces(text: str) -> Iterator[Piece]:
    """Yield the pieces in order; the `'s` behind a name is no part of it."""
    for match in _PIECE.finditer(text):
        kind, span = str(match.lastgroup), Span(*match.span())
        if kind == "word" and (ending := _POSSESSIVE.search(match[0])):
            span = Span(span.start, span.start + ending.start())
        yield Piece(kind, span, span.of(text))


@cache
def _kept() -> frozenset[str]:
    return frozenset(word for words in vocabulary("redact").values() for word in words)


def kept(word: str) -> bool:
    """Whether a word, in small letters, may stand in capitals without being a name."""
    return word.replace("’", "'") in _kept()


def is_plain(word: str) -> bool:
    """Whether a word is written small, in letters that hide nothing."""
    return word.islower() and word.replace("’", "'").isascii() and not set(word) & set("./\\&_")
