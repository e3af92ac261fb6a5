"""Rules that a draft's front matter ignores without need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.reading import Reading
from followup_lint.records import dataclass
from followup_lint.text import Span


@dataclass(frozen=True)
class Check:
    """Find each name under `ignore` that silences nothing; the case is `expired` where its `until` has passed.

    It runs after all other rules. A rule that did not run, or lacked a fact, is no reason to speak.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"rule", "until"})
    LAST: ClassVar[bool] = True

    def lacks(self, context: Context) -> str:
        """Return nothing: what was silenced is always known."""
        return ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield a finding at each name, in the front matter."""
        top = reading.draft.front_matter
        for silence in reading.idle:
            at = reading.text.find(silence.rule, top.start, top.end) if top else -1
            # A default of the project's, or an older draft beside a mail: there is no line here to point at.
            span = Span(at, at + len(silence.rule)) if at >= 0 else Span(0, 0)
            values = (("rule", silence.rule), ("until", str(silence.until or "")))
            yield Finding(span, values, "expired" if silence.until else "unused")
