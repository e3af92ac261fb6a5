"""Who does what in a clause, told by the parse: the way to prohibit a deed and not a word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from followup_lint.clauses.model import Clause
from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.frames import Frame, words
from followup_lint.phrases import check_phrases
from followup_lint.prose import Sentence
from followup_lint.reading import Reading
from followup_lint.records import dataclass, field
from followup_lint.text import Span


@dataclass(frozen=True)
class Check:
    """Find clauses of certain kinds, and fixed `phrases` where a set expression says the same.

    `unless` silences a sentence that holds one of its phrases. A clause has the `case` of the first frame it fits, a
    phrase the case `phrase`. With `once` only the first finding is told.
    A message may have as many sentences of a case as `allow` says; the first one too many is told, with the others as
    related places. Where `together` names cases, only a message that has them all is told, at the first clause of the
    last one.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"count"})

    frames: tuple[Frame, ...] = ()
    phrases: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    once: bool = False
    allow: dict[str, int] = field(default_factory=dict)
    together: tuple[str, ...] = ()

    def verify(self) -> None:
        """Look up every list and compile every phrase, so that a wrong one is told at load."""
        try:
            for frame in self.frames:
                for names in (frame.verb, frame.object, frame.over, frame.not_over):
                    words(names)
                check_phrases(frame.within, frame.without, frame.then)
            check_phrases(self.phrases, self.unless)
        except KeyError as error:
            raise ValueError(f"no word list {error} in rules/vocabulary") from None

    def lacks(self, context: Context) -> str:
        """Return nothing: the words say it."""
        return ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield each such clause once, in the order of the text."""
        told = self._candidates(reading)
        spoken = reading.living(self.phrases)
        numbers = range(len(reading.sentences)) if spoken else sorted(told)
        found = [item for number in numbers for item in self._in_sentence(reading, number, told.get(number, []))]
        if self.together:
            yield from self._clashing(found)
            return
        for case, most in self.allow.items():
            one_each = {self._sentence(reading, item[0]): item for item in reversed(found) if item[1] == case}
            found = [item for item in found if item[1] != case]
            if len(one_each) > most:
                (span, _, pattern), *_ = rest = sorted(one_each.values())[most:]
                related = tuple(item[0] for item in sorted(one_each.values()) if item not in rest[:1])
                yield Finding(span, (("count", len(one_each)),), case, pattern, related)
        for span, case, pattern in found[: 1 if self.once else None]:
            yield Finding(span, (("count", len(found)),), case, pattern)

    def ahead(self, reading: Reading) -> Iterator[Span]:
        """Yield the sentences that may hold a clause of one of the kinds."""
        yield from (reading.sentences[number].span for number in self._candidates(reading))

    def _candidates(self, reading: Reading) -> dict[int, list[Frame]]:
        """Return the numbers of the sentences that may hold a clause of one of the kinds, with those kinds."""
        return reading.once(self, lambda: dict(self._look(reading)))

    def _look(self, reading: Reading) -> Iterator[tuple[int, list[Frame]]]:
        held = reading.pieces(reading.whole)
        frames = [frame for frame in self.frames if frame.may_stand(reading, held)]
        for number in range(len(reading.sentences)) if frames else ():
            fitting = [frame for frame in frames if frame.may_fit(reading, number)]
            if fitting and not reading.search(self.unless, reading.sentences[number].span):
                yield number, fitting

    def _clashing(self, found: list[tuple[Span, str, str]]) -> Iterator[Finding]:
        first = {case: (span, pattern) for span, case, pattern in reversed(found)}
        if all(case in first for case in self.together):
            *others, (span, pattern) = (first[case] for case in self.together)
            yield Finding(span, (("count", len(found)),), self.together[-1], pattern, tuple(one for one, _ in others))

    @staticmethod
    def _sentence(reading: Reading, span: Span) -> int:
        return next(number for number, sentence in enumerate(reading.sentences) if sentence.span.covers(span))

    def _in_sentence(self, reading: Reading, number: int, frames: list[Frame]) -> list[tuple[Span, str, str]]:
        sentence = reading.sentences[number]
        if not frames and not reading.search(self.phrases, sentence.span):
            return []
        if reading.search(self.unless, sentence.span):
            return []
        found = []
        if reading.search(self.phrases, sentence.span):
            each = ((phrase, reading.find((phrase,), sentence.span)) for phrase in self.phrases)
            found = [(span, "phrase", phrase) for phrase, spans in each for span in spans]
        for clause in reading.clauses(sentence) if frames else ():
            for frame in frames:
                if not frame.fits(clause) or not _worded(frame, clause, reading, number):
                    continue
                span = _widened(frame, clause, reading, sentence)
                if not reading.is_masked(span):
                    found.append((span, frame.case, str(frame)))
                    break
        kept: list[tuple[Span, str, str]] = []
        for item in sorted(found, key=lambda item: item[0]):
            if not kept or not item[0].overlaps(kept[-1][0]):
                kept.append(item)
        return kept


def _within(frame: Frame, clause: Clause, reading: Reading, sentence: Sentence) -> list[Span]:
    """Return where the frame's `within` phrases begin among the clause's own words."""
    own = {span.start + sentence.span.start for span in clause.own}
    return [span for span in reading.find(frame.within, sentence.span) if span.start in own]


def _widened(frame: Frame, clause: Clause, reading: Reading, sentence: Sentence) -> Span:
    """Return the frame's place together with the words of `within` that touch it: "when I start", "any salary"."""
    place = frame.place(clause).shift(sentence.span.start)
    if frame.at == "words":
        return next(iter(_within(frame, clause, reading, sentence)), place)
    for span in _within(frame, clause, reading, sentence):
        if span.overlaps(place):
            place = Span(min(place.start, span.start), max(place.end, span.end))
    return place


def _worded(frame: Frame, clause: Clause, reading: Reading, number: int) -> bool:
    sentence: Sentence = reading.sentences[number]
    if frame.within and not _within(frame, clause, reading, sentence):
        return False
    if frame.without and reading.search(frame.without, sentence.span):
        return False
    if not frame.then:
        return True
    rest = Span(clause.core.end + sentence.span.start, sentence.span.end)
    if reading.search(frame.then, rest):
        return True
    if number + 1 == len(reading.sentences):
        return False
    following = reading.sentences[number + 1].span
    found = reading.search(frame.then, following)
    return found is not None and found.start == following.start
