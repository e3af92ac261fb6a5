"""What phrases need, kept between runs: to tell it takes as long as to compile them."""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable
from functools import cache
from itertools import chain

from followup_lint import kept
from followup_lint.literals import Needs, want
from followup_lint.store import Pieces, Store
from followup_lint.vocabulary import signature

Told = list[tuple[str, Needs]]
"""Regular expressions, each with what it needs."""

_WORDS = b""
"""Under what all words are kept that the expressions of a file need: it is no digest."""


@cache
def store() -> Store:
    """Return what was told of lists of phrases."""
    folder = os.path.dirname(__file__)  # noqa: PTH120  (pathlib takes long to load)
    files = [f"{folder}{os.sep}{name}.py" for name in ("needs", "literals", "phrases", "required")]
    return Store("phrases", kept.digest(signature(), *map(kept.mark, files)), came=_want, going=_with_words)


def told(phrases: tuple[str, ...], work: Callable[[], Told]) -> Told:
    """Return what was told of some phrases in an earlier run, or what `work` tells."""
    # One piece, and not one for each of hundreds: no phrase holds the sign between them.
    known, key = store(), kept.digest("\0".join(phrases).encode("utf-8", "surrogatepass"))
    packed = known.get(key)
    if packed is None:
        packed = marshal.dumps(work())
        known.take({key: packed})
    return _unpacked(packed)


def _unpacked(packed: bytes) -> Told:
    found: Told = marshal.loads(packed)  # noqa: S302  (checked for damage where it was read, or made by ourselves)
    return found


def _want(pieces: Pieces) -> None:
    """See to it that texts are looked through for all the words, at once: else they would be for each in turn."""
    if packed := pieces.pop(_WORDS, None):
        words: tuple[str, ...] = marshal.loads(packed)  # noqa: S302  (the same)
        want((words,))
        return
    for piece in pieces.values():
        for _, needs in _unpacked(piece):
            want(needs)


def _with_words(pieces: Pieces) -> Pieces:
    words = {word for packed in pieces.values() for _, needs in _unpacked(packed) for word in chain(*needs)}
    return {**pieces, _WORDS: marshal.dumps(tuple(words))}
