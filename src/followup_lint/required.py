"""What every match of a regular expression must hold, told by the expression alone."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Sequence
from typing import Any

from followup_lint.literals import ALIKE, FOREIGN, SHORTEST, SIGNS, Needs, folded
from followup_lint.records import dataclass

_MOST = 80  # alternatives; past that, to look for all of them costs as much as the expression
_SETS = 4
_LONGEST_RUN = 8  # letters of one kind in a row


_ALIKE_CODES = frozenset({*ALIKE, ord("\u212a")})


def required(pattern: str) -> Needs:
    """Return what every match of a pattern holds, folded; nothing where nothing can be told.

    The pattern is read as if case did not matter. Raises re.error for a broken one.
    """
    parser: Any = importlib.import_module("re._parser")
    parsed = parser.parse(pattern)
    if parsed.state.flags & re.ASCII:  # to it, letters beyond ASCII are none
        return ()
    found = _sequence(list(parsed), _Edges(left=False, right=False))
    best = sorted(set(found), key=_worth, reverse=True)[:_SETS]
    return tuple(tuple(sorted(words)) for words in best)


@dataclass(frozen=True, slots=True)
class _Edges:
    """Whether what stands before and after a part of a pattern is surely no letter, where the part's own end is one."""

    left: bool
    right: bool


Words = frozenset[str]
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
_NOTHING = frozenset({"ASSERT", "ASSERT_NOT", "AT"})
"""Parts that take up no character."""
_AHEAD, _BEHIND = 1, -1


def _worth(words: Words) -> tuple[int, int]:
    """Return how few texts hold one of some words by chance: the longer the shortest of them, the fewer."""
    return min(map(len, words)), -len(words)


def _sequence(items: Sequence[Any], edges: _Edges) -> list[Words]:
    """Return the sets of words that a match of all items in a row holds."""
    found: list[Words] = []
    run, run_left, left = "", edges.left, edges.left
    for at, (operator, argument) in enumerate(items):
        name = str(operator)
        letters, is_whole = _letters(name, argument)
        if letters:
            run_left = run_left if run else left
            run, left = run + letters, False
            if is_whole:
                continue
        elif run and name == "BRANCH":
            found += _led(run, argument[1])
        found += _run(run, apart=run_left and _begins_apart(items, at, right=edges.right))
        run = ""
        right = _begins_apart(items, at + 1, right=edges.right)
        found += _part(name, argument, _Edges(left, right))
        left = _ends_apart(name, argument, left=left)
    return found + _run(run, apart=run_left and edges.right)


def _letters(name: str, argument: Any) -> tuple[str, bool]:
    """Return the letters that a part surely begins with, and whether these are all of it."""
    if name in _REPEATS and argument[0] and len(argument[2]) == 1:
        letters, is_whole = _letters(str(argument[2][0][0]), argument[2][0][1])
        least = min(argument[0], _LONGEST_RUN)
        return (letters * least, argument[1] == least) if is_whole else ("", False)
    members = [(name, argument)] if name == "LITERAL" else argument if name == "IN" else ()
    different = {folded(chr(value)) if str(kind) == "LITERAL" else "" for kind, value in members}
    letter = different.pop() if len(different) == 1 else ""
    return (letter, True) if letter and _is_run(letter) else ("", False)


def _led(run: str, branches: Iterable[Sequence[Any]]) -> list[Words]:
    """Return a run together with the letters that each of the alternatives after it begins with."""
    heads = [_letters(str(branch[0][0]), branch[0][1])[0] if branch else "" for branch in branches]
    return [frozenset([run + head for head in heads])] if all(heads) and len(heads) <= _MOST else []


def _run(run: str, *, apart: bool) -> list[Words]:
    if apart and run:
        return [frozenset([f" {run} "])]
    return [frozenset([run])] if len(run) >= SHORTEST else []


def _is_run(letter: str) -> bool:
    """Whether a folded letter is part of a run. Of those beyond ASCII, there are too many that are taken for others."""
    return letter.isascii() and letter.isalnum()


def _part(name: str, argument: Any, edges: _Edges) -> list[Words]:
    if name == "BRANCH":
        return _branches(argument[1], edges)
    if name in _REPEATS and argument[0]:
        return _sequence(argument[2], edges if argument[1] == 1 else _Edges(left=False, right=False))
    if name in _GROUPS and not _is_strange(name, argument):
        return _sequence(_inside(name, argument), edges)
    return _signs([(name, argument)] if name == "LITERAL" else argument if name == "IN" else ())


_GROUPS = frozenset({"SUBPATTERN", "ATOMIC_GROUP"})


