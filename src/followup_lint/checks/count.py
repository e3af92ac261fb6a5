"""How often something happens, against a budget."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Literal

from followup_lint import patterns
from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.prose import Sentence
from followup_lint.reading import Reading
from followup_lint.records import dataclass, field
from followup_lint.table import Table, pick
from followup_lint.text import Span, trim

_EXCLAMATION = patterns.lazy(r"(?<![#/])!+(?![=\[\w])")
# "the Yahoo! people", "Jeopardy!'s host": a mark in mid-sentence belongs to a name.
_IN_NAME = patterns.lazy(r"(?<=[a-z,] )[A-Z]\w+!(?=['’]s\b|,? [a-z])")
_GREETING = patterns.lazy(r"\W*(?:hi|hello|hey|dear|good \w+|greetings)\b[^.!?\r\n]{0,40}!+\s", re.IGNORECASE)
_URL = patterns.lazy(
    r"(?<![\w@.])(?:https?://[^\s<>()\[\]\"]+|www\.[^\s<>()\[\]\"]+"
    r"|(?<!-)(?:[a-z0-9-]++\.)+(?:com|org|net|io|dev|me|co|uk|design|app|edu|info|eu|de|fr|in|ly|be|tv|art)\b"
    r"(?!@|\.\w)(?:/[^\s<>()\[\]\"]*)?)(?<![.,;:!?'’*_])"
)
_WH = r"(?:who|whom|whose|what|when|where|why|how|which)"
# "when and how" asks once in two words; "and if not, never mind" asks nothing.
_NOT_CLAUSE = patterns.lazy(
    rf"\b{_WH}\s*(?:,|and\b|or\b|/)|\bif\s+(?:not|so|possible|needed|necessary|any)\b", re.IGNORECASE
)
_QUESTION = patterns.lazy(
    rf"\s+(?:(?:in|about|of|on|me|us|to|know|exactly|just)\s+){{0,3}}(?:{_WH}|whether)\b", re.IGNORECASE
)
_NEXT = patterns.lazy(
    rf"(?:,|\band\b|\bor\b)\s+(?:(?:also|by|on|with|from|in|at|to)\s+)?(?:{_WH}|whether)\b", re.IGNORECASE
)
_NOT_FILES = (".asc", ".sig", ".p7s", ".vcf", ".ics")


@dataclass(frozen=True)
class Check:
    """Count something in the body; the finding is at the first one over the budget `max`.

    From `far` on, the finding's case is `far`. `of` names what is counted:

    - `questions`: direct and indirect ones, each question that an ask strings together; offers that ask ("May I send
      …?") are one in all; `courtesies` are phrases, for a kind or channel, of asks that are none ("Can you talk now?")
    - `clauses`: the questions of each ask apart. This and the one before find indirect questions after `frames` as well
    - `requests`: different things asked for, that is, the `categories` of which a phrase stands in an ask; an ask that
      holds a phrase of `unless` is only courtesy
    - `links`: different addresses; more than `max_attachments` files are the case `attachments`
    - `exclamations`: marks; one alone is the case `single`, doubled ones ("!!") are the case `doubled`, whatever the
      budget
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"count", "max", "list"})

    of: Literal["questions", "clauses", "requests", "links", "exclamations"]
    max: Table[int]
    far: Table[int] = 0
    categories: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unless: tuple[str, ...] = ()
    courtesies: dict[str, tuple[str, ...]] = field(default_factory=dict)
    frames: tuple[str, ...] = ()
    max_attachments: int = -1

    def lacks(self, context: Context) -> str:
        """Return nothing: what is there can always be counted."""
        return ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield one finding where the budget is passed; for `clauses`, one for each ask that passes it."""
        traits = reading.context.traits
        top, far = pick(self.max, traits), pick(self.far, traits) or 0
        if top is None:
            return
        if self.of == "clauses":
            for sentence in reading.sentences:
                for span, count in _strung(reading, sentence, self.frames):
                    if count > top:
                        yield Finding(span, (("count", count), ("max", top), ("list", "")))
        elif self.of == "requests":
            yield from self._requests(reading, top)
        else:
            yield from self._over(reading, top, far)

    def ahead(self, reading: Reading) -> Iterator[Span]:
        """Yield the sentences that may ask, where there may be too many of them."""
        top = pick(self.max, reading.context.traits)
        if self.of == "questions" and top is not None:
            most = _bounds(reading, self.frames)
            left = sum(most.values()) - top
            for sentence, bound in most.items():
                if left <= 0:
                    return  # if none of these asks after all, the rest is not too much
                yield sentence.span
                left -= bound

    def evidence(self, reading: Reading) -> Iterator[Span]:
        """Yield each thing that counts against the budget; a place that counts twice comes twice."""
        if self.of == "questions":
            yield from _questions(reading, self.frames, pick(self.courtesies, reading.context.traits) or ())
        elif self.of in {"links", "exclamations"}:
            yield from _links(reading) if self.of == "links" else _exclamations(reading)

    def measured(self, reading: Reading) -> tuple[int, int | None]:
        """Return how many there are, and how many may be; None where there is no such budget for this message."""
        is_told = self.of in {"questions", "links", "exclamations"}
        return sum(1 for _ in self.evidence(reading)), pick(self.max, reading.context.traits) if is_told else None

    def _over(self, reading: Reading, top: int, far: int) -> Iterator[Finding]:
        if self.of == "questions" and _at_most(reading, self.frames, top):
            return
        spans = list(self.evidence(reading))
        count = len(spans)
        related = tuple(dict.fromkeys(spans))
        doubled = [span for span in spans if self.of == "exclamations" and span.end - span.start > 1]
        values: tuple[tuple[str, str | int], ...] = (
            ("count", count),
            ("max", top),
            ("list", _joined(reading, related)),
        )
        files = [name for name in reading.draft.attachments if not name.lower().endswith(_NOT_FILES)]
        if doubled:
            yield Finding(doubled[0], values, "doubled", related=related)
        elif count > top:
            case = "far" if far and count >= far else "single" if count == 1 else "over"
            yield Finding(spans[top], values, case, related=related)
        elif self.of == "links" and len(files) > self.max_attachments >= 0:
            values = (("count", len(files)), ("max", self.max_attachments), ("list", ", ".join(files)))
            yield Finding(reading.opening, values, "attachments")

    def _requests(self, reading: Reading, top: int) -> Iterator[Finding]:
        found: dict[str, Span] = {}
        for ask in _asks(reading, offers=True):
            if reading.search(self.unless, ask):
                continue
            for name, phrases in self.categories.items():
                match = reading.search(phrases, ask)
                if match and name not in found:
                    found[name] = match
        if len(found) <= top:
            return
        order = sorted(found, key=lambda name: found[name])
        span = found[order[top]]
        pattern = next((phrase for phrase in self.categories[order[top]] if reading.search((phrase,), span)), "")
        values = (("count", len(found)), ("max", top), ("list", ", ".join(order)))
        yield Finding(span, values, "over", pattern, tuple(found[name] for name in order))


def _joined(reading: Reading, spans: tuple[Span, ...]) -> str:
    shown = [re.sub(r"\s+", " ", span.of(reading.text)) for span in spans]
    return " · ".join(words if len(words) <= 40 else words[:37].rstrip() + "…" for words in shown)  # noqa: PLR2004


def _asks(reading: Reading, *, offers: bool) -> Iterator[Span]:
    """Yield the asks that want something of the reader; an offer does if it is put as a question."""
    from followup_lint.asks import Form

    for sentence in reading.sentences:
        for ask in reading.asks(sentence):
            asked = ask.span.of(reading.text).rstrip().endswith("?")
            if not reading.is_masked(ask.span) and (
                ask.form in {Form.DIRECT, Form.INDIRECT, Form.IMPERATIVE}
                or (offers and asked and ask.form is Form.OFFER)
            ):
                yield ask.span


def _strung(reading: Reading, sentence: Sentence, frames: tuple[str, ...]) -> list[tuple[Span, int]]:
    """Return each thing asked in a sentence, and how many questions it strings together.

    What the parse of a long sentence misses, the words of `frames` may show: "it would help to know who …".
    """
    from followup_lint.asks import Form

    found = [
        (ask.span, ask.clauses)
        for ask in reading.questions(sentence)
        if ask.form in {Form.DIRECT, Form.INDIRECT} and not reading.is_masked(ask.span)
    ]
    opened = reading.find(frames, sentence.span)
    for here, frame in enumerate(opened):
        end = opened[here + 1].start if here + 1 < len(opened) else sentence.span.end
        if not _QUESTION.match(reading.masked, frame.end, end):
            continue
        count = 1 + len(_NEXT.findall(reading.masked, frame.end, end))
        same = [item for item in found if item[0].overlaps(frame)]
        if not same:
            found.append((trim(reading.text, Span(frame.start, end)), count))
        elif len(same) == 1 and same[0][1] < count:
            found[found.index(same[0])] = (same[0][0], count)
    return sorted(found)


def _at_most(reading: Reading, frames: tuple[str, ...], top: int) -> bool:
    """Whether there are no more than `top` questions, found without parsing more sentences than it takes to know."""
    most = _bounds(reading, frames)
    total = sum(most.values())
    for sentence, bound in most.items():
        if total <= top:
            return True
        asked = sum(max(1, count) for _, count in _strung(reading, sentence, frames))
        total += min(bound, asked + len(_offers(reading, sentence))) - bound
    return total <= top


def _bounds(reading: Reading, frames: tuple[str, ...]) -> dict[Sentence, int]:
    """Return how many questions each sentence that may ask can put at most, the least likely to ask first."""

    def work() -> dict[Sentence, int]:
        most = {sentence: _most(reading, sentence, frames) for sentence in reading.sentences}
        likely = sorted(most.items(), key=lambda item: ("?" in item[0].span.of(reading.text), -item[1]))
        return {sentence: bound for sentence, bound in likely if bound}

    return reading.once(frames, work)


def _most(reading: Reading, sentence: Sentence, frames: tuple[str, ...]) -> int:
    opened = reading.find(frames, sentence.span)
    return reading.most_asks(sentence) + sum(
        1 + len(_NEXT.findall(reading.masked, frame.end, sentence.span.end)) for frame in opened
    )


def _offers(reading: Reading, sentence: Sentence) -> list[Span]:
    """Return the offers that a sentence puts as questions."""
    spans = [ask.span for ask in reading.questions(sentence) if ask.form == "offer"]
    return [span for span in spans if span.of(reading.masked).rstrip().endswith("?")]


def _questions(reading: Reading, frames: tuple[str, ...], courtesies: tuple[str, ...]) -> Iterator[Span]:
    offered = False
    for sentence in reading.sentences:
        for span, clauses in _strung(reading, sentence, frames):
            if reading.search(courtesies, span):
                continue
            yield from [span] * max(1, clauses - len(_NOT_CLAUSE.findall(reading.masked, span.start, span.end)))
        offers = [span for span in _offers(reading, sentence) if not reading.search(courtesies, span)]
        if offers and not offered:
            offered = True
            yield offers[0]


def _links(reading: Reading) -> Iterator[Span]:
    seen: set[str] = set()
    for block in reading.draft.body:
        for match in _URL.finditer(reading.text, block.span.start, block.span.end):
            address = re.sub(r"^https?://(www\.)?|^www\.", "", match.group()).rstrip("/")
            if address not in seen and not reading.is_named(Span(*match.span())):
                seen.add(address)
                yield Span(*match.span())


def _exclamations(reading: Reading) -> Iterator[Span]:
    company = reading.context.company
    names = tuple(
        re.escape(word) for name in (company.spellings if company else ()) for word in name.split() if "!" in word
    )
    for number, block in enumerate(reading.draft.body):
        start, end = block.span.start, block.span.end
        hidden = [Span(*match.span()) for match in _IN_NAME.finditer(reading.text, start, end)]
        hidden += [Span(*match.span()) for name in names for match in re.finditer(name, reading.text[:end])]
        if not number and (greeting := _GREETING.match(reading.text, start, end)):
            hidden.append(Span(*greeting.span()))
        for match in _EXCLAMATION.finditer(reading.masked, start, end):
            span = Span(*match.span())
            if not any(other.covers(span) for other in hidden):
                yield span
