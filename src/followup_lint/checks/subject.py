"""The subject line: there, and saying what the message is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.phrases import compiled
from followup_lint.reading import Reading
from followup_lint.text import Span


@dataclass(frozen=True)
class Check:
    """Ask for a subject (`required`), or find one that consists of nothing but `vague` words."""

    VALUES: ClassVar[frozenset[str]] = frozenset()

    required: bool = False
    vague: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()

    def lacks(self, context: Context) -> str:
        """Return nothing: a draft without any header says nothing about its subject, and that is known only later."""
        return ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield one finding where the subject is absent or says nothing."""
        draft = reading.draft
        header = draft.header("Subject")
        is_reply = draft.header("In-Reply-To") is not None or draft.header("References") is not None
        if self.required and not (header and header.value.strip()):
            if draft.headers and not is_reply:
                yield Finding(header.span if header and header.value else _top(reading), ())
        elif not self.required and header and header.value.strip():
            words = compiled(self.prefixes).sub(" ", reading.masked[header.span.start : header.span.end])
            left = compiled(self.vague).sub(" ", words)
            if not any(char.isalnum() or char == "_" for char in left):
                yield Finding(header.span, ())


def _top(reading: Reading) -> Span:
    header = reading.draft.headers[0]
    return reading.draft.lines.span(reading.draft.lines.position(header.span.start).line)
