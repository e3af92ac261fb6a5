"""Something that only this interview could have given: a link to the shared hour, and a topic of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.people import fold
from followup_lint.reading import Reading
from followup_lint.text import Span

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True)
class Check:
    """Look for a sentence with a `link` to the shared event and at least one topic noun.

    A topic is a noun that is not `generic`, not a name or role known from the context, not a date, and not the sender's
    own ("my …"). Sentences with an `exclude` phrase (future, wishful, from outside) do not count, nor do questions.
    A topic named in the context's `topics` is enough by itself.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset()

    link: tuple[str, ...]
    generic: tuple[str, ...]
    exclude: tuple[str, ...]

    def lacks(self, context: Context) -> str:
        """Return nothing: what is specific shows in the words themselves."""
        return ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield one finding where no sentence is specific, at the nearest miss if there is one."""
        near: Span | None = None
        topics = tuple(re.escape(topic) for topic in reading.context.topics)
        names = [person for person in reading.context.known_people if person.is_person]
        spellings = tuple(re.escape(word) for person in names for word in person.names)
        for sentence in reading.sentences:
            span = sentence.span
            words = span.of(reading.text)
            if topics and re.search(rf"(?<!\w)(?:{'|'.join(topics)})(?!\w)", words, re.IGNORECASE):
                return
            linked = reading.search(self.link, span) or (
                spellings and re.search(rf"(?<!\w)(?:{'|'.join(spellings)})(?!\w)", words)
            )
            if not linked or words.rstrip().endswith("?"):
                continue
            if reading.search(self.exclude, span):
                near = near or span
                continue
            if self._topics(reading, span):
                return
            near = near or span
        yield Finding(near, (), "near") if near else Finding(reading.opening, (), "absent")

    def _topics(self, reading: Reading, span: Span) -> bool:
        doc = reading.parse(span)
        generic = set(self.generic)
        return any(
            token.tag_ in {"NN", "NNS", "NNP", "NNPS"}
            and not {token.lemma_.lower(), fold(token.text)} & generic
            and not reading.is_masked(Span(token.idx, token.idx + len(token)).shift(span.start))
            and not _is_own(token)
            and len(token) > 1
            for token in doc
        )


def _is_own(token: Token) -> bool:
    return any(child.lower_ == "my" and child.dep_ == "poss" for child in token.children)
