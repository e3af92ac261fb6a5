"""Facts about a message that do not go together, whatever its words are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.reading import Reading
from followup_lint.records import dataclass


@dataclass(frozen=True)
class Check:
    """Find a combination of kind, channel, culture and region that does not fit.

    `clashes` names the combinations, the first that holds is told: each is a list of alternatives, of which the message
    must have one from every line. A channel that the reader prefers (`contact_prefers`) is never wrong.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset()

    clashes: dict[str, tuple[tuple[str, ...], ...]]

    def lacks(self, context: Context) -> str:
        """Return nothing: kind, channel and culture are always known, if only as defaults."""
        return ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield one finding, at the first line."""
        context = reading.context
        if context.contact_prefers == context.channel:
            return
        for case, lines in self.clashes.items():
            if all(context.traits & set(alternatives) for alternatives in lines):
                yield Finding(reading.opening, (), case, " + ".join("/".join(line) for line in lines))
                return
