"""Facts that let a busy reader place the message: which job, which day, who writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Literal

from followup_lint import patterns
from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.draft import BlockKind
from followup_lint.people import fold, is_title, words_of
from followup_lint.phrases import check_phrases
from followup_lint.reading import Reading
from followup_lint.records import dataclass
from followup_lint.stretches import Layers
from followup_lint.table import Table, pick
from followup_lint.text import Span

_REPLY = patterns.lazy(r"\s*(?:re|aw|sv|antw|vs)\s*(?:\[\d+\])?:", re.IGNORECASE)
_NAMED = patterns.lazy(
    r"(?:[Tt]his is|[Mm]y name is|[Ii]t['’]s|[Ii] am|[Ii]['’]m|[Hh]ere is)\s+"
    r"((?:[^\W\d_][\w.'’-]*\s+){1,3}[^\W\d_][\w'’-]+)"
)
_SHORT, _PREFIX = 3, 5

Fact = Literal["role", "day", "sender", "terms"]
_SHOWN = {
    "role": "the role",
    "day": "the day of the interview",
    "sender": "your full name",
    "terms": "what was agreed",
}


@dataclass(frozen=True)
class Check:
    """Ask that the subject and body together give at least `need` of the facts in `of`.

    The role is given by a word of the context's role or a `role` phrase (one overlapping a `bare` phrase does not
    count), the day by a `day` phrase, the sender by a full name in the signature, the From header or the words. A reply
    in a thread needs only `reply` of them. The terms of an offer are given by a `terms` phrase, or by the context where
    they are attached. Messages under `min_words` words are left to other rules. With `where`, only a message that says
    one of these phrases is asked, and the finding is at that place; a phrase that overlaps one of `unless` is not said.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"missing"})

    of: tuple[Fact, ...]
    need: int = 1
    reply: int = 1
    min_words: Table[int] = 0
    role: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    day: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    def verify(self) -> None:
        """Compile every phrase, so that a broken one is told at load."""
        check_phrases(self.role, self.bare, self.day, self.terms, self.where, self.unless)

    def lacks(self, context: Context) -> str:
        """Return nothing: what is named shows in the words."""
        return ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield one finding where too few of the facts are given, at the nearest miss if there is one."""
        if reading.prose.word_count < (pick(self.min_words, reading.context.traits) or 0):
            return
        said = self._said(reading)
        if self.where and said is None:
            return
        given = {"role": self._role, "day": self._day, "sender": _sender, "terms": self._terms}
        missing = [fact for fact in self.of if not given[fact](reading)]
        need = min(self.need, self.reply) if _is_reply(reading) else self.need
        if len(self.of) - len(missing) < need:
            bare = [span for stretch in _stretches(reading) for span in reading.find(self.bare, stretch)]
            values = (("missing", _listed([_SHOWN[fact] for fact in missing])),)
            spot = said or (bare[0] if bare and "role" in missing else reading.opening)
            yield Finding(spot, values, "near" if spot in bare else "absent")

    def _role(self, reading: Reading) -> bool:
        stems = {_stem(word) for word in words_of(reading.context.role) if len(word) > _SHORT or word.isupper()}
        for stretch in _stretches(reading):
            words = words_of(stretch.of(reading.text).replace("/", " "))
            parts = {part for word in words for part in (word, *word.split("-"))}
            if stems & {_stem(part) for part in parts} or any(_shortens(part, reading.context.role) for part in parts):
                return True
            bare = Layers.of(reading.find(self.bare, stretch))
            if not all(bare.over(span) for span in reading.find(self.role, stretch)):
                return True
        return False

    def _said(self, reading: Reading) -> Span | None:
        """Return the first place that says one of the `where` phrases and none of `unless`."""
        for block in reading.draft.body:
            no = Layers.of(reading.find(self.unless, block.span))
            for span in reading.find(self.where, block.span):
                if not no.over(span):
                    return span
        return None

    def _terms(self, reading: Reading) -> bool:
        return bool(reading.context.terms) or any(reading.search(self.terms, part) for part in _stretches(reading))

    def _day(self, reading: Reading) -> bool:
        return any(reading.search(self.day, stretch) for stretch in _stretches(reading))


def _stretches(reading: Reading) -> list[Span]:
    header = reading.draft.header("Subject")
    return [*([header.span] if header else []), *(block.span for block in reading.draft.body)]


def _stem(word: str) -> str:
    """Return enough of a word to know it again: engineer and engineering, nurse and nursing."""
    folded = fold(word)
    return folded[: max(_PREFIX - 1, len(folded) - 3)] if len(folded) > _PREFIX else folded


def _shortens(word: str, role: str) -> bool:
    """Whether a word is a role's word cut short: "vet tech", "admin"."""
    return len(word) >= _SHORT and any(
        fold(full).startswith(fold(word)) and len(full) > len(word) + 2 for full in words_of(role)
    )


def _sender(reading: Reading) -> bool:
    header = reading.draft.header("From")
    if header and len(words_of(header.value.partition("<")[0])) > 1 and "@" not in header.value.partition("<")[0]:
        return True
    kinds = {BlockKind.SIGNATURE, BlockKind.SIGN_OFF}
    lines = [
        line.of(reading.text)
        for block in reading.draft.blocks
        if block.kind in kinds
        for line in reading.draft.lines.spans(block.span)
    ]
    body = " ".join(block.span.of(reading.text) for block in reading.draft.body)
    said = [match[1] for match in _NAMED.finditer(body)]
    return any(_is_full(words_of(line)) for line in (*lines, *said))


def _is_full(words: tuple[str, ...]) -> bool:
    """Whether two words that are no titles are written as names."""
    return sum(word[:1].isupper() and not is_title(word) for word in words) > 1


def _is_reply(reading: Reading) -> bool:
    subject = reading.draft.header("Subject")
    answers = any(reading.draft.header(name) for name in ("In-Reply-To", "References"))
    return answers or bool(subject and _REPLY.match(subject.value))


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
