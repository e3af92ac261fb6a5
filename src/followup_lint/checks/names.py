"""Names in the message, against those in the context."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Literal

from followup_lint import patterns
from followup_lint.addressees import greeted, is_group_word, same_name, same_person
from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.dictionary import is_ordinary
from followup_lint.draft import OWN, BlockKind
from followup_lint.people import fold, is_title, words_of
from followup_lint.reading import Reading
from followup_lint.records import dataclass
from followup_lint.spelling import is_close, is_slip, without_marks
from followup_lint.text import Span
from followup_lint.vocabulary import vocabulary

# Not in an address: "dana@northwind.example", "github.com/northwind".
_NAME = patterns.lazy(r"(?<![\w@/.#+-])[^\W\d_]+(?:[-'’][^\W\d_]+)*(?![@/_\w]|\.\w)")
_BEFORE = patterns.lazy(r"([^\W\d_][\w.'’-]*)\s+$")
_AFTER = patterns.lazy(r"\s+([^\W\d_][\w'’-]*)")
_REACH = 200  # code points before a word; a name is not longer
_OWN_ADDRESS = patterns.lazy(r"[^\W\d_]+")


@dataclass(frozen=True)
class Check:
    """Find a known name that is `misspelled`, or a greeting to somebody who is not the `recipient`.

    A misspelling in the greeting is told from one letter on; in the body a word must be long, no word of the
    dictionary, no part of another full name and not the writer's own name. A name without its diacritics has the
    case `marks`.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"name", "right"})

    of: Literal["misspelled", "recipient"]

    def lacks(self, context: Context) -> str:
        """Return the fact that is missing: any name at all, or the reader's."""
        if self.of == "recipient":
            return "" if any(person.is_person for person in context.to) else "to"
        return "" if context.known_people or context.company else "to"

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield every wrong name once."""
        yield from _misspelled(reading) if self.of == "misspelled" else _recipient(reading)


def _misspelled(reading: Reading) -> Iterator[Finding]:
    people, company = _known(reading.context)
    right = {fold(part) for word in (*people, *company) for part in (word, *word.split("-"))} | _writer(reading)
    exact = {part for word in (*people, *company) for part in (word, *word.split("-"))}
    plain = {plain: part for part in exact for plain in without_marks(part)}
    told: set[str] = set()
    for block in reading.draft.blocks:
        if block.kind not in OWN - {BlockKind.SIGNATURE}:
            continue
        in_greeting = block.kind is BlockKind.GREETING
        for match in _NAME.finditer(reading.text, block.span.start, block.span.end):
            word = re.sub(r"['’]s?$", "", match.group())
            folded = fold(word)
            span = Span(match.start(), match.start() + len(word))
            if not word or not word[0].isupper() or folded in told or reading.is_masked(span):
                continue
            if word in plain:
                told.add(folded)
                yield Finding(span, (("name", word), ("right", plain[word])), "marks")
            if folded in right or word in plain or is_title(word) or is_group_word(word):
                continue
            if meant := _meant(reading, span, people, company, in_greeting=in_greeting):
                told.add(folded)
                yield Finding(span, (("name", word), ("right", meant)), "letters")


def _known(context: Context) -> tuple[list[str], list[str]]:
    people = [word for person in context.known_people if person.is_person for word in person.spellings]
    words = [word for name in (context.company.spellings if context.company else ()) for word in words_of(name)]
    departments = set(vocabulary("people")["departments"])
    return [word for word in people if not is_title(word)], [word for word in words if fold(word) not in departments]


def _writer(reading: Reading) -> set[str]:
    """Return the words of the writer's own name, as the signature or the From line gives it."""
    signed = [block.span.of(reading.text) for block in reading.draft.of_kind(BlockKind.SIGNATURE)]
    sender = reading.draft.header("From")
    return {fold(word) for words in (*signed, sender.value if sender else "") for word in _OWN_ADDRESS.findall(words)}


def _meant(reading: Reading, span: Span, people: list[str], company: list[str], *, in_greeting: bool) -> str | None:
    """Return the known name that a word is a slip for, if it is hardly anything else."""
    folded = fold(span.of(reading.text))
    known_names = [*people, *([] if in_greeting else company)]
    for name in dict.fromkeys(known_names):
        known = fold(name)
        if in_greeting and same_name(folded, known):
            return name
        if same_person(folded, known) or not is_slip(folded, known, strictly=not in_greeting):
            continue
        if in_greeting or _stands_for(reading, span, name, company):
            return name
    return None


def _stands_for(reading: Reading, span: Span, name: str, company: list[str]) -> bool:
    """Whether a word of the body can be meant for the name: no ordinary word, no part of somebody else's full name."""
    if is_ordinary(span.of(reading.text), reading.language()):
        return False
    if name in company:
        return True
    before, after = (
        _BEFORE.search(reading.text, max(0, span.start - _REACH), span.start),
        _AFTER.match(reading.text, span.end),
    )
    own = {fold(word) for person in reading.context.known_people for word in person.spellings}
    ends = reading.text[max(0, span.start - 2) : span.start].strip() in {".", "!", "?"}
    others = [
        found[1]
        for found in (None if ends else before, after)
        if found and found[1][0].isupper() and not is_title(found[1]) and fold(found[1]) not in own
    ]
    return not any(not is_ordinary(word, reading.language()) for word in others)


def _recipient(reading: Reading) -> Iterator[Finding]:
    greeting = greeted(reading)
    people = [person for person in reading.context.to if person.is_person and "@" not in person.name]
    if not greeting or greeting.blank or not people or _is_shared_mailbox(reading):
        return
    company = {fold(word) for name in _company(reading.context) for word in words_of(name)}
    words = [word for person in (*people, *reading.context.cc) for word in person.spellings]
    right = {part for word in words for part in (fold(word), *fold(word).split("-"))}
    if right <= company:
        return  # "To: Northwind Robotics": whoever reads there
    named = [addressee for addressee in greeting.addressees if addressee.names]
    for addressee in named:
        if any(_fits(fold(word), right) for word in addressee.names):
            return
    if named and len(named) == len(greeting.addressees):
        first = named[0].names[0]
        start = reading.text.index(first, named[0].span.start)
        yield Finding(Span(start, start + len(first)), (("name", first), ("right", people[0].name)), "other")


def _company(context: Context) -> tuple[str, ...]:
    return context.company.spellings if context.company else ()


def _is_shared_mailbox(reading: Reading) -> bool:
    header = reading.draft.header("To")
    boxes = re.findall(r"(?<![\w.+-])([\w.+-]++)@", header.value) if header else []
    departments = {*vocabulary("people")["departments"], "apply", "contact", "hello", "mail", "enquiries", "inquiries"}
    return any(departments & set(re.split(r"[._+-]", box.lower())) for box in boxes)


def _fits(word: str, right: set[str]) -> bool:
    """A nickname or a slip of the pen is no wrong person: that is for the other rule, or for nobody."""
    parts = {word, *word.split("-")}
    return any(
        part in right or is_close(part, name) or same_person(part, name) or same_name(part, name)
        for part in parts
        for name in right
    )
