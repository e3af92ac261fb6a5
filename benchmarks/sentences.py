"""Measure sentence spans against gold ones: `python benchmarks/sentences.py DATA.jsonl [--misses HALF]`.

Each row holds `text` and `sentences`, a list of half-open [start, end] spans. Every second row (the first, the third,
...) was looked at while the rules were written, the others were not; both halves are reported.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import dataclass
from pathlib import Path

from followup_lint import sentences

_STOPS = tuple(".!?…")
_CLOSERS = "\"'”’)] "


@dataclass(frozen=True)
class Row:
    """One text and its gold spans."""

    text: str
    gold: frozenset[tuple[int, int]]

    def found(self) -> set[tuple[int, int]]:
        """Return our spans, one paragraph at a time."""
        spans = [span for part in sentences.paragraphs(self.text) for span in sentences.split(self.text, part)]
        return {(span.start, span.end) for span in spans}

    def ideal(self) -> set[tuple[int, int]]:
        """Return what can be had from stops and paragraphs alone: gold sentences, joined where neither parts them."""
        joined: list[tuple[int, int]] = []
        for start, end in sorted(self.gold):
            parted = not joined or "\n" in self.text[joined[-1][1] : start]
            if parted or self.text[: joined[-1][1]].rstrip(_CLOSERS).endswith(_STOPS):
                joined.append((start, end))
            else:
                joined[-1] = (joined[-1][0], end)
        return set(joined)


def figures(rows: list[Row], found: list[set[tuple[int, int]]]) -> str:
    right = sum(len(row.gold & spans) for row, spans in zip(rows, found, strict=True))
    gold, ours = sum(len(row.gold) for row in rows), sum(map(len, found))
    precision, recall = right / max(ours, 1), right / max(gold, 1)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {2 * right / max(gold + ours, 1):.3f}  ({gold} gold, {ours} found)"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--misses", action="store_true", help="show the wrong spans of the tuning half")
    options = parser.parse_args()
    lines = options.data.read_text(encoding="utf-8").split("\n")
    data = [json.loads(line) for line in lines if line.strip()]
    rows = [Row(row["text"], frozenset((start, end) for start, end in row["sentences"])) for row in data]
    for name, part in (("tuning half", rows[::2]), ("unseen half", rows[1::2]), ("all", rows)):
        began = time.perf_counter()
        found = [row.found() for row in part]
        took = time.perf_counter() - began
        letters = sum(len(row.text) for row in part)
        print(f"{name:12} {figures(part, found)}  {took / letters * 1e6:.2f} µs a character")
        print(f"{'  ceiling':12} {figures(part, [row.ideal() for row in part])}")
    if options.misses:
        for row in rows[::2]:
            for start, end in sorted(row.found() - row.gold):
                inner = [repr(row.text[a:b]) for a, b in sorted(row.gold) if a < end and start < b]
                print(repr(row.text[start:end]), "\n    ", "\n     ".join(inner))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
