"""The lines of a message that hold something, as every part of the cut looks at them."""

from __future__ import annotations

import re

from followup_lint import patterns
from followup_lint.records import dataclass
from followup_lint.text import Lines, Span, trim

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

# Invisible at the edge of a line, yet not white space to Python.
_UNSEEN = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060 \t\xa0"

EMOJI = "[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f1e6-\U0001faff]"
"""A character class for pictures and arrows, as they stand around greetings and names."""

_SENTENCE_END = patterns.lazy(rf"(?:[.!?…。！？;:؟]|[:;]-?[)(DP]|<3|\blol|{EMOJI})[\"'”’»)\]*_\s]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or the part of one still in question.

    `span` is trimmed; `words` are without invisible marks as well and begin at offset `at`; `gap`: a blank line (or
    nothing) stands before it.
    """

    span: Span
    words: str
    at: int
    gap: bool
    indent: int

    @property
    def folded(self) -> str:
        """Return the words as vocabulary spells them: lower case, straight apostrophes."""
        return fold(self.words)

    @property
    def ends_sentence(self) -> bool:
        """Whether the line closes a sentence, so that the next one begins something new."""
        return bool(_SENTENCE_END.search(self.words[-24:]))


def between(text: str, lines: Sequence[Line], start: int, end: int) -> list[Line]:
    """Return the lines between two offsets, the first and the last cut to them."""
    inside = []
    for line in lines:
        span = trim(text, Span(max(start, line.span.start), max(start, min(end, line.span.end))))
        if span == line.span:
            inside.append(line)
        elif span.start < span.end:
            inside.append(_line(text, span, gap=line.gap and span.start == line.span.start, indent=line.indent))
    return inside


def _line(text: str, span: Span, *, gap: bool, indent: int) -> Line:
    whole = span.of(text)
    lead = len(whole) - len(whole.lstrip(_UNSEEN))
    words = whole.strip(_UNSEEN)
    return Line(span, words or whole, span.start + (lead if words else 0), gap, indent)


def fold(words: str) -> str:
    """Return words as vocabulary spells them."""
    return words.lower().replace("’", "'").replace("´", "'")


def filled_lines(text: str, within: Span) -> list[Line]:
    """Return the lines that are not blank."""
    found = []
    gap = True
    for raw in Lines(text).spans(within):
        span = trim(text, raw)
        if span.start == span.end:
            gap = True
            continue
        found.append(_line(text, span, gap=gap, indent=span.start - raw.start))
        gap = False
    return found


def paragraphs(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """Return runs of lines between blank ones."""
    starts = [index for index, line in enumerate(lines) if line.gap or not index]
    return [lines[start:end] for start, end in zip(starts, [*starts, len(lines)][1:], strict=True)]


def cover(lines: Sequence[Line]) -> Span:
    """Return the stretch from the first of some lines to the last."""
    return Span(lines[0].span.start, lines[-1].span.end)
