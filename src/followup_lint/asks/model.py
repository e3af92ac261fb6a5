"""What an ask is."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from followup_lint.records import dataclass

if TYPE_CHECKING:
    from followup_lint.text import Span


class Form(StrEnum):
    """How a sentence asks."""

    DIRECT = "direct"  # Has the panel met?
    INDIRECT = "indirect"  # I am curious whether the panel has met.
    IMPERATIVE = "imperative"  # Please sign both copies.
    OFFER = "offer"  # Shall I bring my tools? Are you free on Friday? Let me know if a draft would help.
    RHETORICAL = "rhetorical"  # How often do you see a crane that old?
    TAG = "tag"  # It was cold in there, wasn't it?
    QUOTED = "quoted"  # Your sign says, "Have you hugged a tree today?"


@dataclass(frozen=True, slots=True)
class Ask:
    """One ask: its form, its code-point span in the sentence, and how many interrogative clauses it strings together.

    "When, how and by whom will this be decided?" is one ask of three clauses.
    """

    form: Form
    span: Span
    clauses: int = 1
