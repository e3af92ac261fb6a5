"""Whose deed a verb tells of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_lint.clauses.model import Who
from followup_lint.vocabulary import vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECT = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
_SHARES = frozenset({"conj", "xcomp", "pcomp", "acomp"})


def own_subject(verb: Token) -> Token | None:
    """Return the subject that stands with the verb itself."""
    found = [child for child in verb.children if child.dep_ in _SUBJECT]
    # The small parser now and then takes "Dana, …" for a second subject; the one nearest the verb is the real one.
    before = [child for child in found if child.i < verb.i]
    nearest = before or found
    return nearest[-1] if nearest else None


def subject(verb: Token) -> Token | None:
    """Return the subject, its own or the one it shares with a verb above ("I came and saw", "you to decide")."""
    seen = verb
    for _ in range(6):
        if found := own_subject(seen):
            return found
        if (
            seen.dep_ not in _SHARES
            or seen.head.i == seen.i
            or (seen.dep_ == "conj" and seen.head.tag_ != "VB" and _is_order(seen))
        ):
            return None
        head = seen.head
        if seen.dep_ == "xcomp" and (held := _held(head)) is not None and held.i < seen.i:
            return held
        seen = head
    return None


def _is_order(verb: Token) -> bool:
    return verb.tag_ == "VB" and not any(child.dep_ in {"aux", "auxpass"} for child in verb.children)


def _held(head: Token) -> Token | None:
    """Return whom somebody needs, asks or wants to do it: the object of the verb above an infinitive."""
    return next((child for child in head.children if child.dep_ in {"dobj", "dative"}), None)


def who(token: Token | None) -> Who:
    """Return whose side a subject is on."""
    if token is None:
        return Who.NONE
    words = vocabulary("clauses")
    lower = token.lower_
    group = " ".join(part.lower_ for part in token.subtree)
    if lower in words["nobody"] or group.startswith(tuple(words["nobody-openings"])):
        return Who.NOBODY
    if lower in {"i", "me", "myself"} or " and i" in f" {group}":
        return Who.SENDER
    if lower in {"we", "us"}:
        return Who.WE
    if lower in {"you", "u", "ye", "yourself", "yourselves"} or lower in words["employer"]:
        return Who.READER
    possessed = any(child.dep_ == "poss" and child.lower_ in {"your", "ur"} for child in token.children)
    return Who.READER if possessed or token.lemma_.lower() in words["employer"] else Who.OTHER
