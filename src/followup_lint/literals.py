"""What a text must hold for a regular expression to match it: a cheap look before a costly one.

To look up a few words takes less than a microsecond where the expression itself takes a hundred. So every phrase is
asked first which words it cannot do without, and is only tried on texts that hold them.
"""

from __future__ import annotations

from functools import cache, lru_cache

from followup_lint import patterns

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
    count = len(looked_for)
    return frozenset(signs.union(*[_parts(word, count) for word in words]))


_NOTHING = frozenset[str]()  # what most words hold, so that they share it


@lru_cache(maxsize=8_192)
def _parts(word: str, count: int) -> frozenset[str]:  # noqa: ARG001  (what is wanted is another set when it has grown)
    parts = [word[a:b] for a in range(len(word)) for b in range(a + SHORTEST, len(word) + 1)]
    looked_for = wanted()
    return frozenset([looked_for[part] for part in (f" {word} ", *parts) if part in looked_for]) or _NOTHING


def forget() -> None:
    """Forget the words that were looked at; for a program that goes on for days."""
    _parts.cache_clear()


def holds(needs: Needs, held: frozenset[str]) -> bool:
    """Whether a text with these stretches holds what a match needs."""
    for words in needs:  # noqa: SIM110  (a generator would cost more than the look itself)
        if held.isdisjoint(words):
            return False
    return True
