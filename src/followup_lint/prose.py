"""The writer's own prose: its sentences and words, whatever is known about the message."""

from __future__ import annotations

import re
from functools import cached_property

from followup_lint import patterns
from followup_lint.draft import OWN, BlockKind, Draft
from followup_lint.inflect import pieces
from followup_lint.literals import folded
from followup_lint.records import dataclass, field
from followup_lint.searching import Searched
from followup_lint.sentences import split
from followup_lint.text import Span

_ENDS = (BlockKind.GREETING, BlockKind.SIGN_OFF)
_RUN, _LETTER = patterns.lazy(r"\S+"), patterns.lazy(r"\w")


@dataclass(frozen=True)
class Sentence:
    """One sentence of the body: its place, and which block it stands in."""

    span: Span
    block: int


@dataclass(frozen=True, eq=False)
class Prose:
    """The body of a draft. Everything is worked out at its first use and kept, for every reading of the draft."""

    draft: Draft
    _pieces: dict[Span, frozenset[str]] = field(default_factory=dict, init=False, repr=False)
    _masked: dict[tuple[Span, ...], Searched] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def words(self) -> tuple[Span, ...]:
        """Return the words; hyphenated ones count once."""
        return tuple(
            Span(*match.span())
            for block in self.draft.body
            for match in _RUN.finditer(self.draft.text, block.span.start, block.span.end)
            if _is_word(match.group())
        )

    @cached_property
    def word_count(self) -> int:
        """Return how many words there are; to tell it, nobody has to know where they stand."""
        return sum(sum(map(_is_word, block.span.of(self.draft.text).split())) for block in self.draft.body)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return the sentences, in order."""
        return tuple(
            Sentence(span, number)
            for number, block in enumerate(self.draft.body)
            for span in split(self.draft.text, block.span)
        )

    def in_prose(self, sentence: Sentence) -> bool:
        """Whether a sentence stands in a paragraph; the items of a list are not sentences to count."""
        return self.draft.body[sentence.block].kind is BlockKind.PARAGRAPH

    @cached_property
    def opening(self) -> Span:
        """Return the first line of the body: where the absence of something is reported."""
        for block in self.draft.body:
            return self.draft.lines.first(block.span)
        for block in self.draft.blocks:
            if block.kind in {BlockKind.GREETING, BlockKind.SIGN_OFF, BlockKind.SIGNATURE}:
                return block.span
        end = len(self.draft.text.rstrip())
        return Span(max(0, end - 1), end)

    def pieces(self, within: Span) -> frozenset[str]:
        """Return the folded words of a stretch, names and quotations too: what a parse of it can hold at most."""
        known = self._pieces.get(within)
        if known is None:
            known = self._pieces[within] = pieces(folded(within.of(self.draft.text)))
        return known

    @cached_property
    def message(self) -> Span:
        """Return the stretch from the first to the last of the writer's own words."""
        own = [block.span for block in self.draft.blocks if block.kind in OWN]
        return Span(own[0].start, own[-1].end) if own else Span(len(self.draft.text), len(self.draft.text))

    @cached_property
    def characters(self) -> int:
        """Return the code points the writer's own message takes in its channel, line ends included."""
        is_own = any(block.kind in OWN for block in self.draft.blocks)
        quoted = [block.span for block in self.draft.blocks if block.kind not in OWN]
        inside = sum(span.end - span.start for span in quoted if is_own and self.message.covers(span))
        return self.message.end - self.message.start - inside

    @cached_property
    def plain(self) -> Searched:
        """Return the text as it stands, to look for phrases in."""
        return Searched(self.draft.text, self._parts)

    @cached_property
    def _parts(self) -> tuple[Span, ...]:
        """Return the stretches in which phrases are looked for most."""
        subject = self.draft.header("Subject")
        ends = [block.span for kind in _ENDS for block in self.draft.of_kind(kind)]
        return (*([subject.span] if subject else []), *ends, *(sentence.span for sentence in self.sentences))

    def masked(self, masks: tuple[Span, ...]) -> Searched:
        """Return the text with the words of some stretches, in order, blotted out; as long as before."""
        if not masks:
            return self.plain
        known = self._masked.get(masks)
        if known is None:
            known = self._masked[masks] = Searched(_blotted(self.draft.text, masks), self._parts)
        return known


def _is_word(run: str) -> bool:
    return run[0].isalnum() or _LETTER.search(run) is not None


def _blotted(text: str, masks: tuple[Span, ...]) -> str:
    kept, here = [], 0
    for span in masks:
        if span.start >= here:
            kept += [text[here : span.start], re.sub(r"\S", "_", span.of(text))]
            here = span.end
    return "".join([*kept, text[here:]])
