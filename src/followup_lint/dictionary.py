"""Whether a word is an ordinary English one: the lemmatizer's index of some ninety thousand, and its inflections."""

from __future__ import annotations

from collections.abc import Container
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followup_lint.language import Language

_OPEN = ("adj", "adv", "noun", "verb")
# What a stem ends in, and what may stand for that: "stops" is stop, "hoping" is hope, "tries" is try.
_ENDINGS = {
    "": ("s", "es", "ed", "ing", "er", "est", "ly", "n't", "'s"),
    "e": ("ed", "ing", "er", "est"),
    "y": ("ies", "ied"),
}
_SHORTEST_STEM = 3


@cache
def _index(language: Language) -> tuple[Container[str], ...]:
    """Return all base forms and irregular forms the pipeline's lemmatizer knows; none if it has no such tables."""
    if "lemmatizer" not in language.pipe_names:
        return ()
    lookups = language.get_pipe("lemmatizer").lookups
    bases = lookups.get_table("lemma_index", {})
    odd = lookups.get_table("lemma_exc", {})
    # In a list, which the stock pipeline has, it takes a millisecond to see that a word is not there.
    words = [bases.get(kind, ()) for kind in _OPEN]
    return (*(set(some) if isinstance(some, list) else some for some in words), *(odd.get(kind, {}) for kind in _OPEN))


def _holds(index: tuple[Container[str], ...], word: str) -> bool:
    return any(word in words for words in index)


def is_ordinary(word: str, language: Language) -> bool:
    """Whether a word, in any inflection, stands in the dictionary or is one of the small words of grammar."""
    small = word.lower().replace("’", "'")
    index = _index(language)
    if _holds(index, small) or language.vocab[small].is_stop:
        return True
    for stem_end, endings in _ENDINGS.items():
        for ending in endings:
            stem = small.removesuffix(ending) + stem_end if small.endswith(ending) else ""
            doubled = not stem_end and stem[-1:] == stem[-2:-1]
            if len(stem) >= _SHORTEST_STEM and (_holds(index, stem) or (doubled and _holds(index, stem[:-1]))):
                return True
    return False
