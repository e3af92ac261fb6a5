"""Small questions about one word or phrase of a parsed sentence, shared by the readings of an ask."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from followup_lint.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Token

_SPELLED = {
    "'d": "would", "’d": "would", "'ll": "will", "’ll": "will", "n't": "not", "n’t": "not", "nt": "not", "'re": "are",
    "’re": "are", "'m": "am", "’m": "am", "'ve": "have", "’ve": "have", "ca": "can", "wo": "will", "u": "you",
    "ur": "your", "pls": "please", "plz": "please", "plse": "please", "sha": "shall", "kindly": "please",
}  # fmt: skip
MODALS = frozenset({"could", "can", "would", "will", "may", "might", "shall", "should"})
AUXILIARIES = MODALS | frozenset(
    {"do", "does", "did", "is", "are", "am", "was", "were", "has", "have", "had"},
)
PRONOUNS = frozenset({"i", "we", "you", "he", "she", "it", "they", "there", "one", "anyone", "anybody", "someone"})
WH = frozenset({"who", "whom", "whose", "what", "when", "where", "why", "how", "which"})
_CLAUSAL = frozenset({"if", "whether"}) | WH
_SUBJECT = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
_SHARES_SUBJECT = frozenset({"xcomp", "conj", "acomp", "pcomp", "advcl", "ccomp"})


@cache
def words(name: str) -> frozenset[str]:
    """Return one list of the vocabulary, for looking up."""
    return frozenset(vocabulary("asks")[name])


def plain(token: Token) -> str:
    """Return a word in lower case with its contraction spelled out."""
    lower: str = token.lower_
    return _SPELLED.get(lower, lower)


def lemma(token: Token) -> str:
    """Return a word's lemma in lower case."""
    found: str = token.lemma_
    return found.lower()


def lemma_in(token: Token, name: str) -> bool:
    """Whether a word's lemma, or the word itself, is on a list."""
    return lemma(token) in words(name) or plain(token) in words(name)


def is_word(token: Token) -> bool:
    """Whether a token is more than punctuation or white space."""
    return bool(re.search(r"\w", token.text))


def verbal(token: Token) -> bool:
    """Whether a token is tagged as a verb."""
    tag: str = token.tag_
    return tag.startswith("VB")


def _near(child: Token, verb: Token) -> bool:
    return child.i > verb.i or is_subject(child, verb) or child.tag_ not in {"NNP", "NNPS"}


def is_subject(child: Token, verb: Token) -> bool:
    """Whether a word is the subject of a verb after it; "Dana," in front of one is a form of address."""
    if child.dep_ not in _SUBJECT or child.i > verb.i:
        return False
    return not any(t.text in {",", "-", "–", "—", ":"} for t in verb.doc[child.right_edge.i + 1 : verb.i])


def subject(token: Token) -> str:
    """Return the subject of a verb or predicate, its own or the one it shares; "" if it has none."""
    seen = token
    for _ in range(6):
        for child in seen.children:
            if child.dep_ in _SUBJECT and child.i < seen.i + 2 and (plain(child) in PRONOUNS or _near(child, seen)):
                return plain(child)
        if seen.dep_ not in _SHARES_SUBJECT or seen.head is seen:
            return ""
        seen = seen.head
    return ""


def helpers(token: Token) -> set[str]:
    """Return the auxiliaries of a verb, spelled out; "would" and "not" among them."""
    return {plain(child) for child in token.children if child.dep_ in {"aux", "auxpass", "neg"}}


def mood(token: Token) -> set[str]:
    """Return the auxiliaries of a verb together with those of the verb it is coordinated with, if it has none."""
    own = helpers(token)
    return helpers(token.head) if not own and token.dep_ == "conj" else own


def after(token: Token, limit: int = 60) -> Iterator[Token]:
    """Yield the tokens that follow, to the end of the sentence."""
    sentence = token.sent
    yield from token.doc[token.i + 1 : min(sentence.end, token.i + 1 + limit)]


def names_information(tokens: Iterable[Token]) -> bool:
    """Whether one of the tokens is a noun for what the sender would like to be told."""
    return any(t.tag_[0] in "NUJFV" and lemma_in(t, "information") for t in tokens)


def information_object(verb: Token) -> bool:
    """Whether a verb's object, or what its preposition governs, is information: "share an update", "ask for news"."""
    for child in verb.children:
        if child.i < verb.i:
            continue
        if child.dep_ in {"dobj", "obj", "attr", "oprd", "dative", "pobj", "appos", "conj", "npadvmod", "nsubj"}:
            if lemma_in(child, "information") or information_object(child):
                return True
        elif child.dep_ in {"prep", "prt"} and information_object(child):
            return True
    return False


def question_after(token: Token, reach: int = 7) -> Token | None:
    """Return the word that opens an indirect question within a few words of a cue: "know by now *whether*"."""
    for other in after(token, reach):
        if plain(other) in _CLAUSAL:
            return other
        if other.text in {".", "!", "?", ";", "—", "–"} or (verbal(other) and other.tag_ not in {"VB", "VBG"}):
            return None
    return None


def touches(tokens: Iterable[Token], *names: str) -> bool:
    """Whether one of the tokens is on one of the lists."""
    return any(lemma_in(t, name) for t in tokens for name in names)
