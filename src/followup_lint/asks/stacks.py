"""How many questions one ask strings together, and questions whose question word is the subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_lint.asks.openings import boundary
from followup_lint.asks.words import AUXILIARIES, WH, is_word, plain, verbal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

_JOIN = frozenset({",", "and", "or", "/", "&"})
_LIGHT = frozenset({"also", "then", "exactly", "roughly", "even", "just", "approximately"}) | frozenset(
    {"from", "by", "on", "at", "in", "for", "to", "with", "of", "until", "since", "under", "about", "if"}
)
_SUBJECT_WORDS = frozenset({"who", "what", "which", "whose"})


def _relative(token: Token) -> bool:
    return any(t.dep_ in {"relcl", "acl"} for t in (token, token.head, token.head.head) if t.i >= token.i)


def clauses(words: Sentence) -> int:
    """Return how many coordinated question clauses an ask holds; at least one."""
    count = 0
    for token in words:
        whether = plain(token) in {"whether", "if"}
        if plain(token) not in WH and not whether:
            continue
        i = token.i - 1
        while i > words.start and plain(words.doc[i]) in _LIGHT:
            i -= 1
        joined = i >= words.start and plain(words.doc[i]) in _JOIN
        if count and not joined:
            continue
        after_comma = i > words.start and plain(words.doc[i]) == ","
        after_verb = after_comma and verbal(words.doc[i - 1])
        if _relative(token) and not after_verb and plain(words.doc[max(i, 0)]) != "and":
            continue
        comma = bool(count) and plain(words.doc[i]) == ","
        ruled_by_preposition = plain(token) in {"which", "whom"} and i < token.i - 1
        if comma and ((ruled_by_preposition and plain(words.doc[i - 1]) not in WH) or plain(token) == "if"):
            continue
        count += 1
    return max(1, count)


def question_subjects(sentence: Sentence, opens: Sequence[int], before: Sequence[tuple[int, bool]]) -> Iterator[int]:
    """Yield where a question opens with its own subject, "who decides?", outside what an earlier ask takes."""
    doc = sentence.doc
    if "?" not in sentence.text:
        return
    for i in opens:
        token = doc[i]
        counted = plain(token) == "how" and any(plain(t) in {"many", "much"} for t in doc[i + 1 : i + 2])
        if plain(token) not in _SUBJECT_WORDS and not counted:
            continue
        earlier = max((b for b in before if b[0] <= i), default=None)
        if earlier is not None and (earlier[1] or earlier[0] == i):
            continue
        if _relative(token) and i > sentence.start and boundary(doc[i - 1]):
            continue
        for other in doc[i + 1 : min(i + 7, sentence.end)]:
            if verbal(other) or other.tag_ == "MD" or plain(other) in AUXILIARIES:
                yield i
                break
            if other.tag_ in {"DT", "PRP"} or not is_word(other):
                break
