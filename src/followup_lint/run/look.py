"""What may be done to a draft on the way, and what comes of it."""

from __future__ import annotations

from followup_lint.errors import Problem
from followup_lint.linter import Result
from followup_lint.messages import Place
from followup_lint.reader import Message
from followup_lint.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from followup_lint.fix import Outcome
else:
    Protocol = object


class Mends(Protocol):
    """What may change a draft before it is linted."""

    def __call__(self, place: Place, data: bytes, message: Message) -> Outcome:
        """Return what became of a draft. Raises Problem where it cannot be written."""
        ...


@dataclass(frozen=True, slots=True)
class Look:
    """What came of one draft: what there is to tell, in order, and the result, None where it could not be read."""

    told: tuple[str | Problem, ...]
    result: Result | None
