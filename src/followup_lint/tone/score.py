"""The score: features times fitted weights, and what each of them pulled."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from followup_lint.formality.features import marks, measures, size
from followup_lint.formality.words import sentence
from followup_lint.vocabulary import rules_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from spacy.tokens import Doc

    from followup_lint.formality.words import Sentence
    from followup_lint.text import Span

CASUAL = frozenset([
    "all-caps", "colloquial", "contraction", "doubled-sign", "ellipsis", "emoticon", "exclamation", "interjection",
    "lowercase-i", "slang", "stretched-word", "text-speak",
])  # fmt: skip
"""Features that show a casual hand. Plain short sentences score low as well, and are no offence against formality."""

STIFF = frozenset(["ceremonious", "formal"])
"""Features that show a stiff hand. A technical subject scores high by its long words alone, however it is put."""

LIMIT = 3.0
"""Both ends of the readers' scale."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one feature, or one word of a feature, adds to the score, in units of the score.

    `feature` is `baseline`, `end-of-scale`, a measure (`sentence-length`), a kind of mark (`slang`, `exclamation`) or
    `word`; `word` and `spans` are empty for what has no place. Spans are character offsets into the doc of that index.
    """

    feature: str
    pull: float
    word: str = ""
    spans: tuple[tuple[int, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class Formality:
    """A score from −3 (very informal) to +3 (very formal) and its parts, which sum to it, the strongest first."""

    score: float
    contributions: tuple[Contribution, ...]

    def pull(self, features: Collection[str]) -> float:
        """Return what some features pull together."""
        return sum(each.pull for each in self.contributions if each.feature in features)


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


def formality(sentences: Sequence[Doc], masked: Sequence[Sequence[Span]] = ()) -> Formality:
    """Score sentences, each of them a `Doc` with fine-grained tags, as one text.

    A text's score is the mean of its sentences', each weighing as many words as it has, up to a limit: a long message
    is no more formal than a short one. `masked` holds, for each doc, spans whose tokens are ignored (names). Without
    a single word left there is nothing to judge: score 0, no contributions.
    """
    seen = [(index, sentence(doc, masked[index] if index < len(masked) else ())) for index, doc in enumerate(sentences)]
    seen = [(index, each) for index, each in seen if each.words]
    total = sum(size(each) for _, each in seen)
    if not total:
        return Formality(0.0, ())
    pulls: defaultdict[tuple[str, str], float] = defaultdict(float, {("baseline", ""): weights().baseline})
    spans: defaultdict[tuple[str, str], list[tuple[int, Span]]] = defaultdict(list)
    for index, each in seen:
        for feature, word, pull, span in _pulls(each, weights()):
            pulls[feature, word] += pull * size(each) / total
            if span:
                spans[feature, word].append((index, span))
    raw = sum(pulls.values())
    score = max(-LIMIT, min(LIMIT, raw))
    if score != raw:
        pulls["end-of-scale", ""] = score - raw
    found = (Contribution(*key[:1], pull, key[1], tuple(spans[key])) for key, pull in pulls.items())
    return Formality(score, tuple(sorted(found, key=lambda each: (-abs(each.pull), each.feature, each.word))))


def _pulls(each: Sentence, fitted: Weights) -> Iterator[tuple[str, str, float, Span | None]]:
    """Yield feature, word, pull on this sentence's own score, and place."""
    for name, value in measures(each).items():
        yield name, "", fitted.measures[name] * (value - fitted.centre[name]), None
    # One "lol" colours a sentence of five words more than one of thirty, but not six times as much.
    share = 1 / math.sqrt(len(each.words))
    for mark in marks(each):
        yield mark.feature, mark.word, fitted.marks[mark.feature] * share, mark.span
    for word in each.words:
        if word.lower in fitted.words:
            yield "word", word.lower, fitted.words[word.lower] * share, word.span
