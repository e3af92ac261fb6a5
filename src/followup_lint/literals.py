"""What a text must hold for a regular expression to match it: a cheap look before a costly one.

To look up a few words takes less than a microsecond where the expression itself takes a hundred. So every phrase is
asked first which words it cannot do without, and is only tried on texts that hold them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from followup_lint import patterns
from followup_lint.records import dataclass

Needs = tuple[tuple[str, ...], ...]
"""Sets of words and signs: a match holds one of each. With blanks around it a word stands alone; others are parts."""

SHORTEST = 2  # letters of a part of a word: nearly every text holds any single one somewhere
_LONGEST = 40  # letters of a run; no word is as long, and all parts of a run are many

_RUNS, SIGNS = patterns.lazy(r"[^\W_]+"), patterns.lazy(r"[^\w\s]|_")

FOREIGN = "\x80"
"""Stands for any character beyond ASCII."""

# What matches a letter of ours when case does not matter, and is not its capital: the long s, both other letters i.
# (The Kelvin sign is no trouble: its small letter is a k.) The dotted capital would be two characters in lower case.
ALIKE = str.maketrans({"ſ": "s", "ı": "i", "İ": "i"})


def folded(text: str) -> str:
    """Return a text, as long as before, in the spelling that words are looked for in."""
    return (text if text.isascii() else text.translate(ALIKE)).lower()


@cache
def wanted() -> dict[str, str]:
    """Return the words and signs that are looked for in this process, each under itself; they only grow, by `want`.

    What a text holds of them is told by these very strings, so that no copies of them are kept for each word.
    """
    return {}


def want(needs: Needs) -> None:
    """Say that these needs will be asked of texts, before any is: of a text, nothing else is kept."""
    known = wanted()
    for words in needs:
        for word in words:
            known.setdefault(word, word)


def stretches(folded: str) -> frozenset[str] | None:
    """Return what a folded text holds of all that is wanted so far: words, parts of words, and signs.

    None for a text with a run of letters that is no word, for it has too many parts.
    """
    words = set(_RUNS.findall(folded))
    if words and max(map(len, words)) > _LONGEST:
        return None
    looked_for = wanted()
    signs = looked_for.keys() & SIGNS.findall(folded)
    if FOREIGN in looked_for and not folded.isascii():
        signs.add(FOREIGN)
    return frozenset(signs.union(*map(_parts().__getitem__, words)))


_NOTHING = frozenset[str]()  # what most words hold, so that they share it
_MOST = 8_192


class _Parts(dict[str, frozenset[str]]):
    """What each word that was met holds of the `known` words that were wanted then."""

    def __init__(self) -> None:
        self.known = len(wanted())

    def __missing__(self, word: str) -> frozenset[str]:
        parts = [word[a:b] for a in range(len(word)) for b in range(a + SHORTEST, len(word) + 1)]
        looked_for = wanted()
        if len(self) >= _MOST:
            self.clear()
        found = [looked_for[part] for part in (f" {word} ", *parts) if part in looked_for]
        self[word] = held = frozenset(found) or _NOTHING
        return held


def _parts() -> _Parts:
    """Return what words hold, as far as it was told since the last word was wanted."""
    if _told().known != len(wanted()):
        _told.cache_clear()
    return _told()


@cache
def _told() -> _Parts:
    return _Parts()


def forget() -> None:
    """Forget the words that were looked at; for a program that goes on for days."""
    _told.cache_clear()


@dataclass(frozen=True)
class Places:
    """Which parts of a text hold what is wanted: a bit for each part under each word, and those that may hold all."""

    words: dict[str, int]
    full: int

    @classmethod
    def of(cls, pieces: Iterable[tuple[str, int]]) -> Places:
        """Return what there is in some pieces of a folded text, each with the bits of the parts that it belongs to."""
        words: dict[str, int] = {}
        full = 0
        for piece, bits in pieces:
            held = stretches(piece)
            if held is None:
                full |= bits
            for word in held or ():
                words[word] = words.get(word, 0) | bits
        return cls(words, full)

    def hold(self, needs: Needs) -> int:
        """Return the bits of the parts that hold what a match needs."""
        known = self.words
        found = -1
        for words in needs:
            some = self.full
            for word in words:
                if word in known:
                    some |= known[word]
            found &= some
            if not found:
                break
        return found


def holds(needs: Needs, held: frozenset[str]) -> bool:
    """Whether a text with these stretches holds what a match needs."""
    for words in needs:  # noqa: SIM110  (a generator would cost more than the look itself)
        if held.isdisjoint(words):
            return False
    return True
