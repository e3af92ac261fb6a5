"""How long something is, against a limit for the kind, channel or account."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from followup_lint import patterns
from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.draft import BlockKind
from followup_lint.phrases import check_phrases, compiled
from followup_lint.reading import Reading
from followup_lint.records import dataclass
from followup_lint.script import directions
from followup_lint.stretches import Layers, Stretches
from followup_lint.table import Table, pick
from followup_lint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar, Literal

_LINK = patterns.lazy(r"https?://\S+|www\.\S+|(?<!\S)\S{1,300}@\S{1,300}\.\w+", re.IGNORECASE)
_SPOKEN = patterns.lazy(r"(?<!\S)\S*\w\S*")
_STOP = patterns.lazy(r"(?<![.?!…])[.?!…]++(?=\s|$)")


@dataclass(frozen=True)
class Check:
    """Measure one thing against limits: `max`, `min`, and `far`, beyond which the finding's case is `far`.

    `of` names what is measured: the body (`words`, `sentences`), what a caller says (`spoken-words`: a run of `digits`
    is one word, and a direction in brackets none; `opening-words`: those said in one go at the start of a call, until
    the other speaks or is asked one of the `breaks`), the message (`characters`), each sentence (`sentence-words`,
    without quotations, names and links) or each paragraph (`paragraph-words`). A paragraph of `crowd_words` is also too
    long with more than `crowd_sentences` sentences, case `crowd`; more than `max_paragraphs` of at least
    `paragraph_from` words are the case `many`. A limit of 0 in a table means none. `pace` is how many words are spoken
    in a minute.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"count", "max", "min", "over", "seconds", "pace"})

    of: Literal[
        "words",
        "sentences",
        "spoken-words",
        "opening-words",
        "characters",
        "sentence-words",
        "paragraph-words",
    ]
    max: Table[int] = 0
    far: Table[int] = 0
    min: Table[int] = 0
    digits: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    pace: int = 150
    crowd_sentences: int = 0
    crowd_words: int = 0
    max_paragraphs: int = 0
    paragraph_from: int = 0

    def verify(self) -> None:
        """Compile every phrase, so that a broken one is told at load."""
        check_phrases(self.breaks, self.digits)
        if self.pace < 1:
            raise ValueError("'pace' is at least one word a minute")

    def lacks(self, context: Context) -> str:
        """Return nothing: a text can always be measured."""
        return ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield a finding for each thing that passes its limit, at the part that lies beyond it."""
        traits = reading.context.traits
        top, far, low = (pick(table, traits) or 0 for table in (self.max, self.far, self.min))
        if self.of == "sentence-words":
            yield from _long_sentences(reading, top)
            return
        if self.of == "paragraph-words":
            yield from self._paragraphs(reading, top)
            return
        pieces, whole = self._pieces(reading)
        count = len(pieces)
        spoken = self.of in {"spoken-words", "opening-words"}
        pace = (("seconds", round(count * 60 / self.pace)), ("pace", self.pace)) if spoken else ()
        if far and count > far:
            values = (("count", count), ("max", far), ("over", count - far), *pace)
            yield Finding(pieces[top or far], values, "far")
        elif top and count > top:
            yield Finding(pieces[top], (("count", count), ("max", top), ("over", count - top), *pace))
        elif low and count < low:
            yield Finding(whole, (("count", count), ("min", low)))

    def measured(self, reading: Reading) -> tuple[int, int | None]:
        """Return the length, or that of the longest piece, and its limit; None where this message has none."""
        top = pick(self.max, reading.context.traits) or None
        if self.of == "sentence-words":
            return max((count for _, count in _sentence_words(reading)), default=0), top
        if self.of == "paragraph-words":
            return max(_paragraph_words(reading), default=0), top
        return len(self._pieces(reading)[0]), top

    def _pieces(self, reading: Reading) -> tuple[Sequence[Span], Span]:
        if self.of == "words":
            return reading.words, reading.opening
        if self.of == "spoken-words":
            return _spoken(reading, reading.words, self.digits), reading.opening
        if self.of == "opening-words":
            return _opening(reading, self.digits, self.breaks), reading.opening
        if self.of == "sentences":
            return [
                sentence.span for sentence in reading.sentences if reading.prose.in_prose(sentence)
            ], reading.opening
        start = reading.message.start
        return [Span(start + step, start + step + 1) for step in range(reading.prose.characters)], reading.opening

    def _paragraphs(self, reading: Reading, top: int) -> Iterator[Finding]:
        starts = [word.start for word in reading.words]
        by_block: dict[int, list[Span]] = {}
        for sentence in reading.sentences:
            by_block.setdefault(sentence.block, []).append(sentence.span)
        full: list[Span] = []
        for number, block in enumerate(reading.draft.body):
            if block.kind is not BlockKind.PARAGRAPH:
                continue
            sentences = by_block.get(number, [])
            first, last = bisect_right(starts, block.span.start - 1), bisect_right(starts, block.span.end - 1)
            count = last - first
            if count >= self.paragraph_from:
                full.append(sentences[0] if sentences else block.span)
            if count > top:
                place = starts[first + top]
                beyond = next((span for span in sentences if place < span.end), block.span)
                yield Finding(beyond, (("count", count), ("max", top), ("over", count - top)))
            elif self.crowd_sentences and len(sentences) > self.crowd_sentences and count >= self.crowd_words:
                limit = self.crowd_sentences
                values = (("count", len(sentences)), ("max", limit), ("over", len(sentences) - limit))
                yield Finding(sentences[limit], values, "crowd")
        limit = self.max_paragraphs
        if limit and len(full) > limit:
            yield Finding(full[limit], (("count", len(full)), ("max", limit), ("over", len(full) - limit)), "many")


def _long_sentences(reading: Reading, top: int) -> Iterator[Finding]:
    for span, count in _sentence_words(reading, top):
        if count > top:
            yield Finding(span, (("count", count), ("max", top), ("over", count - top)))


def _paragraph_words(reading: Reading) -> Iterator[int]:
    starts = [word.start for word in reading.words]
    ends = [word.end for word in reading.words]
    for block in reading.draft.of_kind(BlockKind.PARAGRAPH):
        yield max(0, bisect_right(ends, block.span.end) - bisect_right(starts, block.span.start - 1))


def _sentence_words(reading: Reading, least: int = 0) -> Iterator[tuple[Span, int]]:
    """Yield the sentences of more than `least` words, and how many they have without names, quotations and links."""
    starts = [word.start for word in reading.words]
    masks = Stretches.of(reading.masks.spans)
    for sentence in reading.sentences:
        if not reading.prose.in_prose(sentence):
            continue
        span = sentence.span
        words = reading.words[bisect_right(starts, span.start - 1) : bisect_right(starts, span.end - 1)]
        if len(words) <= least:
            continue
        links = Stretches.of(Span(*match.span()) for match in _LINK.finditer(reading.text, span.start, span.end))
        yield span, sum(not (masks.meets(word) or links.meets(word)) for word in words)


def _opening(reading: Reading, digits: tuple[str, ...], breaks: tuple[str, ...]) -> list[Span]:
    """Return the words of the longest stretch said in one go in the first turn of a call."""
    first = next((turn.words for turn in reading.turns if turn.is_mine), None)
    if first is None:
        return []
    words = [Span(*match.span()) for match in _SPOKEN.finditer(reading.text, first.start, first.end)]
    stops = [_STOP.search(reading.text, match.end, first.end) for match in reading.find(breaks, first)]
    ends = [first.start, *sorted(stop.end() for stop in stops if stop), first.end]
    pieces = [[word for word in words if start <= word.start < end] for start, end in pairwise(ends)]
    return max((_spoken(reading, piece, digits) for piece in pieces), key=len)


def _spoken(reading: Reading, words: Sequence[Span], digits: tuple[str, ...]) -> list[Span]:
    """Return the words as a caller says them: a number read out digit by digit is one, a stage direction none."""
    silent = Layers.of(span for block in reading.draft.blocks for span in directions(reading.text, block.span))
    number = compiled((*digits, r"\d+"))
    said: list[Span] = []
    in_number = False
    for word in words:
        if silent.over(word):
            continue
        parts = [part for part in re.split(r"\W+", word.of(reading.text)) if part]
        is_number = bool(parts) and all(number.fullmatch(part) for part in parts)
        if is_number and in_number:
            said[-1] = Span(said[-1].start, word.end)
        else:
            said.append(word)
        in_number = is_number
    return said
