"""What shows that a sentence may ask something of its reader, before anybody has parsed it.

Every reading of an ask leans on words: a question mark, an auxiliary before a pronoun, "wondering" with "whether" soon
after it, "let me" with "know". A sentence without them asks nothing, and most sentences are without. Orders of any
other kind ("Sign both copies") show in the parse alone, so nothing is claimed of them here.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache

from followup_lint.asks.words import WH
from followup_lint.inflect import signs
from followup_lint.vocabulary import vocabulary

_CLAUSAL = WH | {"if", "whether"}
_PRONOUN = r"\s+(?:i|we|you|u|he|she|it|they|there|one|anyone|anybody|someone)\b"
_LIGHT = r"(?:['’]?\s*\b(?:not|also|please|then|still|really))*"
# An auxiliary, a few light words, a pronoun: "could you also", "haven't they", "what would it".
_INVERTED = re.compile(
    r"(?:\b(?:could|can|would|will|may|might|shall|should|do|does|did|is|are|am|was|were|has|have|had)(?:n['’]?t)?"
    rf"|['’](?:s|re|ve|d|ll|m)|\b(?:wo|ca|sha)n['’]?t|cannot){_LIGHT}{_PRONOUN}"
)
# "Is the panel complete", "How is your week": the subject may be any noun where the clause opens so.
_SURE = r"(?:is|are|was|were|does|did|has|would|will|could)\b"
_OPENED = re.compile(
    rf"\W*(?:and |but |so |or |please |also )*(?:{_SURE}|(?:{'|'.join(sorted(WH))})\b.{{0,60}}?\b{_SURE}(?!\s*,))"
)
_WORD = re.compile(r"[^\W_]+")
_EARLY = 9  # pieces; a wish without "I" opens its sentence, or nearly


@dataclass(frozen=True, slots=True)
class _Sign:
    """A cue that asks if one of `then` follows within `reach` pieces, or one of `near` stands right before it.

    With `mine`, "I" or "we" stands in the sentence too, or the cue opens it; with `wished`, a word of wishing.
    """

    cue: frozenset[str]
    then: AbstractSet[str]
    reach: int = 99
    mine: bool = False
    wished: bool = False
    led: AbstractSet[str] = frozenset()


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
    information = _of("information", "state", "trouble")
    lead = frozenset({"to", "in", "of", "about", "for", "would", "d", "and", "or"})
    you = frozenset({"you", "u"})
    handed = frozenset({"letting", "keeping", "telling", "informing", "updating", "notifying", "sharing", "sending"})
    return (
        _Sign(signs(["wonder", "curious"]), _CLAUSAL | {"about"}, 7, mine=True),
        _Sign(_of("perform"), frozenset(), mine=True),
        _Sign(_of("learn"), _CLAUSAL, 8, led=lead),
        _Sign(_of("checking"), _CLAUSAL, 8, mine=True),
        _Sign(_of("learn", "get"), information | {"it"}, led=lead),
        _Sign(_of("touching"), _of("state"), 18, mine=True),
        _Sign(_of("appreciate") | signs(["help"]), _CLAUSAL | information | handed, 20),
        _Sign(_of("glad", "helpful"), _CLAUSAL | information | handed, 20, wished=True),
        _Sign(information, _of("glad", "helpful", "appreciate") | signs(["help"]), 20, wished=True),
        _Sign(_of("demand"), _CLAUSAL | information, 14, mine=True),
        _Sign(_of("demand"), you, 2, mine=True),
        _Sign(_of("hope") | {"perhaps", "maybe", "possibly", "if"}, you, 3),
        _Sign(signs(["question"]), _CLAUSAL | {"about", "regarding", "on", "concerning"}, 8, mine=True),
        _Sign(frozenset({"let", "letting", "keep", "keeping"}), frozenset({"me", "us"}), 3),
        _Sign(_bare("tell") | handed, {"me", "us"} | information | _CLAUSAL, 12),
        _Sign(_bare("give") | handed, _CLAUSAL | information, 20),
        _Sign(_bare("tell"), frozenset(), led=frozenset({"please", "pls", "plz", "plse", "kindly"})),
        _Sign(frozenset({"revert", "clarify", "elaborate", "explain", "advise"}), frozenset()),
        _Sign(frozenset({"any"}), information, 8),
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
    by_cue, held = _by_cue(), set(pieces)
    mine, wishing = not held.isdisjoint({"i", "we", "me"}), not held.isdisjoint(_WISHING)
    count = 0
    for at, word in enumerate(pieces):
        for sign in by_cue.get(word, ()):
            if (
                (not sign.mine or mine or at < _EARLY)
                and (not sign.wished or wishing or at < _EARLY)
                and (not sign.then or not sign.then.isdisjoint(pieces[at + 1 : at + 1 + sign.reach]))
                and (not sign.led or at == 0 or not sign.led.isdisjoint(pieces[max(0, at - 4) : at]))
            ):
                count += 1
                break
    if pieces[:5] and "no" in pieces[:5]:
        count += 1  # "Still no news."
    return count


def most_asks(folded: str) -> int:
    """Return how many questions a folded sentence can put at most, indirect ones and offers that ask included.

    That counts each clause that an ask strings together; orders other than "tell me" and its like are left out.
    """
    pieces = _WORD.findall(folded)
    marks = folded.count("?")
    statements = _statements(pieces)
    inverted = len(_INVERTED.findall(folded)) + bool(_OPENED.match(folded))
    if not (marks or statements or inverted):
        return 0
    clauses = sum(word in _CLAUSAL for word in pieces)
    return max(clauses, 1) + marks + inverted + statements - 1
