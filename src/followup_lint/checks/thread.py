"""A message against the drafts beside it: the same words again, nothing new, another firm's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from followup_lint import patterns
from followup_lint.context import STATUS_KINDS, Context, Kind
from followup_lint.diagnostic import Finding
from followup_lint.draft import BlockKind
from followup_lint.other import Other
from followup_lint.people import fold, words_of
from followup_lint.phrases import check_phrases
from followup_lint.prose import Sentence
from followup_lint.reading import Reading
from followup_lint.records import dataclass
from followup_lint.text import Span
from followup_lint.thread.keys import companies_of
from followup_lint.thread.quoted import quoted_own
from followup_lint.when import days_between

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORD = patterns.lazy(r"[^\W_]+(?:['’-][^\W_]+)*")
_LINK = patterns.lazy(r"https?://|www\.", re.IGNORECASE)
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_QUESTION_WORDS = frozenset({"WDT", "WP", "WP$", "WRB"})
_TELLING = frozenset({"NN", "VB", "JJ", "CD"})
_ASKING = frozenset({"direct", "indirect", "imperative"})


@dataclass(frozen=True)
class Check:
    """Compare the body with other drafts: those of the same thread that went before, and those of the same interview.

    `alike` finds a body that shares at least `similar` of its runs of `run` words (names masked) with an earlier
    message or with the note to another interviewer; bodies under `least` words are not compared. `nothing-new` finds a
    status message without a noun that the earlier ones lack; `plain` nouns are no news. `company` finds the name of a
    firm that only another draft is about; a sentence with an `unless` phrase may name it. `question` finds an ask that
    an earlier, unanswered message has too: the question word is the same, and of the words that tell what it is about
    at least `similar` are; an ask with an `unless` phrase is not compared. `pressure` finds the first of the `presses`
    phrases where this is at least the `least`th status message in `days` days, all unanswered.
    """

    HISTORY: ClassVar[bool] = True
    VALUES: ClassVar[frozenset[str]] = frozenset({"other", "percent", "name", "right", "count", "elapsed"})

    of: Literal["alike", "nothing-new", "company", "question", "pressure"]
    similar: float = 0.8
    run: int = 3
    least: int = 8
    plain: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    presses: tuple[str, ...] = ()
    days: int = 14

    def verify(self) -> None:
        """Compile every phrase, so that a broken one is told at load."""
        check_phrases(self.unless, self.presses)

    def lacks(self, context: Context) -> str:
        """Return the fact that is missing: the firm, for the name of another; what went before, for a tally."""
        if self.of == "company":
            return "" if context.company else "company"
        return ("" if context.previous else "previous") if self.of == "pressure" else ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield one finding for the likest draft, or each foreign name once."""
        judges = {
            "alike": self._alike,
            "nothing-new": self._nothing_new,
            "company": self._company,
            "question": self._question,
            "pressure": self._pressure,
        }
        yield from judges[self.of](reading)

    def _alike(self, reading: Reading) -> Iterator[Finding]:
        mine = self._runs(reading)
        if not mine:
            return
        best: tuple[float, str, str, tuple[tuple[str, int], ...]] = (0.0, "", "", ())
        for other in reading.others:
            case = _relation(reading, other)
            if not case:
                continue
            theirs = self._runs(Reading(other.draft, other.context, reading.language))
            share = len(mine & theirs) / len(mine | theirs)
            best = max(best, (share, other.name, case, _at(other)))
        share, name, case, where = best
        if share >= self.similar:
            values = (("other", name), ("percent", round(share * 100)))
            yield Finding(reading.opening, values, case, elsewhere=where)

    def _runs(self, reading: Reading) -> frozenset[tuple[str, ...]]:
        words = [fold(word) for span in reading.words for word in _WORD.findall(span.of(reading.masked)) or ["_"]]
        if len(words) < self.least:
            return frozenset()
        return frozenset(tuple(words[place : place + self.run]) for place in range(len(words) - self.run + 1))

    def _nothing_new(self, reading: Reading) -> Iterator[Finding]:
        quoted = quoted_own(reading.draft)
        earlier = [
            other
            for other in reading.others
            if other.in_thread and other.is_earlier and other.context.kind in STATUS_KINDS
        ]
        body = " ".join(block.span.of(reading.text) for block in reading.draft.body)
        if not body or not (earlier or quoted) or _LINK.search(body) or reading.draft.attachments:
            return
        texts = (*quoted, *(other.draft.text for other in earlier))
        said = {fold(word.rstrip(".")) for text in texts for word in words_of(text)}
        if not any({fold(noun.text), fold(noun.lemma_)}.isdisjoint(said) for noun in self._nouns(reading)):
            name = earlier[0].name if earlier else "the message quoted below"
            where = tuple(place for other in earlier for place in _at(other))
            yield Finding(reading.opening, (("other", name),), "nothing-new", elsewhere=where)

    def _nouns(self, reading: Reading) -> Iterator[Token]:
        """Yield the nouns of the body that could be news: no names, no plain words, nothing from the subject."""
        subject = reading.draft.header("Subject")
        known = {*self.plain, *(fold(word) for word in words_of(subject.value if subject else ""))}
        for sentence in reading.sentences:
            for token in reading.parse(sentence.span):
                place = Span(token.idx, token.idx + len(token)).shift(sentence.span.start)
                is_known = bool({fold(token.text), token.lemma_.lower()} & known) or reading.is_masked(place)
                if token.tag_ in _NOUNS and len(token) > 1 and not is_known:
                    yield token

    def _company(self, reading: Reading) -> Iterator[Finding]:
        foreign = _foreign(reading)
        told: list[Other] = []
        for stretch in _stretches(reading):
            for name, where in foreign.items():
                match = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)").search(reading.text, stretch.start, stretch.end)
                if match is None or where in told or reading.search(self.unless, stretch):
                    continue
                span = Span(*match.span())
                if not reading.is_masked(span) and (" " in name or _is_name(reading, stretch, span)):
                    told.append(where)
                    values = (("name", name), ("other", where.name), ("right", str(reading.context.company)))
                    yield Finding(span, values, "company", elsewhere=_at(where))

    def _question(self, reading: Reading) -> Iterator[Finding]:
        asked = [(span, about) for span, about in self._asked(reading) if about]
        if not asked:
            return
        earlier = [
            (other, span, about)
            for other in reading.others
            if other.in_thread and other.is_earlier and _is_unanswered(reading.context, other)
            for span, about in self._asked(Reading(other.draft, other.context, reading.language))
        ]
        for span, about in asked:
            for other, place, theirs in earlier:
                if len(about & theirs) / len(about | theirs) >= self.similar and _asking(about) == _asking(theirs):
                    yield Finding(span, (("other", other.name),), "again", elsewhere=_at(other, place))
                    break

    def _asked(self, reading: Reading) -> Iterator[tuple[Span, frozenset[str]]]:
        """Yield each ask with the words that tell what it is about, the question word marked with a `?`."""
        for sentence in reading.sentences:
            for ask in reading.asks(sentence):
                if ask.form.value in _ASKING and not reading.search(self.unless, ask.span):
                    yield ask.span, self._about(reading, sentence, ask.span)

    def _about(self, reading: Reading, sentence: Sentence, span: Span) -> frozenset[str]:
        words: set[str] = set()
        for token in reading.parse(sentence.span):
            place = Span(token.idx, token.idx + len(token)).shift(sentence.span.start)
            if span.covers(place) and not reading.is_masked(place):
                if token.tag_ in _QUESTION_WORDS:
                    words.add("?" + token.lower_)
                elif token.tag_[:2] in _TELLING and not {fold(token.text), token.lemma_.lower()} & {*self.plain}:
                    # "parking" is a noun or a form of "park", as the tagger will have it.
                    words.add(token.lemma_.lower().removesuffix("ing"))
        return frozenset(words) if any(not word.startswith("?") for word in words) else frozenset()

    def _pressure(self, reading: Reading) -> Iterator[Finding]:
        context = reading.context
        if context.date is None:
            return
        gaps = [days_between(item.date, context.date) for item in context.unanswered if item.kind in STATUS_KINDS]
        near = [gap for gap in gaps if 0 <= gap <= self.days]
        if not near or len(near) + 1 < self.least:
            return
        for sentence in reading.sentences:
            if found := reading.search(self.presses, sentence.span):
                yield Finding(found, (("count", len(near) + 1), ("elapsed", max(near))), "pressure")
                return


