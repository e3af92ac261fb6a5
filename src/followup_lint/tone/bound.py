"""How far the words of a text can pull its formality at most, before anybody has parsed it."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence

from followup_lint.records import dataclass
from followup_lint.stretches import Layers
from followup_lint.text import Span
from followup_lint.tone.features import LONGEST, most_marks
from followup_lint.tone.score import weights
from followup_lint.tone.words import WORD


@dataclass(frozen=True, slots=True)
class Unparsed:
    """A sentence to judge by its letters: its text, and the spans in it that hold names and others' words."""

    text: str
    masked: Sequence[Span] = ()

    @property
    def readings(self) -> tuple[str, ...]:
        """Return the text as it stands, and with the masked words blotted out; a parse sees something in between."""
        if not self.masked:
            return (self.text,)
        shown = list(self.text)
        for mask in self.masked:
            for at in range(max(0, mask.start), min(len(shown), mask.end)):
                shown[at] = " "
        return self.text, "".join(shown)

    @property
    def kept(self) -> int:
        """Return how many words no mask comes near: a parse keeps at least these."""
        near = Layers.of(self.masked)
        runs = (Span(*match.span()) for match in re.finditer(r"\S+", self.text))
        kept = [run.of(self.text) for run in runs if not near.over(run)]
        return len(WORD.findall(" ".join(kept)))


@dataclass(frozen=True, slots=True)
class Bound:
    """The most that the words of a text can pull, feature by feature, as shares of the whole."""

    pulls: Sequence[tuple[str, float]]

    def most(self, features: Collection[str], sign: int) -> float:
        """Return the most that some features can pull in one direction, without its sign; `sign` is -1 for casual."""
        return sum(pull * sign for feature, pull in self.pulls if feature in features and pull * sign > 0)


def bound(sentences: Sequence[Unparsed]) -> Bound:
    """Return how far the words of some sentences can pull at most."""
    fitted = weights().marks
    total = 0
    found: list[tuple[str, float]] = []
    for each in sentences:
        worded = [(text, WORD.findall(text)) for text in each.readings]
        sizes = [len(words) for _, words in worded]
        kept = min(each.kept, *sizes) if each.masked else sizes[0]
        total += min(kept, LONGEST)
        share = min(max(sizes), LONGEST) / math.sqrt(max(1, kept))
        # A mark that stands in both readings counts once; one that masking brings about, too.
        counts: dict[str, int] = {}
        for text, words in worded:
            for feature, times in most_marks(text, words).items():
                counts[feature] = max(times, counts.get(feature, 0))
        found += [(feature, share * times * fitted[feature]) for feature, times in counts.items()]
    return Bound([(feature, pull / max(1, total)) for feature, pull in found])
