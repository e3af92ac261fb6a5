"""How long something is, against a limit for the kind, channel or account."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.reading import Reading
from followup_lint.table import Table, pick
from followup_lint.text import Span


@dataclass(frozen=True)
class Check:
    """Measure the body (words, sentences), the message (characters) or the subject against limits.

    `max` and `min` are limits for an ordinary finding, `far` the limit beyond which the finding's case is `far`.
    A limit of 0 in a table means none.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"count", "max", "min", "over"})

    of: Literal["words", "sentences", "characters", "subject-characters", "subject-words"]
    max: Table[int] = 0
    far: Table[int] = 0
    min: Table[int] = 0
    strip: tuple[str, ...] = field(default=())

    def lacks(self, context: Context) -> str:
        """Return nothing: a text can always be measured."""
        return ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield one finding where a limit is passed, at the part that lies beyond it."""
        count, beyond, whole = self._measure(reading)
        traits = reading.context.traits
        top, far, low = (pick(table, traits) or 0 for table in (self.max, self.far, self.min))
        if far and count > far:
            values = (("count", count), ("max", far), ("over", count - far))
            yield Finding(beyond(top or far), values, "far")
        elif top and count > top:
            yield Finding(beyond(top), (("count", count), ("max", top), ("over", count - top)))
        elif low and count < low:
            yield Finding(whole, (("count", count), ("min", low)))

    def _measure(self, reading: Reading) -> tuple[int, Callable[[int], Span], Span]:
        if self.of == "words":
            spans = reading.words
            return len(spans), lambda limit: spans[limit], reading.opening
        if self.of == "sentences":
            sentences = [sentence.span for sentence in reading.sentences if reading.in_prose(sentence)]
            return len(sentences), lambda limit: sentences[limit], reading.opening
        if self.of == "characters":
            start = reading.message.start
            return reading.characters, lambda limit: Span(start + limit, start + limit + 1), reading.opening
        header = reading.draft.header("Subject")
        span = header.span if header else Span(0, 0)
        words = span.of(reading.text)
        while any(words.lower().startswith(prefix) for prefix in self.strip):
            words = words.partition(":")[2].lstrip()
        count = len(words) if self.of == "subject-characters" else len(words.split())
        return count, lambda _: span, span
