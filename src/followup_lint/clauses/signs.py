"""What a sentence must hold for a clause of some kind to stand in it, before anybody has parsed it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from followup_lint import patterns
from followup_lint.clauses.model import Who
from followup_lint.inflect import NO_ORDER, forms
from followup_lint.vocabulary import vocabulary

NEGATIONS = frozenset([
    "t", "n", "not", "never", "no", "nor", "neither", "nothing", "nobody", "none", "noone", "longer", "hardly",
    "scarcely", "barely", "rarely", "seldom", "without", "cannot", "ain", "dont", "didnt", "doesnt", "havent", "hasnt",
    "hadnt", "cant", "couldnt", "wont", "wouldnt", "isnt", "wasnt",
])  # fmt: skip
"""Pieces of which a negated clause holds one."""

_WORD = patterns.lazy(r"[^\W_]+")


@cache
def signs_of(side: Who) -> frozenset[str]:
    """Return pieces of which a sentence with a subject on this side holds one; none where any sentence may have one."""
    words = vocabulary("clauses")
    match side:
        case Who.SENDER:
            return frozenset({"i", "me", "myself"})
        case Who.WE:
            return frozenset({"we", "us"})
        case Who.READER:
            you = {"you", "u", "ye", "yourself", "yourselves", "your", "ur"}
            return frozenset(you).union(*map(forms, words["employer"]))
        case Who.NOBODY:
            openings = {re.split(r"\W", opening)[0] for opening in words["nobody-openings"]}
            return frozenset(words["nobody"]) | openings
        case _:
            return frozenset()


def signs_of_any(sides: Iterable[Who]) -> frozenset[str]:
    """Return pieces of which a sentence with a subject on one of some sides holds one; none where that is not sure."""
    each = [signs_of(side) for side in sides]
    return frozenset().union(*each) if all(each) else frozenset()


def may_order(folded: str, verbs: frozenset[str]) -> bool:
    """Whether one of some verbs may stand as an order in a folded text: with nothing before it that holds it."""
    words = _WORD.findall(folded)
    return any(word in verbs and (not at or words[at - 1] not in NO_ORDER) for at, word in enumerate(words))


__all__ = ["NEGATIONS", "may_order", "signs_of", "signs_of_any"]
