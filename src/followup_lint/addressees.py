"""Whom a greeting names, one by one: people, or a group of them."""

from __future__ import annotations

import re
from functools import cache

from followup_lint import patterns
from followup_lint.draft import BlockKind
from followup_lint.people import fold, is_title, words_of
from followup_lint.reading import Reading
from followup_lint.records import dataclass
from followup_lint.structure.greeting import salutation_end
from followup_lint.text import Span
from followup_lint.vocabulary import vocabulary

_PIECES = patterns.lazy(r"\s*(?:[,;:!]|/|&|\b(?:and|und|et|y|og|och)\b)\s*", re.IGNORECASE)
_BLANK = patterns.lazy(r"[\[\]{}<>_]|XX")


@dataclass(frozen=True, slots=True)
class Addressee:
    """One of those greeted: where, the title and the names it is made of. Without names it is a group or a title."""

    span: Span
    title: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Salutation:
    """A greeting: where, the words that open it ("Dear"), and those greeted. `blank`: a slot of a template is in it."""

    span: Span
    opening: str
    addressees: tuple[Addressee, ...]
    blank: bool


def greeted(reading: Reading) -> Salutation | None:
    """Return the greeting taken apart, or None where there is none."""
    for block in reading.draft.of_kind(BlockKind.GREETING)[:1]:
        words = block.span.of(reading.text)
        end = salutation_end(words)
        company = {fold(word) for name in _company(reading) for word in words_of(name)}
        found = []
        here = end
        for piece in [*_PIECES.finditer(words, end), None]:
            stop = piece.start() if piece else len(words)
            again = salutation_end(words[here:stop])
            if found_one := _addressee(words[here + again : stop], company):
                start = block.span.start + here + again
                found.append(Addressee(Span(start, block.span.start + stop), *found_one))
            here = piece.end() if piece else stop
        return Salutation(block.span, words[:end].strip(" ,!."), tuple(found), bool(_BLANK.search(words)))
    return None


def is_group_word(word: str) -> bool:
    """Whether a word of a greeting is for people not named ("team", "Hiring", "sir")."""
    return fold(word).strip(".") in _group_words()


def same_person(one: str, other: str) -> bool:
    """Whether two given names can be the same person's: "Bill" and "William"."""
    return one == other or any(one in family and other in family for family in _families("families"))


def same_name(one: str, other: str) -> bool:
    """Whether two given names are the same, spelt apart: "Stephen" and "Steven"."""
    return any(one in family and other in family for family in _families("variants"))


def _company(reading: Reading) -> tuple[str, ...]:
    return reading.context.company.spellings if reading.context.company else ()


def _addressee(words: str, company: set[str]) -> tuple[str, tuple[str, ...]] | None:
    parts = words_of(words)
    if not parts:
        return None
    # "Dear Northwind team": what stands before a word for a group belongs to it.
    if fold(parts[-1]) in _collective():
        return "", ()
    title = next((part for part in parts if is_title(part)), "")
    names = [part for part in parts if not is_title(part) and not is_group_word(part)]
    if len(names) > 1:
        names = [name for name in names if fold(name) not in _words("particles") or name[0].isupper()]
    if names and {fold(name) for name in names} <= company and not title:
        return "", ()
    capital = [name for name in names if name[0].isupper()]
    return title, tuple(capital or (names if title or len(names) == 1 else ()))


@cache
def _group_words() -> frozenset[str]:
    people, structure = vocabulary("people"), vocabulary("structure")
    whole = {word for entry in structure["whole_greetings"] for word in entry.split()}
    return frozenset({*structure["addressees"], *people["departments"], *whole}) - _words("particles")


@cache
def _collective() -> frozenset[str]:
    return frozenset(vocabulary("people")["departments"]) | _words("collective")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(vocabulary("addressees")[name])


@cache
def _families(name: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(entry.split()) for entry in vocabulary("addressees")[name])
