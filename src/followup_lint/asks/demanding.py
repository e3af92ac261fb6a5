"""Statements that lay a wish on the reader: "I need you to", "I expect your decision", "I hope you can tell me"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_lint.asks.invites import invites
from followup_lint.asks.model import Form
from followup_lint.asks.orders import complement, told
from followup_lint.asks.welcoming import indefinite
from followup_lint.asks.wishes import embedded, first_person, past, wished
from followup_lint.asks.words import after, helpers, lemma, lemma_in, mood, plain, verbal

if TYPE_CHECKING:
    from spacy.tokens import Token


_OPENERS = frozenset({"if", "perhaps", "maybe", "possibly"})


def demand(cue: Token) -> Form | None:  # noqa: PLR0911  (a ladder: one case a line)
    """Read "I need you to", "I expect your decision", "Request you to share", "I was hoping for an update"."""
    if not lemma_in(cue, "demand"):
        return None
    if not (verbal(cue) or cue.i == cue.sent.start) or not first_person(cue) or embedded(cue):
        return None
    auxiliaries = mood(cue)
    if (
        {"not", "will", "have", "did", "do", "can", "may", "could", "might"} & auxiliaries
        or cue.tag_ in {"VBD", "VBN"}
        or (lemma(cue) == "look" and "forward" in map(plain, complement(cue)[:1]))
    ):
        return None
    if lemma(cue) in {"like", "love"} and "would" not in auxiliaries:
        return None
    if "to" in auxiliaries and not wished(cue):
        return None
    rest = complement(cue)
    heard = [plain(t) for t in rest]
    if heard[:1] == ["you"] and "to" in heard[1:4] and lemma(cue) not in {"look", "love"} and not lemma_in(cue, "hope"):
        return Form.INDIRECT
    if lemma(cue) == "expect" and heard[:1] == ["to"]:
        return Form.INDIRECT if any(lemma(t) in {"decision", "answer"} for t in rest[:6]) else None
    if lemma(cue) == "look" or lemma_in(cue, "hope"):
        return Form.INDIRECT if heard[:1] == ["for"] and indefinite(rest[1:]) and cue.tag_ != "VBP" else None
    return Form.INDIRECT if heard[:1] != ["to"] and indefinite(rest) else None


def hope(cue: Token) -> Form | None:
    """Read "I hope you can tell me", "I was hoping you could share an update", "If you could let me know"."""
    if plain(cue) not in _OPENERS and not lemma_in(cue, "hope"):
        return None
    heard = [plain(t) for t in after(cue, 6)]
    if plain(cue) in _OPENERS and heard[:1] == ["you"] and cue.i - cue.sent.start < len(_OPENERS):
        wanted = {"could", "can", "would", "might"} & set(heard[1:3])
    elif lemma_in(cue, "hope") and verbal(cue) and first_person(cue) and not past(cue) and not embedded(cue):
        wanted = {"could", "can", "would", "will", "might", "may"} & set(heard)
        if "you" not in heard[:2]:
            return None
    else:
        return None
    verb = next((t for t in complement(cue)[1:9] if t.tag_ == "VB" and plain(t) != "be"), None)
    content = told(verb) if verb is not None and wanted else None
    if verb is None or content is None or "not" in helpers(verb):
        return None
    return Form.OFFER if invites(content) else Form.INDIRECT
