"""Names for findings that hold while the draft around them changes: no line numbers, no offsets.

A fingerprint is made of the rule, the part of the message the finding lies in, the words of its span, and a number
where all three are the same. The words are compared without regard to case, line ends, line breaks or the width of
white space. So it survives edits elsewhere, paragraphs that move, lines wrapped anew, and another file name.

It does not survive an edit within the span: a finding about a whole paragraph, or the whole body, is a new one as soon
as a word of it changes; nor words that move to another part (from the body into the signature, or into a quotation,
whose `>` marks are words too), a renamed rule, or straight quotation marks that an editor turns into curly ones. Where
one of several equal findings is mended, the last number goes, whichever of them it was.

The text cannot be read back from it, but whoever guesses it (a name, a stock phrase) can check the guess.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from typing import Protocol
from unicodedata import normalize

from followup_lint.diagnostic import Diagnostic, Silenced
from followup_lint.draft import Draft
from followup_lint.text import Span


class Found(Protocol):
    """A draft and all that was found in it, as `linter.Result` has it."""

    @property
    def draft(self) -> Draft:
        """Return the draft."""
        ...

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return what is reported."""
        ...

    @property
    def silenced(self) -> tuple[Silenced, ...]:
        """Return what is not."""
        ...


def fingerprints(result: Found) -> tuple[str, ...]:
    """Return one for each reported finding, in order; they stay the same when an equal one beside them is silenced."""
    return _of_all(result)[: len(result.diagnostics)]


def silenced_fingerprints(result: Found) -> tuple[str, ...]:
    """Return one for each silenced finding, in order."""
    return _of_all(result)[len(result.diagnostics) :]


def of(draft: Draft, found: Sequence[Diagnostic]) -> tuple[str, ...]:
    """Return one for each finding, in the order given: 64 hexadecimal digits, no two alike.

    Give all findings of the draft at once: equal ones are numbered as they follow one another in the text.
    """
    keys = [(item.rule, part(draft, item.span), words(item.span.of(draft.text))) for item in found]
    given: dict[int, str] = {}
    seen: Counter[tuple[str, str, str]] = Counter()
    for index in sorted(range(len(found)), key=lambda index: found[index].span):
        key = keys[index]
        told = json.dumps([*key, seen[key]])
        given[index] = hashlib.sha256(told.encode()).hexdigest()
        seen[key] += 1
    return tuple(given[index] for index in range(len(found)))


def words(text: str) -> str:
    """Return the words of a stretch as they are compared."""
    return " ".join(normalize("NFC", normalize("NFC", text).casefold()).split())


def part(draft: Draft, span: Span) -> str:
    """Return where a span begins: `subject`, `headers`, `front-matter`, the kind of a block, or `between`."""
    for header in draft.headers:
        line = draft.lines.position(header.span.start).line
        if draft.lines.starts[line - 1] <= span.start <= header.span.end:
            return "subject" if header.name.lower() == "subject" else "headers"
    if draft.front_matter and draft.front_matter.start <= span.start < draft.front_matter.end:
        return "front-matter"
    if any(item.name == "headers" and item.span.start <= span.start <= item.span.end for item in draft.parts):
        return "headers"
    # A span that begins in the blank lines above a block means that block.
    touched = next((item for item in draft.blocks if span.overlaps(item.span)), None)
    held = touched or next((item for item in draft.blocks if item.span.covers(span)), None)
    return held.kind.value if held else "between"


def _of_all(result: Found) -> tuple[str, ...]:
    return of(result.draft, [*result.diagnostics, *(item.diagnostic for item in result.silenced)])
