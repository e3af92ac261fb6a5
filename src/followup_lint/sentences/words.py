"""The words that decide where sentences end, as sets."""

from __future__ import annotations

from functools import cache

from followup_lint.records import dataclass, fields
from followup_lint.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of `rules/vocabulary/sentences.yaml`; see the comments there for what each is for."""

    titles: frozenset[str]
    linkers: frozenset[str]
    before_numbers: frozenset[str]
    months_and_days: frozenset[str]
    may_end: frozenset[str]
    clock: frozenset[str]
    after_clock: frozenset[str]
    starters: frozenset[str]
    run_on_starters: frozenset[str]
    restarters: frozenset[str]
    restarters_after_names: frozenset[str]
    slip_before: frozenset[str]
    open_words: frozenset[str]
    labels: frozenset[str]
    greetings: frozenset[str]
    sign_offs: frozenset[str]
    names_with_marks: frozenset[str]
    endings: frozenset[str]


@cache
def words() -> Words:
    """Return the lists, read once a process."""
    lists = vocabulary("sentences")
    return Words(**{field.name: frozenset(lists[field.name]) for field in fields(Words)})


def plain(word: str) -> str:
    """Return a word as the lists spell it: lower case, straight apostrophes."""
    return word.lower().replace("’", "'")


def opens_sentence(word: str) -> bool:
    """Whether a word is one that opens sentences ("We", "Thanks", "I'm"), whatever its case."""
    spelled = plain(word)
    return spelled in words().starters or spelled.partition("'")[0] in words().starters
