"""How formal the whole message reads, against the band of the company's culture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar

from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.reading import Reading
from followup_lint.records import dataclass, field
from followup_lint.table import Table, pick
from followup_lint.text import Span

if TYPE_CHECKING:
    from followup_lint.tone import Formality, Mark

_SHOWN = 4  # words of a list
_MOVES = 6


@dataclass(frozen=True)
class Check:
    """Find a message outside its band, and the words that pulled it there.

    Scores run from -3 (very informal) to +3 (very formal). Below `low` the case is `casual`, above `high` it is
    `stiff`; both ask that the words themselves pull by at least `casual_pull` or `stiff_pull`, so that there is always
    evidence to show. `moves` says, by feature, what to do about its {words}; `instead` knows a replacement for some.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"words", "against", "score", "band", "by", "moves", "after"})

    low: Table[float] = field(default_factory=dict)
    high: Table[float] = field(default_factory=dict)
    casual_pull: Table[float] = field(default_factory=dict)
    stiff_pull: Table[float] = field(default_factory=dict)
    min_words: int = 20
    moves: Mapping[str, str] = field(default_factory=dict)
    instead: Mapping[str, str] = field(default_factory=dict)

    def lacks(self, context: Context) -> str:
        """Return nothing: every message has a tone."""
        return ""

    def placed(self, reading: Reading) -> tuple[float, float | None, float | None] | None:
        """Return the score and the ends of the band, None for an open end; None where words are too few to judge."""
        if reading.prose.word_count < self.min_words:
            return None
        traits = reading.context.traits
        return reading.formality.score, pick(self.low, traits), pick(self.high, traits)

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield one finding, at the word that pulled hardest."""
        if reading.prose.word_count < self.min_words:
            return
        from followup_lint.tone import CASUAL, POLITE, STIFF

        traits = reading.context.traits
        low, high = pick(self.low, traits), pick(self.high, traits)
        casual, stiff = pick(self.casual_pull, traits) or 0, pick(self.stiff_pull, traits) or 0
        if not self._may_miss(reading):
            return
        tone = reading.formality
        if low is not None and tone.score < low and tone.pull(CASUAL) <= -casual:
            case, features, band, side = "casual", CASUAL, low, -1
        elif high is not None and tone.score > high and tone.pull(STIFF) >= stiff:
            case, features, band, side = "stiff", STIFF, high, 1
        else:
            return
        marks = [mark for mark in tone.marks(features) if mark.pull * side > 0]
        if not marks:
            return
        other = STIFF | POLITE if side < 0 else CASUAL
        values = (
            ("words", _listed(mark.word for mark in marks)),
            ("against", _listed(mark.word for mark in tone.marks(other)) or "no word"),
            ("score", f"{tone.score:+.1f}"),
            ("band", f"{band:+.1f}"),
            ("by", f"{abs(tone.score - band):.1f}"),
            ("moves", "; ".join(self._moves(tone, features))),
            ("after", f"{tone.score - tone.pull(features):+.1f}"),
        )
        yield Finding(marks[0].span, values, case, related=tuple(sorted(mark.span for mark in marks[1:])))

    def ahead(self, reading: Reading) -> Iterator[Span]:
        """Yield every sentence, where the words may pull far enough."""
        if reading.prose.word_count >= self.min_words and self._may_miss(reading):
            yield from (sentence.span for sentence in reading.sentences)

    def _may_miss(self, reading: Reading) -> bool:
        """Whether a parse may find words enough to show for a tone outside the band."""
        from followup_lint.tone import CASUAL, STIFF

        traits = reading.context.traits
        casual, stiff = pick(self.casual_pull, traits) or 0, pick(self.stiff_pull, traits) or 0
        may_be_casual = pick(self.low, traits) is not None and reading.pull.most(CASUAL, -1) >= casual
        return may_be_casual or (pick(self.high, traits) is not None and reading.pull.most(STIFF, 1) >= stiff)

    def _moves(self, tone: Formality, features: frozenset[str]) -> Iterator[str]:
        """Yield what to do about each feature, the strongest first, with the words it is about."""
        strong = [each for each in tone.contributions if each.feature in features and each.words]
        for each in strong[:_MOVES]:
            words = _listed(map(self._shown, each.words), marks="")
            yield self.moves.get(each.feature, "{words}").format(words=words)

    def _shown(self, mark: Mark) -> str:
        better = self.instead.get(mark.word.lower().replace("’", "'"))
        return f"“{mark.word}” (“{better}”)" if better else f"“{mark.word}”"


def _listed(words: Iterable[str], marks: str = "“”") -> str:
    """Return the first few different words, each in quotation marks."""
    different = list({word.lower(): word for word in words}.values())[:_SHOWN]
    return ", ".join(f"{marks[:1]}{word}{marks[1:]}" for word in different)
