"""Statements that put a question into words: "I was wondering whether", "I would like to ask", "My question is"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_lint.asks.invites import invites
from followup_lint.asks.model import Form
from followup_lint.asks.orders import complement
from followup_lint.asks.wishes import embedded, first_person, going_on, past, touching, wished
from followup_lint.asks.words import (
    helpers,
    is_word,
    lemma,
    lemma_in,
    plain,
    question_after,
    subject,
    touches,
    verbal,
    words,
)

if TYPE_CHECKING:
    from spacy.tokens import Token


def wonder(cue: Token) -> Form | None:
    """Read "I was wondering whether", "I am curious how"; not the wondering of a story."""
    if lemma(cue) not in {"wonder", "curious"} or not first_person(cue) or embedded(cue) or not going_on(cue):
        return None
    rest = complement(cue)
    clause = None if rest and plain(rest[0]) == "at" else question_after(cue, 4)
    about = any(plain(t) == "about" for t in rest[:2])
    if clause is None and not about:
        return None
    auxiliaries = helpers(cue) if verbal(cue) else {plain(cue.head)}
    if {"would", "not"} & auxiliaries and lemma(cue) == "wonder":
        return None
    progressive = cue.tag_ == "VBG" or (lemma(cue) == "curious" and not {"was", "were"} & auxiliaries)
    yes_no = clause is not None and plain(clause) in {"if", "whether"}
    told_of = {plain(t) for t in cue.sent if t.i < cue.i or t in rest} & words("musing")
    if touches(rest, "reader") or (
        not told_of
        and (
            touches(rest, "state")
            or (yes_no and touching(cue))
            or (progressive and (clause is not None or touches(rest, "process", "information")))
        )
    ):
        return Form.OFFER if clause is not None and invites(rest) else Form.INDIRECT
    return None


def perform(cue: Token) -> Form | None:  # noqa: PLR0911  (a ladder: one case a line)
    """Read "I would like to ask", "I am writing to inquire about", "I request an update", "Requesting you to share"."""
    if not lemma_in(cue, "perform") or not (verbal(cue) or cue.i == cue.sent.start):
        return None
    if embedded(cue) or not going_on(cue):
        return None
    rest = complement(cue)
    if not any(is_word(t) for t in rest) or plain(rest[0]) in {"myself", "ourselves"}:
        return None
    auxiliaries = helpers(cue)
    if "to" in auxiliaries:
        governor = cue.head
        forgot = (
            lemma(governor) in {"forget", "mean", "have", "go"} and first_person(governor) and "not" not in auxiliaries
        )
        return Form.INDIRECT if wished(cue) or forgot else None
    if (
        not first_person(cue)
        or past(cue)
        or auxiliaries & {"not", "have", "had", "will", "would", "should", "did", "do"}
    ):
        if "would" in auxiliaries and lemma(cue.head) in {"think", "figure"} and cue.head.tag_ == "VBD":
            return Form.INDIRECT
        let = cue.head if lemma(cue.head) in {"let", "allow"} else None
        return Form.INDIRECT if let is not None and any(plain(c) == "me" for c in let.subtree) else None
    return Form.INDIRECT if plain(rest[0]) not in {"is", "was", "that", "for"} or lemma(cue) != "query" else None


def stated(cue: Token) -> Form | None:
    """Read "My question is whether", "I have a question about the timeline"."""
    if lemma(cue) != "question" or cue.tag_ not in {"NN", "NNS"}:
        return None
    heard = [plain(t) for t in cue.sent]
    rest = complement(cue)
    before = set(heard[max(0, cue.i - cue.sent.start - 4) : cue.i - cue.sent.start])
    linked = next((t for t in rest[:5] if plain(t) in {"is", "would", "concerns"}), None)
    if {"my", "one", "only"} & before and linked is not None and plain(linked) != "would":
        return Form.INDIRECT if question_after(linked, 3) is not None and "already" not in heard else None
    owns = lemma(cue.head) == "have" and subject(cue.head) in words("sender") and cue.head.tag_ == "VBP"
    follows = plain(rest[0]) if rest else ""
    return (
        Form.INDIRECT if owns and "no" not in before and follows in {"about", "regarding", "on", "concerning"} else None
    )
