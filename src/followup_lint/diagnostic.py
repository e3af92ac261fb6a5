"""What is said about one place in a draft."""

from __future__ import annotations

from enum import StrEnum

from followup_lint.records import dataclass
from followup_lint.silence import Silence
from followup_lint.text import Span


class Severity(StrEnum):
    """How much a finding matters: an error spoils the message, a warning weakens it, a suggestion polishes it."""

    SUGGESTION = "suggestion"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """Return 0 for the mildest, 2 for the gravest."""
        return list(Severity).index(self)


class Applicability(StrEnum):
    """Who may apply a remedy.

    `--fix` applies the safe ones: they keep what the message says. The unsafe ones, which may change its sense or its
    tone, want `--unsafe-fixes`. A snippet leaves a gap that only the writer can fill, so it is for editors alone.
    """

    SAFE = "safe"
    UNSAFE = "unsafe"
    SNIPPET = "snippet"


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of the draft's text, and what to write in its place; an empty stretch is a place to insert at.

    In a snippet, the text holds tab stops as editors write them: `${1:words}`, and `$0` where the cursor ends.
    """

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Remedy:
    """What would mend a finding: edits that belong together and do not overlap, and what to call them in a menu."""

    applicability: Applicability
    edits: tuple[Edit, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check saw: where, and the numbers and words that a rule may put into its sentence.

    `case` names the way in which the check failed, where it knows several; a rule may word and weigh each apart.
    `pattern` is the rule's own phrase or frame that matched, as written there; `related` are other places that belong
    to the finding: the rest of a list of questions, a near miss. `elsewhere` are places in other files: path and
    1-based line, 0 where the line is unknown. `remedies` mend it, the best first.
    """

    span: Span
    values: tuple[tuple[str, str | int], ...] = ()
    case: str = ""
    pattern: str = ""
    related: tuple[Span, ...] = ()
    elsewhere: tuple[tuple[str, int], ...] = ()
    remedies: tuple[Remedy, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding in a rule's words. `finding` keeps what the check saw, for those who want to know more."""

    rule: str
    severity: Severity
    span: Span
    message: str
    why: str
    fix: str
    practice: int
    finding: Finding

    @property
    def remedies(self) -> tuple[Remedy, ...]:
        """Return what would mend it, the best first."""
        return self.finding.remedies


@dataclass(frozen=True, slots=True)
class Silenced:
    """A finding that is not reported, and what silences it."""

    diagnostic: Diagnostic
    silence: Silence


@dataclass(frozen=True, slots=True)
class Skipped:
    """A rule that could not judge this draft, and the fact it lacked."""

    rule: str
    lacks: str
