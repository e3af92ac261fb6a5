"""Where in a sentence a clause may open, and what stands in quotation marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_lint import patterns
from followup_lint.asks.words import is_word, plain, words
from followup_lint.text import Span

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

_PAIRED = patterns.lazy(
    r"“[^”]*(?:”|$)|«[^»]*(?:»|$)|„[^“”]*(?:[“”]|$)|(?<!\w)‘[^’]*(?:’(?!\w)|$)|(?<!\w)'[^']*\?'(?!\w)"
)
_STRAIGHT = patterns.lazy(r'"')
_BOUNDARY = frozenset(",;:—–-(.!?…*•/") | {"--", "...", " - "}
_LINK = frozenset({"and", "but", "so", "or", "then", "also", "plus", "yet"})


def quoted(text: str) -> list[Span]:
    """Return the stretches of a text inside quotation marks; an unpaired mark quotes to the near end of the text."""
    found = [Span(*m.span()) for m in _PAIRED.finditer(text)]
    marks = [m.start() for m in _STRAIGHT.finditer(text)]
    pairs = list(zip(marks[::2], marks[1::2], strict=False))
    found += [Span(start, end + 1) for start, end in pairs]
    if len(marks) % 2:
        last = marks[-1]
        closes = last > 0 and not text[last - 1].isspace() and not pairs
        found.append(Span(0, last + 1) if closes else Span(last, len(text)))
    closer = text.find("”")
    if closer >= 0 and "“" not in text:
        found.append(Span(0, closer + 1))
    if text.lstrip().startswith(">"):
        found.append(Span(0, len(text)))
    return sorted(found)


def boundary(token: Token) -> bool:
    """Whether a clause may open right after this token."""
    return token.text.strip() in _BOUNDARY or not is_word(token)


def openings(sentence: Sentence) -> list[int]:
    """Return the token indices at which a clause may open: at the start, after punctuation or after a conjunction."""
    found: list[int] = []
    doc = sentence.doc
    for token in sentence:
        at_start = token.i == sentence.start
        if not is_word(token):
            continue
        previous = doc[token.i - 1] if not at_start else None
        if (
            previous is None
            or boundary(previous)
            or plain(previous) in _LINK
            or (found and found[-1] == previous.i and (plain(previous) in _LINK | words("prelude")))
        ):
            found.append(token.i)
    return found
