"""Something a message should say. Any way of saying it counts, unless it is one of the exceptions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.draft import BlockKind
from followup_lint.reading import Reading
from followup_lint.table import Table, pick
from followup_lint.text import Span


@dataclass(frozen=True)
class Check:
    """Look for a phrase that is not inside, or part of, one of the exceptions.

    `sign_off` lets the closing line count too, for the messages where its table says true. `asks` accepts any question
    or request of the reader. The nearest miss, an exception, is pointed at where there is one (case `near`).
    """

    VALUES: ClassVar[frozenset[str]] = frozenset()

    phrases: tuple[str, ...]
    exceptions: tuple[str, ...] = ()
    sign_off: Table[bool] = False
    asks: bool = False

    def lacks(self, context: Context) -> str:
        """Return nothing: words can always be looked for."""
        return ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield one finding where the thing is not said."""
        near: Span | None = None
        for stretch in self._stretches(reading):
            excepted = reading.find(self.exceptions, stretch)
            for match in reading.find(self.phrases, stretch):
                if not any(match.overlaps(other) for other in excepted):
                    return
            near = near or next(iter(excepted), None)
        if self.asks and _asks(reading):
            return
        yield Finding(near, (), "near") if near else Finding(reading.opening, (), "absent")

    def _stretches(self, reading: Reading) -> list[Span]:
        sentences = [sentence.span for sentence in reading.sentences]
        if pick(self.sign_off, reading.context.traits):
            sentences += [block.span for block in reading.draft.of_kind(BlockKind.SIGN_OFF)]
        return sentences


def _asks(reading: Reading) -> bool:
    from followup_lint.asks import Form

    wanted = {Form.DIRECT, Form.INDIRECT}
    return any(ask.form in wanted for sentence in reading.sentences for ask in reading.asks(sentence))
