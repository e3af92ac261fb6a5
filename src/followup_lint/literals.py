"""What a text must hold for a regular expression to match it: a cheap look before a costly one.

A look for a few plain words takes less than a microsecond where the expression itself takes a hundred. So every phrase
is asked first which words it cannot do without, and is only tried on texts that hold one of them.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any

_SHORTEST = 2  # letters; nearly every text holds any single one
_MOST = 80  # alternatives; past that, looking for all of them costs as much as the expression

# What matches a letter when case does not matter, besides its own lower case: the long s, the dotless i.
_ALIKE = str.maketrans({"ſ": "s", "ı": "i"})


def folded(text: str) -> str:
    """Return a text in the spelling that `required` words are looked for in."""
    small = text.lower()
    return small if small.isascii() else small.translate(_ALIKE)


def required(pattern: str) -> tuple[str, ...]:
    """Return words, folded, of which every match of a pattern holds one; none where nothing can be told.

    The pattern is read as if case did not matter. Raises re.error for a broken one.
    """
    parser: Any = importlib.import_module("re._parser")
    return tuple(sorted(_of_sequence(parser.parse(pattern))))


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    """Return the best choice among the runs of letters and the parts of a sequence: all of them must match."""
    best: frozenset[str] = frozenset()
    run = ""
    for operator, argument in items:
        name = str(operator)
        if name == "LITERAL" and (letter := folded(chr(argument))).isalnum():
            run += letter
            continue
        best, run = _better(best, _of_run(run)), ""
        best = _better(best, _of_part(name, argument))
    return _better(best, _of_run(run))


def _of_run(run: str) -> frozenset[str]:
    return frozenset([run]) if len(run) >= _SHORTEST else frozenset()


def _of_part(name: str, argument: Any) -> frozenset[str]:
    if name == "SUBPATTERN":
        return _of_sequence(argument[-1])
    if name == "ATOMIC_GROUP":
        return _of_sequence(argument)
    if name == "BRANCH":
        return _of_branches(argument[1])
    if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"} and argument[0]:
        return _of_sequence(argument[2])
    return frozenset()


def _of_branches(branches: Sequence[Iterable[tuple[Any, Any]]]) -> frozenset[str]:
    """Return the words of all alternatives, as any of them may match; nothing if one of them can do without words."""
    each = [_of_sequence(branch) for branch in branches]
    whole = reduce(frozenset.union, each)
    return whole if all(each) and len(whole) <= _MOST else frozenset()


def _better(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """Return the choice that fewer texts fulfil by chance: the one whose shortest word is longer."""
    if not one or not other:
        return one or other
    return max(one, other, key=lambda words: (min(map(len, words)), -len(words)))
