"""Phrases looked for in a text, only where the words are that they cannot do without; what was found is kept."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from followup_lint.literals import Places, folded, stretches, wanted
from followup_lint.phrases import Group, Phrase, group, matches
from followup_lint.records import dataclass, field
from followup_lint.text import Span


@dataclass(frozen=True, slots=True)
class _Sought:
    """A list of phrases, those that may match in the text, and where: a bit for the whole, and one for each part."""

    phrases: tuple[str, ...]
    living: tuple[tuple[Phrase, int], ...]
    bits: int

    def within(self, number: int) -> tuple[Phrase, ...]:
        """Return the phrases that may match in a part."""
        return tuple([phrase for phrase, bits in self.living if bits >> number & 1])


@dataclass(frozen=True, eq=False)
class Searched:
    """A text in which phrases are looked for, mostly in some of its parts: those are looked through all at once."""

    text: str
    parts: tuple[Span, ...] = ()
    _stretches: dict[Span, tuple[int, frozenset[str] | None]] = field(default_factory=dict, init=False, repr=False)
    _places: dict[int, Places] = field(default_factory=dict, init=False, repr=False)
    _sought: dict[int, _Sought] = field(default_factory=dict, init=False, repr=False)
    _found: dict[tuple[int, Span], list[Span]] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def folded(self) -> str:
        """Return the text as phrases look for their words in it: as long as the text."""
        return folded(self.text)

    @cached_property
    def _numbers(self) -> dict[Span, int]:
        """Return the bits of the parts; the whole text has the lowest."""
        known = [part for part in self.parts if part not in self._cut]
        return {part: number for number, part in enumerate(dict.fromkeys([Span(0, len(self.text)), *known]))}

    @cached_property
    def _cut(self) -> list[Span]:
        """Return the parts that end inside a word: what they leave of it stands nowhere in the whole text."""
        return [part for part in self.parts if _cuts(self.text, part.end)]

    def alive(self, some: Group, within: Span) -> Group | None:
        """Return those of some phrases that may match in a stretch of the text; None if there are none."""
        # Asked in this order: what the phrases want is wanted by now.
        known = self._stretches.get(within)
        if known is None or known[0] != len(wanted()):
            known = self._stretches[within] = len(wanted()), stretches(within.of(self.folded))
        return some.living(known[1])

    def living(self, phrases: tuple[str, ...]) -> bool:
        """Whether any of some phrases may match anywhere in the text, or in one of its parts."""
        return bool(self._seek(phrases).bits or (self._cut and phrases))

    def find(self, phrases: tuple[str, ...], within: Span) -> list[Span]:
        """Return every match of the phrases inside a stretch."""
        sought, number = self._seek(phrases), self._numbers.get(within)
        if number is not None and not sought.bits >> number & 1:
            return []
        # `_sought` holds the phrases, so nothing else can have their identity meanwhile.
        key = id(phrases), within
        found = self._found.get(key)
        if found is None:
            near = self._near(phrases, within) if number is None else sought.within(number)
            places = matches(near, self.text, within.start, within.end) if near else ()
            found = self._found[key] = [Span(start, end) for start, end in places]
        return found

    def _seek(self, phrases: tuple[str, ...]) -> _Sought:
        # By identity: rules hold their lists for good, and to hash a list of hundreds takes longer than to look it up.
        known = self._sought.get(id(phrases))
        if known is None or known.phrases is not phrases:
            # Asked in this order: what the phrases want is wanted by then.
            living = group(phrases).places(self._held()) if phrases else []
            bits = 0
            for _, some in living:
                bits |= some
            known = self._sought[id(phrases)] = _Sought(phrases, tuple(living), bits)
        return known

    def _held(self) -> Places:
        """Return which parts hold what is wanted by now."""
        count = len(wanted())
        if count not in self._places:
            self._places.clear()
            self._places[count] = Places.of(self._pieces())
        return self._places[count]

    def _pieces(self) -> Iterator[tuple[str, int]]:
        """Yield the whole folded text in pieces, each with the bits of what it belongs to."""
        here = 0
        for part, number in sorted(self._numbers.items()):
            # A part that overlaps another, or begins inside a word, is a piece by itself, and no piece of the whole.
            is_own = number and part.start >= here and not _cuts(self.text, part.start)
            if is_own:
                between = self.folded[here : part.start]
                if between and not between.isspace():
                    yield between, 1
                here = part.end
            if number:
                yield part.of(self.folded), 1 << number | is_own
        yield self.folded[here:], 1

    def _near(self, phrases: tuple[str, ...], within: Span) -> tuple[Phrase, ...]:
        """Return the phrases that may match in a stretch that is none of the parts."""
        if not phrases or not (self.living(phrases) or _cuts(self.text, within.end)):
            return ()
        near = self.alive(group(phrases), within)
        return near.phrases if near else ()


def _cuts(text: str, place: int) -> bool:
    """Whether a place lies inside a word."""
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()
