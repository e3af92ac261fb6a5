"""Where a draft's words stand in the editor: for text, in the same place; for mail, in the lines they came from."""

from __future__ import annotations

import re
from functools import cached_property

from followup_lint.draft import Draft
from followup_lint.records import dataclass
from followup_lint.text import Lines, Span, trim

_BOM = "\ufeff"
_LONGEST_SOUGHT = 400


@dataclass(frozen=True)
class Sheet:
    """A draft and the text in the editor that it was read from."""

    text: str
    draft: Draft

    @cached_property
    def lines(self) -> Lines:
        """Return the editor's lines."""
        return Lines(self.text)

    @cached_property
    def shift(self) -> int | None:
        """Return by how much offsets differ; None where the draft's text is another than the editor's."""
        if self.text == self.draft.text:
            return 0
        return len(_BOM) if self.text == _BOM + self.draft.text else None

    def exact(self, span: Span) -> Span | None:
        """Return the very same words in the editor, fit to be edited; None where there is no such place."""
        if self.shift is not None:
            return span.shift(self.shift)
        start, end = self._offset(span.start), self._offset(span.end)
        if start is None or end is None or end < start:
            return None
        there = Span(start, end)
        return there if _same(there.of(self.text), span.of(self.draft.text)) else None

    def shown(self, span: Span) -> tuple[Span, str]:
        """Return what to underline, and a hint for the reader where that is not the words themselves."""
        if found := self.exact(span) or self._sought(span):
            return found, ""
        place = self.draft.place(span.start)
        if place.raw_line and place.raw_line <= len(self.lines.starts):
            line = self.lines.span(place.raw_line)
            words = trim(self.text, line)
            return (words if words.start < words.end else line), ""
        part = f" of the {place.part} part" if place.part else ""
        shown = " ".join(span.of(self.draft.text).split())
        quoted = shown if len(shown) <= 60 else shown[:59] + "…"  # noqa: PLR2004  (one line)
        return self.lines.span(1), f"line {place.line}{part} as decoded: “{quoted}”"

    def from_editor(self, offset: int) -> int | None:
        """Return the offset in the draft of an offset in the editor, where the two texts are one."""
        return None if self.shift is None else max(0, offset - self.shift)

    def _offset(self, offset: int) -> int | None:
        """Return where a character of the draft is, if its line stands in the editor as it was decoded."""
        place = self.draft.place(offset)
        if not place.raw_line or place.raw_line > len(self.lines.starts):
            return None
        decoded = self.draft.lines.span(self.draft.lines.position(offset).line)
        line = self.lines.span(place.raw_line)
        if line.of(self.text).rstrip() != decoded.of(self.draft.text).rstrip():
            return None
        return min(line.start + offset - decoded.start, line.end)

    def _sought(self, span: Span) -> Span | None:
        """Return where the words stand, if they do so exactly once, whatever the line breaks between them."""
        words = span.of(self.draft.text).split()
        if not words or span.end - span.start > _LONGEST_SOUGHT:
            return None
        place = self.draft.place(span.start)
        within = Span(0, len(self.text))
        if place.raw_line and place.raw_line <= len(self.lines.starts):
            within = Span(self.lines.span(place.raw_line).start, len(self.text))
        pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)")
        found = [Span(*match.span()) for match in pattern.finditer(self.text, within.start)]
        if place.raw_line and found:
            on_line = found[0].start <= self.lines.span(place.raw_line).end
            return found[0] if on_line else None
        return found[0] if len(found) == 1 else None


def _same(there: str, here: str) -> bool:
    return there.replace("\r\n", "\n").replace("\r", "\n") == here
