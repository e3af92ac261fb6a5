"""Telling an offer from a question: whether a clause is about what the sender might do for the reader.

"Let me know if I can help", "Do you need references?" and "Would Tuesday suit you?" leave the reader free;
"Let me know when I can expect an answer" does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_lint.asks.words import helpers, lemma, lemma_in, plain, subject, touches, verbal, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

_PERMISSION = frozenset({"can", "could", "may", "might", "should", "shall"})
_SOME = frozenset({"anything", "something", "any", "additional", "further", "more", "else", "other", "what", "extra"})


def _objects(verb: Token) -> list[Token]:
    return [t for child in verb.children if child.dep_ in {"dobj", "attr", "nsubj", "conj"} for t in child.subtree]


def _appointment(tokens: Sequence[Token]) -> bool:
    return any(t.tag_.startswith("NN") and lemma_in(t, "meeting") for t in tokens)


def _sender(verb: Token, rest: Sequence[Token]) -> bool:
    asks_when = any(plain(t) in {"when", "whether", "if"} for t in rest) and lemma_in(verb, "plan")
    modal = helpers(verb) & _PERMISSION or "need" in {lemma(c) for c in verb.children}
    if lemma(verb) == "be" and modal:
        return any(plain(t) in {"assistance", "help", "service", "use"} for t in rest)
    return bool(modal) and not asks_when and not lemma_in(verb, "plan") and lemma(verb) not in {"be", "get"}


def _reader(verb: Token, rest: Sequence[Token]) -> bool:
    after = rest[[t.i for t in rest].index(verb.i) + 1 :]
    if "have" in helpers(verb):
        return False
    if lemma(verb) == "have" or (lemma(verb) == "run" and touches(after, "trouble")):
        return touches(after[:8], "trouble") or (_appointment(after[:5]) and not touches(after[:8], "information"))
    if lemma_in(verb, "want"):
        if touches(after[:4], "information") and not any(plain(t) in _SOME for t in after[:4]):
            return False
        return not (lemma(verb) == "want" and any(plain(t) == "when" for t in rest))
    return lemma(verb) in {"be", "become"} and touches(after[:4], "ready")


def _thing(verb: Token, rest: Sequence[Token]) -> bool:
    if lemma_in(verb, "suits"):
        nouns = [c for c in verb.children if c.dep_ in {"nsubj", "csubj"}]
        return not any(
            plain(t) in {"who", "team", "how", "teams", "people"} for c in nouns for t in c.subtree
        ) and not any(plain(t) in {"how", "why"} for t in rest)
    if lemma(verb) in {"be", "seem", "sound"}:
        return any(
            lemma_in(c, "suitable") for c in verb.children if c.dep_ in {"acomp", "attr", "oprd", "advmod"}
        ) and not any(plain(t) == "how" for t in rest)
    return lemma(verb) in {"need", "require"} and verb.tag_ in {"VBN", "VBD"}


def invites(rest: Sequence[Token]) -> bool:  # noqa: C901, PLR0911  (a ladder: one case a line)
    """Whether the words after "let me know", or those of a question, offer or propose rather than ask."""
    opening = [plain(t) for t in rest[:6]]
    if "anything" in opening and "new" not in opening and not touches(rest, "information", "plan"):
        here = next(i for i, t in enumerate(rest) if plain(t) == "anything")
        return not (
            plain(rest[min(here + 1, len(rest) - 1)]) == "you"
            and any(t.tag_ == "MD" for t in rest[here + 2 : here + 4])
        )
    if "availability" in opening:
        return True
    if {"if", "whether", "what", "which"} & set(opening) and any(plain(t) in {"suits", "suit"} for t in rest):
        return True
    for verb in rest:
        if not verbal(verb) and verb.tag_ != "MD":
            continue
        who = subject(verb)
        if who in {"i", "we"} and verb.tag_ != "MD":
            if _sender(verb, rest):
                return True
        elif who in words("reader"):
            if _reader(verb, rest):
                return True
        elif _thing(verb, rest):
            return True
    return False
