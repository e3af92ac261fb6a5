"""What ties a noun to this interview: it is yours, or both know of it, or it was told there."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from followup_lint.inflect import pieces
from followup_lint.people import fold
from followup_lint.reading import Reading
from followup_lint.text import Span

if TYPE_CHECKING:
    from spacy.tokens import Token


_SHARED = frozenset({"you", "we", "u", "ya", "y'all"})
_YOURS = frozenset({"your", "ur", "yours"})
_TIES = _SHARED | _YOURS | {"y", "the", "that", "those"}
"""Pieces of which a sentence holds one if a noun in it can be tied to the reader, or is known to both."""
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_OPEN = frozenset({"if", "should", "unless", "whether"})


def may_tie(reading: Reading, span: Span, people: frozenset[str]) -> bool:
    """Whether a sentence holds a word by which a noun in it could be tied: a look before the parse."""
    held = reading.pieces(span)
    if not held.isdisjoint(_TIES):
        return True
    named = pieces(" ".join(people))
    return not named.isdisjoint(held) or any(fold(word) in named for word in held if not word.isascii())


def is_theirs(token: Token, people: frozenset[str]) -> bool:
    """Whether a noun is yours or a known person's, or part of what one of you, or both of us, did."""
    for noun in (token, *token.ancestors):
        for child in noun.children:
            named = fold(child.text) in people
            owner = named or {word.lower_ for word in child.subtree} & _YOURS
            if child.dep_ == "poss" and owner and not noun.tag_.startswith("VB"):
                return True
            if child.dep_ in {"nsubj", "nsubjpass"} and (named or child.lower_ in _SHARED) and _is_fact(noun):
                return True
    return False


def is_known(token: Token) -> bool:
    """Whether a noun is spoken of as known to both ("the two ledgers") and not as the sender's own doing."""
    if not any(child.dep_ == "det" and child.lower_ in {"the", "that", "those"} for child in token.children):
        return False
    verb = next((above for above in token.ancestors if above.tag_ in _FINITE), None)
    subjects = {child.lower_ for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}} if verb else set()
    if subjects == {"it"}:
        return verb is not None and verb.tag_ == "VBD"
    return (verb is None or bool(subjects)) and not {"i", "they"} & subjects


def _is_fact(verb: Token) -> bool:
    """Whether a clause tells what is or was, not what would be: no "if you need", no "you will find"."""
    marks = {child.lower_ for child in verb.children if child.dep_ in {"mark", "aux"}}
    modal = any(child.tag_ == "MD" for child in verb.children)
    return not marks & _OPEN and not modal


def is_told(token: Token) -> bool:
    """Whether a noun stands in a past clause about you or us: "what you showed me about the kiln"."""
    # The parser loses its way in "the silt cores you showed me"; the words that follow do not.
    ahead = token.doc[token.i + 1 : token.i + 5]
    if any(you.lower_ in _SHARED and verb.tag_ == "VBD" for you, verb in pairwise(ahead)):
        return True
    verbs = (*token.ancestors, *(child for child in token.children if child.dep_ == "relcl"))
    return any(
        verb.tag_ == "VBD" and any(child.dep_ == "nsubj" and child.lower_ in _SHARED for child in verb.children)
        for verb in verbs
    )
