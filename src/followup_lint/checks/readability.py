"""How many years of school the text asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from followup_lint import patterns
from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.reading import Reading
from followup_lint.records import dataclass

# A capital in mid-sentence is a name or a title: long, perhaps, but not the writer's choice. Nor is an address.
_NAME = patterns.lazy(r"(?<=[a-z,;] )[A-Z][\w'’-]+|https?://\S+|(?<!\S)\S+@\S+")


@dataclass(frozen=True)
class Check:
    """Compare the Flesch-Kincaid grade of prose of at least `min_words` with `max_grade`.

    Names, quotations and addresses count for nothing.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"grade", "max"})

    max_grade: float
    min_words: int = 40

    def lacks(self, context: Context) -> str:
        """Return nothing: a short text is simply not scored."""
        return ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield one finding, at the longest sentence."""
        if reading.prose.word_count < self.min_words:
            return
        from followup_lint.readability import grade

        spans = [sentence.span for sentence in reading.sentences if reading.prose.in_prose(sentence)]
        texts = [_NAME.sub("", re.sub(r"_+", " ", span.of(reading.masked))) for span in spans]
        if sum(len(text.split()) for text in texts) < self.min_words:
            return
        reached = grade(texts)
        if reached > self.max_grade:
            longest = max(spans, key=lambda span: span.end - span.start)
            yield Finding(longest, (("grade", round(reached)), ("max", f"{self.max_grade:g}")))
