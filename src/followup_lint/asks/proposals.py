"""Whether a sentence wants anything of its reader at all: an ask, or a plan or duty put to the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_lint.asks.detect import asks
from followup_lint.asks.model import Form
from followup_lint.asks.words import helpers, lemma, lemma_in, mood, plain, subject, touches, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_IDLE = frozenset({Form.RHETORICAL, Form.TAG, Form.QUOTED})
_TWO = frozenset({"you", "we", "u"})


def _plan(verb: Token) -> bool:
    """Read "I will call you", "we could meet", "I would like to discuss": something for both still to come."""
    if verb.tag_ not in {"VB", "VBP"} or not lemma_in(verb, "meet-loosely"):
        return False
    return subject(verb) in words("sender") | words("reader") and "not" not in mood(verb)


def _duty(verb: Token) -> bool:
    """Read "You need to sign", "we have to decide", "you should ask"."""
    if lemma(verb) in {"need", "have"} and verb.tag_ in {"VBP", "VB"}:
        return subject(verb) in _TWO and any("to" in helpers(c) for c in verb.children if c.dep_ == "xcomp")
    return verb.tag_ == "VB" and bool({"should", "must"} & helpers(verb)) and subject(verb) in _TWO


def _advice(verb: Token) -> bool:
    """Read "I suggest a meeting", "I'd propose"."""
    return lemma(verb) in {"suggest", "recommend", "propose"} and subject(verb) in words("sender")


def _bulk(sentence: Doc) -> bool:
    """Whether the words are those of mass mail: how to unsubscribe, where to click."""
    heard = {plain(t) for t in sentence} | {lemma(t) for t in sentence}
    return bool(heard & words("bulk")) or {"address", "book"} <= heard


def _for_those_who_want(sentence: Doc) -> bool:
    """Whether everything hangs on the reader's own wish: "If you prefer paper, write to ..."."""
    heard = [plain(t) for t in sentence[:9]]
    return heard[:2] == ["if", "you"] and not {"me", "i", "we"} & {plain(t) for t in sentence}


def requests(sentence: Doc) -> bool:
    """Whether a sentence asks, requests or proposes something of the reader."""
    forms = {ask.form for ask in asks(sentence)} - _IDLE
    if forms & {Form.INDIRECT, Form.DIRECT}:
        return True
    if forms:
        return not (_bulk(sentence) or _for_those_who_want(sentence))
    return any(_plan(t) or _duty(t) or _advice(t) for t in sentence) or (
        touches(sentence, "polite") and not _bulk(sentence)
    )
