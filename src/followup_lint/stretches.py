"""Stretches of a text that do not overlap, in order: whether a place meets one of them is found in a few looks."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable

from followup_lint.records import dataclass, field
from followup_lint.text import Span


@dataclass
class Stretches:
    """A set of stretches; more may be added that overlap none of those in it."""

    _spans: list[Span] = field(default_factory=list)

    @classmethod
    def of(cls, spans: Iterable[Span]) -> Stretches:
        """Return the set that covers some stretches, of which those that overlap become one."""
        joined: list[Span] = []
        for span in sorted(spans):
            if joined and span.start < joined[-1].end:
                joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
            else:
                joined.append(span)
        return cls(joined)

    def meets(self, span: Span) -> bool:
        """Whether a stretch overlaps one of the set."""
        before = bisect_left(self._spans, (span.end,))
        return before > 0 and span.overlaps(self._spans[before - 1])

    def add(self, span: Span) -> None:
        """Add a stretch that overlaps none of the set."""
        insort(self._spans, span)