def _relation(reading: Reading, other: Other) -> str:
    """Return `earlier` for a message of this thread, `panel` for a note to somebody else about this interview."""
    if other.context.kind is Kind.CORRECTION:
        return ""
    if other.in_thread:
        return "earlier" if other.is_earlier else ""
    return "panel" if other.same_interview and other.context.kind is reading.context.kind else ""


def _at(other: Other, span: Span | None = None) -> tuple[tuple[str, int], ...]:
    """Return the place of another draft's words, its body's first unless a span is given."""
    body = other.draft.body
    start = span.start if span else body[0].span.start if body else 0
    return ((other.draft.path, other.draft.place(start).line if not other.draft.is_mail else 0),)


def _is_unanswered(context: Context, other: Other) -> bool:
    date = other.context.date
    return any(item.file == other.name or (date and item.date.day == date.day) for item in context.unanswered)


def _asking(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if word.startswith("?"))


def _foreign(reading: Reading) -> dict[str, Other]:
    """Return the names of firms that only other drafts are about, with the first draft that gives each."""
    context = reading.context
    mine = {*companies_of(context.company), *map(fold, context.my_employers)}
    found: dict[str, Other] = {}
    for other in reading.others:
        company = other.context.company
        if company is None or other.in_thread or mine & companies_of(company):
            continue
        for name in company.spellings:
            if len(name) > 2 and not any(fold(name) in own or own in fold(name) for own in mine):  # noqa: PLR2004  (no initials)
                found.setdefault(name, other)
    return found


def _stretches(reading: Reading) -> list[Span]:
    subject = reading.draft.header("Subject")
    greeting = [block.span for block in reading.draft.of_kind(BlockKind.GREETING)]
    return [*([subject.span] if subject else []), *greeting, *(sentence.span for sentence in reading.sentences)]


def _is_name(reading: Reading, stretch: Span, span: Span) -> bool:
    """Whether a single word is used as a name: a firm may be called Target."""
    shifted = span.shift(-stretch.start)
    return any(
        token.tag_ in {"NNP", "NNPS"} and token.idx < shifted.end and shifted.start < token.idx + len(token)
        for token in reading.parse(stretch)
    )
