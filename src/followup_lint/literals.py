"""What a text must hold for a regular expression to match it: a cheap look before a costly one.

To look up a few words takes less than a microsecond where the expression itself takes a hundred. So every phrase is
asked first which words it cannot do without, and is only tried on texts that hold them.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

Needs = tuple[tuple[str, ...], ...]
"""Sets of words and signs: a match holds one of each. With blanks around it a word stands alone; others are parts."""

_SHORTEST = 2  # letters of a part of a word: nearly every text holds any single one somewhere
_LONGEST = 40  # letters of a run; no word is as long, and all parts of a run are many
_MOST = 80  # alternatives; past that, to look for all of them costs as much as the expression
_SETS = 4

_RUNS, _SIGNS = re.compile(r"[^\W_]+"), re.compile(r"[^\w\s]|_")

FOREIGN = "\x80"
"""Stands for any character beyond ASCII."""

# What matches a letter when case does not matter, besides its own lower case: the long s, the dotless i.
_ALIKE = str.maketrans({"ſ": "s", "ı": "i"})


def folded(text: str) -> str:
    """Return a text in the spelling that words are looked for in."""
    small = text.lower()
    return small if small.isascii() else small.translate(_ALIKE)


@lru_cache(maxsize=2048)
def stretches(folded: str) -> frozenset[str] | None:
    """Return all that `required` may name of a folded text: its words, the parts of them, and its signs.

    None for a text with a run of letters that is no word, for it has too many parts.
    """
    words = set(_RUNS.findall(folded))
    if words and len(max(words, key=len)) > _LONGEST:
        return None
    signs = set(_SIGNS.findall(folded))
    return frozenset(signs if folded.isascii() else {*signs, FOREIGN}).union(*map(_parts, words))


@lru_cache(maxsize=65_536)
def _parts(word: str) -> frozenset[str]:
    parts = {word[a:b] for a in range(len(word)) for b in range(a + _SHORTEST, len(word) + 1)}
    return frozenset({f" {word} ", *parts})


def holds(needs: Needs, held: frozenset[str]) -> bool:
    """Whether a text with these stretches holds what a match needs."""
    for words in needs:  # noqa: SIM110  (a generator would cost more than the look itself)
        if held.isdisjoint(words):
            return False
    return True


def required(pattern: str) -> Needs:
    """Return what every match of a pattern holds, folded; nothing where nothing can be told.

    The pattern is read as if case did not matter, and as one that begins and ends at the edge of a word where its own
    letters do. Raises re.error for a broken one.
    """
    parser: Any = importlib.import_module("re._parser")
    found = _sequence(list(parser.parse(pattern)), _Edges(left=True, right=True))
    best = sorted(set(found), key=_worth, reverse=True)[:_SETS]
    return tuple(tuple(sorted(words)) for words in best)


@dataclass(frozen=True, slots=True)
class _Edges:
    """Whether what stands before and after a part of a pattern is surely no letter."""

    left: bool
    right: bool


Words = frozenset[str]
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
_NOTHING = frozenset({"ASSERT", "ASSERT_NOT", "AT"})
"""Parts that take up no character."""


def _worth(words: Words) -> tuple[int, int]:
    """Return how few texts hold one of some words by chance: the longer the shortest of them, the fewer."""
    return min(map(len, words)), -len(words)


def _sequence(items: Sequence[Any], edges: _Edges) -> list[Words]:
    """Return the sets of words that a match of all items in a row holds."""
    found: list[Words] = []
    run, run_left, left = "", edges.left, edges.left
    for at, (operator, argument) in enumerate(items):
        name = str(operator)
        if name == "LITERAL" and (letter := folded(chr(argument))).isalnum():
            run_left = run_left if run else left
            run, left = run + letter, False
            continue
        found += _run(run, apart=run_left and _begins_apart(items, at, right=edges.right))
        run = ""
        right = _begins_apart(items, at + 1, right=edges.right)
        found += _part(name, argument, _Edges(left, right))
        left = _ends_apart(name, argument, left=left)
    return found + _run(run, apart=run_left and edges.right)


def _run(run: str, *, apart: bool) -> list[Words]:
    if apart and run:
        return [frozenset([f" {run} "])]
    return [frozenset([run])] if len(run) >= _SHORTEST else []


def _part(name: str, argument: Any, edges: _Edges) -> list[Words]:
    if name == "LITERAL":
        return _signs([argument])
    if name == "IN" and all(str(kind) == "LITERAL" for kind, _ in argument):
        return _signs([value for _, value in argument])
    if name == "IN" and all(_is_foreign(str(kind), value) for kind, value in argument):
        return [frozenset([FOREIGN])]
    if name == "SUBPATTERN":
        return _sequence(argument[-1], edges)
    if name == "ATOMIC_GROUP":
        return _sequence(argument, edges)
    if name == "BRANCH":
        return _branches(argument[1], edges)
    if name in _REPEATS and argument[0]:
        single = argument[1] == 1
        return _sequence(argument[2], edges if single else _Edges(left=False, right=False))
    return []


def _signs(codes: Iterable[int]) -> list[Words]:
    signs = frozenset(map(chr, codes))
    return [signs] if all(_SIGNS.fullmatch(sign) for sign in signs) else []


def _is_foreign(kind: str, value: Any) -> bool:
    return (kind == "LITERAL" and value > ord("\x7f")) or (kind == "RANGE" and value[0] > ord("\x7f"))


def _branches(branches: Iterable[Sequence[Any]], edges: _Edges) -> list[Words]:
    """Return the words of all alternatives, as any of them may match; nothing if one of them can do without words."""
    best = [max(_sequence(branch, edges), key=_worth, default=frozenset()) for branch in branches]
    whole = frozenset[str]().union(*best)
    return [whole] if all(best) and len(whole) <= _MOST else []


def _begins_apart(items: Sequence[Any], at: int, *, right: bool) -> bool:
    """Whether the items from one on surely begin with no letter."""
    if at == len(items):
        return right
    name, argument = str(items[at][0]), items[at][1]
    rest = (
        _begins_apart(items, at + 1, right=right) if name in {*_NOTHING, *_REPEATS, "SUBPATTERN", "BRANCH"} else False
    )
    if name in _NOTHING:
        return rest
    if name in _REPEATS:
        inner = _begins_apart(argument[2], 0, right=rest)
        return inner and (bool(argument[0]) or rest)
    if name == "SUBPATTERN":
        return _begins_apart(argument[-1], 0, right=rest)
    if name == "BRANCH":
        return all(_begins_apart(branch, 0, right=rest) for branch in argument[1])
    return _is_apart(name, argument)


def _ends_apart(name: str, argument: Any, *, left: bool) -> bool:
    """Whether a part surely ends with no letter, or takes up nothing after what does."""
    if name in _NOTHING:
        return left
    if name in _REPEATS:
        inner = _all_end_apart(argument[2], left=left)
        return inner and (bool(argument[0]) or left)
    if name == "SUBPATTERN":
        return _all_end_apart(argument[-1], left=left)
    if name == "BRANCH":
        return all(_all_end_apart(branch, left=left) for branch in argument[1])
    return _is_apart(name, argument)


def _all_end_apart(items: Sequence[Any], *, left: bool) -> bool:
    for operator, argument in items:
        left = _ends_apart(str(operator), argument, left=left)
    return left


def _is_apart(name: str, argument: Any) -> bool:
    """Whether one character of a pattern is surely neither letter nor digit."""
    if name == "LITERAL":
        return not chr(argument).isalnum()
    if name == "IN":
        return all(
            (str(kind) == "LITERAL" and not chr(value).isalnum())
            or (str(kind) == "CATEGORY" and str(value) in {"CATEGORY_SPACE", "CATEGORY_NOT_WORD"})
            for kind, value in argument
        )
    return False
