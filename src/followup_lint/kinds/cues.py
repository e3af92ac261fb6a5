"""Cues: what in a message's words gives its kind away, as `rules/vocabulary/kinds.yaml` lists them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from followup_lint.context import Kind
from followup_lint.records import dataclass
from followup_lint.vocabulary import raw


@dataclass(frozen=True)
class Cue:
    """One thing that speaks for or against some kinds.

    `words` are its phrases. Where `asks` is set, the sentence must also ask (a phrase of the list `asks`). A match that
    overlaps one of `unless` is none. `at` multiplies the points by where the cue stands; a place not named counts once.
    """

    name: str
    points: Mapping[Kind, float]
    words: tuple[str, ...]
    unless: tuple[str, ...]
    at: Mapping[str, float]
    asks: bool = False

    def weight(self, place: str) -> float:
        """Return by how much the points count in one place of the message."""
        return self.at.get(place, 1)


@dataclass(frozen=True)
class Lists:
    """The whole vocabulary: cues in the order in which they may claim words, the phrases that make an ask, the wishes
    that may open a message before it comes to its point, and the points each kind starts with.
    """

    cues: tuple[Cue, ...]
    asks: tuple[str, ...]
    courtesies: tuple[str, ...]
    start: Mapping[Kind, float]


@cache
def lists() -> Lists:
    """Return the cues, read once a process. Raises KeyError or ValueError for a fault in our own file."""
    data = raw("kinds")
    cues = tuple(
        Cue(
            name,
            {Kind(kind): float(points) for kind, points in entry.get("points", {}).items()},
            _phrases(entry["words"]),
            _phrases(entry.get("unless", ())),
            {place: float(factor) for place, factor in entry.get("at", {}).items()},
            asks=entry.get("asks") == "true",
        )
        for name, entry in data["cues"].items()
    )
    start = {kind: float(data["start"].get(kind, 0)) for kind in Kind}
    return Lists(cues, _phrases(data["asks"]), _phrases(data["courtesies"]), start)


def _phrases(written: Iterable[str]) -> tuple[str, ...]:
    # A word to be skipped may be "you've" or "follow-up". The apostrophes are escaped because `compiled` would make
    # one of them a set of its own; the plus is possessive because these words would otherwise be tried in every length.
    return tuple(phrase.replace(r"\w+ ", r"[\w\x27\u2019-]{1,40}+ ") for phrase in written)
