"""Tables of findings, written row by row, and whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import click

from followup_lint.batch.arrow import arrow, batch_of, schema_of
from followup_lint.batch.rows import Row
from followup_lint.records import dataclass, field
from followup_lint.reports.jsonl import line
from followup_lint.writing import whole_file

FORMATS = ("jsonl", "parquet")

ENDINGS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".pq": "parquet"}

GROUP = 20_000
"""Rows of a row group, and the most that are held."""


class Sink(Protocol):
    """Takes rows as they come."""

    def __call__(self, rows: Sequence[Row]) -> None:
        """Write rows."""
        ...


@contextmanager
def open_output(name: str, path: Path | None, id_type: str) -> Iterator[Sink]:
    """Yield what writes a table in a format to a file, or JSON Lines to standard output.

    Raises Problem where it cannot be written or pyarrow is missing; the file is then as it was.
    """
    if path is None:
        yield _echo
    elif name == "jsonl":
        with whole_file(path) as file:
            yield _Lines(file)
    else:
        schema = schema_of(arrow().type_for_alias(id_type))
        from pyarrow import parquet

        with whole_file(path) as file, parquet.ParquetWriter(file, schema, compression="zstd") as writer:
            table = _Parquet(writer, schema)
            yield table
            table.flush()


def _echo(rows: Sequence[Row]) -> None:
    for row in rows:
        click.echo(line(row), nl=False)


@dataclass(frozen=True)
class _Lines:
    file: BinaryIO

    def __call__(self, rows: Sequence[Row]) -> None:
        self.file.writelines(line(row).encode() for row in rows)


@dataclass(frozen=True)
class _Parquet:
    writer: Any
    schema: Any
    waiting: list[Row] = field(default_factory=list)

    def __call__(self, rows: Sequence[Row]) -> None:
        is_text = self.schema.field("id").type == arrow().string()
        self.waiting.extend({**row, "id": _text(row["id"])} if is_text else row for row in rows)
        if len(self.waiting) >= GROUP:
            self.flush()

    def flush(self) -> None:
        if self.waiting:
            self.writer.write_batch(batch_of(self.waiting, self.schema))
            self.waiting.clear()


def _text(id_: object) -> str | None:
    """Return an id for a column of text; lines of JSON may have numbers too."""
    return id_ if isinstance(id_, str) or id_ is None else json.dumps(id_)
