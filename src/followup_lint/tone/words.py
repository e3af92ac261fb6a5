"""The words of one sentence as the score sees them: what is masked is gone, what is glued together is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_lint import patterns
from followup_lint.records import dataclass
from followup_lint.stretches import Layers
from followup_lint.text import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

# Letters, with apostrophes or digits inside: "don't", "gonna" (two tokens to spaCy) and "gr8" are one word each.
# Plain numbers are no words: "555 0142" is neither formal nor casual.
WORD = patterns.lazy(r"(?=\w{0,60}[^\W\d_])[^\W_]+(?:['’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as written, in lower case with straight apostrophes, and the Penn tag of the token it begins in.

    `clitic` is the tag of the token that follows an apostrophe inside the word ("'s": `POS` or `VBZ`), if any.
    """

    text: str
    lower: str
    tag: str
    clitic: str
    span: Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence without its masked stretches; `shown` is the text with each masked character as a blank.

    `starts_lower` is false where a masked name opens the sentence, whatever its case ("eBay").
    """

    shown: str
    starts_lower: bool
    words: tuple[Word, ...]
    tags: tuple[str, ...]


def sentence(doc: Doc, masked: Sequence[Span] = ()) -> Sentence:
    """Return the words and tags of a sentence; tokens that a masked span touches are left out."""
    shown = list(doc.text)
    tag_at: dict[int, str] = {}
    tags = []
    layers = Layers.of(masked)
    for token in doc:
        span = Span(token.idx, token.idx + len(token))
        if layers.over(span):
            shown[span.start : span.end] = " " * len(token)
            continue
        tags.append(token.tag_)
        for offset in range(span.start, span.end):
            tag_at[offset] = token.tag_
    text = "".join(shown)
    words = []
    for match in WORD.finditer(text):
        apostrophe = max(match.group().rfind("'"), match.group().rfind("’"))
        words.append(
            Word(
                text=match.group(),
                lower=match.group().lower().replace("’", "'"),
                tag=tag_at.get(match.start(), ""),
                clitic=tag_at.get(match.start() + apostrophe, "") if apostrophe > 0 else "",
                span=Span(match.start(), match.end()),
            )
        )
    first = next((offset for offset, char in enumerate(doc.text) if char.isalnum()), 0)
    return Sentence(text, text[first : first + 1].islower(), tuple(words), tuple(tags))
