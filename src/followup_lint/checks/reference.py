"""Something that only this interview could have given: a tie to the shared hour, and a topic of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from followup_lint import patterns
from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.draft import BlockKind
from followup_lint.people import fold, words_of
from followup_lint.phrases import check_phrases
from followup_lint.prose import Sentence
from followup_lint.reading import Reading
from followup_lint.records import dataclass
from followup_lint.stretches import Layers
from followup_lint.table import Table, pick
from followup_lint.text import Span
from followup_lint.ties import is_known, is_theirs, is_told, may_tie
from followup_lint.topics import may_be_topic, topics

_MANY = 8  # words that may be topics: more do not make a sentence more promising

_BREAK = patterns.lazy(
    r"[;.:]\s|\b(?:because|since|after|given|especially|particularly|though|although)\b|"
    r",? \b(?:and|but|so) (?:thanks?|i (?:enjoy|appreciat|was|am gr|thank|lov|lik)|it was|your|our)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Check:
    """Look for a sentence with a tie to the shared event and at least one topic noun.

    The tie is an `event` phrase, or a clause about you or us, or a thing of yours or ours; where the table `tied` says
    false any topic will do. Words after a `wishful` phrase are about the future and do not count, nor, in a sentence
    tied by its event alone, those after a `pitch` phrase; a sentence with an `outside` phrase does not count at all,
    and nothing counts inside the sender's own questions and offers. A topic named in the context's `topics` is enough
    by itself. The nearest miss is pointed at; its case says why it does not count: `generic`, `question`, `future` or
    `outside`.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset()

    event: tuple[str, ...]
    wishful: tuple[str, ...]
    pitch: tuple[str, ...]
    outside: tuple[str, ...]
    tied: Table[bool] = True

    def verify(self) -> None:
        """Compile every phrase, so that a broken one is told at load."""
        check_phrases(self.event, self.wishful, self.pitch, self.outside)

    def lacks(self, context: Context) -> str:
        """Return nothing: what is specific shows in the words themselves."""
        return ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield one finding where no sentence is specific, at the nearest miss if there is one."""
        people, labels = _people(reading), _labels(reading)
        near: list[tuple[int, Span, str]] = []
        # One specific sentence is enough, so those come first that are parsed anyway, and then the likeliest.
        for sentence in reading.parsed_first(self._likeliest_first(reading)):
            verdict, _ = self._verdict(reading, sentence, people, labels)
            if verdict == "specific":
                return
            if verdict:
                near.append((_RANK.index(verdict), sentence.span, verdict))
        if near:
            _, span, case = min(near)
            related = tuple(sorted(other for _, other, _ in near if other != span))
            yield Finding(span, (), case, related=related)
        else:
            yield Finding(reading.opening, (), "absent")

    def _likeliest_first(self, reading: Reading) -> list[Sentence]:
        return reading.once(
            self,
            lambda: sorted(reading.sentences, key=lambda item: -self._promise(reading, item)),
        )

    def _promise(self, reading: Reading, sentence: Sentence) -> int:
        """Return how likely a sentence is to be specific, by its words: the more, the likelier."""
        span = sentence.span
        asks, wishes = reading.most_asks(sentence), reading.search(self.wishful, span)
        hopeless = bool(reading.search(self.outside, span))
        topics = sum(map(may_be_topic, reading.pieces(span)))
        return (
            2 * bool(reading.search(self.event, span))
            - 2 * bool(asks)
            - bool(wishes)
            - 4 * hopeless
            + min(topics, 8) // 3
        )

    def why_not(self, reading: Reading) -> Iterator[tuple[str, Span | None]]:
        """Yield what was taken for a memory of this interview: the topics of each sentence that counts."""
        people, labels = _people(reading), _labels(reading)
        for sentence in reading.sentences:
            verdict, held = self._verdict(reading, sentence, people, labels)
            if verdict == "specific":
                named = ", ".join(f"“{place.of(reading.text)}”" for place in held) or "a topic named in the facts"
                yield f"recalls {named}", held[0] if held else sentence.span

    def evidence(self, reading: Reading) -> Iterator[Span]:
        """Yield the topics of this interview that are recalled; where only the facts name them, their sentences."""
        people, labels = _people(reading), _labels(reading)
        for sentence in reading.sentences:
            verdict, held = self._verdict(reading, sentence, people, labels)
            if verdict == "specific":
                yield from held or [sentence.span]

    def _verdict(
        self, reading: Reading, sentence: Sentence, people: frozenset[str], labels: frozenset[str]
    ) -> tuple[str, list[Span]]:
        """Return `specific` with its topics, or the reason why the sentence does not count."""
        span = sentence.span
        wanted = [re.escape(topic) for topic in reading.context.topics]
        if wanted and re.search(rf"(?<!\w)(?:{'|'.join(wanted)})(?!\w)", span.of(reading.text), re.IGNORECASE):
            return "specific", []
        event = reading.search(self.event, span)
        needs_tie = pick(self.tied, reading.context.traits) is not False
        found = [
            (token, Span(token.idx, token.idx + len(token)).shift(span.start))
            for token in (
                topics(reading.parse(span), people | labels)
                if self._is_worth(reading, sentence, people, labels)
                else ()
            )
        ]
        found = [(token, place) for token, place in found if not reading.is_masked(place)]
        held = [
            (token, place)
            for token, place in found
            if not needs_tie or event or is_theirs(token, people) or is_known(token)
        ]
        if not held:
            return ("generic" if event else ""), []
        if reading.search(self.outside, span):
            return "outside", []
        asked = Layers.of(ask.span for ask in reading.asks(sentence))
        held = [(token, place) for token, place in held if not asked.cover(place)]
        if not held:
            return "question", []
        wishes = self._after(reading, self.wishful, span)
        held = [(token, place) for token, place in held if not wishes.cover(place) or is_told(token)]
        if not held:
            return "future", []
        pitches = self._after(reading, self.pitch, span) if needs_tie else Layers.of(())
        kept = [place for token, place in held if not pitches.cover(place) or is_theirs(token, people)]
        return ("specific" if kept else "generic"), kept

    def _is_worth(self, reading: Reading, sentence: Sentence, people: frozenset[str], labels: frozenset[str]) -> bool:
        """Whether a sentence may have a topic with a tie, so far as its words tell: a look before the parse."""
        span = sentence.span
        needs_tie = pick(self.tied, reading.context.traits) is not False
        is_tied = not needs_tie or reading.search(self.event, span) or may_tie(reading, span, people)
        return bool(is_tied) and any(map(may_be_topic, reading.pieces(span) - labels - people))

    def _after(self, reading: Reading, phrases: tuple[str, ...], span: Span) -> Layers:
        """Return the stretches that a phrase governs: from it to the next thought, or the end of the sentence."""
        found = []
        for match in reading.find(phrases, span):
            ends = _BREAK.search(reading.masked, match.end, span.end)
            found.append(Span(match.start, ends.start() if ends else span.end))
        return Layers.of(found)


_RANK = ("question", "outside", "future", "generic")
"""The nearest miss first."""


def _people(reading: Reading) -> frozenset[str]:
    """Return the words, folded, of the names of those who were there: in the context, the greeting, the addresses."""
    shown = [block.span.of(reading.text) for block in reading.draft.of_kind(BlockKind.GREETING)]
    shown += [header.value for header in reading.draft.headers if header.name.lower() in {"to", "cc"}]
    shown += [person.name for person in reading.context.known_people if person.is_person]
    return frozenset(fold(word) for words in shown for word in words_of(words) if word[:1].isupper())


def _labels(reading: Reading) -> frozenset[str]:
    """Return the words, folded, that only name the sender or the firm: the signature, the addresses' domains."""
    kinds = {BlockKind.SIGNATURE, BlockKind.SIGN_OFF}
    signed = [block.span.of(reading.text) for block in reading.draft.blocks if block.kind in kinds]
    headers = [header.value for header in reading.draft.headers if header.name.lower() in {"to", "cc", "from"}]
    domains = [name for value in headers for name in re.findall(r"@([\w-]+)\.", value)]
    parts = {part for name in domains for part in (name, *name.split("-")) if len(part) > 2}  # noqa: PLR2004  (not "in")
    return frozenset(map(fold, parts)) | {
        fold(word) for text in signed for word in words_of(text) if word[:1].isupper()
    }
