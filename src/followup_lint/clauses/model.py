"""What a clause is."""

from __future__ import annotations

from enum import StrEnum

from followup_lint.records import dataclass
from followup_lint.text import Span


class Who(StrEnum):
    """Whose deed it is."""

    SENDER = "sender"  # I, my family and I
    WE = "we"  # the sender's side, or sender and reader together
    READER = "reader"  # you, your team, the panel, HR
    NOBODY = "nobody"  # nobody, no one, not one of you
    OTHER = "other"
    NONE = "none"  # an infinitive or a fragment without a subject


class Tense(StrEnum):
    """When it happens."""

    PAST = "past"
    PERFECT = "perfect"
    PRESENT = "present"
    FUTURE = "future"
    INFINITIVE = "infinitive"


class Mood(StrEnum):
    """How it is put."""

    STATEMENT = "statement"
    QUESTION = "question"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Limit:
    """A time by which something is to happen ("by Friday noon"); `span` is in the sentence."""

    span: Span


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of one sentence. All spans are code-point offsets in the sentence; words are lemmas in lower case.

    `hypothetical`: supposed, conditional or only wished for ("if …", "would", "hope to"). `reported`: what somebody
    other than the sender said or thought. `over` are the verbs above it ("need" over "hear" in "I need to hear"),
    `over_who` does the nearest of them. `core` runs from the subject to the verb with its particle, `top` is the core
    of the clause above; `span` covers all words of the clause, subordinate ones included; `own` are the clause's words
    without those of the clauses below it.
    """

    verb: str
    who: Who
    subject: str
    tense: Tense
    mood: Mood
    modal: str
    negated: bool
    hypothetical: bool
    reported: bool
    objects: tuple[tuple[str, Span], ...]
    over: tuple[str, ...]
    over_who: Who
    limit: Limit | None
    core: Span
    top: Span | None
    span: Span
    own: tuple[Span, ...]
