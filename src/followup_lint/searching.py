"""Phrases looked for in a text, only where the words are that they cannot do without; what was found is kept."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from followup_lint.literals import folded, stretches, wanted
from followup_lint.phrases import Group, group, matches
from followup_lint.records import dataclass, field
from followup_lint.text import Span


class _Stretch(NamedTuple):
    """What a part of a text holds of the `known` words that were wanted then, and whether it ends inside a word."""

    known: int
    held: frozenset[str] | None
    cuts: bool


@dataclass(frozen=True, eq=False)
class Searched:
    """A text in which phrases are looked for."""

    text: str
    _stretches: dict[Span, _Stretch] = field(default_factory=dict, init=False, repr=False)
    _living: dict[int, tuple[tuple[str, ...], Group | None]] = field(default_factory=dict, init=False, repr=False)
    _found: dict[tuple[int, Span], list[Span]] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def folded(self) -> str:
        """Return the text as phrases look for their words in it: as long as the text."""
        return folded(self.text)

    def alive(self, some: Group, within: Span) -> Group | None:
        """Return those of some phrases that may match in a part of the text; None if there are none."""
        # Asked in this order: what the phrases want is wanted by now.
        return some.living(self._stretch(within).held)

    def living(self, phrases: tuple[str, ...]) -> Group | None:
        """Return those of some phrases that may match anywhere in the text; None if there are none."""
        # By identity: rules hold their lists for good, and to hash a list of hundreds takes longer than to look it up.
        known = self._living.get(id(phrases))
        if known is not None and known[0] is phrases:
            return known[1]
        found = self.alive(group(phrases), Span(0, len(self.text))) if phrases else None
        self._living[id(phrases)] = phrases, found
        return found

    def find(self, phrases: tuple[str, ...], within: Span) -> list[Span]:
        """Return every match of the phrases inside a stretch."""
        living, stretch = self.living(phrases), self._stretch(within)
        if stretch.cuts and phrases:
            living = group(phrases)  # what the stretch leaves of its last word stands nowhere in the whole text
            stretch = self._stretch(within)
        if living is None:
            return []
        # `_living` holds the phrases, so nothing else can have their identity meanwhile.
        key = id(phrases), within
        found = self._found.get(key)
        if found is None:
            near = living.living(stretch.held)
            places = matches(near.phrases, self.text, within.start, within.end) if near else ()
            found = self._found[key] = [Span(start, end) for start, end in places]
        return found

    def _stretch(self, within: Span) -> _Stretch:
        known = self._stretches.get(within)
        if known is None or known.known != len(wanted()):
            count, held = len(wanted()), stretches(within.of(self.folded))
            known = self._stretches[within] = _Stretch(count, held, _cuts(self.text, within.end))
        return known


def _cuts(text: str, place: int) -> bool:
    """Whether a place lies inside a word."""
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()
