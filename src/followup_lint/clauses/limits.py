"""Times by which something is to happen: "by Friday", "before the end of the week", "within two days"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from followup_lint.clauses.model import Limit
from followup_lint.literals import folded, stretches
from followup_lint.phrases import compiled, group
from followup_lint.text import Span
from followup_lint.vocabulary import vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@cache
def _phrases() -> tuple[str, ...]:
    return tuple(vocabulary("clauses")["limits"])


def may_limit(text: str) -> bool:
    """Whether a text holds a limit, so far as its words tell."""
    near = group(_phrases()).living(stretches(folded(text)))
    return near is not None and any(phrase.pattern.search(text) for phrase in near.phrases)


def limits(doc: Doc) -> list[tuple[Limit, Token]]:
    """Return every limit of a sentence with the word that it governs: the verb or the noun that is to come by then."""
    found = []
    for match in compiled(_phrases()).finditer(doc.text):
        first = next((token for token in doc if token.idx >= match.start()), None)
        if first is None:
            continue
        found.append((Limit(Span(*match.span())), _governor(first, Span(*match.span()))))
    return found


def _governor(first: Token, span: Span) -> Token:
    """Climb from the first word of a limit to the first word outside it."""
    seen = first
    for _ in range(8):
        if seen.head.i == seen.i or not span.start <= seen.idx < span.end:
            break
        seen = seen.head
    return seen
