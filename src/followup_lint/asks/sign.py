"""A word that may make an ask of its sentence, and what must stand around it."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from followup_lint.inflect import signs
from followup_lint.records import dataclass
from followup_lint.vocabulary import vocabulary

_ARTICLES = frozenset({"the", "a", "an", "my", "your", "our", "his", "her", "their", "its", "this", "any", "no"})
_NOT_MINE = _ARTICLES | {
    "for", "of", "about", "with", "from", "by", "upon", "per", "without", "you", "u", "they", "he", "she",
}  # fmt: skip
"""Words right behind which a verb has another subject than the sender, or is none."""
_EARLY = 9  # pieces; a wish without "I" opens its sentence, or nearly
_SUPPOSED = frozenset({"would", "should", "will", "could", "shall", "d", "ll", "wo", "won"})
_WISHING = _SUPPOSED | {"any", "an", "some"}


@dataclass(frozen=True, slots=True)
class Held:
    """What a sentence holds: its pieces, and among them words for the sender, of wishing, of what is supposed."""

    all: AbstractSet[str]
    mine: bool
    wishing: bool
    supposed: bool


def held(pieces: Sequence[str]) -> Held:
    """Return what the pieces of a sentence are, taken together."""
    words = frozenset(pieces)
    mine = not words.isdisjoint({"i", "we", "me"})
    wishing = not words.isdisjoint(_WISHING) or (mine and not words.isdisjoint(of("demand")))
    return Held(words, mine, wishing, not words.isdisjoint(_SUPPOSED))


@dataclass(frozen=True, slots=True)
class Sign:
    """A cue that asks if one of `then` follows within `reach` pieces, and one of each of `also` stands anywhere.

    One of `pair` follows that one at once; behind one of `stops`, the next piece apart, it is not looked for. `next`
    and `not_next` are about the next piece. The cue stands among the first `early` pieces; soon after one of `led`, if
    there are such; right after none of `not_led`. With `mine`, it may be the sender's verb: "I" or "we" is in the
    sentence, or the cue opens it; with `wished` and `supposed`, it opens it, or such a word is there; with `governed`,
    there is another word on which a wish to know may hang.
    """

    cue: AbstractSet[str]
    then: AbstractSet[str] = frozenset()
    reach: int = 99
    pair: AbstractSet[str] = frozenset()
    stops: AbstractSet[str] = frozenset()
    next: AbstractSet[str] = frozenset()
    not_next: AbstractSet[str] = frozenset()
    also: tuple[AbstractSet[str], ...] = ()
    early: int = 999
    led: AbstractSet[str] = frozenset()
    not_led: AbstractSet[str] = frozenset()
    mine: bool = False
    wished: bool = False
    supposed: bool = False
    governed: bool = False

    def holds(self, pieces: Sequence[str], at: int, held: Held) -> bool:
        """Whether the cue at a place of a sentence asks, so far as the words around it tell."""
        following = pieces[at + 1] if at + 1 < len(pieces) else ""
        before = pieces[at - 1] if at else ""
        return (
            at < self.early
            and (not self.next or following in self.next)
            and following not in self.not_next
            and before not in self.not_led
            and not (self.mine and before in _NOT_MINE)
            and (at < _EARLY or self._is_meant(held))
            and (not self.led or not at or not self.led.isdisjoint(pieces[max(0, at - 3) : at]))
            and not any(held.all.isdisjoint(words) for words in self.also)
            and (not self.then or self._is_followed(pieces, at))
            and (not self.governed or any(word in governors() for word in (*pieces[:at], *pieces[at + 1 :])))
        )

    def _is_meant(self, held: Held) -> bool:
        return (
            (not self.mine or held.mine) and (not self.wished or held.wishing) and (not self.supposed or held.supposed)
        )

    def _is_followed(self, pieces: Sequence[str], at: int) -> bool:
        for here in range(at + 1, min(len(pieces), at + 1 + self.reach)):
            if pieces[here] in self.then and (not self.pair or not self.pair.isdisjoint(pieces[here + 1 : here + 2])):
                return True
            if here > at + 1 and pieces[here] in self.stops:
                return False
        return False


@cache
def of(*names: str) -> frozenset[str]:
    """Return the pieces of the words on some lists."""
    words = vocabulary("asks")
    return frozenset().union(*(signs([word]) or {word} for name in names for word in words[name]))


@cache
def governors() -> frozenset[str]:
    """Return the pieces of what a wish to know hangs on: "would like to know", "a note to ask", "I thought I'd see"."""
    return of("wish", "write", "glad", "helpful", "notes") | {"thought", "figured"}
