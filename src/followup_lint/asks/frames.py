"""The kinds of statement that ask, in the order they are tried."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from followup_lint.asks.demanding import demand, hope
from followup_lint.asks.learning import follow_up, learn
from followup_lint.asks.welcoming import welcome
from followup_lint.asks.wondering import perform, stated, wonder
from followup_lint.asks.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token

    from followup_lint.asks.model import Form

FRAMES: tuple[Callable[[Token], Form | None], ...] = (wonder, perform, learn, follow_up, welcome, demand, hope, stated)


@cache
def cues() -> frozenset[str]:
    """Return every lemma or word that one of the frames begins with."""
    lists = ("perform", "learn", "get", "touching", "appreciate", "glad", "helpful", "demand", "hope")
    openers = {"if", "perhaps", "maybe", "possibly"}
    return frozenset().union({"wonder", "curious", "help", "question"}, openers, *map(words, lists))
