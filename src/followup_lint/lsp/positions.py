"""Offsets in code points here, lines and columns in the client's units there: the only place that knows of both."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from lsprotocol import types

from followup_lint.records import dataclass
from followup_lint.text import Lines, Span

Change = types.TextDocumentContentChangePartial | types.TextDocumentContentChangeWholeDocument

_WIDTHS = {"utf-8": 1, "utf-16": 2, "utf-32": 4}
_CODECS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
ENCODINGS = tuple(_WIDTHS)
"""What may be negotiated."""


@dataclass(frozen=True)
class Buffer:
    """A text as the editor has it. `encoding` is the unit in which the client counts columns."""

    text: str
    encoding: str = "utf-16"

    @cached_property
    def lines(self) -> Lines:
        """Return the lines; the protocol ends them where we do, and not where `str.splitlines` or pygls would."""
        return Lines(self.text)

    def position(self, offset: int) -> types.Position:
        """Return where an offset is; one between CR and LF is at the end of its line."""
        line = self.lines.position(offset).line
        span = self.lines.span(line)
        return types.Position(line - 1, self._units(self.text[span.start : min(offset, span.end)]))

    def range(self, span: Span) -> types.Range:
        """Return where a stretch is."""
        return types.Range(self.position(span.start), self.position(span.end))

    def offset(self, position: types.Position) -> int:
        """Return the offset of a position; one behind its line's end is there, one inside a character before it."""
        if position.line >= len(self.lines.starts):
            return len(self.text)
        span = self.lines.span(position.line + 1)
        line = span.of(self.text)
        if line.isascii():
            return span.start + min(position.character, len(line))
        data = line.encode(_CODECS[self.encoding], "surrogatepass")
        width = _WIDTHS[self.encoding]
        before = data[: position.character * width].decode(_CODECS[self.encoding], "ignore")
        if self.encoding == "utf-8" or before.isascii() or len(data) == len(line) * width:
            return span.start + len(before)
        return span.start + self._counted(line, position.character)

    def span(self, where: types.Range) -> Span:
        """Return a stretch of the text; never one that ends before it begins."""
        start = self.offset(where.start)
        return Span(start, max(start, self.offset(where.end)))

    def _counted(self, line: str, wanted: int) -> int:
        seen = 0
        for index, char in enumerate(line):
            seen += self._units(char)
            if seen > wanted:
                return index
        return len(line)

    def _units(self, words: str) -> int:
        if words.isascii():
            return len(words)
        return len(words.encode(_CODECS[self.encoding], "surrogatepass")) // _WIDTHS[self.encoding]


def changed(text: str, changes: Sequence[Change], encoding: str) -> str:
    """Return the text after the client's changes, each on top of the one before it."""
    for change in changes:
        if isinstance(change, types.TextDocumentContentChangePartial):
            span = Buffer(text, encoding).span(change.range)
            text = text[: span.start] + change.text + text[span.end :]
        else:
            text = change.text
    return whole(text)


def whole(text: str) -> str:
    """Return the text with halves of characters joined, and those without their other half replaced.

    JSON may hold half of an emoji, and a client may send the other half with the next change.
    """
    if not any("\ud800" <= char <= "\udfff" for char in text):
        return text
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return joined.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") if joined else joined
