"""Tables of drafts for tests: many small ones, made of a few words of ours, and rules that are quick to run on them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

QUICK = ("body-too-short", "exclamation-excess", "trailing-blanks")
"""Rules that need no parse."""

_BODIES = (
    "Hi Ana,\n\nThank you for showing me kiln {number}!!\n\nSam\n",
    "Dear Dr. Ruiz,\n\nThe notes on glaze {number} are attached. \nI would like to go on with them.\n\nBest,\nSam\n",
    "Hallo Jürgen 👋,\n\nthank you!!! Batch {number} was “worth the journey”.\n",
    "---\nkind: closing\n---\nDear Ana,\n\nI wish you and kiln {number} well.\n\nKind regards,\nSam\n",
    "",
)
_KINDS = ("thank-you", "check-in", None, "", "thank-you", "no-kind")


def drafts(count: int) -> pa.Table:
    """Return a table of drafts with facts beside them; a few rows cannot be read."""
    numbers = range(count)
    bodies = [_BODIES[number % len(_BODIES)].format(number=number) for number in numbers]
    return pa.table(
        {
            "id": pa.array(numbers, pa.int64()),
            "body": [None if number % 997 == 11 else body for number, body in zip(numbers, bodies, strict=True)],
            "kind": [_KINDS[number % len(_KINDS)] for number in numbers],
            "company": ["Kiln & Co" if number % 2 else None for number in numbers],
        }
    )


def folder_of(folder: Path, count: int) -> Path:
    """Put drafts.parquet and team.yaml, which chooses the quick rules, into a folder."""
    parquet.write_table(drafts(count), folder / "drafts.parquet", row_group_size=2_000)
    (folder / "team.yaml").write_text(f"select: [{', '.join(QUICK)}]\n", encoding="utf-8")
    return folder


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a Parquet file, or of all in a folder, in the order of ids."""
    found: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
    return sorted(found, key=lambda row: row["id"])
