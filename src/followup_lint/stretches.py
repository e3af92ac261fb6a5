"""Stretches of a text, in order: which of them a place meets is found in a few looks, however many there are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from itertools import accumulate

from followup_lint.records import dataclass, field
from followup_lint.text import Span


@dataclass
class Stretches:
    """A set of stretches that do not overlap; more may be added that overlap none of those in it."""

    _spans: list[Span] = field(default_factory=list)

    @classmethod
    def of(cls, spans: Iterable[Span]) -> Stretches:
        """Return the set that covers some stretches, of which those that overlap become one."""
        return cls(_joined(spans))

    def meets(self, span: Span) -> bool:
        """Whether a stretch overlaps one of the set."""
        before = bisect_left(self._spans, (span.end,))
        return before > 0 and span.overlaps(self._spans[before - 1])

    def add(self, *spans: Span) -> None:
        """Add stretches that overlap none of the set; those that overlap one another become one."""
        for span in _joined(spans):
            insort(self._spans, span)


@dataclass(frozen=True)
class Layers:
    """Stretches that may overlap and hold one another: each `span`, and how far it and all before it reach."""

    spans: tuple[Span, ...]
    reach: tuple[int, ...]

    @classmethod
    def of(cls, spans: Iterable[Span]) -> Layers:
        """Return some stretches in their order in the text."""
        ordered = tuple(sorted(spans))
        return cls(ordered, tuple(accumulate((span.end for span in ordered), max)))

    def cover(self, span: Span) -> bool:
        """Whether a stretch lies wholly inside one of them."""
        before = bisect_right(self.spans, span.start, key=_start)
        return before > 0 and self.reach[before - 1] >= span.end

    def over(self, span: Span) -> list[Span]:
        """Return those that overlap a stretch."""
        first = bisect_right(self.reach, span.start)
        last = bisect_left(self.spans, span.end, key=_start)
        return [one for one in self.spans[first:last] if one.overlaps(span)]


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _start(span: Span) -> int:
    return span.start
