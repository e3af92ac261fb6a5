"""The words of a draft as a report quotes them: whole words, on one line, cut where they are too many."""

from __future__ import annotations

import re

from followup_lint.reading import Reading
from followup_lint.reports.clean import one_line
from followup_lint.text import Span

_EDGES = " \t,;:–—-"
_SHORT = 24  # a quotation of a word or two says little: "Thank you", for what?


def quotes(reading: Reading, spans: tuple[Span, ...], room: int) -> list[tuple[str, Span]]:
    """Return each of the spans' words once, at most `room` characters, with the place where they begin.

    A lone short span is quoted with what stands around it in its sentence.
    """
    found: dict[str, Span] = {}
    for span in spans:
        whole = _whole(reading.text, span)
        shown, left = whole, ""
        if len(spans) == 1 and whole.end - whole.start <= _SHORT:
            shown = _around(reading, whole)
            left = "…" if shown.start < whole.start and not _begins(reading, shown) else ""
        words = cut(left + " ".join(one_line(shown.of(reading.text)).split()).strip(_EDGES), room)
        if words:
            found.setdefault(words, whole)
    return list(found.items())


def cut(words: str, room: int) -> str:
    """Return words, at most `room` characters of them, cut between words where there is a gap near."""
    if len(words) <= room:
        return words
    kept = words[: room - 1]
    gap = kept.rfind(" ")
    return (kept[:gap] if gap > room // 2 else kept).rstrip(_EDGES + ".") + "…"


def _whole(text: str, span: Span) -> Span:
    """Return the span with the rest of the words that it cuts into."""
    after = re.match(r"[\w’']*", text[span.end :])
    start = span.start
    if not text[start : start + 1].isspace():
        while start and not text[start - 1].isspace():
            start -= 1
    return Span(start, span.end + (len(after[0]) if after else 0))


def _around(reading: Reading, span: Span) -> Span:
    """Return a span with up to three words before it and all that follows it in its sentence, if it stands in one."""
    sentence = next((item.span for item in reading.sentences if span.overlaps(item.span)), span)
    before = reading.text[sentence.start : span.start]
    words = [match.start() for match in re.finditer(r"\S+", before)][-3:] if before[-1:].isspace() else []
    return Span(sentence.start + words[0] if words else span.start, max(span.end, sentence.end))


def _begins(reading: Reading, span: Span) -> bool:
    return any(item.span.start == span.start for item in reading.sentences)
