"""Statements that say what would be welcome: "I'd appreciate an update", "It would be great if you could"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_lint.asks.invites import invites
from followup_lint.asks.model import Form
from followup_lint.asks.orders import complement, told
from followup_lint.asks.wishes import embedded, perfect
from followup_lint.asks.words import (
    WH,
    helpers,
    information_object,
    lemma,
    lemma_in,
    mood,
    names_information,
    plain,
    question_after,
    subject,
    touches,
    verbal,
    words,
)

if TYPE_CHECKING:
    from spacy.tokens import Token


def _helping(clause: list[Token]) -> Form | None:
    """Return what "if you could ..." asks for, given the words of the clause."""
    heard = [plain(t) for t in clause]
    for here, token in enumerate(clause[:-1]):
        who = heard[here + 1] if heard[here] == "if" else ""
        if who in {"you", "someone", "anyone", "somebody"}:
            verb = next(
                (
                    t
                    for t in clause[here + 2 :]
                    if t.tag_ in {"VB", "VBP", "VBD"} and plain(t) not in {"be", "were", "are"}
                ),
                None,
            )
            can = {"could", "can", "would", "might", "able", "kind", "possible"} & set(heard[here : here + 7])
            if verb is None or not (can or told(verb) is not None):
                return None
            content = told(verb)
            return Form.OFFER if content and invites(content) else Form.INDIRECT
        if who == "i" and {"knew", "know", "had", "heard"} & set(heard[here + 1 : here + 4]):
            return (
                Form.INDIRECT if question_after(clause[here + 2], 4) or names_information(clause[here + 2 :]) else None
            )
        if who in {"we", "i"} and {"could", "can", "might"} & set(heard[here : here + 4]):
            rest = clause[here + 2 :]
            return Form.INDIRECT if names_information(rest) or touches(rest, "learn") else Form.OFFER
        del token
    return None


def welcome(cue: Token) -> Form | None:  # noqa: C901, PLR0911  (a ladder: one case a line)
    """Read "I would appreciate an update", "Grateful if you could", "It would be great if you could"."""
    adjective = lemma_in(cue, "glad") or lemma_in(cue, "helpful")
    verb = lemma_in(cue, "appreciate") or lemma(cue) == "help"
    if not (
        verb or (adjective and (cue.tag_ in {"JJ", "VBN", "RB", "NN", "UH", "JJR", "JJS"} or cue.i == cue.sent.start))
    ):
        return None
    if embedded(cue):
        return None
    holder = cue if verbal(cue) and verb else cue.head
    auxiliaries = mood(holder) | helpers(cue)
    if "not" in auxiliaries or (perfect(holder) and "would" in auxiliaries):
        return None
    who = subject(holder)
    dropped = not who and cue in cue.sent[:5]
    wishing = bool(auxiliaries & {"would", "should", "will", "could", "shall"}) or (dropped and plain(holder) != "was")
    rest = complement(cue)
    hosted = _passive(holder, auxiliaries)
    if hosted is not None:
        return hosted
    if who not in {"i", "we", "it", "that", "this", ""} or (lemma(cue) == "help" and who != "it"):
        return None
    conditional = _helping(rest[:14])
    if conditional is not None:
        return conditional if wishing or verb else None
    if not wishing or who in {"it", "that", "this"}:
        return None
    following = [plain(t) for t in rest[:8]]
    if (
        verb
        and following[:1]
        and following[0] in {"you", "your"}
        and any(t.tag_ == "VBG" and told(t) is not None for t in rest[:5])
    ):
        return Form.INDIRECT
    if verb and rest and plain(rest[0]) in words("hearing"):
        return Form.INDIRECT if question_after(rest[0], 4) or information_object(rest[0]) else None
    given = verb or "for" in following[:1]
    past = following[:1] == ["your"] and not auxiliaries & {"would", "should", "will"}
    if given and not past and indefinite(rest):
        return Form.INDIRECT
    return None


def indefinite(rest: list[Token]) -> bool:
    """Whether what is welcome is information still to come, rather than what was already given."""
    for here, token in enumerate(rest[:9]):
        if lemma_in(token, "information") and token.tag_.startswith(("NN", "JJ", "VB")):
            return lemma(token) != "word" or any(plain(t) in {"any", "a", "some"} for t in rest[:here])
        if token.tag_ in {"IN", "TO"} and here and plain(token) != "for":
            return any(plain(t) in WH for t in rest[here + 1 : here + 2])
    return False


def _passive(holder: Token, auxiliaries: set[str]) -> Form | None:
    """Read "Any update would be appreciated", "A short reply would help"."""
    for child in holder.children:
        if child.dep_ not in {"nsubj", "nsubjpass"} or not lemma_in(child, "information"):
            continue
        heard = {plain(t) for t in child.subtree}
        if auxiliaries & {"would", "will"} or ({"any", "an", "some"} & heard and plain(holder) not in {"was", "were"}):
            return Form.INDIRECT if not {"was", "were"} & auxiliaries else None
    return None
