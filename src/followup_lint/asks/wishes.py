"""Whose clause it is and how it is meant: the sender's own wish, now, and not part of a story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_lint.asks.orders import complement
from followup_lint.asks.words import helpers, is_word, lemma, lemma_in, mood, plain, subject, touches, verbal, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_ADVERBIAL = frozenset({"aux", "advmod", "intj", "neg", "npadvmod"})
_FRAMING = frozenset({"and", "but", "so", "also", "just", "really", "only", "please", "still"})
_WISHED_WITH_WOULD = frozenset({"like", "love", "appreciate", "care", "welcome", "prefer"})
_PAST_STORY = frozenset({"because", "when", "while", "after", "before", "since", "although", "though", "until"})


def _clause_start(verb: Token) -> int:
    """Return where the clause of a verb opens if a greeting or a name goes before it: "Hi Dana, wondering"."""
    first = verb.sent.start
    commas = [t.i for t in verb.doc[first : min(verb.i, first + 5)] if t.text in {",", "!", "-", "–"}]
    return commas[-1] + 1 if commas else first


def first_person(verb: Token) -> bool:
    """Whether the sender is the subject, or nobody is and the clause opens the sentence."""
    who = subject(verb)
    if who in words("sender"):
        return True
    if lemma(verb) == "ask" and verb.tag_ == "VB":
        return False
    before = verb.doc[_clause_start(verb) : verb.i]
    return not who and all(plain(t) in _FRAMING or not is_word(t) or t.dep_ in _ADVERBIAL for t in before)


def _top(token: Token) -> Token:
    seen = token
    for _ in range(8):
        if seen.dep_ not in {"xcomp", "acomp", "advcl", "pcomp", "prep", "ccomp"} or seen.head.i > seen.i:
            return seen
        if seen.dep_ == "ccomp" and subject(seen.head) not in words("sender"):
            return seen
        seen = seen.head
    return seen


def embedded(token: Token) -> bool:
    """Whether the clause of a cue is told of rather than said: inside a relative, a reason or a report."""
    top = _top(token)
    if top.dep_ in {"relcl", "acl", "csubj", "pcomp"}:
        return not lemma_in(top.head, "notes") and not (top.dep_ == "pcomp" and lemma_in(top.head.head, "glad"))
    if any(c.dep_ == "mark" and plain(c) in _PAST_STORY for c in top.children):
        return True
    return top.dep_ == "ccomp" and top.head.i < top.i and lemma_in(top.head, "reporting") and top.head.tag_ == "VBD"


def past(verb: Token) -> bool:
    """Whether a verb tells of the past."""
    return verb.tag_ in {"VBD", "VBN"} and not {"would", "am", "is"} & mood(verb)


def perfect(verb: Token) -> bool:
    """Whether a verb stands in the perfect: "would have liked"."""
    return "have" in mood(verb) or "had" in mood(verb)


def going_on(cue: Token) -> bool:
    """Whether an -ing form is a verb of its own, "am asking" or "Asking", and not what another verb does."""
    if cue.tag_ != "VBG" or {"am", "is", "are", "was", "were", "been", "be"} & helpers(cue):
        return True
    return cue.dep_ not in {"xcomp", "pcomp", "ccomp", "dobj"} or lemma(cue.head) in {"write", "reach", "just"}


def touching(cue: Token) -> bool:
    """Whether what follows a cue concerns the reader or the application."""
    return touches(complement(cue), "reader", "process", "information")


def _wish(governor: Token) -> bool:  # noqa: PLR0911  (a ladder: one case a line)
    """Whether a verb or adjective says that the sender wants something now."""
    impersonal = lemma_in(governor, "helpful") and subject(governor) in {"it", ""}
    if not (first_person(governor) or impersonal) or embedded(governor):
        return False
    auxiliaries = mood(governor)
    if verbal(governor) or governor.tag_ == "MD":
        if "not" in auxiliaries or perfect(governor):
            return False
        if lemma(governor) in {"want", "need"} and "would" in auxiliaries:
            return False
        if lemma(governor) in _WISHED_WITH_WOULD:
            return bool(auxiliaries & {"would", "should"})
        if lemma(governor) in {"write", "reach", "check", "follow", "contact", "touch", "circle", "get", "drop", "try"}:
            return (
                governor.tag_ not in {"VBD", "VBN"}
                and not {"will", "shall", "can", "could", "may", "might"} & auxiliaries
            )
        return lemma_in(governor, "wish") or lemma_in(governor, "write")
    if lemma_in(governor, "helpful"):
        return "would" in helpers(governor.head)
    if not lemma_in(governor, "glad"):
        return False
    verb = governor.head
    would = "would" in helpers(verb) or "should" in helpers(verb) or verb is governor
    return would or (
        plain(governor) in {"curious", "interested", "keen", "anxious", "eager"} and plain(verb) in {"am", "are", "be"}
    )


def wished(token: Token) -> bool:
    """Whether a cue, an infinitive or "interested in knowing", is wished for."""
    if token.dep_ == "pcomp" and lemma_in(token.head.head, "glad"):
        return _wish(token.head.head)
    inner = token
    if token.dep_ == "conj" and "to" not in helpers(token):
        inner = token.head
        if lemma_in(inner, "wish") and "to" not in helpers(inner):
            return _wish(inner)
    if "would" in helpers(inner):
        return subject(inner) in words("sender") and any(plain(t) in {"thought", "figured"} for t in inner.lefts)
    if "to" not in helpers(inner) or inner.head is inner:
        return False
    governor = inner.head
    if lemma(governor) != "be":
        return lemma_in(governor, "notes") or _wish(governor)
    glad = next((c for c in governor.children if c.dep_ == "acomp" and touches([c], "glad", "helpful")), None)
    noted = any(c.dep_ in {"nsubj", "attr"} and lemma_in(c, "notes") for c in governor.children)
    return noted or (glad is not None and _wish(glad))
