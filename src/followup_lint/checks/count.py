"""How often something happens, against a budget."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.reading import Reading
from followup_lint.table import Table, pick
from followup_lint.text import Span

_EXCLAMATION = re.compile(r"!+")


@dataclass(frozen=True)
class Check:
    """Count questions (direct and indirect), or exclamation marks, in the body.

    The finding is at the first one over the budget. Doubled marks ("!!") are the case `doubled`, whatever the budget;
    more than `far` is the case `far`.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"count", "max"})

    of: Literal["questions", "exclamations"]
    max: Table[int]
    far: Table[int] = 0

    def lacks(self, context: Context) -> str:
        """Return nothing: what is there can always be counted."""
        return ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield one finding where the budget is passed."""
        spans = list(_questions(reading) if self.of == "questions" else _exclamations(reading))
        traits = reading.context.traits
        top, far = pick(self.max, traits), pick(self.far, traits) or 0
        if top is None:
            return
        count = len(spans)
        doubled = [span for span in spans if self.of == "exclamations" and span.end - span.start > 1]
        values = (("count", count), ("max", top))
        if doubled:
            yield Finding(doubled[0], values, "doubled")
        elif count > top:
            yield Finding(spans[top], values, "far" if far and count >= far else "over")


def _questions(reading: Reading) -> Iterator[Span]:
    from followup_lint.asks import Form

    for sentence in reading.sentences:
        for ask in reading.asks(sentence):
            if reading.is_masked(ask.span):
                continue
            if ask.form in {Form.DIRECT, Form.INDIRECT}:
                yield ask.span


def _exclamations(reading: Reading) -> Iterator[Span]:
    for block in reading.draft.body:
        for match in _EXCLAMATION.finditer(reading.masked, block.span.start, block.span.end):
            span = Span(*match.span())
            if not reading.is_masked(span):
                yield span
