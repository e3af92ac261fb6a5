"""Sentences of several rules, or several drafts, parsed together: half the time, and the same parses."""

from __future__ import annotations

from collections.abc import Iterable

from followup_lint.reading import Reading
from followup_lint.text import Span


def parse_together(wanted: Iterable[tuple[Reading, Span]]) -> None:
    """Parse stretches that will be asked for, and are not parsed yet; those of the same words once.

    All readings have one language. A single stretch is left to whoever asks for it.
    """
    spoken = [(reading, span, reading.spoken(span)) for reading, span in wanted if not reading.has_parsed(span)]
    if len(spoken) <= 1:
        return
    texts = list(dict.fromkeys(words for _, _, words in spoken))
    docs = dict(zip(texts, spoken[0][0].language().many(texts), strict=True))
    for reading, span, words in spoken:
        reading.expect(span, docs[words])
