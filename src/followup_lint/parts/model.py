"""How a part of a message is told."""

from __future__ import annotations

from followup_lint.records import dataclass
from followup_lint.text import Span


@dataclass(frozen=True, slots=True)
class Presence:
    """How often a part is there. `where`: its last place, or the nearest to where it should be; `case` says which.

    `expected` is false where the message gives no reason to look for the part.
    """

    count: int
    where: Span
    case: str = "absent"
    expected: bool = True
    related: tuple[Span, ...] = ()
