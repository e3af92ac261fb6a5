"""The tokenizer's thirteen hundred exceptions ("don't", "a.m.", ":-)"), each taken in when a text first holds it.

To take them all in is a sixth of what loading takes, and a message holds ten. An exception acts only where its own
characters stand in a text, blanks aside, so before a text is cut, every one that stands there is taken in; those that
do not cannot matter to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from followup_lint import patterns

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BLANKS = patterns.lazy(r"\s+")
_LETTERS = patterns.lazy(r"[A-Za-z]{2}")


class Cutter:
    """Cuts a text into tokens, as spaCy's tokenizer with all its exceptions would."""

    def __init__(self, tokenizer: Any, exceptions: Mapping[str, Any]) -> None:
        """Take a tokenizer without exceptions, and the exceptions: strings to the tokens they are cut into."""
        self.tokenizer = tokenizer
        self._exceptions = exceptions
        self._waiting: dict[str, list[tuple[str, str]]] = {}
        for string in exceptions:
            bare = _BLANKS.sub("", string)
            if bare:
                self._waiting.setdefault(_sign(bare), []).append((bare, string))
            else:
                self._take([string])

    def __call__(self, text: str) -> Doc:
        """Return the tokens of a text."""
        self._learn(text)
        doc: Doc = self.tokenizer(text)
        return doc

    def take_all(self) -> None:
        """Take every exception in, which cannot be done later in a part of memory that is to be given back."""
        self._take(string for found in self._waiting.values() for _, string in found)
        self._waiting.clear()

    def _learn(self, text: str) -> None:
        bare = _BLANKS.sub("", text)
        signs = {*bare, *map("".join, pairwise(bare))}
        for sign in signs & self._waiting.keys():
            found = [item for item in self._waiting[sign] if item[0] in bare]
            if found:
                self._take(string for _, string in found)
                self._waiting[sign] = [item for item in self._waiting[sign] if item not in found]

    def _take(self, strings: Iterable[str]) -> None:
        for string in strings:
            self.tokenizer.add_special_case(string, self._exceptions[string])


def _sign(bare: str) -> str:
    """Return one or two characters of a string by which to look for it: those that seldom stand in a text."""
    pairs = [bare[place : place + 2] for place in range(len(bare) - 1)] or [bare]
    return next((pair for pair in pairs if not _LETTERS.fullmatch(pair)), pairs[0])
