"""Something a message should say, soon enough and not too often. Any way of saying it counts, unless it is excepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Literal

from followup_lint.clauses import Clause, Mood, Tense, Who
from followup_lint.context import Context
from followup_lint.deeds import done, may_wish, wished
from followup_lint.diagnostic import Finding
from followup_lint.draft import BlockKind
from followup_lint.phrases import check_phrases, compiled
from followup_lint.prose import Sentence
from followup_lint.reading import Reading
from followup_lint.records import dataclass, field
from followup_lint.stretches import Layers
from followup_lint.table import Table, pick
from followup_lint.text import Span

_SUPPOSED = frozenset({"would", "will", "shall", "should", "might"})
_OTHERS = frozenset({Who.OTHER, Who.READER, Who.NOBODY})
_THINGS = frozenset({"it", "this", "that", "these", "those", "there", "which", "who", "what"})
_LEAVE = -1


@dataclass(frozen=True)
class Check:
    """Look for `phrases`; a match that overlaps one of the `exceptions` does not count.

    Exceptions may be given by reason: the reason is the finding's case, and the nearest miss its place. `own` phrases
    count only in the sender's clause ("clients thanked me" is none), `real` ones not under "would" or "will". Where
    `any_deed_but` is given, whatever the sender did or does by another verb counts; where `any_wish_but` is, whatever
    the sender would, hopes or wants to do by another verb, or believes of himself; `deeds` says for which messages.
    `suffices` are phrases that do for messages of a kind. A mere
    courtesy (an exception of that reason, a bare closing line) counts where `courtesy` says so; a closing line with one
    of the `closing` phrases is more than a courtesy. With `subject` the subject line is looked at too.
    `of` says what is wrong: nothing said at all (`missing`, not told of fewer than `min_words` words), first said after
    sentence `max` (`late`), or said more than `max` times or twice with a phrase of `chains` among it (`excess`).
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"count", "max"})

    phrases: tuple[str, ...]
    exceptions: tuple[str, ...] | dict[str, tuple[str, ...]] = ()
    of: Literal["missing", "late", "excess"] = "missing"
    max: Table[int] = 0
    min_words: Table[int] = 0
    own: tuple[str, ...] = ()
    real: tuple[str, ...] = ()
    any_deed_but: tuple[str, ...] = ()
    any_wish_but: tuple[str, ...] = ()
    deeds: Table[bool] = True
    suffices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    courtesy: Table[bool] = False
    closing: tuple[str, ...] = ()
    chains: tuple[str, ...] = ()
    subject: bool = False

    def verify(self) -> None:
        """Compile every phrase, so that a broken one is told at load."""
        exceptions = self.exceptions.values() if isinstance(self.exceptions, Mapping) else [self.exceptions]
        check_phrases(self.phrases, *exceptions, self.own, self.real, self.any_deed_but, self.closing, self.chains)
        check_phrases(self.any_wish_but, *self.suffices.values())

    def lacks(self, context: Context) -> str:
        """Return nothing: words can always be looked for."""
        return ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield one finding where the thing is not said, or said too late or too often."""
        traits = reading.context.traits
        if self.of == "missing":
            if reading.prose.word_count >= (pick(self.min_words, traits) or 0):
                yield from self._missing(reading)
            return
        top = pick(self.max, traits)
        if top is None:
            return
        said = [(place, span) for place, span, excuse in self._matches(reading) if not excuse]
        if self.of == "late":
            body = len(reading.sentences)
            place = (body if said[0][0] == _LEAVE else said[0][0]) + 1 if said else 0
            if said and place > top:
                yield Finding(said[0][1], (("count", place), ("max", top)), "late")
        else:
            yield from self._excess(reading, [span for _, span in said], top)

    def ahead(self, reading: Reading) -> Iterator[Span]:
        """Yield the first sentence whose parse decides whether the thing is said."""
        if self.of != "missing" or reading.prose.word_count < (pick(self.min_words, reading.context.traits) or 0):
            return
        said = next(
            ((one, span) for one in reading.sentences if (span := reading.search(self.phrases, one.span))), None
        )
        if said is None:
            wished = next(may_wish(reading), None) if self.any_wish_but else None
            if wished:
                yield wished.span
        elif any(self._hangs_on_clause(reading, said[1])):
            yield said[0].span

    def evidence(self, reading: Reading) -> Iterator[Span]:
        """Yield the words by which the thing is said, the plainest way of saying it only; none where it is not."""
        said = [span for _, span, excuse in self._matches(reading) if not excuse]
        traits = reading.context.traits
        if not said:
            enough = next((phrases for trait, phrases in self.suffices.items() if trait in traits), ())
            said = [span for sentence in reading.sentences if (span := reading.search(enough, sentence.span))]
        if not said and self.any_deed_but and pick(self.deeds, traits):
            said = list(done(reading, self.any_deed_but))
        if not said and self.any_wish_but:
            said = list(wished(reading, self.any_wish_but))
        yield from said

    def _missing(self, reading: Reading) -> Iterator[Finding]:
        near: list[tuple[Span, tuple[str, str]]] = []
        for _, span, excuse in self._matches(reading):
            if not excuse:
                return
            near.append((span, excuse))
        traits = reading.context.traits
        enough = next((phrases for trait, phrases in self.suffices.items() if trait in traits), ())
        if any(reading.search(enough, sentence.span) for sentence in reading.sentences):
            return
        deeds_count = bool(pick(self.deeds, traits))
        if self.any_deed_but and deeds_count and any(done(reading, self.any_deed_but)):
            return
        if self.any_wish_but and any(wished(reading, self.any_wish_but)):
            return
        if not near:
            yield Finding(reading.opening, (), "absent")
            return
        (span, (case, pattern)), *others = near
        yield Finding(span, (), case, pattern, tuple(span for span, _ in others))

    def _excess(self, reading: Reading, said: list[Span], top: int) -> Iterator[Finding]:
        chains = [span for sentence in reading.sentences for span in reading.find(self.chains, sentence.span)]
        values = (("count", len(said)), ("max", top))
        if len(said) > top:
            yield Finding(said[top], values, "over", related=tuple(said))
        elif chains and len(said) > 1:
            yield Finding(chains[0], values, "chain", related=tuple(said))

    def _matches(self, reading: Reading) -> Iterator[tuple[int, Span, tuple[str, str] | None]]:
        """Yield the sentence's number, the place, and for one that does not count the case and phrase that say why."""
        exceptions = self._exceptions(reading)
        if exceptions or reading.living(self.phrases):
            for number, sentence in enumerate(reading.sentences):
                yield from ((number, *found) for found in self._in(reading, sentence, exceptions))
        for block in reading.draft.of_kind(BlockKind.SIGN_OFF):
            bare = not self._is_polite(reading) and not reading.search(self.closing, block.span)
            for span, excuse in self._in(reading, Sentence(block.span, _LEAVE), exceptions):
                yield _LEAVE, span, excuse or (("courtesy", "") if bare else None)
        header = reading.draft.header("Subject") if self.subject else None
        if header:
            yield from ((_LEAVE, *found) for found in self._in(reading, Sentence(header.span, _LEAVE), exceptions))

    def _in(
        self, reading: Reading, sentence: Sentence, exceptions: Sequence[tuple[str, tuple[str, ...]]]
    ) -> Iterator[tuple[Span, tuple[str, str] | None]]:
        excepted = [
            (span, (case, phrases)) for case, phrases in exceptions for span in reading.find(phrases, sentence.span)
        ]
        near = Layers.of(span for span, _ in excepted)
        for match in reading.find(self.phrases, sentence.span):
            if near.over(match):
                continue
            yield self._by_parse(reading, sentence, match) if sentence.block != _LEAVE else (match, None)
        for span, (case, phrases) in excepted:
            yield span, (case, _phrase(reading, phrases, span))

    def _is_polite(self, reading: Reading) -> bool:
        return bool(pick(self.courtesy, reading.context.traits))

    def _exceptions(self, reading: Reading) -> list[tuple[str, tuple[str, ...]]]:
        """Return the phrases that may stand in this draft and do not count in it, by case."""
        polite = self._is_polite(reading)
        by_case = self.exceptions if isinstance(self.exceptions, Mapping) else {"near": self.exceptions}
        return [
            (case, phrases)
            for case, phrases in by_case.items()
            if not (polite and case == "courtesy") and reading.living(phrases)
        ]

    def _by_parse(self, reading: Reading, sentence: Sentence, match: Span) -> tuple[Span, tuple[str, str] | None]:
        """Return the match with the reason that it does not count, if its clause is not the sender's, or is a wish."""
        own, real = self._hangs_on_clause(reading, match)
        here = match.shift(-sentence.span.start)
        around = [clause for clause in reading.clauses(sentence) if clause.span.covers(here)] if own or real else []
        if not around:
            return match, None
        clause = min(around, key=lambda item: item.span.end - item.span.start)
        whole = Span(min(clause.core.start, here.start), max(clause.core.end, here.end)).shift(sentence.span.start)
        if own and _is_others(clause, here):
            return whole, ("other", "")
        if real and clause.modal in _SUPPOSED and not clause.negated:
            return whole, ("supposed", "")
        return match, None

    def _hangs_on_clause(self, reading: Reading, match: Span) -> tuple[bool, bool]:
        """Return whether a phrase counts only in the sender's own clause, and only in one that is no mere wish."""
        words = match.of(reading.masked)
        own, real = (compiled(group).fullmatch(words) is not None for group in (self.own, self.real))
        return own, real


def _is_others(clause: Clause, match: Span) -> bool:
    """Whether somebody else thanks or wishes: not in an order, nor of a thing ("that was great, very keen")."""
    someone = clause.who in _OTHERS and clause.subject not in _THINGS and clause.core.start < match.start
    passive = any(span.start < match.start for _, span in clause.objects)  # "your time was appreciated"
    return someone and not passive and clause.mood is not Mood.ORDER and clause.tense is not Tense.INFINITIVE


def _phrase(reading: Reading, phrases: tuple[str, ...], span: Span) -> str:
    return next((phrase for phrase in phrases if reading.search((phrase,), span)), "")
