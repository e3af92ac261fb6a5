"""Whether it can be told what the message is for, where nobody said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.kinds import is_inferred, weigh
from followup_lint.reading import Reading
from followup_lint.records import dataclass


@dataclass(frozen=True)
class Check:
    """Find a message whose kind was inferred and might as well be another.

    The case is `tie` where two kinds are near each other; the finding stands at the strongest clue for the less likely
    one, and `first_clues` and `second_clues` quote what speaks for each. It is `none` where nothing speaks for any. A
    kind that was given, in whatever way, is never doubted.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"first", "second", "first_clues", "second_clues"})

    def lacks(self, context: Context) -> str:
        """Return nothing: a missing kind is what this is about."""
        return ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield at most one finding."""
        if not is_inferred(reading.context):
            return
        verdict = weigh(reading.draft, reading.context)
        if verdict.is_guess:
            yield Finding(reading.opening, (("first", verdict.kind),), "none")
        elif verdict.is_unclear:
            first, second = verdict.speaking_for(verdict.kind), verdict.speaking_for(verdict.rival)
            values = (
                ("first", verdict.kind),
                ("second", verdict.rival),
                ("first_clues", verdict.reasons(verdict.kind)),
                ("second_clues", verdict.reasons(verdict.rival)),
            )
            spans = [clue.span for clue in (*second, *first) if clue.span]
            spot = next((clue.span for clue in second if clue.span), reading.opening)
            related = tuple(sorted({span for span in spans if span != spot}))
            yield Finding(spot, values, "tie", second[0].cue, related)
