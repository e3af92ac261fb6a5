"""Questions without a verb or without a question's word order: "Any news on the role", "Still Friday?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_lint.asks.model import Form
from followup_lint.asks.questions import rhetorical
from followup_lint.asks.words import WH, is_word, lemma, lemma_in, names_information, plain, subject, touches, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

_TAGS = frozenset({"right", "correct", "yes", "no", "ok", "okay", "huh", "eh", "yeah", "true"})
_HELD = frozenset({"the", "my", "our", "that", "this", "a", "an", "best", "biggest", "favorite", "favourite", "your"})

_LONGEST = 15  # tokens of a question without a verb or a question mark


def _finite(tokens: Iterable[Token]) -> bool:
    return any(t.tag_ in {"VBP", "VBZ", "VBD", "MD"} for t in tokens)


def _any(tokens: Sequence[Token]) -> bool:
    """Whether it opens like "any update", "still no news", and has no verb of its own."""
    said = [t for t in tokens if is_word(t) and plain(t) not in {"still", "so", "and", "just", "hi", "yet", "with"}]
    if not said or _finite(said):
        return False
    return plain(said[0]) in {"any", "no"} and (
        names_information(said[1:5]) or (plain(said[0]) == "any" and touches(said[1:5], "state", "trouble"))
    )


def _marked(tokens: Sequence[Token]) -> Form | None:  # noqa: C901, PLR0911  (a ladder: one case a line)
    """Classify what ends in a question mark and is no question by its word order."""
    said = [t for t in tokens if is_word(t)]
    if not said:
        return None
    if rhetorical(said):
        return Form.RHETORICAL
    first = plain(said[0])
    last = plain(said[-1])
    if last in _TAGS and said[2:]:
        return Form.TAG
    if first == "mind" and plain(said[min(1, len(said) - 1)]) == "if":
        return Form.OFFER
    if first in {"how", "what"} and len(said) > 1 and plain(said[1]) == "about":
        return Form.OFFER if first == "how" or touches(said[2:], "meeting") else Form.DIRECT
    if first == "why" and "not" in map(plain, said[1:2]):
        return Form.OFFER
    if first in WH:
        return Form.DIRECT
    if _finite(said):
        finite = next(t for t in said if t.tag_ in {"VBP", "VBZ", "VBD", "MD"})
        hoping = lemma(said[0]) in {"hope", "look", "trust", "thank", "thanks", "wish"}
        return None if hoping or subject(finite) in words("sender") or first in words("sender") else Form.DIRECT
    if lemma_in(said[0], "courtesy"):
        return None
    if names_information(said) or first in {"any", "no"}:
        return Form.DIRECT
    if touches(said, "meeting"):
        return Form.OFFER
    return Form.RHETORICAL if first in _HELD else Form.DIRECT


def fragment(
    sentence: Sentence, opens: Sequence[int], before: Sequence[int], outside: Callable[[Token], bool]
) -> Iterator[tuple[int, Form]]:
    """Yield questions that no other reading found: token index and form."""
    doc = sentence.doc
    start = sentence.start
    found = False
    stretch: list[Token] = []
    for token in sentence:
        stretch.append(token)
        ends = "?" in token.text and outside(token)
        if ends or token.i == sentence.end - 1:
            covered = any(start <= b <= token.i for b in before)
            if not covered and any(is_word(t) for t in stretch):
                form = (
                    _marked(stretch) if ends else (Form.DIRECT if _any(stretch) and len(stretch) < _LONGEST else None)
                )
                if form is not None:
                    yield start, form
                    found = True
            start, stretch = token.i + 1, []
    if found:
        return
    for i in opens:
        if (
            plain(doc[i]) == "any"
            and (not before or i < min(before))
            and _any(list(doc)[i : min(i + 6, min([b for b in before if b > i], default=sentence.end))])
        ):
            yield i, Form.DIRECT
