"""The sentences that may give a kind away, and where in the message each stands."""

from __future__ import annotations

from collections.abc import Iterator

from followup_lint.draft import BlockKind
from followup_lint.phrases import compiled
from followup_lint.reading import Reading
from followup_lint.records import dataclass
from followup_lint.text import Span


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of the writer's own words: `place` is subject, greeting, first, body, last or sign-off."""

    span: Span
    place: str


def lines(reading: Reading, courtesies: tuple[str, ...]) -> tuple[Line, ...]:
    """Return the subject, the greeting, the sentences of the body and the sign-off; never signature or quoted thread.

    Wishes and greetings that open the body ("I hope you are well") are passed over: the first sentence is the one
    after them.
    """
    return tuple(_lines(reading, courtesies))


def _lines(reading: Reading, courtesies: tuple[str, ...]) -> Iterator[Line]:
    subject = reading.draft.header("Subject")
    if subject:
        yield Line(subject.span, "subject")
    for block in reading.draft.of_kind(BlockKind.GREETING):
        yield Line(block.span, "greeting")
    polite = compiled(courtesies)
    spans = [sentence.span for sentence in reading.sentences]
    is_opening = True
    for number, span in enumerate(spans):
        if is_opening and number + 1 < len(spans) and polite.match(reading.masked, span.start, span.end):
            yield Line(span, "body")
        elif is_opening:
            is_opening = False
            yield Line(span, "first")
        else:
            yield Line(span, "last" if number + 1 == len(spans) else "body")
    for block in reading.draft.of_kind(BlockKind.SIGN_OFF):
        yield Line(block.span, "sign-off")
