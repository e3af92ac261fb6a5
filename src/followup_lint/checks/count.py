"""How often something happens, against a budget."""

from __future__ import annotations

import re
from collections.abc import Iterator

from followup_lint import patterns
from followup_lint.asked import ahead, at_most, questions, strung, wanted
from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.phrases import check_phrases
from followup_lint.reading import Reading
from followup_lint.records import dataclass, field
from followup_lint.stretches import Layers
from followup_lint.table import Table, pick
from followup_lint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar, Literal

_SPACE = patterns.lazy(r"\s+")
_EXCLAMATION = patterns.lazy(r"(?<![#/])!+(?![=\[\w])")
# "the Yahoo! people", "Jeopardy!'s host": a mark in mid-sentence belongs to a name.
_IN_NAME = patterns.lazy(r"(?<=[a-z,] )[A-Z]\w+!(?=['’]s\b|,? [a-z])")
_GREETING = patterns.lazy(r"\W*(?:hi|hello|hey|dear|good \w+|greetings)\b[^.!?\r\n]{0,40}!+\s", re.IGNORECASE)
_URL = patterns.lazy(
    r"(?<![\w@.])(?:https?://[^\s<>()\[\]\"]+|www\.[^\s<>()\[\]\"]+"
    r"|(?<!-)(?:[a-z0-9-]++\.)+(?:com|org|net|io|dev|me|co|uk|design|app|edu|info|eu|de|fr|in|ly|be|tv|art)\b"
    r"(?!@|\.\w)(?:/[^\s<>()\[\]\"]*)?)(?<![.,;:!?'’*_])"
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
    WAITS: ClassVar[bool] = True

    of: Literal["questions", "clauses", "requests", "links", "exclamations"]
    max: Table[int]
    far: Table[int] = 0
    categories: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unless: tuple[str, ...] = ()
    courtesies: dict[str, tuple[str, ...]] = field(default_factory=dict)
    frames: tuple[str, ...] = ()
    max_attachments: int = -1

    def verify(self) -> None:
        """Compile every phrase, so that a broken one is told at load."""
        check_phrases(self.unless, self.frames, *self.categories.values(), *self.courtesies.values())

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
                for span, count in strung(reading, sentence, self.frames):
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
            yield from ahead(reading, self.frames, top)

    def evidence(self, reading: Reading) -> Iterator[Span]:
        """Yield each thing that counts against the budget; a place that counts twice comes twice."""
        if self.of == "questions":
            yield from questions(reading, self.frames, pick(self.courtesies, reading.context.traits) or ())
        elif self.of in {"links", "exclamations"}:
            yield from _links(reading) if self.of == "links" else _exclamations(reading)

    def measured(self, reading: Reading) -> tuple[int, int | None]:
        """Return how many there are, and how many may be; None where there is no such budget for this message."""
        is_told = self.of in {"questions", "links", "exclamations"}
        return sum(1 for _ in self.evidence(reading)), pick(self.max, reading.context.traits) if is_told else None

    def _over(self, reading: Reading, top: int, far: int) -> Iterator[Finding]:
        if self.of == "questions" and at_most(reading, self.frames, top):
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
        for ask in wanted(reading, offers=True):
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
    shown = [_SPACE.sub(" ", span.of(reading.text)) for span in spans]
    return " · ".join(words if len(words) <= 40 else words[:37].rstrip() + "…" for words in shown)  # noqa: PLR2004


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
        layers = Layers.of(hidden)
        for match in _EXCLAMATION.finditer(reading.masked, start, end):
            span = Span(*match.span())
            if not layers.cover(span):
                yield span
