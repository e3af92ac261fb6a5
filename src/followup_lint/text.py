"""Offsets into a text, and the lines they fall on. Every offset is in code points; every span is half-open."""

from __future__ import annotations

from bisect import bisect_right
from collections import namedtuple
from functools import cached_property

from followup_lint import patterns
from followup_lint.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple

    class _Ends(NamedTuple):
        start: int
        end: int
else:
    _Ends = namedtuple("_Ends", ("start", "end"))  # noqa: PYI024  (typing takes longer to load than all of this)

# Editors and the Language Server Protocol end a line here and nowhere else; `str.splitlines` would also cut at form
# feeds and U+2028.
_LINE_END = patterns.lazy(r"\r\n|\n|\r")
# The last are bytes of a file's name that are no text: some terminals take them for controls, too.
_UNSEEN = patterns.lazy(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\udc80-\udc9f]")


# A tuple, because spans are what a draft has most of: made, compared and looked up in a third of the time.
class Span(_Ends):
    """A half-open stretch of text: `start` is in it, `end` is not."""

    __slots__ = ()

    def covers(self, other: Span) -> bool:
        """Whether the other lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """Return the words themselves."""
        return text[self.start : self.end]

    def shift(self, by: int) -> Span:
        """Return the same stretch `by` code points further on."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A 1-based line and column, in code points."""

    line: int
    column: int


@dataclass(frozen=True)
class Lines:
    """The lines of a text, by offset."""

    text: str

    @cached_property
    def starts(self) -> list[int]:
        """Return the offset at which each line begins."""
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def position(self, offset: int) -> Position:
        """Return where an offset falls; an offset at the end of the text is on the last line."""
        line = bisect_right(self.starts, offset)
        return Position(line, offset - self.starts[line - 1] + 1)

    def span(self, line: int) -> Span:
        """Return the span of a 1-based line, without its line end."""
        start = self.starts[line - 1]
        if line == len(self.starts):
            return Span(start, len(self.text))
        # From the next line back: to look for the end would take as long as the line is.
        after = self.starts[line]
        return Span(start, after - (2 if self.text[after - 2 : after] == "\r\n" else 1))

    def spans(self, within: Span | None = None) -> list[Span]:
        """Return every line's span, or, of the lines that `within` meets, what of them lies in it.

        After a line end that is the last there is no empty line; of what is empty there is one.
        """
        where = within or Span(0, len(self.text))
        found = []
        start = where.start
        for match in _LINE_END.finditer(self.text, where.start, where.end):
            found.append(Span(start, match.start()))
            start = match.end()
        if start < where.end or not found:
            found.append(Span(start, where.end))
        return found

    def first(self, within: Span) -> Span:
        """Return the first of `spans(within)`, whatever the length of the rest."""
        end = self.span(self.position(within.start).line).end
        return Span(within.start, max(within.start, min(end, within.end)))


def trim(text: str, span: Span) -> Span:
    """Return the span without the white space at either end; empty spans stay where they are."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.end - (len(words) - len(words.rstrip()))))


def visible(words: str) -> str:
    """Return words for a terminal: what shifts the words below, moves the cursor or turns the direction is a blank."""
    return _UNSEEN.sub(" ", words)


def visible_lines(text: str) -> str:
    """Return a text of several lines for a terminal; each line as `visible` has it."""
    return "\n".join(map(visible, text.split("\n")))
