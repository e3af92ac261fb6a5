"""What shows that a sentence may ask something of its reader, before anybody has parsed it.

Every reading of an ask leans on words: a question mark, an auxiliary before a pronoun, "wondering" with "whether" soon
after it, "let me" with "know" (see `cues`). A sentence without them asks nothing, and most sentences are without.
Orders of any other kind ("Sign both copies") show in the parse alone, so nothing is claimed of them here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from followup_lint import patterns
from followup_lint.asks.cues import OPENERS, PLEASE, by_cue
from followup_lint.asks.sign import held
from followup_lint.asks.words import AUXILIARIES, WH
from followup_lint.inflect import in_order
from followup_lint.vocabulary import vocabulary

_PRONOUN = r"\s+(?:i|we|you|u|he|she|it|they|there|one|anyone|anybody|someone)\b"
_LIGHT = r"(?:['’]?\s*\b(?:not|also|please|then|still|really))*"
_MODAL = r"(?:could|can|would|will|may|might|shall|should)"
_TURNED = (
    # Behind "I" no question word is looked for, nor does a clause open there; "'s" is taken for none of these. Only
    # "could you" is read wherever it stands.
    rf"(?:\b{_MODAL}(?:n['’]?t)?(?={_LIGHT}\s+(?:you|u)\b)|['’](?:d|ll)(?={_LIGHT}\s+(?:you|u)\b)"
    r"|\b(?<!\bi\s)(?<!\bwe\s)(?<!\bhe\s)(?<!\bshe\s)(?<!\bthey\s)"
    rf"(?:{_MODAL}|do|does|did|is|are|am|was|were|has|have|had)(?:n['’]?t)?"
    r"|(?<!\bi)(?<!\bwe)(?<!\bhe)(?<!\bshe)(?<!\bit)(?<!\byou)(?<!\bthey)['’](?:re|ve|d|ll|m)"
    rf"|\b(?:wo|ca|sha)n['’]?t|cannot){_LIGHT}{_PRONOUN}"
)
# An auxiliary, a few light words, a pronoun: "could you also", "haven't they", "what would it".
_INVERTED = patterns.lazy(_TURNED)
# "Is the panel complete", "How is your week": the subject may be any noun where the clause opens so.
_SURE = rf"(?:is|are|was|were|does|did|has|would|will|could)\b(?!{_LIGHT}{_PRONOUN})"
_OPENED = patterns.lazy(
    rf"\W*(?:and |but |so |or |please |also )*(?:{_SURE}|(?:{'|'.join(sorted(WH))})\b.{{0,60}}?\b{_SURE}(?!\s*,))"
)
_JOINED = patterns.lazy(
    r"(?:[,/&]|\b(?:and|or)\b)\s*"
    r"(?:(?:also|then|exactly|roughly|even|just|approximately|from|by|on|at|in|for|to|with|of|until|since|under|about|if)\s+)*"
    rf"(?:(?:{'|'.join(sorted(WH))})(?:s|d|ll|re|ve)?|if|whether)\b(?!\s+{_TURNED})"
)
# Where a clause may open: after what is no word, and with these words.
_BREAK = patterns.lazy(r"[^\w\s'’]+|(?<!\w)['’]|['’](?!\w)|\s{2,}|\b(?:and|but|so|or|then|also|plus|yet)\b")
_ENDS = patterns.lazy(r"[^\w\s,'’\"()/&-]|\s{2}")
"""Where the parser may begin a sentence anew, and a question mark behind asks for that one alone."""
_WORD = patterns.lazy(r"\w")
_DETERMINERS = frozenset({"the", "a", "an", "my", "your", "our", "his", "her", "its", "their", "any", "some", "no"})
_SUBJECTS = frozenset({"who", "what", "which", "whose", "how"})


def most_asks(folded: str) -> int:
    """Return how many questions a folded sentence can put at most, indirect ones and offers that ask included.

    That counts each clause that an ask strings together; orders other than "tell me" and its like are left out.
    """
    pieces = in_order(folded)
    cues = _cues(pieces)
    inverted = [match.start() for match in _INVERTED.finditer(folded)]
    noun = _OPENED.match(folded)
    if noun:
        inverted.append(noun.end() - 1)
    if not (cues or inverted or "?" in folded):
        return 0
    return max(1, _stretches(folded, pieces, _anew(folded, cues), inverted)) + len(_JOINED.findall(folded))


def _cues(pieces: Sequence[str]) -> list[int]:
    """Return which words of a sentence may be the cue of a statement or an order that asks."""
    signs, all_held = by_cue(), held(pieces)
    return [
        at
        for at, word in enumerate(pieces)
        if word in signs and any(sign.holds(pieces, at, all_held) for sign in signs[word])
    ]


def _anew(folded: str, cues: list[int]) -> list[int]:
    """Return the cues of a sentence with those that only are some if the parser begins a sentence behind a mark."""
    found, here = set(cues), 0
    for part in _ENDS.split(folded):
        pieces = in_order(part)
        found.update(here + at for at in _cues(pieces))
        here += len(pieces)
    return sorted(found)


def _stretches(folded: str, pieces: Sequence[str], cues: Sequence[int], inverted: Sequence[int]) -> int:
    """Return how many asks there can be in the stretches that question marks end, and behind the last of them.

    Two asks never begin at one place, nor does one begin before another that goes before it has shown: between the cues
    of two statements there is a place where a clause may open. An inversion may begin anywhere, and so may "please".
    """
    breaks = [match.span() for match in _BREAK.finditer(folded)]
    total = asked = since = here = 0
    is_marked, is_wordy = "?" in folded, False
    for (start, begin), (end, _) in zip([(0, 0), *breaks], [*breaks, (len(folded), 0)], strict=True):
        mark = folded[start:begin]
        if is_wordy and "?" in mark:
            total, asked, since, is_wordy = total + asked + (not since), 0, 0, False
        elif _ENDS.search(mark):
            since, is_wordy = 0, False
        inside = in_order(folded[start:end])
        turned = sum(start <= at < end for at in inverted)
        found = turned + _stated(pieces, [at for at in cues if here <= at < here + len(inside)])
        if is_marked or (here and _ENDS.search(mark)):
            found += 0 if _JOINED.match(folded, start) else _opening(inside, turned)  # what is joined counts already
            found += "no" in inside and not any(pieces[at] == "no" for at in cues)
        elif here and not turned:
            found += _fronted(inside)
        asked, since, here = asked + found, since + found, here + len(inside)
        is_wordy = is_wordy or bool(_WORD.search(folded, begin, end))
    return total + asked


def _stated(pieces: Sequence[str], cues: Sequence[int]) -> int:
    """Return how many of the cues between two places where a clause may open can give an ask of their own."""
    alone = sum(pieces[at] in OPENERS or not PLEASE.isdisjoint(pieces[max(0, at - 3) : at]) for at in cues)
    return alone + (len(cues) > alone)


def _opening(inside: Sequence[str], turned: int) -> int:
    """Return how many questions without a pronoun behind the auxiliary may open here: "is the team", "who decides"."""
    first = next((at for at, word in enumerate(inside) if word in AUXILIARIES or word not in _chained()), None)
    if first is None:
        return 0
    if inside[first] in AUXILIARIES:
        return not turned
    at = next((at for at in (first, first + 1) if inside[at : at + 1] and inside[at] in WH), None)
    if at is None:
        return 0
    helper = next((here for here in range(at + 1, len(inside)) if inside[here] in AUXILIARIES), None)
    if inside[at] in _SUBJECTS:
        return not (turned and helper == at + 1)
    return helper is not None and not turned


def _fronted(inside: Sequence[str]) -> bool:
    """Whether a clause opens like "what is the date", which asks without its mark."""
    at = next((at for at, word in enumerate(inside) if word not in _chained()), 0)
    return any(
        word in AUXILIARIES and before in WH and after in _DETERMINERS
        for before, word, after in zip(
            inside[at : at + 2], inside[at + 1 : at + 3], inside[at + 2 : at + 4], strict=False
        )
    )


@cache
def _chained() -> frozenset[str]:
    """Return the words before which and behind which a clause may open."""
    return frozenset({"and", "but", "so", "or", "then", "also", "plus", "yet", *vocabulary("asks")["prelude"]})
