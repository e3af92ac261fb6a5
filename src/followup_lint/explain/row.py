"""One line of an explanation: a label of a word, and what is to be said."""

from __future__ import annotations

from followup_lint.records import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """`label` is short (nine letters at most), `words` a sentence or a list."""

    label: str
    words: str
