"""What an automaton is made of."""

from __future__ import annotations

from followup_lint.records import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A part that takes one character: which ones, how often it may come round, and the node it leads to."""

    letters: int
    most: float
    to: int


@dataclass(frozen=True, slots=True)
class Step:
    """A way from a place to the next; `before` holds what the first may have taken, `ahead` what the next may take.

    `twice` tells that there are two such ways, which nothing tells apart.
    """

    to: int
    before: int
    ahead: int
    twice: bool = False
