"""How well the formality score agrees with readers, on sentences that its fit has not seen: formality.py DATA.jsonl."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from fit_formality import GENRES, Array, cross_validated, figures, read


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    rows = read(parser.parse_args().data)
    lines = {
        "sentence length alone": figures(rows, rows.lengths),
        "without word weights": figures(rows, cross_validated(rows, with_words=False)),
        "formality score": figures(rows, predicted := cross_validated(rows)),
        "mean error, score units": figures(rows, predicted, _mean_error),
    }
    print(f"{'Spearman with readers':26}" + "".join(f"{name:>10}" for name in GENRES))
    for name, found in lines.items():
        print(f"{name:26}" + "".join(f"{found.get(genre, float('nan')):10.3f}" for genre in GENRES))


def _mean_error(predicted: Array, score: Array) -> float:
    return float(np.abs(predicted - score).mean())


if __name__ == "__main__":
    main()
