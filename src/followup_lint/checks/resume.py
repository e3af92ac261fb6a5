"""A message that turns into a résumé: bullet lists and a chain of achievements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.draft import BlockKind
from followup_lint.reading import Reading

_NUMBER = re.compile(r"\d")


@dataclass(frozen=True)
class Check:
    """Count list items, and sentences in which the sender did something and gives a number.

    `verbs` are the ways of having done something in the first person; a number may be a word of `numbers`.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"count", "max"})

    max_items: int
    max_achievements: int
    verbs: tuple[str, ...]
    numbers: tuple[str, ...] = ()

    def lacks(self, context: Context) -> str:
        """Return nothing: what is there can always be counted."""
        return ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield one finding, at the first item or sentence over the limit."""
        items = [block.span for block in reading.draft.of_kind(BlockKind.LIST_ITEM)]
        if len(items) > self.max_items:
            yield Finding(items[0], (("count", len(items)), ("max", self.max_items)), "list")
            return
        done = [
            sentence.span
            for sentence in reading.sentences
            if reading.search(self.verbs, sentence.span)
            and (_NUMBER.search(sentence.span.of(reading.text)) or reading.search(self.numbers, sentence.span))
        ]
        if len(done) > self.max_achievements:
            yield Finding(done[0], (("count", len(done)), ("max", self.max_achievements)), "sentences")
