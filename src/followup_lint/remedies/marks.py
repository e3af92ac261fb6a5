"""Marks and capitals: exclamation marks that are too many, pictures, words that shout, an "i" written small."""

from __future__ import annotations

import re
from collections.abc import Iterator

from followup_lint import patterns
from followup_lint.diagnostic import Applicability, Edit, Finding, Remedy
from followup_lint.dictionary import is_ordinary
from followup_lint.reading import Reading
from followup_lint.remedies.replacing import left_out, opens
from followup_lint.text import Span

_CLOSING = frozenset(")’'”\"")
_WORD = patterns.lazy(r"[^\W\d_]+")
_LARGE = patterns.lazy(r"\s+[^\W\d_a-z]")
_GOES_ON = patterns.lazy(r"\s*(?:[.,!?;:)]|(?:and|but|or|though)\b)")
_ENDS_LINE = patterns.lazy(r"[ \t]*(?:[\r\n]|\Z)")


def fewer_exclamations(reading: Reading, finding: Finding) -> Iterator[Remedy]:
    """Yield single marks for doubled ones, which is safe.

    Where even single ones are more than may be, it is second best: first come full stops at the end of the sentences,
    but for as many marks as the message may have.
    """
    values = dict(finding.values)
    top, marks = int(values["max"]), finding.related or (finding.span,)
    doubled = [span for span in marks if span.end - span.start > 1]
    kept = [Edit(span, "!") for span in marks[:top] if span in doubled]
    ended = [edit for span in marks[top:] if (edit := _ended(reading.text, span))]
    if ended:
        title = "End it with a full stop" if len(ended) == 1 else f"End {len(ended)} sentences with a full stop"
        yield Remedy(Applicability.UNSAFE, tuple(sorted([*kept, *ended], key=lambda edit: edit.span)), title)
    if doubled:
        title = "Write one exclamation mark" if len(doubled) == 1 else "Write single exclamation marks"
        yield Remedy(Applicability.SAFE, tuple(Edit(span, "!") for span in doubled), title)


def _ended(text: str, span: Span) -> Edit | None:
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    if before == "?" or after == "?":
        return Edit(span, "")
    ends = not after or after.isspace() or after in _CLOSING
    return Edit(span, ".") if ends and (before.isalnum() or before in _CLOSING) else None


def without_sign(reading: Reading, finding: Finding) -> Iterator[Remedy]:
    """Yield the text without a picture; where it ended the sentence, a full stop does now.

    Nothing is yielded where it may have ended one, for all that can be seen: "I loved them :) at work we do the same".
    """
    text, span = reading.text, finding.span
    before, after = text[: span.start].rstrip(" \t"), text[span.end :]
    if not before or before[-1] in "\r\n":
        return
    if _ENDS_LINE.match(after) or _LARGE.match(after):
        edit = Edit(Span(len(before), span.end), "." if before[-1].isalnum() else "")
    elif before[-1] in ".!?,;:" or _GOES_ON.match(after):
        edit = left_out(text, span, Span(0, len(text)), opening=False)
    else:
        return
    yield Remedy(Applicability.UNSAFE, (edit,), "Leave out the picture")


def in_small_letters(reading: Reading, finding: Finding) -> Iterator[Remedy]:
    """Yield shouted words in small letters, and "I" for "i"; names that nobody told us of may lose their capital."""
    if finding.case != "shouting":
        return
    text, span = reading.text, finding.span
    whole = next((item.span for item in reading.sentences if item.span.covers(span)), span)
    opening = opens(text[whole.start : span.start])

    def small(match: re.Match[str]) -> str:
        word, here = match.group(), Span(*match.span()).shift(span.start)
        if word == "I" or reading.is_masked(here) or not is_ordinary(word, reading.language()):
            return word
        return word.capitalize() if opening and not match.start() else word.lower()

    words = _WORD.sub(small, span.of(text))
    if words != span.of(text):
        yield Remedy(Applicability.UNSAFE, (Edit(span, words),), "Write it in small letters")
