"""In how many ways an expression can walk through one run of characters: what makes a match that fails take long.

An expression that can come back to a place by two ways over the same characters doubles its work with each round. One
that can go over from one repeat to a later one anywhere in a run that both may take multiplies the lengths of such
runs.
Both are told from places that read the same characters side by side (Weideman, van der Merwe, Berglund and Watson,
"Analyzing Matching Time Behavior of Backtracking Regular Expression Matchers by Using Ambiguity of NFA", 2016).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from followup_lint.backtracking.automaton import Automaton, TooLarge
from followup_lint.backtracking.graph import Loop, components
from followup_lint.backtracking.places import Step
from followup_lint.records import dataclass, field

_MOST_LOOKS = 200_000
_MOST_CHAINS = 20_000
_LONG = 5  # so many loops over the same characters are too many at any length
_ALL_PLACES = 4  # of a loop; of a larger one, its first place stands for all


@dataclass
class Ambiguity:
    """The loops of an automaton, and what it costs that they can take the same characters."""

    automaton: Automaton
    looks: int = 0
    _home: dict[int, int] = field(default_factory=dict)
    _reached: dict[Loop, set[int]] = field(default_factory=dict)
    _final: dict[int, bool] = field(default_factory=dict)
    _sizes: dict[int, int] = field(default_factory=dict)
    _kept: dict[tuple[int, int], list[Step]] = field(default_factory=dict)

    def loops(self) -> list[Loop]:
        """Return the places from which a way leads back to them, together with all on it. Raises TooLarge."""
        found = [part for part in components(len(self.automaton.places), self._after) if self._is_loop(part)]
        self._home = {place: number for number, loop in enumerate(found) for place in loop}
        self._sizes = {number: len(loop) for number, loop in enumerate(found)}
        return found

    def _after(self, place: int) -> Iterator[int]:
        letters = self.automaton.places[place].letters
        return (step.to for step in self.automaton.steps(place) if step.before & letters)

    def _is_loop(self, part: Loop) -> bool:
        first, *others = part
        return bool(others) or first in self._after(first)

    def doubles(self, loop: Loop) -> bool:
        """Whether a loop, a result of `loops`, comes back to one of its places by two ways over the same characters."""
        back: dict[tuple[int, int], set[tuple[int, int]]] = {}
        waiting = [(place, place) for place in loop]
        met = set(waiting)
        apart = set()
        while waiting:
            here = waiting.pop()
            for to, _ in self._together(here, (self._home[loop[0]],) * 2):
                pair = (to[0].to, to[1].to)
                if pair[0] == pair[1] and here[0] == here[1] and (to[0].twice or to[0] is not to[1]):
                    return True
                if pair[0] != pair[1]:
                    apart.add(pair)
                back.setdefault(pair, set()).add(here)
                if pair not in met:
                    met.add(pair)
                    waiting.append(pair)
        # Of the ways that part, one must come together again.
        waiting, joined = [(place, place) for place in loop], set[tuple[int, int]]()
        while waiting:
            for pair in back.get(waiting.pop(), ()):
                if pair not in joined:
                    joined.add(pair)
                    waiting.append(pair)
        return not joined.isdisjoint(apart)

    def _ends(self, place: int) -> bool:
        """Whether a match that has come to a place cannot fail any more, so that no other way is ever tried."""
        if place not in self._final:
            here = self.automaton.places[place]
            # A lone set that may go on for ever goes on until something else comes, so nothing of it comes next.
            is_lone = here.most == math.inf and self._sizes.get(self._home.get(place, -1)) == 1
            self._final[place] = self.automaton.ends(place, here.letters if is_lone else 0)
        return self._final[place]

    def run(self, one: Loop, other: Loop) -> int:
        """Return the length of the shortest run that both loops take, and that leads from one to the other; 0 for none.

        The first is left anywhere in such runs, and the second goes on. Raises TooLarge.
        """
        if other not in self._reached:
            self._reached[other] = self._reaching(other)
        reaches = self._reached[other]
        if one[0] not in reaches:
            return 0
        # A run may be read from any of its places on, so from where the first loop is left; of a large loop not all
        # places are tried, and then it may be left later.
        small = len(one) <= _ALL_PLACES
        found = [
            length
            for first in (one if small else one[:1])
            for last in other
            if (length := self._shortest((first, first, last), (first, last, last), reaches, one if small else ()))
        ]
        return min(found, default=0)

    def _shortest(self, start: tuple[int, ...], end: tuple[int, ...], reaches: set[int], left: Sequence[int]) -> int:
        homes = (self._home[start[0]], -1, self._home[end[1]])
        met, now = {start}, [start]
        for length in range(1, _MOST_LOOKS):
            ahead = []
            for here in now:
                for steps, _ in self._together(here, homes):
                    there = tuple(step.to for step in steps)
                    if length == 1 and there[1] in left:
                        continue
                    if there == end:
                        return length
                    if there not in met and there[1] in reaches:
                        met.add(there)
                        ahead.append(there)
            if not ahead:
                return 0
            now = ahead
        return 0

    @cached_property
    def _before(self) -> dict[int, list[int]]:
        back: dict[int, list[int]] = {}
        for place in range(len(self.automaton.places)):
            for to in self._after(place):
                back.setdefault(to, []).append(place)
        return back

    def _reaching(self, loop: Loop) -> set[int]:
        met, waiting = set(loop), list(loop)
        while waiting:
            for place in self._before.get(waiting.pop(), ()):
                if place not in met:
                    met.add(place)
                    waiting.append(place)
        return met

    def _steps(self, place: int, home: int) -> list[Step]:
        """Return the steps from a place that matter: to where a match may still fail, and within its home."""
        if (place, home) not in self._kept:
            self._kept[place, home] = [
                step
                for step in self.automaton.steps(place)
                if (home < 0 or self._home.get(step.to) == home) and not self._ends(step.to)
            ]
        return self._kept[place, home]

    def _together(self, here: tuple[int, ...], homes: tuple[int, ...]) -> Iterator[tuple[tuple[Step, ...], int]]:
        """Yield where places can go that read the same character; one with a home stays in that loop."""
        places = self.automaton.places
        last = self.automaton.letters.all
        for place in here:
            last &= places[place].letters
        ways: list[tuple[tuple[Step, ...], int, int]] = [((), last, self.automaton.letters.all)]
        for place, home in zip(here, homes, strict=True):
            steps = self._steps(place, home)
            ways = [
                ((*taken, step), before & step.before, letters)
                for taken, before, ahead in ways
                for step in steps
                if before & step.before and (letters := ahead & step.ahead & places[step.to].letters)
            ]
            self.looks += len(ways) + 1
            if self.looks > _MOST_LOOKS:
                raise TooLarge
        for taken, _, letters in ways:
            yield taken, letters


def cost(loops: Mapping[int, float], runs: Mapping[tuple[int, int], int], size: int) -> tuple[float, tuple[int, ...]]:
    """Return how many steps a match that fails may take on a text of some size, and the loops that make it so.

    `loops` holds how often each may come round, `runs` the length of the shortest run that leads from one to another.
    """
    best: tuple[float, tuple[int, ...]] = (0.0, ())
    for chain in _chains(runs):
        long, steps = 0, 1.0
        for at, loop in enumerate(chain):
            length = runs[loop, chain[at + 1]] if at + 1 < len(chain) else 1
            rounds = min(loops[loop], size) if loops[loop] < size else size / length
            long += loops[loop] >= size
            steps *= rounds
        best = max(best, (steps / math.factorial(long), chain))
    return best


def _chains(runs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, ...]]:
    """Yield loops in a row of which each leads to all that follow, as those must that take one and the same run."""
    pairs = set(runs)
    after: dict[int, list[int]] = {}
    for one, other in sorted(pairs):
        after.setdefault(one, []).append(other)
    waiting: list[tuple[int, ...]] = sorted(pairs)
    for count in itertools.count():
        if not waiting:
            return
        if count > _MOST_CHAINS:
            raise TooLarge
        chain = waiting.pop()
        yield chain
        if len(chain) < _LONG:
            waiting += [
                (*chain, to)
                for to in after.get(chain[-1], ())
                if to not in chain and all((one, to) in pairs for one in chain)
            ]
