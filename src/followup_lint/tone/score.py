"""The score: features times fitted weights, and what each of them pulled."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from followup_lint.records import dataclass
from followup_lint.tone.features import marks, measures, size
from followup_lint.tone.words import sentence
from followup_lint.vocabulary import rules_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from spacy.tokens import Doc

    from followup_lint.text import Span
    from followup_lint.tone.words import Sentence

CASUAL = frozenset([
    "all-caps", "colloquial", "contraction", "doubled-sign", "ellipsis", "emoticon", "exclamation", "interjection",
    "lowercase-i", "slang", "stretched-word", "text-speak",
])  # fmt: skip
"""Features that show a casual hand. Plain short sentences score low as well, and are no offence against formality."""

STIFF = frozenset(["ceremonious", "formal"])
"""Features that show a stiff hand. A technical subject scores high by its long words alone, however it is put."""

POLITE = frozenset(["polite"])
"""Features that any message may show, and that weigh against a casual hand."""

LIMIT = 3.0
"""Both ends of the readers' scale."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A word or sign that pulls: as written, where it stands in the text, and how far it moves the score."""

    word: str
    span: Span
    pull: float


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one feature adds to the score: `pull`, in units of the score, is `weight` times `value`.

    `feature` is `baseline`, `end-of-scale` (what the scale's ends cut off), a measure (`sentence-length`), a kind of
    mark (`slang`, `exclamation`), or `word: x` for a word with a weight of its own. The value of a measure is its mean
    over the sentences less its mean in e-mail at large; that of a mark is its share of the words. `words` holds the
    marks, the strongest first; measures, which have no place, have none.
    """

    feature: str
    weight: float
    value: float
    words: tuple[Mark, ...] = ()

    @property
    def pull(self) -> float:
        """Return how far the feature moves the score; negative is towards casual."""
        return self.weight * self.value


@dataclass(frozen=True, slots=True)
class Formality:
    """A score from −3 (very informal) to +3 (very formal) and its parts, which sum to it, the strongest first."""

    score: float
    contributions: tuple[Contribution, ...]

    def pull(self, features: Collection[str]) -> float:
        """Return what some features pull together."""
        return sum(each.pull for each in self.contributions if each.feature in features)

    def marks(self, features: Collection[str]) -> tuple[Mark, ...]:
        """Return the words of some features, those that pull hardest first."""
        found = [mark for each in self.contributions if each.feature in features for mark in each.words]
        return tuple(sorted(found, key=lambda mark: (-abs(mark.pull), mark.span)))


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence to score: a `Doc` with fine-grained tags, where it begins in the text, and what to ignore in it.

    `masked` holds spans in the text; tokens that they touch (names) neither pull nor count.
    """

    doc: Doc
    start: int = 0
    masked: Sequence[Span] = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """The fitted numbers. A measure pulls by its distance from the `centre`, its mean over e-mail sentences."""

    baseline: float
    centre: Mapping[str, float]
    measures: Mapping[str, float]
    marks: Mapping[str, float]
    words: Mapping[str, float]


@cache
def weights() -> Weights:
    """Return the weights that the package ships."""
    source = rules_folder().joinpath("vocabulary", "formality.json").read_text(encoding="utf-8")
    fitted = json.loads(source)
    return Weights(**{name: fitted[name] for name in Weights.__dataclass_fields__})


def score(pieces: Iterable[Piece]) -> Formality:
    """Score sentences as one text.

    A text's score is the mean of its sentences', each weighing as many words as it has, up to a limit: a long message
    is no more formal than a short one. Without a single word there is nothing to judge: score 0, no contributions.
    """
    seen = [(piece.start, sentence(piece.doc, [mask.shift(-piece.start) for mask in piece.masked])) for piece in pieces]
    seen = [(start, each) for start, each in seen if each.words]
    total = sum(size(each) for _, each in seen)
    if not total:
        return Formality(0.0, ())
    fitted = weights()
    weight: dict[str, float] = {"baseline": fitted.baseline}
    value: defaultdict[str, float] = defaultdict(float, {"baseline": 1.0})
    words: defaultdict[str, list[Mark]] = defaultdict(list)
    for start, each in seen:
        share = size(each) / total
        for name, measured in measures(each).items():
            weight[name] = fitted.measures[name]
            value[name] += share * (measured - fitted.centre[name])
        # One "lol" colours a sentence of five words more than one of thirty, but not six times as much.
        share /= math.sqrt(len(each.words))
        for name, pulls, span in _placed(each, fitted):
            weight[name] = pulls
            value[name] += share
            words[name].append(Mark(span.of(each.shown), span.shift(start), pulls * share))
    return _summed(weight, value, words)


def _summed(weight: dict[str, float], value: dict[str, float], words: Mapping[str, list[Mark]]) -> Formality:
    raw = sum(weight[name] * value[name] for name in weight)
    found = max(-LIMIT, min(LIMIT, raw))
    if found != raw:
        weight["end-of-scale"], value["end-of-scale"] = 1.0, found - raw
    parts = [
        Contribution(name, weight[name], value[name], tuple(sorted(words.get(name, ()), key=lambda m: -abs(m.pull))))
        for name in weight
    ]
    return Formality(found, tuple(sorted(parts, key=lambda part: (-abs(part.pull), part.feature))))


def _placed(each: Sentence, fitted: Weights) -> Iterator[tuple[str, float, Span]]:
    """Yield feature, weight and place of everything that stands somewhere."""
    for mark in marks(each):
        yield mark.feature, fitted.marks[mark.feature], mark.span
    for word in each.words:
        if word.lower in fitted.words:
            yield f"word: {word.lower}", fitted.words[word.lower], word.span
