"""What shows that a sentence may ask something of its reader, before anybody has parsed it.

Every reading of an ask leans on words: a question mark, an auxiliary before a pronoun, "wondering" with "whether" soon
after it, "let me" with "know". A sentence without them asks nothing, and most sentences are without. Orders of any
other kind ("Sign both copies") show in the parse alone, so nothing is claimed of them here.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import cache

from followup_lint import patterns
from followup_lint.asks.words import WH
from followup_lint.inflect import NO_ORDER, in_order, signs
from followup_lint.records import dataclass
from followup_lint.vocabulary import vocabulary

_CLAUSAL = WH | {"if", "whether"}
_PRONOUN = r"\s+(?:i|we|you|u|he|she|it|they|there|one|anyone|anybody|someone)\b"
_LIGHT = r"(?:['’]?\s*\b(?:not|also|please|then|still|really))*"
# An auxiliary, a few light words, a pronoun: "could you also", "haven't they", "what would it".
_INVERTED = patterns.lazy(
    r"(?:\b(?:could|can|would|will|may|might|shall|should|do|does|did|is|are|am|was|were|has|have|had)(?:n['’]?t)?"
    rf"|['’](?:s|re|ve|d|ll|m)|\b(?:wo|ca|sha)n['’]?t|cannot){_LIGHT}{_PRONOUN}"
)
# "Is the panel complete", "How is your week": the subject may be any noun where the clause opens so.
_SURE = r"(?:is|are|was|were|does|did|has|would|will|could)\b"
_OPENED = patterns.lazy(
    rf"\W*(?:and |but |so |or |please |also )*(?:{_SURE}|(?:{'|'.join(sorted(WH))})\b.{{0,60}}?\b{_SURE}(?!\s*,))"
)
_JOINED = patterns.lazy(r"[^\w\s'’]+|\b(?:and|but|so|or|then|also|plus|yet)\b")
_MODAL = frozenset({"could", "can", "would", "will", "might", "may", "d", "ll", "ca", "wo", "won", "cannot"})
_ABOUT = frozenset({"on", "about", "regarding", "for", "concerning", "as", "at", "with", "in"})
_NOT_OPENING = frozenset([
    "have", "has", "had", "if", "you", "for", "with", "of", "to", "in", "without", "not", "t", "there", "are", "is",
    "need", "answer", "by", "at", "on", "get", "know", "from", "about", "as",
])  # fmt: skip
_EARLY = 9  # pieces; a wish without "I" opens its sentence, or nearly


@dataclass(frozen=True, slots=True)
class _Sign:
    """A cue that asks if one of `then` follows within `reach` pieces, and one of `also` anywhere.

    It stands among the first `early` pieces; soon after one of `led`, if there are such; right after none of
    `not_led`. With `mine`, "I" or "we" is in the sentence, or the cue opens it; with `wished`, a word of wishing is.
    """

    cue: AbstractSet[str]
    then: AbstractSet[str] = frozenset()
    reach: int = 99
    also: AbstractSet[str] = frozenset()
    early: int = 999
    led: AbstractSet[str] = frozenset()
    not_led: AbstractSet[str] = frozenset()
    mine: bool = False
    wished: bool = False

    def holds(self, pieces: list[str], at: int, held: _Held) -> bool:
        """Whether the cue at a place of a sentence asks, so far as the words around it tell."""
        opens = at < _EARLY
        return (
            at < self.early
            and (not self.mine or held.mine or opens)
            and (not self.wished or held.wishing or opens)
            and (not self.then or not self.then.isdisjoint(pieces[at + 1 : at + 1 + self.reach]))
            and (not self.also or not held.all.isdisjoint(self.also))
            and (not self.led or at == 0 or not self.led.isdisjoint(pieces[max(0, at - 3) : at]))
            and (at == 0 or pieces[at - 1] not in self.not_led)
        )


@dataclass(frozen=True, slots=True)
class _Held:
    """What a sentence holds: its pieces, and whether there is a word for the sender or one of wishing among them."""

    all: AbstractSet[str]
    mine: bool
    wishing: bool


@cache
def _of(*names: str) -> frozenset[str]:
    """Return the pieces of the words on some lists."""
    words = vocabulary("asks")
    return frozenset().union(*(signs([word]) or {word} for name in names for word in words[name]))


@cache
def _bare(*names: str) -> frozenset[str]:
    """Return the words on some lists as an order has them."""
    words = vocabulary("asks")
    return frozenset(word for name in names for word in words[name])


@cache
def _signs() -> tuple[_Sign, ...]:
    information, state = _of("information"), _of("state")
    lead = frozenset({"to", "in", "of", "about", "for", "would", "d", "and", "or"})
    you = frozenset({"you", "u"})
    handed = frozenset({"letting", "keeping", "telling", "informing", "updating", "notifying", "sharing", "sending"})
    helpful = _of("glad", "helpful")
    appreciate = _of("appreciate") | signs(["help"])
    return (
        _Sign(signs(["wonder", "curious"]), _CLAUSAL | {"about"}, 7, mine=True),
        _Sign(_of("perform"), mine=True),
        _Sign(_of("learn"), _CLAUSAL, 8, led=lead, wished=True),
        _Sign(_of("checking"), _CLAUSAL, 8, mine=True),
        _Sign(_of("learn"), information | state, 14, led=lead, wished=True),
        _Sign(_of("get"), information, 14, led=frozenset({"to", "and", "or"}), wished=True),
        _Sign(_of("learn", "get"), frozenset({"it"}), 1, also=frozenset({"if", "should", "case"}), led=lead),
        _Sign(_of("touching"), state, 18, mine=True),
        _Sign(appreciate, WH | {"if"} | information | handed, 20),
        _Sign(helpful, information | {"if"}, 18, wished=True),
        _Sign(helpful, _ABOUT | {"of", "to"}, 14, also=WH, wished=True),
        _Sign(information, helpful | appreciate, 20, wished=True),
        _Sign(_of("demand"), information, 14, mine=True),
        _Sign(_of("demand"), _ABOUT | {"of", "to"}, 14, also=WH, mine=True),
        _Sign(_of("demand"), you, 2, also=frozenset({"to"}), mine=True),
        _Sign(_of("hope"), you, 3, also=_MODAL, mine=True),
        _Sign(frozenset({"if", "perhaps", "maybe", "possibly"}), you, 1, also=_MODAL, early=6),
        _Sign(signs(["question"]), _CLAUSAL | _ABOUT, 8, mine=True),
        _Sign(frozenset({"let", "keep"}), frozenset({"me", "us"}), 3, not_led=NO_ORDER),
        _Sign(handed, frozenset({"me", "us"}), 3),
        _Sign(_bare("tell"), {"me", "us"} | information | _CLAUSAL, 12, not_led=NO_ORDER),
        _Sign(_bare("give"), information, 16, not_led=NO_ORDER),
        _Sign(frozenset({"share"}), _CLAUSAL, 5, not_led=NO_ORDER),
        _Sign(_bare("tell"), led=frozenset({"please", "pls", "plz", "plse", "kindly"})),
        _Sign(frozenset({"revert", "clarify", "elaborate", "explain", "advise"}), not_led=NO_ORDER),
        _Sign(frozenset({"any"}), information | state | _of("trouble"), 8, not_led=_NOT_OPENING),
    )


_WISHING = frozenset({"would", "should", "will", "could", "shall", "d", "ll", "any", "an", "some"})


@cache
def _by_cue() -> dict[str, tuple[_Sign, ...]]:
    """Return the signs that each cue may give."""
    found: dict[str, list[_Sign]] = {}
    for sign in _signs():
        for word in sign.cue:
            found.setdefault(word, []).append(sign)
    return {word: tuple(listed) for word, listed in found.items()}


def _statements(pieces: list[str]) -> int:
    """Return how many words of a sentence may be the cue of a statement or an order that asks."""
    by_cue, words = _by_cue(), frozenset(pieces)
    held = _Held(words, not words.isdisjoint({"i", "we", "me"}), not words.isdisjoint(_WISHING))
    count = 0
    for at, word in enumerate(pieces):
        signs_here = by_cue.get(word)
        if signs_here and any(sign.holds(pieces, at, held) for sign in signs_here):
            count += 1
    if pieces[:5] and "no" in pieces[:5]:
        count += 1  # "Still no news."
    return count


def most_asks(folded: str) -> int:
    """Return how many questions a folded sentence can put at most, indirect ones and offers that ask included.

    That counts each clause that an ask strings together; orders other than "tell me" and its like are left out.
    """
    pieces = in_order(folded)
    marks = folded.count("?")
    statements = _statements(pieces)
    inverted = len(_INVERTED.findall(folded)) + bool(_OPENED.match(folded))
    if not (marks or statements or inverted):
        return 0
    clauses = sum(word in _CLAUSAL for word in pieces)
    # An ask begins where a clause may open, and what it strings together is joined.
    openings = 1 + len(_JOINED.findall(folded.rstrip(" .!?\"'”’)")))
    return min(max(clauses, 1) + marks + inverted + statements - 1, openings + max(0, inverted - 1))
