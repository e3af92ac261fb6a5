r"""A regular expression as Python's engine walks through it: its characters, and which may come after which.

Every part that takes one character is a place. From a place steps lead to those that may be next, each with a look at
the character before and at the one ahead, for what `\b`, `(?<!…)`, `(?!…)` and possessive repeats forbid. Where an
expression says more than that, the picture has steps too many, never too few.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Sequence
from typing import Any

from followup_lint.backtracking.letters import Letters
from followup_lint.backtracking.places import Place, Step
from followup_lint.records import dataclass, field, replace

_FEW = 5
"""Repeats up to so many times are written out, so that the places of each stand apart."""

_MOST_LETTERS = 12_000
_MOST_PLACES = 8_000
_MOST_WALKS = 400_000
_LARGE = 200  # places; what is larger is not written out

_AHEAD = 1
_UNBOUNDED = 2**31  # and more is what `*` is parsed to


class TooLarge(Exception):  # noqa: N818  (it says of an expression what it is)
    """The expression has more places or ways than can be looked through."""


@dataclass(frozen=True, slots=True)
class _Mode:
    """What holds inside a part: the flags of `re`, and how often it may come round."""

    flags: int
    most: float = 1.0

    def often(self, times: int) -> _Mode:
        return replace(self, most=self.most * (times if times < _UNBOUNDED else float("inf")))


@dataclass
class Automaton:
    """The places of one expression. Place 0 is what a search skips before a match begins."""

    letters: Letters
    places: list[Place] = field(default_factory=list)
    end: int = -1
    _links: list[list[tuple[int, int, int]]] = field(default_factory=list)
    _taken: dict[int, list[int]] = field(default_factory=dict)
    _groups: dict[int, tuple[Any, _Mode]] = field(default_factory=dict)
    _steps: dict[int, list[Step]] = field(default_factory=dict)
    _walks: int = 0

    @classmethod
    def of(cls, source: str, flags: int, *, searched: bool) -> Automaton:
        """Return what an expression looks like. Raises re.error, and TooLarge."""
        if len(source) > _MOST_LETTERS:
            raise TooLarge
        parser: Any = importlib.import_module("re._parser")  # no other way leads to the parsed form
        tree = parser.parse(source, flags)
        made = cls(Letters.of(tree))
        start = made._node()
        if searched:
            made._take(start, made.letters.all, float("inf"), start)
        made.end = made._row(list(tree), start, _Mode(tree.state.flags))
        return made

    def ends(self, at: int, but: int = 0) -> bool:
        """Whether a match may end after a place, whatever comes next, `but` some characters."""
        node, other = self.places[at].to, self.letters.all & ~self.places[at].letters
        waiting, passed = [node], {node}
        while waiting:
            for to, before, ahead in self._links[waiting.pop()]:
                if to not in passed and (before | other) == (ahead | but) == self.letters.all:
                    passed.add(to)
                    waiting.append(to)
        return self.end in passed

    def steps(self, at: int) -> list[Step]:
        """Return where a place leads to. Raises TooLarge."""
        node = self.places[at].to
        if node not in self._steps:
            self._steps[node] = self._walked(node)
        return self._steps[node]

    def _walked(self, start: int) -> list[Step]:
        found: dict[int, list[tuple[int, int]]] = {}
        waiting = [(start, self.letters.all, self.letters.all, frozenset([start]))]
        while waiting:
            node, before, ahead, passed = waiting.pop()
            self._walks += 1 + len(self._taken.get(node, ()))
            if self._walks > _MOST_WALKS:
                raise TooLarge
            for place in self._taken.get(node, ()):
                if ahead & self.places[place].letters and before:
                    found.setdefault(place, []).append((before, ahead))
            for to, behind, front in self._links[node]:
                if to not in passed and before & behind and ahead & front:
                    waiting.append((to, before & behind, ahead & front, passed | {to}))
        return [step for place, ways in found.items() for step in self._merged(place, ways)]

    def _merged(self, place: int, ways: list[tuple[int, int]]) -> list[Step]:
        letters = self.places[place].letters
        steps = []
        for at, (before, ahead) in enumerate(ways):
            alike = (other for other in ways[:at] if before & other[0] and ahead & other[1] & letters)
            steps.append(Step(place, before, ahead, twice=next(alike, None) is not None))
        return steps

    def _node(self) -> int:
        self._links.append([])
        return len(self._links) - 1

    def _link(self, start: int, end: int, before: int | None = None, ahead: int | None = None) -> None:
        everything = self.letters.all
        self._links[start].append(
            (end, everything if before is None else before, everything if ahead is None else ahead)
        )

    def _take(self, start: int, letters: int, most: float, end: int) -> None:
        if len(self.places) >= _MOST_PLACES:
            raise TooLarge
        self._taken.setdefault(start, []).append(len(self.places))
        self.places.append(Place(letters, most, end))

    def _row(self, items: Sequence[Any], start: int, mode: _Mode) -> int:
        """Add items in a row; return the node where they end."""
        for operator, argument in items:
            start = self._part(str(operator), argument, start, mode)
        return start

    def _part(self, name: str, argument: Any, start: int, mode: _Mode) -> int:
        letters = self.letters.one(name, argument, mode.flags)
        if letters is not None:
            end = self._node()
            self._take(start, letters, mode.most, end)
            return end
        match name:
            case "BRANCH":
                return self._branches([list(one) for one in argument[1]], start, mode)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                return self._repeat(name, argument, start, mode)
            case "ASSERT" | "ASSERT_NOT":
                return self._look(name, argument, start, mode)
            case "AT":
                return self._edge(str(argument), start, mode.flags)
        return self._group(name, argument, start, mode)

    def _group(self, name: str, argument: Any, start: int, mode: _Mode) -> int:
        match name:
            case "SUBPATTERN":
                group, more, less, inner = argument
                inside = replace(mode, flags=(mode.flags | more) & ~less)
                if group is not None:
                    self._groups[group] = (list(inner), inside)
                return self._row(list(inner), start, inside)
            case "ATOMIC_GROUP":
                return self._atomic(list(argument), start, mode)
            case "GROUPREF":  # the same words once more: at most those that the group could take
                inner, inside = self._groups.get(argument, ([], mode))
                return self._row(inner, start, inside)
            case "GROUPREF_EXISTS":
                return self._branches([list(one or ()) for one in argument[1:]], start, mode)
        return self._node()  # `(?!)`, which never matches

    def _branches(self, branches: Sequence[Sequence[Any]], start: int, mode: _Mode) -> int:
        end = self._node()
        for branch in branches:
            self._link(self._row(branch, start, mode), end)
        return end

    def _atomic(self, items: list[Any], start: int, mode: _Mode) -> int:
        if len(items) == 1 and str(items[0][0]) in {"MAX_REPEAT", "POSSESSIVE_REPEAT"}:
            return self._repeat("POSSESSIVE_REPEAT", items[0][1], start, mode)
        return self._row(items, start, mode)

    def _repeat(self, name: str, argument: Any, start: int, mode: _Mode) -> int:
        least, times, body = int(argument[0]), int(argument[1]), list(argument[2])
        single = self.letters.one(str(body[0][0]), body[0][1], mode.flags) if len(body) == 1 else None
        # What takes all it can leaves nothing of its own for the next part.
        rest = self.letters.all & ~single if single is not None and name == "POSSESSIVE_REPEAT" else self.letters.all
        after = self._node()
        if times > _FEW:
            entry = self._node()
            self._link(start, entry)
            back = self._row(body, entry, mode.often(times))
            self._link(back, entry)
            self._link(back, after, ahead=rest)
            if not least:
                self._link(start, after, ahead=rest)
            return after
        for number in range(times):
            if number >= least:
                self._link(start, after, ahead=rest)
            first, before = start, len(self.places)
            start = self._row(body, start, mode)
            if len(self.places) - before > _LARGE:
                self._link(start, first)
                break
        self._link(start, after)
        return after

    def _look(self, name: str, argument: Any, start: int, mode: _Mode) -> int:
        """Add a look ahead or behind: its own way leads nowhere, and what follows is held to what it asks for."""
        direction, items = argument[0], list(argument[1])
        end = self._node()
        letters = self.letters.one(str(items[0][0]), items[0][1], mode.flags) if len(items) == 1 else None
        wanted = None if letters is None else self.letters.all & ~letters if name == "ASSERT_NOT" else letters
        if direction == _AHEAD:
            if letters is None:
                self._row(items, start, mode)
            self._link(start, end, ahead=wanted)
        else:
            self._link(start, end, before=wanted)
        return end

    def _edge(self, name: str, start: int, flags: int) -> int:
        end, letters = self._node(), self.letters
        word, other = letters.word, letters.all & ~letters.word
        match name:
            case "AT_BOUNDARY":
                self._link(start, end, before=word, ahead=other)
                self._link(start, end, before=other, ahead=word)
            case "AT_NON_BOUNDARY":
                self._link(start, end, before=word, ahead=word)
                self._link(start, end, before=other, ahead=other)
            case "AT_BEGINNING" | "AT_BEGINNING_STRING":
                self._link(start, end, before=letters.newline if flags & re.MULTILINE and name == "AT_BEGINNING" else 0)
            case "AT_END_STRING":
                self._link(start, end, ahead=0)
            case _:
                self._link(start, end, ahead=letters.newline)
        return end
