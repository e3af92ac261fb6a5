"""A message that turns into a résumé: lists, a chain of achievements, or little else than the sender's own story."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from followup_lint import patterns
from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.draft import BlockKind
from followup_lint.phrases import check_phrases
from followup_lint.prose import Sentence
from followup_lint.reading import Reading
from followup_lint.records import dataclass
from followup_lint.stretches import Layers
from followup_lint.text import Span
from followup_lint.together import parse_together

if TYPE_CHECKING:
    from spacy.tokens import Token

_FIRST = patterns.lazy(r"\b(?:I|i|we|We|WE|my|My)\b")
_READER = frozenset({"you", "your", "yours", "yourself"})
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b"
)
_CLOCK = patterns.lazy(
    rf"\b{_MONTH}\.?,?\s*\d+(?:st|nd|rd|th)?|\b\d+(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}"
    r"|\b\d+(?::\d\d)?\s*(?:[ap]\.?m\b\.?|o.clock)|\b\d+:\d\d\b",
    re.IGNORECASE,
)
_MARKER = patterns.lazy(r"[\s\-*•·–—+>]*(?:\d{1,2}[.)])?[\s*_]*")
_FIGURE = patterns.lazy(r"\d+")
_REPORT = 3


@dataclass(frozen=True)
class Check:
    """Count what the sender tells of past work, against limits.

    `max_items` is for list items that tell a deed, a figure or a word of `records`; items that hold a phrase of
    `not_items` do not count, nor do lists whose lead-in holds one of `not_leads`. `max_achievements` is for clauses in
    which "I" or "we" did something, with a figure or a word of `numbers`; verbs of `not_verbs` (lemmas) are no deeds,
    those of `unchanged` look the same in the present. A body of `share_from` words is also a résumé, case `share`, if
    more than `max_share` per cent of it are sentences about deeds in which the reader does not appear.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"count", "max"})

    max_items: int
    max_achievements: int
    not_verbs: frozenset[str]
    numbers: tuple[str, ...] = ()
    unchanged: frozenset[str] = frozenset()
    records: tuple[str, ...] = ()
    not_items: tuple[str, ...] = ()
    not_leads: tuple[str, ...] = ()
    max_share: int = 100
    share_from: int = 0

    def verify(self) -> None:
        """Compile every phrase, so that a broken one is told at load."""
        check_phrases(self.numbers, self.records, self.not_items, self.not_leads)

    def lacks(self, context: Context) -> str:
        """Return nothing: what is there can always be counted."""
        return ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield one finding, at the first item or sentence of the list that is too long."""
        items = self._records(reading)
        if len(items) > self.max_items:
            yield Finding(items[0], (("count", len(items)), ("max", self.max_items)), "list", related=tuple(items))
            return
        done: list[Span] = []
        own: list[Span] = []
        for sentence in self._told(reading):
            doc = reading.parse(sentence.span)
            verbs = [token for token in doc if self._is_deed(token)]
            done += [sentence.span] * sum(self._is_counted(verb, verbs, reading, sentence.span) for verb in verbs)
            if verbs and not any(token.lower_ in _READER for token in doc):
                own.append(sentence.span)
        related = tuple(dict.fromkeys(done))
        if len(done) > self.max_achievements:
            yield Finding(done[0], (("count", len(done)), ("max", self.max_achievements)), "deeds", related=related)
            return
        words = reading.prose.word_count
        taken = _share(reading, own)
        if words >= self.share_from and len(own) >= _REPORT and done and taken * 100 > self.max_share * words:
            values = (("count", taken * 100 // words), ("max", self.max_share))
            yield Finding(own[0], values, "share", related=tuple(own))

    def ahead(self, reading: Reading) -> Iterator[Span]:
        """Yield the sentences in which the sender tells of himself, if they may be too many."""
        yield from (sentence.span for sentence in self._told(reading))

    def _told(self, reading: Reading) -> list[Sentence]:
        """Return the sentences in which the sender tells of himself; none where they cannot be too many."""
        told = [
            sentence
            for sentence in reading.sentences
            if reading.prose.in_prose(sentence) and _FIRST.search(sentence.span.of(reading.masked))
        ]
        return told if self._may_be(reading, told) else []

    def _may_be(self, reading: Reading, told: list[Sentence]) -> bool:
        """Whether there are figures enough for too many achievements, or sentences enough for too large a share."""
        # A figure belongs to one deed, the nearest above it, so there are no more deeds than figures.
        figures = sum(
            _figures(sentence.span.of(reading.text)) + len(reading.find(self.numbers, sentence.span))
            for sentence in told
        )
        if figures > self.max_achievements:
            return True
        words = reading.prose.word_count
        if not figures or words < self.share_from:
            return False
        own = [sentence.span for sentence in told if reading.pieces(sentence.span).isdisjoint(_READER)]
        return len(own) >= _REPORT and _share(reading, own) * 100 > self.max_share * words

    def _records(self, reading: Reading) -> list[Span]:
        """Return the list items that tell a deed, a figure or a skill; none where they cannot be too many."""
        items = list(self._items(reading))
        if len(items) <= self.max_items:
            return []
        sure = [self._is_plain_record(reading, words) for _, words in items]
        parse_together((reading, words) for (_, words), is_sure in zip(items, sure, strict=True) if not is_sure)
        return [
            item
            for (item, words), is_sure in zip(items, sure, strict=True)
            if is_sure or self._begins_with_deed(reading, words)
        ]

    def _items(self, reading: Reading) -> Iterator[tuple[Span, Span]]:
        """Yield the items of lists that may be a record, each with its words behind the mark."""
        lead: Span | None = None
        ends = [sentence.span.end for sentence in reading.sentences]
        for block in reading.draft.body:
            if block.kind is not BlockKind.LIST_ITEM:
                last = bisect_right(ends, block.span.end) - 1
                lead = reading.sentences[last].span if last >= 0 else block.span
                lead = lead if block.span.covers(lead) else block.span
                continue
            words = block.span.of(reading.text)
            listed = lead is not None and reading.search(self.not_leads, lead)
            if not listed and "?" not in words and not reading.search(self.not_items, block.span):
                start = block.span.start + len(_MARKER.match(words)[0])  # type: ignore[index]  # matches anything
                yield block.span, Span(start, block.span.end)

    def _is_plain_record(self, reading: Reading, item: Span) -> bool:
        """Whether the words of a list item tell a figure or a skill, whatever their parse is."""
        return bool(_FIGURE.search(item.of(reading.text)) or reading.search(self._words, item))

    @cached_property
    def _words(self) -> tuple[str, ...]:
        return *self.numbers, *self.records

    def _begins_with_deed(self, reading: Reading, item: Span) -> bool:
        first = next(iter(reading.parse(item)), None) if item.of(reading.text).strip() else None
        return first is not None and (first.tag_ in {"VBD", "VBN"} or first.lower_ in self.unchanged)

    def _is_deed(self, token: Token) -> bool:
        past = token.tag_ in {"VBD", "VBN"} or (token.tag_ in {"VBP", "VB"} and token.lower_ in self.unchanged)
        if not past or token.lemma_.lower() in self.not_verbs:
            return False
        subject = next((child for child in token.children if child.dep_ == "nsubj"), None)
        if subject is None:
            return token.tag_ == "VBD" and token.i == 0 and token.dep_ == "ROOT"
        # "I would have built", "I never built" and the passive "I was struck" are no deeds.
        helped = {child.lemma_.lower() for child in token.children if child.dep_ in {"aux", "auxpass", "neg"}}
        return subject.lower_ in {"i", "we"} and (helped == {"have"} if helped else token.tag_ != "VBN")

    def _is_counted(self, verb: Token, verbs: list[Token], reading: Reading, where: Span) -> bool:
        """Whether a clause, without the other deeds that hang on its verb, gives a number."""
        others = {token.i for other in verbs if other != verb and other in verb.subtree for token in other.subtree}
        dated = [Span(*match.span()) for match in _CLOCK.finditer(verb.doc.text)]
        for token in verb.subtree:
            span = Span(token.idx, token.idx + len(token.text))
            if token.i in others or any(span.overlaps(date) for date in dated):
                continue
            if re.search(r"\d", token.text) or reading.search(self.numbers, span.shift(where.start)):
                return True
        return False


def _figures(words: str) -> int:
    return len(_FIGURE.findall(_CLOCK.sub("", words))) if _FIGURE.search(words) else 0


def _share(reading: Reading, spans: list[Span]) -> int:
    """Return how many words of the body stand in some sentences."""
    layers = Layers.of(spans)
    return sum(map(layers.cover, reading.words))
