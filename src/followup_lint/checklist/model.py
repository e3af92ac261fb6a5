"""What a checklist is made of."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType

from followup_lint.diagnostic import Severity
from followup_lint.records import dataclass
from followup_lint.text import Span
from followup_lint.when import amount

PRACTICES = MappingProxyType({1: "thank", 2: "follow up", 3: "concise", 4: "culture", 5: "patience"})
"""The five practices, by number."""


class State(StrEnum):
    """How it stands with one thing. Missing is also what is there too often, too long or out of place."""

    PRESENT = "present"
    MISSING = "missing"
    LET_BE = "let be"
    NOT_JUDGED = "not judged"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class Budget:
    """How many of something there are, and how many there may be; `unit` is one of them, in words."""

    count: int
    limit: int
    unit: str

    @property
    def over(self) -> bool:
        """Whether there are too many."""
        return self.count > self.limit

    @property
    def share(self) -> float:
        """Return how much of the limit is used up, 1 at most."""
        return min(1.0, self.count / self.limit) if self.limit else float(self.over)

    def __str__(self) -> str:
        if self.count and not self.over:
            return f"{self.count} of {amount(self.limit, self.unit)}"
        return f"{amount(self.count, self.unit) if self.count else f'no {self.unit}s'}, at most {self.limit}"


@dataclass(frozen=True, slots=True)
class Band:
    """How formal a message is, from −3 (casual) to +3 (formal), and the ends of what its company takes."""

    score: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Element:
    """One thing to look for.

    `evidence` are the words that count or, where it is missing, the nearest miss; empty where there are none. `said`
    tells the rest: what is wrong, which fact is lacking, why it is let be. `severity` is that of the gravest finding.
    `rules` are those of the run that judge it, the first one first.
    """

    name: str
    practice: int
    state: State
    evidence: tuple[Span, ...] = ()
    said: str = ""
    severity: Severity | None = None
    budget: Budget | None = None
    band: Band | None = None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Practice:
    """One of the five: `state` sums up what the rules of the run found, its own and those of no element too."""

    number: int
    name: str
    state: State
    severity: Severity | None
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """All five practices, in order."""

    practices: tuple[Practice, ...]

    @property
    def elements(self) -> tuple[Element, ...]:
        """Return every thing that was looked for."""
        return tuple(element for practice in self.practices for element in practice.elements)
