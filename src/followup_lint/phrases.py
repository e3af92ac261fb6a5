"""Phrases as rule authors write them, compiled to regular expressions.

A phrase is a regular expression over whole words: a space stands for any white space, `'` for any apostrophe, case does
not matter, `(a|b)` only groups, and `<name>` stands for a list in `rules/vocabulary/words.yaml`.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import cached_property, lru_cache
from itertools import chain

from followup_lint import patterns
from followup_lint.literals import Needs, Places, holds
from followup_lint.needs import told
from followup_lint.records import dataclass
from followup_lint.vocabulary import vocabulary

_GROUP = patterns.lazy(r"(?<!\\)\((?!\?)")
_LIST = patterns.lazy(r"(?<!\(\?)(?<!\(\?P)<([a-z][a-z-]*)>")
_SPACE = patterns.lazy(r"\[\^?\]?(?:\\.|[^\]\\])*\]|\\\[| [?+]?")
_FEW = 12  # phrases that are looked at one after the other: to look them up takes longer
_DEEPEST = 4  # lists that name lists that name lists


def expand(phrase: str) -> str:
    """Return the regular expression for one phrase. Raises KeyError for an unknown list, re.error for bad syntax."""
    for _ in range(_DEEPEST):
        phrase = _LIST.sub(lambda match: f"(?:{'|'.join(vocabulary('words')[match[1]])})", phrase)
    return phrase


def _spaced(match: re.Match[str]) -> str:
    # Possessive: two spaces with nothing but optional words between them could else share a long blank in many ways.
    return r"\s++" if match[0].startswith(" ") else match[0].replace(" ", r"\s+")


def _source(phrases: tuple[str, ...]) -> str:
    source = "|".join(f"(?:{expand(phrase)})" for phrase in phrases)
    source = _GROUP.sub("(?:", source)
    source = _SPACE.sub(_spaced, source).replace("'", "['’]")
    return rf"(?:(?<!\w)|(?=['’]))(?:{source})(?!\w)"


@lru_cache(maxsize=512)
def compiled(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Compile phrases into one pattern; an empty tuple never matches. Raises KeyError or re.error as `expand` does."""
    return patterns.compile(_source(phrases), re.IGNORECASE) if phrases else re.compile(r"(?!)")


