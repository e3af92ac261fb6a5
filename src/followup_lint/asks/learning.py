"""Statements that want to know: "I would love to hear how", "checking whether", "following up on the status"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_lint.asks.invites import invites
from followup_lint.asks.model import Form
from followup_lint.asks.orders import complement, condition
from followup_lint.asks.wishes import embedded, first_person, going_on, past, touching, wished
from followup_lint.asks.words import (
    helpers,
    information_object,
    lemma,
    lemma_in,
    mood,
    names_information,
    plain,
    question_after,
    touches,
    verbal,
)

if TYPE_CHECKING:
    from spacy.tokens import Token


def learn(cue: Token) -> Form | None:  # noqa: PLR0911  (a ladder: one case a line)
    """Read "I would love to know how", "checking whether", "I need to know", "I was hoping to get an update"."""
    knows, gets = lemma_in(cue, "learn"), lemma_in(cue, "get")
    if not (knows or gets) or not verbal(cue) or lemma_in(cue, "perform"):
        return None
    rest = complement(cue)
    clause = question_after(cue, 5) if knows else None
    checking = lemma_in(cue, "checking") and cue.tag_ == "VBG" and clause is not None
    if checking and first_person(cue) and going_on(cue) and not embedded(cue) and touching(cue) and not past(cue):
        return Form.INDIRECT if not {"was", "were"} & helpers(cue) or touches(rest, "reader") else None
    if not wished(cue):
        return None
    governor = cue.head
    waits = plain(governor) in {"hope", "hoping", "eager", "excited"} or lemma(governor) == "hope"
    if clause is not None:
        loose = lemma_in(cue, "learn-loosely") or governor.tag_ == "VBD"
        if loose and lemma(cue) != "check" and not touches(rest, "reader"):
            narrow = lemma(cue) in {"see", "find"} and touching(cue)
            return Form.INDIRECT if narrow else None
        if lemma(cue) == "hear" and not verbal(governor) and not {"would", "should"} & helpers(governor.head):
            return None
        return Form.OFFER if invites(rest) else Form.INDIRECT
    if lemma(cue) == "check" or gets:
        stated = touches(rest[:9], "state") if lemma(cue) == "check" else information_object(cue)
        return Form.INDIRECT if stated else None
    if rest and plain(rest[0]) == "it":
        return Form.INDIRECT if condition(list(cue.sent)) else None
    if waits or any(plain(t) == "more" for t in rest[:1]) or lemma(cue) in {"see", "learn", "understand"}:
        return None
    return Form.INDIRECT if information_object(cue) or names_information(rest[:4]) else None


def follow_up(cue: Token) -> Form | None:
    """Read "I am following up on the status of", "Checking in about next steps"; the role alone is no ask."""
    if not lemma_in(cue, "touching") or not verbal(cue) or past(cue):
        return None
    if not first_person(cue) or embedded(cue) or {"will", "not", "can", "may"} & mood(cue):
        return None
    rest = complement(cue)
    spot = next(
        (i for i, t in enumerate(rest[:5]) if plain(t) in {"on", "about", "regarding", "for", "concerning"}), None
    )
    return Form.INDIRECT if spot is not None and touches(rest[spot + 1 : spot + 6], "state") else None
