"""How many years of school the text asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.reading import Reading


@dataclass(frozen=True)
class Check:
    """Compare the Flesch-Kincaid grade of a body of at least `min_words` with `max_grade`, names left out."""

    VALUES: ClassVar[frozenset[str]] = frozenset({"grade", "max"})

    max_grade: float
    min_words: int = 40

    def lacks(self, context: Context) -> str:
        """Return nothing: a short text is simply not scored."""
        return ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield one finding, at the longest sentence."""
        if len(reading.words) < self.min_words:
            return
        from followup_lint.readability import grade

        spans = [sentence.span for sentence in reading.sentences]
        reached = grade([reading.masked[span.start : span.end].replace("_", "") for span in spans])
        if reached > self.max_grade:
            longest = max(spans, key=lambda span: span.end - span.start)
            yield Finding(longest, (("grade", round(reached)), ("max", f"{self.max_grade:g}")))