@dataclass(frozen=True)
class Phrase:
    """One phrase, compiled when it is first tried; `needs` is what a text with a match holds.

    Texts must be looked through for the words, so whoever makes one sees to it that they are wanted.
    """

    source: str
    needs: Needs
    flags: int = re.IGNORECASE

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Return the regular expression."""
        return patterns.compile(self.source, self.flags)


@dataclass(frozen=True)
class Group:
    """Phrases to be tried one by one."""

    phrases: tuple[Phrase, ...]

    @cached_property
    def _by_word(self) -> tuple[dict[str, list[int]], list[int]]:
        """Return the places of phrases under each word of which they need one, and of those that need none."""
        places: dict[str, list[int]] = {}
        for place, phrase in enumerate(self.phrases):
            for word in phrase.needs[0] if phrase.needs else ():
                places.setdefault(word, []).append(place)
        return places, [place for place, phrase in enumerate(self.phrases) if not phrase.needs]

    def living(self, held: frozenset[str] | None) -> Group | None:
        """Return the phrases that may match in a text with these stretches, None if there are none."""
        if held is None:
            return self if self.phrases else None
        found = [phrase for phrase in self._near(held) if holds(phrase.needs, held)]
        return Group(tuple(found)) if found else None

    def _near(self, held: AbstractSet[str]) -> Iterable[Phrase]:
        """Return those of the phrases that are worth a look: where they are many, by the first word each needs."""
        if len(self.phrases) <= _FEW:
            return self.phrases
        by_word, always = self._by_word
        places = {*always, *chain.from_iterable([by_word[word] for word in by_word.keys() & held])}
        return [self.phrases[place] for place in sorted(places)]

    def places(self, held: Places) -> list[tuple[Phrase, int]]:
        """Return the phrases that may match in one of some parts of a text, each with the bits of those parts."""
        near = self.phrases if held.full else self._near(held.words.keys())
        return [(phrase, bits) for phrase in near if (bits := held.hold(phrase.needs))]


@lru_cache(maxsize=4096)
def of_source(source: str, flags: int = re.IGNORECASE) -> Phrase:
    """Return a regular expression as a phrase. Raises re.error where it is none."""
    return Phrase(source, told((source,), lambda: [_needing(source)])[0][1], flags)


def _needing(source: str) -> tuple[str, Needs]:
    from followup_lint.required import required  # most phrases are kept with what they need

    return source, required(source)


def _entries(phrase: str) -> Iterator[str]:
    """Yield what a phrase stands for: a list by itself stands for its entries, each to be tried apart."""
    if match := _LIST.fullmatch(phrase):
        for entry in vocabulary("words")[match[1]]:
            yield from _entries(entry)
    else:
        yield phrase


@lru_cache(maxsize=2048)
def group(phrases: tuple[str, ...]) -> Group:
    """Return phrases to be tried one by one. Raises KeyError or re.error as `expand` does."""
    listed = told(phrases, lambda: [_needing(one) for phrase in phrases for one in sources(phrase)])
    return Group(tuple(Phrase(source, needs) for source, needs in listed))


def sources(phrase: str) -> Iterator[str]:
    """Yield the regular expressions that are made of a phrase: of a list by itself, one for each entry."""
    return (_source((entry,)) for entry in _entries(phrase))


def matches(phrases: tuple[Phrase, ...], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where phrases match a stretch of a text: the same places as one pattern of them all would find.

    That is from left to right without overlap, and where several begin at one place, the first of them.
    """
    if len(phrases) == 1:
        yield from (match.span() for match in phrases[0].pattern.finditer(text, start, end))
        return
    ahead: list[tuple[int, int, int]] = []  # start, rank, end
    for rank, phrase in enumerate(phrases):
        if match := phrase.pattern.search(text, start, end):
            ahead.append((match.start(), rank, match.end()))
    while ahead:
        begin, _, stop = min(ahead)
        if begin == stop:  # a phrase that takes up nothing; what goes on after it, one pattern alone can tell
            yield from (match.span() for match in _one(phrases).finditer(text, start, end))
            return
        yield begin, stop
        start = stop
        kept = [item for item in ahead if item[0] >= start]
        for _, rank, _ in (item for item in ahead if item[0] < start):
            if match := phrases[rank].pattern.search(text, start, end):
                kept.append((match.start(), rank, match.end()))
        ahead = kept


def _one(phrases: tuple[Phrase, ...]) -> re.Pattern[str]:
    return patterns.compile("|".join(f"(?:{phrase.source})" for phrase in phrases), phrases[0].flags)


BROKEN = (re.error, OverflowError, RecursionError, FutureWarning)
"""What the engine raises for what is no regular expression, or one with too large a number, or too deep.

Of what means something else in a later Python (`[[a]`) it warns on the terminal, unless it is told to raise that.
"""


def check_phrases(
    *groups: tuple[str, ...],
    compiling: Callable[[tuple[str, ...]], object] = compiled,
    lists: str = "in rules/vocabulary/words.yaml",
) -> None:
    """Compile phrases to see that they can be. Raises ValueError, in words for the author of a rule.

    `compiling` makes regular expressions of them, by default as they are made everywhere; `lists` says where it looks
    for lists.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", FutureWarning)
        _check(groups, compiling, lists)


def _check(groups: Iterable[tuple[str, ...]], compiling: Callable[[tuple[str, ...]], object], lists: str) -> None:
    for phrases in groups:
        # One phrase may close what another one opens: together they are right, and each alone is not.
        for group in (phrases, *((one,) for one in phrases if _is_uneven(one))):
            try:
                compiling(group)
            except BROKEN as error:
                raise ValueError(f"a phrase is not a valid regular expression: {error}") from None
            except KeyError as error:
                raise ValueError(f"no word list {error} {lists}") from None


def _is_uneven(phrase: str) -> bool:
    return any(phrase.count(opening) != phrase.count(closing) for opening, closing in ("()", "[]"))
