"""How formal the whole message reads, against the band of the company's culture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.reading import Reading
from followup_lint.table import Table, pick


@dataclass(frozen=True)
class Check:
    """Find a message outside its band, and the words that pulled it there.

    Scores run from -3 (very informal) to +3 (very formal). Below `low` the case is `casual`, above `high` it is
    `stiff`; both ask that the words themselves pull by at least `casual_pull` or `stiff_pull`, so that there is always
    evidence to show.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"words", "score", "band"})

    low: Table[float] = field(default_factory=dict)
    high: Table[float] = field(default_factory=dict)
    casual_pull: Table[float] = field(default_factory=dict)
    stiff_pull: Table[float] = field(default_factory=dict)
    min_words: int = 20

    def lacks(self, context: Context) -> str:
        """Return nothing: every message has a tone."""
        return ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield one finding, at the word that pulled hardest."""
        if len(reading.words) < self.min_words:
            return
        from followup_lint.formality import CASUAL, STIFF

        tone = reading.formality
        traits = reading.context.traits
        low, high = pick(self.low, traits), pick(self.high, traits)
        casual, stiff = pick(self.casual_pull, traits) or 0, pick(self.stiff_pull, traits) or 0
        if low is not None and tone.score < low and tone.pull(CASUAL) <= -casual:
            case, features, band = "casual", CASUAL, low
        elif high is not None and tone.score > high and tone.pull(STIFF) >= stiff:
            case, features, band = "stiff", STIFF, high
        else:
            return
        marks = [item for item in tone.contributions if item.feature in features and item.spans]
        if not marks:
            return
        index, span = marks[0].spans[0]
        words = ", ".join(f"“{word}”" for word in dict.fromkeys(item.word for item in marks[:5]))
        values = (("words", words), ("score", f"{tone.score:+.1f}"), ("band", f"{band:+.1f}"))
        yield Finding(span.shift(reading.sentences[index].span.start), values, case)
