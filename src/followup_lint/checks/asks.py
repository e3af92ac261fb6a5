"""Questions and requests to the reader: one that is needed, or one that has no place here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.kinds import is_inferred
from followup_lint.phrases import check_phrases
from followup_lint.prose import Sentence
from followup_lint.reading import Reading
from followup_lint.records import dataclass
from followup_lint.stretches import Layers
from followup_lint.text import Span

_MOST_RELATED = 20


@dataclass(frozen=True)
class Check:
    """Judge the asks of the body by what they are about: `missing` wants one, `present` wants none.

    An ask counts if it holds one of the `topics` (any ask, without them) and none of the `unless` phrases. A statement
    with one of the `said` phrases counts as an ask; one with a `near` phrase is the nearest miss where nothing asks.
    Of the `offer` form only those put as a question count. Where the message's kind was only inferred, `cues` must show
    that it really is one of those that ask.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset()

    of: Literal["missing", "present"]
    forms: tuple[Literal["direct", "indirect", "imperative", "offer"], ...] = ("direct", "indirect")
    topics: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()

    def verify(self) -> None:
        """Compile every phrase, so that a broken one is told at load."""
        check_phrases(self.topics, self.said, self.unless, self.near, self.cues)

    def lacks(self, context: Context) -> str:
        """Return nothing: what is asked shows in the words."""
        return ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield one finding where the wanted ask is missing, or each unwanted one."""
        if self.of == "present":
            found = [span for sentence in reading.sentences for span in self._asked(reading, sentence)]
            near = found[: _MOST_RELATED + 1]  # all of each would be the square of them
            for span in found:
                others = tuple(other for other in near if other != span)
                yield Finding(span, (), "present", related=others[:_MOST_RELATED])
        elif self._is_sure(reading) and not self._is_asked(reading):
            near = [span for sentence in reading.sentences for span in self._near(reading, sentence)]
            yield Finding(
                near[0] if near else reading.opening, (), "near" if near else "absent", related=tuple(near[1:])
            )

    def _is_asked(self, reading: Reading) -> bool:
        """Whether anything is asked: first by what is said, which no sentence need be parsed for."""
        if any(any(self._said(reading, sentence)) for sentence in reading.sentences):
            return True
        return any(any(self._asked(reading, sentence)) for sentence in reading.sentences)

    def _said(self, reading: Reading, sentence: Sentence) -> Iterator[Span]:
        said = reading.find(self.said, sentence.span)
        excepted = Layers.of(reading.find(self.unless, sentence.span) if said else ())
        yield from (span for span in said if not excepted.over(span))

    def _asked(self, reading: Reading, sentence: Sentence) -> Iterator[Span]:
        yield from self._said(reading, sentence)
        if self.topics and not reading.search(self.topics, sentence.span):
            return
        for ask in reading.asks(sentence) if "imperative" in self.forms else reading.questions(sentence):
            is_about = not self.topics or reading.search(self.topics, ask.span)
            is_put = ask.form.value in self.forms and (ask.form != "offer" or ask.span.of(reading.text).endswith("?"))
            if is_put and is_about and not reading.search(self.unless, ask.span):
                yield ask.span

    def _near(self, reading: Reading, sentence: Sentence) -> Iterator[Span]:
        yield from reading.find(self.near, sentence.span)
        yield from (ask.span for ask in reading.asks(sentence) if reading.search(self.unless, ask.span))

    def _is_sure(self, reading: Reading) -> bool:
        return not is_inferred(reading.context) or not self.cues or bool(reading.search(self.cues, reading.message))
