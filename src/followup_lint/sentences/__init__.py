"""Where sentences begin and end, by rule: spaCy is given one sentence at a time, so it cannot be asked."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from followup_lint.sentences import joined, lines, stops
from followup_lint.text import Span, trim

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def paragraphs(text: str, within: Span | None = None) -> tuple[Span, ...]:
    """Return the stretches between blank lines, in order, without the white space around them."""
    return tuple(lines.paragraphs(text, within or Span(0, len(text))))


@lru_cache(maxsize=256)
def split(text: str, within: Span | None = None) -> tuple[Span, ...]:
    """Return the sentences in order: trimmed, not overlapping, every non-blank character in exactly one.

    `within` is a paragraph or a few (default: the whole text); what stands outside it has no influence. A blank line
    always ends a sentence; a single line end only where it was meant. The work grows linearly with the text.
    """
    found: list[Span] = []
    for paragraph in paragraphs(text, within):
        for segment in lines.segments(text, paragraph):
            for piece in _pieces(text, segment, stops.cuts(text, segment)):
                found += _pieces(text, piece, joined.cuts(text, piece))
    return tuple(found)


def _pieces(text: str, whole: Span, cuts: Iterable[int]) -> list[Span]:
    bounds = [whole.start, *cuts, whole.end]
    pieces = (trim(text, Span(*pair)) for pair in pairwise(bounds))
    return [piece for piece in pieces if piece.start < piece.end]
