"""The draft as its words are understood: sentences, counts and, only when asked, spaCy's parse."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property

from followup_lint import masks
from followup_lint.context import Context
from followup_lint.draft import Draft
from followup_lint.literals import folded
from followup_lint.prose import Prose, Sentence
from followup_lint.records import dataclass, field, replace
from followup_lint.searching import Searched
from followup_lint.silence import Silence
from followup_lint.stretches import Layers
from followup_lint.text import Span
from followup_lint.unparsed import NotParsed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    from spacy.tokens import Doc

    from followup_lint.asks import Ask
    from followup_lint.clauses import Clause
    from followup_lint.language import Language
    from followup_lint.other import Other
    from followup_lint.script import Turn
    from followup_lint.tone import Bound, Formality

    T = TypeVar("T")

# Longer than any sentence: a list or a log, and what is looked for in a parse costs the square of its length.
_MOST_PARSED = 1500


@dataclass(frozen=True)
class Reading:
    """One draft, read. Everything is worked out at its first use and kept.

    `idle` are the draft's own silences that silence nothing; only rules that run after all others are told. `known` is
    what another reading of the draft has worked out already.
    """

    draft: Draft
    context: Context
    language: Callable[[], Language]
    beside: Callable[[], tuple[Other, ...]] = field(default=tuple, compare=False, repr=False)
    idle: tuple[Silence, ...] = ()
    known: Prose | None = field(default=None, compare=False, repr=False)
    holds: list[bool] = field(default_factory=list, init=False, compare=False, repr=False)
    _docs: dict[Span, Doc] = field(default_factory=dict, compare=False, repr=False)
    _done: dict[int, tuple[object, Any]] = field(default_factory=dict, init=False, compare=False, repr=False)
    _most: dict[Span, int] = field(default_factory=dict, compare=False, repr=False)
    _limits: dict[Span, bool] = field(default_factory=dict, compare=False, repr=False)
    _clauses: dict[Span, list[Clause]] = field(default_factory=dict, compare=False, repr=False)
    _asks: dict[Span, list[Ask]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def others(self) -> tuple[Other, ...]:
        """Return the drafts that belong to this one: earlier messages, and neighbours in its folder."""
        return self.beside()

    @property
    def text(self) -> str:
        """Return the text that every span points into."""
        return self.draft.text

    @cached_property
    def masks(self) -> Layers:
        """Return the stretches whose words are no evidence: names known from the context, and others' words."""
        unspoken = masks.unspoken(self.draft, self.context.channel, self._theirs)
        return Layers.of({*self._names.spans, *masks.quotations(self.draft), *unspoken})

    @cached_property
    def _names(self) -> Layers:
        return Layers.of(masks.names(self.text, self.context))

    def _theirs(self) -> list[Span]:
        return [turn.span for turn in self.turns if not turn.is_mine]

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """Return who says what, the draft taken for the script of a call."""
        from followup_lint.script import turns  # few messages are scripts

        called = {name for person in self.context.known_people for name in person.spellings}
        return turns(self.draft, called)

    @cached_property
    def prose(self) -> Prose:
        """Return the sentences and words, whatever is known about the message."""
        return self.known or Prose(self.draft)

    @cached_property
    def _seen(self) -> Searched:
        return self.prose.masked(self.masks.spans)

    @property
    def masked(self) -> str:
        """Return the text, as long as before, with masked words blotted out."""
        return self._seen.text

    @property
    def message(self) -> Span:
        """Return the stretch from the first to the last of the writer's own words."""
        return self.prose.message

    @cached_property
    def whole(self) -> Span:
        """Return the whole text, others' words and headers included."""
        return Span(0, len(self.text))

    @property
    def words(self) -> tuple[Span, ...]:
        """Return the words of the body; hyphenated ones count once."""
        return self.prose.words

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return the sentences of the body, in order."""
        return self.prose.sentences

    @property
    def opening(self) -> Span:
        """Return the first line of the body: where the absence of something is reported."""
        return self.prose.opening

    def pieces(self, within: Span) -> frozenset[str]:
        """Return the folded words of a stretch, names and quotations too: what a parse of it can hold at most."""
        return self.prose.pieces(within)

    def living(self, phrases: tuple[str, ...]) -> bool:
        """Whether any of some phrases may match anywhere in this draft."""
        return self._seen.living(phrases)

    def find(self, phrases: tuple[str, ...], within: Span) -> list[Span]:
        """Return every match of the phrases inside a stretch, in the masked text."""
        return self._seen.find(phrases, within)

    def search(self, phrases: tuple[str, ...], within: Span) -> Span | None:
        """Return the first match of any phrase inside a stretch, in the masked text."""
        found = self._seen.find(phrases, within)
        return found[0] if found else None

    def once(self, owner: object, work: Callable[[], T]) -> T:
        """Return what `work` returns, which is done once a draft for each owner: a check, or a list of its own."""
        # By identity, and with the owner held: while it is known here, nothing else can have its place.
        if id(owner) not in self._done:
            self._done[id(owner)] = owner, work()
        found: T = self._done[id(owner)][1]
        return found

    def is_named(self, span: Span) -> bool:
        """Whether a stretch lies inside a name known from the context."""
        return self._names.cover(span)

    def is_masked(self, span: Span) -> bool:
        """Whether a stretch lies wholly inside a name or a quotation."""
        return self.masks.cover(span)

    def parse(self, span: Span) -> Doc:
        """Parse one sentence alone: no finding hangs on what else is checked. Raises NotParsed while it `holds`."""
        if span not in self._docs:
            if self.holds:
                raise NotParsed(span)
            self._docs[span] = self.language()(self.spoken(span))
        return self._docs[span]

    def spoken(self, span: Span) -> str:
        """Return a stretch as it is given to the parser: white space is one blank to it, whichever it is."""
        return re.sub(r"\s", " ", span.of(self.text)[:_MOST_PARSED])

    def expect(self, span: Span, doc: Doc) -> None:
        """Take the parse of a stretch, made together with others, for the rule that will ask for it."""
        self._docs.setdefault(span, doc)

    def has_parsed(self, span: Span) -> bool:
        """Whether the parse of a stretch is there."""
        return span in self._docs

    def parsed_first(self, sentences: Iterable[Sentence]) -> list[Sentence]:
        """Return sentences in their order, but those whose parse is there before the others."""
        return sorted(sentences, key=lambda item: item.span not in self._docs)

    def clauses(self, sentence: Sentence) -> list[Clause]:
        """Return the clauses of a sentence; their spans are offsets in the sentence."""
        if sentence.span not in self._clauses:
            from followup_lint.clauses import clauses

            self._clauses[sentence.span] = clauses(self.parse(sentence.span))
        return self._clauses[sentence.span]

    @property
    def parsed(self) -> tuple[Span, ...]:
        """Return the stretches that some rule has had parsed so far, in order."""
        return tuple(sorted(self._docs))

    def asks(self, sentence: Sentence) -> list[Ask]:
        """Return the asks of a sentence, with spans in the draft's text."""
        if sentence.span not in self._asks:
            from followup_lint.asks import asks

            found = asks(self.parse(sentence.span), only_orders=not self.most_asks(sentence))
            self._asks[sentence.span] = [replace(ask, span=ask.span.shift(sentence.span.start)) for ask in found]
        return self._asks[sentence.span]

    def most_asks(self, sentence: Sentence) -> int:
        """Return how many questions a sentence can put at most, by its words alone."""
        if sentence.span not in self._most:
            from followup_lint.asks.signs import most_asks

            self._most[sentence.span] = most_asks(folded(sentence.span.of(self.text)))
        return self._most[sentence.span]

    def may_limit(self, sentence: Sentence) -> bool:
        """Whether a sentence holds a time by which something is to happen, so far as its words tell."""
        if sentence.span not in self._limits:
            from followup_lint.clauses.limits import may_limit

            self._limits[sentence.span] = may_limit(re.sub(r"\s", " ", sentence.span.of(self.text)))
        return self._limits[sentence.span]

    def questions(self, sentence: Sentence) -> list[Ask]:
        """Return the asks of a sentence without its orders; one whose words ask nothing is not parsed for it."""
        if not self.most_asks(sentence):
            return []
        return [ask for ask in self.asks(sentence) if ask.form in {"direct", "indirect", "offer"}]

    @cached_property
    def pull(self) -> Bound:
        """Return how far the words of the body can pull its formality at most; no sentence is parsed for it."""
        from followup_lint.tone import Unparsed, bound

        spans = [sentence.span for sentence in self.sentences]
        near = ([mask.shift(-span.start) for mask in self.masks.over(span)] for span in spans)
        return bound([Unparsed(span.of(self.text), masked) for span, masked in zip(spans, near, strict=True)])

    @cached_property
    def formality(self) -> Formality:
        """Return how formal the body reads."""
        from followup_lint.tone import Piece, score

        return score(
            Piece(self.parse(sentence.span), sentence.span.start, self.masks.over(sentence.span))
            for sentence in self.sentences
        )