def _inside(name: str, argument: Any) -> Sequence[Any]:
    items: Sequence[Any] = argument[-1] if name == "SUBPATTERN" else argument
    return items


def _is_strange(name: str, argument: Any) -> bool:
    """Whether other characters are letters in a group than elsewhere."""
    return name == "SUBPATTERN" and bool(argument[1] & re.ASCII)


def _signs(members: Iterable[tuple[Any, Any]]) -> list[Words]:
    """Return the signs of which one character, any of some, is surely one."""
    signs = frozenset(_sign(str(kind), value) for kind, value in members)
    return [signs] if signs and "" not in signs else []


def _sign(kind: str, value: Any) -> str:
    """Return a sign, what stands for all beyond ASCII, or nothing for a letter, a blank or what may be either."""
    if kind == "RANGE":
        is_foreign = value[0] > ord("\x7f") and not any(value[0] <= code <= value[1] for code in _ALIKE_CODES)
        return FOREIGN if is_foreign else ""
    if kind != "LITERAL":
        return ""
    sign = chr(value)
    if SIGNS.fullmatch(sign) and sign.lower() == sign.upper():
        return sign
    return "" if folded(sign).isascii() else FOREIGN


def _branches(branches: Iterable[Sequence[Any]], edges: _Edges) -> list[Words]:
    """Return the words of all alternatives, as any of them may match; nothing if one of them can do without words."""
    best = [max(_sequence(branch, edges), key=_worth, default=frozenset()) for branch in branches]
    whole = frozenset[str]().union(*best)
    return [whole] if all(best) and len(whole) <= _MOST else []


def _begins_apart(items: Sequence[Any], at: int, *, right: bool) -> bool:
    """Whether the items from one on surely begin with no letter, after one."""
    if at == len(items):
        return right
    name, argument = str(items[at][0]), items[at][1]
    if name not in {*_NOTHING, *_REPEATS, "SUBPATTERN", "BRANCH"}:
        return _is_apart(name, argument)
    rest = _begins_apart(items, at + 1, right=right)
    if name in _NOTHING:
        return rest or _is_edge(name, argument, _AHEAD) or _looks_at_none(name, argument)
    if name in _REPEATS:
        return _begins_apart(argument[2], 0, right=rest) and (bool(argument[0]) or rest)
    if name == "SUBPATTERN":
        return not _is_strange(name, argument) and _begins_apart(argument[-1], 0, right=rest)
    return all(_begins_apart(branch, 0, right=rest) for branch in argument[1])


def _ends_apart(name: str, argument: Any, *, left: bool) -> bool:
    """Whether a part surely ends with no letter before one, or takes up nothing after what does."""
    if name in _NOTHING:
        return left or _is_edge(name, argument, _BEHIND) or _looks_at_none(name, argument)
    if name in _REPEATS:
        return _all_end_apart(argument[2], left=left) and (bool(argument[0]) or left)
    if name == "SUBPATTERN":
        return not _is_strange(name, argument) and _all_end_apart(argument[-1], left=left)
    if name == "BRANCH":
        return all(_all_end_apart(branch, left=left) for branch in argument[1])
    return _is_apart(name, argument)


def _all_end_apart(items: Sequence[Any], *, left: bool) -> bool:
    for operator, argument in items:
        left = _ends_apart(str(operator), argument, left=left)
    return left


def _is_edge(name: str, argument: Any, direction: int) -> bool:
    r"""Whether a look at what stands around is one for the edge of a word: `\b`, `(?<!\w)`, `(?!\w)`."""
    if name == "AT":
        return str(argument) == "AT_BOUNDARY"
    if name != "ASSERT_NOT" or argument[0] != direction:
        return False
    looked_for = [str(value) for kind, members in argument[1] if str(kind) == "IN" for _, value in members]
    return len(argument[1]) == 1 and looked_for == ["CATEGORY_WORD"]


def _looks_at_none(name: str, argument: Any) -> bool:
    """Whether a look ahead asks for something that begins with no letter, so that none can follow."""
    return name == "ASSERT" and argument[0] == _AHEAD and _begins_apart(argument[1], 0, right=False)


def _is_apart(name: str, argument: Any) -> bool:
    """Whether one character of a pattern is surely neither letter nor digit."""
    if name not in {"LITERAL", "IN"}:
        return False
    members: Iterable[tuple[Any, Any]] = [(name, argument)] if name == "LITERAL" else argument
    return all(
        (str(kind) == "LITERAL" and not any(map(str.isalnum, (chr(value), chr(value).lower(), chr(value).upper()))))
        or (str(kind) == "CATEGORY" and str(value) in {"CATEGORY_SPACE", "CATEGORY_NOT_WORD"})
        for kind, value in members
    )
