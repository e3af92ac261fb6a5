"""Findings that a writer has decided to live with: which rule, why, and until when."""

from __future__ import annotations

from followup_lint.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Silence:
    """One rule not to be reported. `reason` may be empty; `until` is the last day it holds, None for ever.

    `origin` is a configuration file (or the baseline) in words a user understands, empty for the draft's own front
    matter.
    """

    rule: str
    reason: str = ""
    until: date | None = None
    origin: str = ""

    def holds(self, day: date) -> bool:
        """Whether it still counts on a day."""
        return self.until is None or day <= self.until

    def __str__(self) -> str:
        told = [self.reason] if self.reason else []
        told += [f"until {self.until}"] if self.until else []
        return f"{self.rule} ({', '.join(told)})" if told else self.rule


def today() -> date:
    """Return the writer's own day."""
    from datetime import date  # most drafts name no day

    return date.today()  # noqa: DTZ011  (see above)
