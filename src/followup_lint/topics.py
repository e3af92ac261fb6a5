"""Which nouns of a sentence belong to this occasion alone, and which would fit any interview anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from followup_lint import patterns
from followup_lint.people import fold
from followup_lint.vocabulary import vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_NAMES = frozenset({"NNP", "NNPS"})
_NUMBER = patterns.lazy(r"\W*\d*(?:st|nd|rd|th|am|pm)?\W*$", re.IGNORECASE)
_INSIDE = frozenset(
    {"compound", "amod", "nmod", "poss", "pobj", "prep", "conj", "appos", "nummod", "pcomp", "npadvmod"}
)
_MODIFIERS = frozenset({"compound", "amod", "nmod", "npadvmod"})
_PLACED = frozenset({"at", "with", "for", "from", "by", "to", "join", "joining", "in"})
_LEARNED = frozenset({"learn", "hear", "know", "find", "discover", "read", "information"})
_MET = frozenset(
    {
        "meet",
        "speak",
        "talk",
        "chat",
        "see",
        "join",
        "interview",
        "visit",
        "thank",
        "meeting",
        "speaking",
        "talking",
        "chatting",
        "seeing",
    }
)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(vocabulary("topics")[name])


def is_generic(token: Token) -> bool:
    """Whether a noun says nothing about which interview it was."""
    return bool({token.lemma_.lower(), token.lower_, fold(token.text)} & _words("generic"))


def may_be_topic(piece: str) -> bool:
    """Whether a folded word may be a topic, so far as its letters tell: a look before the parse."""
    return len(piece) > 1 and not piece.isdigit() and piece not in _words("function") and piece not in _words("generic")


def topics(doc: Doc, names: frozenset[str] = frozenset()) -> Iterator[Token]:
    """Yield the nouns of a parsed sentence that are a topic of their own.

    Left out are generic nouns, words of `names` (folded), what only says which job or firm it was, names of people met
    and places gone to, and whatever the sender calls his own ("my …").
    """
    for token in doc:
        if (
            token.tag_ in _NOUNS
            and len(token) > 1
            and not _NUMBER.match(token.text)
            and fold(token.text) not in names
            and not is_generic(token)
            and not _is_own(token)
            and not _says_which(token)
            and not (token.tag_ in _NAMES and _is_label(token))
        ):
            yield token


def _above(token: Token) -> Iterator[Token]:
    """Yield the nouns and prepositions a noun hangs on, up to the verb."""
    for _ in range(8):
        if token.dep_ not in _INSIDE or token.head is token:
            return
        token = token.head
        if token.tag_.startswith("VB") or token.tag_ == "MD":
            return
        yield token


def _is_own(token: Token) -> bool:
    """Whether the sender calls it his own, and not because you did something to it ("you took my plan apart")."""
    holder = [token, *_above(token)][-1].head
    if any(child.dep_ == "nsubj" and child.lower_ in {"you", "we", "u"} for child in holder.children):
        return False
    return any(
        child.lower_ in {"my", "mine"} and child.dep_ == "poss" and noun.lemma_.lower() not in _words("shared")
        for noun in (token, *_above(token))
        for child in noun.children
    )


def _says_which(token: Token) -> bool:
    head, seen = token, 0
    while head.dep_ in _MODIFIERS and head.head is not head and seen < 4:  # noqa: PLR2004  (no compound is longer)
        head, seen = head.head, seen + 1
        if head.lemma_.lower() in _words("heads"):
            return True
    return any(noun.lemma_.lower() in _words("jobs") for noun in _above(token))


def _is_label(token: Token) -> bool:
    """Whether a proper noun only says where or with whom: "interviewed at Rossi", "meeting Ana and Tom"."""
    noun = token
    while noun.dep_ in {"conj", "compound", "appos"} and noun.head.tag_ in {*_NAMES, "PRP"}:
        noun = noun.head
    head = noun.head
    if noun.dep_ == "pobj":
        if head.lower_ in {"about", "of"}:
            return head.head.lemma_.lower() in _LEARNED
        near = token.doc[max(0, noun.i - 10) : noun.i]
        return head.lower_ in _PLACED and not any(other.lemma_.lower() in _words("meals") for other in near)
    met = {other.lemma_.lower() for other in (head, *head.children)} & _MET
    return noun.dep_ in {"dobj", "npadvmod", "nsubj", "attr", "appos", "ROOT"} and bool(met)
