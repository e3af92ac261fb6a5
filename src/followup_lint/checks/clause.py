"""Who does what in a clause, told by the parse: the way to prohibit a deed and not a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Literal

from followup_lint.clauses.model import Clause, Mood, Tense, Who
from followup_lint.clauses.signs import NEGATIONS, may_limit, may_order, signs_of_any
from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.form import CLOSED
from followup_lint.inflect import forms, signs
from followup_lint.literals import folded
from followup_lint.phrases import compiled
from followup_lint.prose import Sentence
from followup_lint.reading import Reading
from followup_lint.records import dataclass, field
from followup_lint.text import Span
from followup_lint.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

Truth = Literal["yes", "no", "any"]


@dataclass(frozen=True)
class Frame:
    """A kind of clause. Every field given must hold; an empty list allows anything.

    `who` does it; `verb` and `object` are lemmas (`<name>` stands for a list of `rules/vocabulary/clauses.yaml`; a
    particle belongs to its verb: "get back"); `over` are verbs above it, of which `over_who` does the nearest, and
    `not_over` verbs that must not stand there; `modal` is one of can, could, must, will and so on. `negated`,
    `hypothetical`, `reported` and `limit` (a time by which it is to happen) are each yes, no or any. `within` are
    phrases of which one must begin among the clause's own words, `without` phrases that must not stand in the sentence;
    `then` phrases must follow, later in the sentence or at the start of the next. The finding is at the deed, subject
    to verb, or at the `words` of `within`.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = CLOSED

    who: tuple[Who, ...] = ()
    verb: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    over_who: tuple[Who, ...] = ()
    not_over: tuple[str, ...] = ()
    tense: tuple[Tense, ...] = ()
    mood: tuple[Mood, ...] = ()
    modal: tuple[str, ...] = ()
    negated: Truth = "no"
    hypothetical: Truth = "no"
    reported: Truth = "no"
    limit: Truth = "any"
    within: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    case: str = ""
    at: Literal["deed", "words"] = "deed"

    @cached_property
    def signs(self) -> tuple[frozenset[str], ...]:
        """Return sets of pieces: a sentence that lacks all of one of them holds no clause of this kind."""
        needed = [self._orders or signs(words(self.verb)), signs(words(self.object)), signs(words(self.over))]
        if self.mood and Mood.ORDER not in self.mood:  # an order has the reader for its doer without a word
            needed.append(signs_of_any(self.who))
        needed += [signs_of_any(self.over_who), NEGATIONS if self.negated == "yes" else frozenset()]
        needed.append(frozenset().union(*map(forms, self.modal)) if all(self.modal) else frozenset())
        return tuple(wanted for wanted in needed if wanted)

    @cached_property
    def _orders(self) -> frozenset[str]:
        """Return the verbs as an order has them, if nothing else is looked for."""
        return frozenset(name.split()[0] for name in words(self.verb)) if self.mood == (Mood.ORDER,) else frozenset()

    def may_stand(self, reading: Reading, held: frozenset[str]) -> bool:
        """Whether a draft with these pieces can hold such a clause anywhere."""
        if any(held.isdisjoint(wanted) for wanted in self.signs):
            return False
        return all(not group or reading.living(group) for group in (self.within, self.then))

    def may_fit(self, reading: Reading, number: int) -> bool:
        """Whether a sentence can hold such a clause, so far as its words tell: a look before the parse."""
        span = reading.sentences[number].span
        held = reading.pieces(span)
        if any(held.isdisjoint(wanted) for wanted in self.signs):
            return False
        if self._orders and not may_order(folded(span.of(reading.text)), self._orders):
            return False
        if self.within and not reading.search(self.within, span):
            return False
        if self.without and reading.search(self.without, span):
            return False
        if self.limit == "yes" and not may_limit(re.sub(r"\s", " ", span.of(reading.text))):
            return False
        following = [item.span for item in reading.sentences[number : number + 2]]
        return not self.then or any(reading.search(self.then, stretch) for stretch in following)

    def fits(self, clause: Clause) -> bool:
        """Whether the clause is of this kind, its words in `within`, `without` and `then` aside."""
        pairs = (
            (self.who, clause.who),
            (self.tense, clause.tense),
            (self.mood, clause.mood),
            (self.modal, clause.modal),
            (self.over_who, clause.over_who),
        )
        truths = (
            (self.negated, clause.negated),
            (self.hypothetical, clause.hypothetical),
            (self.reported, clause.reported),
            (self.limit, clause.limit is not None),
        )
        return (
            all(not wanted or value in wanted for wanted, value in pairs)
            and all(wanted == "any" or (wanted == "yes") is value for wanted, value in truths)
            and (not self.verb or clause.verb in words(self.verb))
            and (not self.object or any(lemma in words(self.object) for lemma, _ in clause.objects))
            and (not self.over or any(lemma in words(self.over) for lemma in clause.over))
            and not (self.not_over and any(lemma in words(self.not_over) for lemma in clause.over))
        )

    def __str__(self) -> str:
        """Return the frame in words, as an explanation shows it: "you: respond, reply … (order, with a time limit)"."""
        doer = " or ".join(str(item) for item in self.who) or "anybody"
        deed = _shown(self.verb) or "does anything"
        onto = f" + {_shown(self.object)}" if self.object else ""
        under = f" under {_shown(self.over)}" if self.over else ""
        marks = [*self.mood, *self.tense, *(f"“{word}”" for word in self.modal if word)]
        marks += [name for name in ("negated", "hypothetical", "reported") if getattr(self, name) == "yes"]
        marks += ["with a time limit"] if self.limit == "yes" else []
        return f"{doer}: {deed}{onto}{under}" + (f" ({', '.join(map(str, marks))})" if marks else "")

    def place(self, clause: Clause) -> Span:
        """Return the words of the clause that make the case: subject to verb, object and limit."""
        wanted = words(self.object)
        ends = [span.end for lemma, span in clause.objects if lemma in wanted]
        if clause.limit is not None and self.limit == "yes":
            ends.append(clause.limit.span.end)
        starts = [clause.top.start] if clause.top is not None and self.over else []
        return Span(min([clause.core.start, *starts]), max([clause.core.end, *ends]))


_SHOWN = 4


def _shown(names: Sequence[str]) -> str:
    listed = [word for name in names for word in (vocabulary("clauses")[name[1:-1]] if name[0] == "<" else [name])]
    return "/".join(listed[:_SHOWN]) + ("/…" if len(listed) > _SHOWN else "")


def words(names: Sequence[str]) -> frozenset[str]:
    """Return the lemmas of a frame's list, with `<name>` replaced by the shared list of that name."""
    found: set[str] = set()
    for name in names:
        found |= set(vocabulary("clauses")[name[1:-1]]) if name.startswith("<") else {name}
    return frozenset(found)


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
                for group in (frame.within, frame.without, frame.then):
                    compiled(group)
            compiled(self.phrases)
            compiled(self.unless)
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
            if not any(item[0].overlaps(other[0]) for other in kept):
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
