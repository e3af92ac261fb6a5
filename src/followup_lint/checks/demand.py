"""Orders and clocks put on the reader, told from polite requests by the parse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.reading import Reading, Sentence
from followup_lint.text import Span

if TYPE_CHECKING:
    from followup_lint.asks import Ask


@dataclass(frozen=True)
class Check:
    """Find an `order` (no softener) or a `deadline` (a clock on the reader's answer).

    `deadline` phrases say by when; `answer` phrases say that it is the reader's answer that is wanted; `need` phrases
    open a demand ("I need …"); `soften` phrases make it polite; `unless` silences a sentence altogether. A clause with
    a deadline is never told as an order too. A softened deadline has the case `soft`.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset()

    of: Literal["order", "deadline"]
    need: tuple[str, ...]
    answer: tuple[str, ...]
    deadline: tuple[str, ...]
    soften: tuple[str, ...]
    unless: tuple[str, ...]
    order: tuple[str, ...] = ()

    def lacks(self, context: Context) -> str:
        """Return nothing: the words say it."""
        return ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield each demand once."""
        for sentence in reading.sentences:
            span = sentence.span
            if reading.search(self.unless, span):
                continue
            clock = self._clock(reading, sentence)
            if self.of == "deadline" and clock:
                soft = reading.search(self.soften, span)
                yield Finding(clock, (), "soft" if soft else "hard")
            elif self.of == "order" and not clock:
                found = self._order(reading, sentence)
                if found:
                    yield Finding(found, (), "order")

    def _clock(self, reading: Reading, sentence: Sentence) -> Span | None:
        answer = reading.search((*self.answer, *self.need), sentence.span)
        deadline = reading.search(self.deadline, sentence.span)
        if not answer or not deadline or answer.start > deadline.start + 40:
            return None
        return Span(answer.start, deadline.end) if answer.start < deadline.start else deadline

    def _order(self, reading: Reading, sentence: Sentence) -> Span | None:
        from followup_lint.asks import Form

        need = reading.search(self.need, sentence.span) or reading.search(self.order, sentence.span)
        if need:
            return None if reading.search(self.soften, sentence.span) else need
        wanted = [ask for ask in self._orders(reading, sentence) if ask.form is Form.IMPERATIVE]
        return wanted[0].span if wanted else None

    def _orders(self, reading: Reading, sentence: Sentence) -> list[Ask]:
        if not reading.search(self.answer, sentence.span) or reading.search(self.soften, sentence.span):
            return []
        return reading.asks(sentence)
