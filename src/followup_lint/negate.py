"""A sentence that says the opposite: the verb of some words negated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_lint.text import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_DO = {"VBP": "do not", "VB": "do not", "VBZ": "does not", "VBD": "did not"}
_CARRIERS = frozenset({"be", "have"})


def negated(doc: Doc, words: Span) -> str:
    """Return the sentence with the first finite verb inside `words` negated; empty where none is, or none can be.

    `words` are offsets in the sentence.
    """
    if any(token.dep_ == "neg" or token.lower_ in {"no", "never", "not"} for token in doc):
        return ""
    for token in doc:
        if words.start <= token.idx and token.idx + len(token) <= words.end and (change := _change(token)):
            before, after = doc.text[: token.idx], doc.text[token.idx + len(token) :]
            return f"{before}{change if before else change[0].upper() + change[1:]}{after}"
    return ""


def _change(token: Token) -> str:
    if any(child.dep_.startswith("nsubj") and child.i > token.i for child in (*token.children, *token.head.children)):
        return ""  # a question, whose words would have to change places
    if token.text.startswith(("'", "’")):
        return f"{token.text} not"
    if token.tag_ == "MD" or (token.lemma_ in _CARRIERS and token.tag_ in {"VBP", "VBZ", "VBD"}):
        return f"{token.text} not"
    if token.tag_ == "VB" and any(child.dep_ in {"aux", "nsubj"} for child in token.children):
        return ""
    if token.tag_ not in _DO:
        return ""
    return f"{_DO[token.tag_]} {token.lemma_.lower()}"
