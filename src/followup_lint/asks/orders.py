"""Requests in the imperative: "Please send the form", and the milder "let me know", "feel free", "let's"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_lint.asks.invites import invites
from followup_lint.asks.model import Form
from followup_lint.asks.openings import boundary
from followup_lint.asks.words import (
    MODALS,
    after,
    helpers,
    information_object,
    is_subject,
    is_word,
    lemma,
    lemma_in,
    names_information,
    plain,
    question_after,
    touches,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

_ME = frozenset({"me", "us"})


def complement(cue: Token) -> list[Token]:
    """Return what belongs to a cue on its right: up to the next clause with a life of its own."""
    found: list[Token] = []
    tokens = list(after(cue))
    for here, token in enumerate(tokens):
        following = plain(tokens[here + 1]) if here + 1 < len(tokens) else ""
        if token.text[:1] in {"?", "!", ";", "—", "–"}:
            break
        if token.text in {",", "-"} and following in {"and", "so", "but", "i", "we", "please", "as", "because"}:
            break
        if plain(token) in {"and", "so", "but"} and following in {"i", "we", "thank", "thanks", "please"}:
            break
        found.append(token)
    return found


def condition(sentence: Sequence[Token]) -> list[Token]:
    """Return the words of an if-clause in the sentence, or of "should you ..."."""
    for here, token in enumerate(sentence):
        following = plain(sentence[here + 1]) if here + 1 < len(sentence) else ""
        in_case = plain(token) == "case" and here > 0 and plain(sentence[here - 1]) == "in"
        if (
            plain(token) == "if"
            or in_case
            or (plain(token) == "should" and following in {"you", "there", "any", "anything"})
        ):
            found = [token]
            for other in sentence[here + 1 :]:
                if other.text in {",", ";", "."}:
                    break
                found.append(other)
            return found
    return []


def told(verb: Token) -> list[Token] | None:  # noqa: PLR0911  (a ladder: one case a line)
    """Return what the sender wants to be told if the verb is a telling ("let me know", "send an update")."""
    rest = complement(verb)
    heard = [plain(t) for t in rest if is_word(t) and plain(t) not in {"please", "also", "just", "back"}]
    if lemma(verb) == "let":
        if heard[:1] and heard[0] in _ME and heard[1:2] == ["know"]:
            know = next(t for t in rest if plain(t) == "know")
            return complement(know)
        return None
    if lemma(verb) == "keep":
        return rest if heard[:1] and heard[0] in _ME and words("kept-so") & set(heard[1:5]) else None
    if lemma_in(verb, "tell"):
        if heard[:1] and heard[0] in _ME:
            return rest if lemma(verb) != "remind" or question_after(verb) else None
        if not heard or question_after(verb, 4) or lemma(verb) in {"revert", "clarify", "elaborate", "explain"}:
            return rest
        if lemma(verb) in {"tell", "remind", "describe", "specify", "state"}:
            return None
        return rest if information_object(verb) or names_information(rest[:5]) or lemma(verb) == "advise" else None
    if lemma(verb) == "share" and question_after(verb, 3):
        return rest
    if lemma_in(verb, "give") and (information_object(verb) or names_information(rest[:6])):
        return rest
    return None


def _kept(verb: Token) -> bool:  # noqa: PLR0911  (a ladder: one case a line)
    """Whether a verb of the courtesies is meant as a request after all."""
    rest = complement(verb)
    following = [plain(t) for t in rest[:6]]
    name = lemma(verb)
    if name in {"send", "give", "pass", "extend", "relay", "convey"}:
        return not touches(rest[:8], "greetings")
    if name == "have":
        made = any(t.tag_ == "VB" and t.dep_ in {"ROOT", "ccomp", "conj"} and i for i, t in enumerate(rest[:5]))
        return made or any(plain(t) in {"ready", "available", "sent"} for t in rest[:9])
    if name == "take":
        return bool({"look", "moment", "minute"} & set(following)) and any(t.tag_ == "TO" for t in rest[:6])
    if name == "do":
        return following[:1] in (["this"], ["it"], ["so"])
    if name == "keep":
        return bool(following) and following[0] in _ME | {"my"}
    if name == "let":
        return "know" in following and following[0] not in _ME
    if name == "be":
        return bool(following) and following[0] in {"sure", "so", "kind"}
    return (name == "look" and bool(set(following[:1]) & {"into", "at", "over"})) or (
        name == "see" and bool(set(following[:1]) & {"if", "whether", "to"})
    )


def _bare(token: Token, before: str) -> bool:
    """Whether a verb without subject or modal of its own has none to share either."""
    if before in {"to", "will", "would", "can"} or {"to"} & helpers(token):
        return False
    if token.dep_ == "conj":
        shared, head = helpers(token.head), token.head
        while head.dep_ == "conj" and not shared:
            head = head.head
            shared = helpers(head)
        if token.head.tag_ == "VB" and shared - {"do", "not", "please"}:
            return False
        finite = before in {"and", "or"} and token.head.tag_ != "VB"
        return token.tag_ == "VB" and not finite
    if token.dep_ == "aux":
        return lemma(token) == "have" and token.head.tag_ == "VB" and plain(token) == "have"
    return token.tag_ == "VB" and token.dep_ in {"ROOT", "ccomp", "parataxis", "advcl", "dep", "intj", "csubj"}


def imperative(token: Token, before: str) -> bool:  # noqa: PLR0911  (a ladder: one case a line)
    """Whether a token at the opening of a clause is a verb in the imperative; `before` is the word in front of it."""
    following = next((plain(t) for t in after(token, 1)), "")
    if following.startswith("-"):
        return False
    own = any(is_subject(c, token) for c in token.children)
    if token.text in {"lets", "Lets"}:
        return True
    if before == "please":
        if own or "to" in helpers(token):
            return False
        if lemma_in(token, "give") or lemma_in(token, "calling"):
            return True
        return token.tag_ in {"VB", "VBP"} or (token.tag_ in {"NN", "NNP", "JJ", "UH"} and token.dep_ == "ROOT")
    if token.tag_ in {"NN", "NNP"}:
        reply = plain(token) in words("replying") and token.dep_ == "ROOT"
        return (reply or (lemma_in(token, "calling") and following in _ME)) and token.i == token.sent.start
    if token.tag_ not in {"VB", "VBP"} or own or helpers(token) & MODALS:
        return lemma(token) == "let" and following in _ME | {"'s", "’s", "s"} and before != "to"
    return _bare(token, before)


def order(verb: Token, sentence: Sequence[Token], before: str) -> Form | None:  # noqa: PLR0911  (a ladder: one case a line)
    """Return what an imperative amounts to, None for a courtesy."""
    rest = complement(verb)
    following = [plain(t) for t in rest[:4]]
    if verb.text in {"lets", "Lets"}:
        return Form.OFFER
    us = following[:1] in (["'s"], ["’s"], ["s"]) or (following[:1] == ["us"] and following[1:2] != ["know"])
    if lemma(verb) == "let" and us:
        return Form.OFFER if len([t for t in rest if is_word(t)]) > 1 else None
    if (lemma(verb) == "feel" and following[:1] == ["free"]) or (lemma(verb) == "hesitate" and before == "not"):
        return Form.OFFER
    content = told(verb)
    clause = [t for t in condition(sentence) if not (verb.i <= t.i and content)]
    if content is not None:
        bare = not any(is_word(t) for t in content)
        return (
            Form.OFFER
            if invites(content) or (bare and invites(clause)) or (clause and invites(clause))
            else Form.INDIRECT
        )
    if before == "not" and lemma(verb) in {"worry", "mind", "get", "think", "trouble", "bother"}:
        return None
    if before != "please" and "soon" in following and lemma_in(verb, "meet"):
        return None
    if lemma_in(verb, "courtesy") and not _kept(verb):
        return None
    if_needed = bool(clause and invites(clause)) or ("with" in following and touches(rest[:6], "trouble"))
    return Form.OFFER if if_needed and lemma_in(verb, "calling") else Form.IMPERATIVE


def starts(token: Token) -> bool:
    """Whether a token can be the first of a clause for want of any word before it."""
    return token.i == token.sent.start or boundary(token.doc[token.i - 1])
