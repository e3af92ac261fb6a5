"""Rows in Arrow, in and out. pyarrow is imported only when they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from followup_lint.batch.checker import Checker
from followup_lint.batch.given import Given, given
from followup_lint.batch.many import lint_many
from followup_lint.batch.rows import Row, rows_of
from followup_lint.errors import Problem, hint
from followup_lint.records import dataclass

if TYPE_CHECKING:
    import pyarrow as pa

DRAFTS = 500
"""How many drafts' findings make one batch; as many texts are held at once."""


@dataclass(frozen=True)
class Columns:
    """Which columns of a table are looked at: that of the drafts, of their ids, and of each fact."""

    text: str
    id: str | None = None
    facts: Mapping[str, str] | None = None

    @property
    def names(self) -> list[str]:
        """Return all of them, each once."""
        return list(dict.fromkeys([self.text, *([self.id] if self.id else []), *(self.facts or {}).values()]))


def arrow() -> Any:
    """Return the module. Raises Problem where it is not installed."""
    try:
        import pyarrow as pa
    except ImportError:
        raise Problem("Arrow and Parquet need pyarrow; get it with: pip install 'followup-lint[arrow]'") from None
    return pa


def schema_of(id_type: pa.DataType) -> pa.Schema:
    """Return the schema of findings whose drafts have ids of a type."""
    pa = arrow()
    place, text = pa.int32(), pa.string()
    span = [("start", place), ("end", place)]
    edit = pa.struct([*span, ("text", text)])
    remedy = pa.struct([("applicability", text), ("title", text), ("edits", pa.list_(edit))])
    return pa.schema(
        [
            ("id", id_type),
            *((name, text) for name in ("outcome", "rule", "severity")),
            *((name, place) for name in ("start", "end", "line", "column", "end_line", "end_column")),
            *((name, text) for name in ("part", "message", "why", "fix")),
            ("practice", place),
            ("fingerprint", text),
            ("related", pa.list_(pa.struct(span))),
            ("remedies", pa.list_(remedy)),
        ]
    )


def id_type(columns: Columns, schema: pa.Schema) -> pa.DataType:
    """Return the type of the ids in the findings about a table. Raises Problem for a table that does not fit."""
    pa = arrow()
    for name in columns.names:
        if schema.get_field_index(name) < 0:
            how_many = schema.names.count(name)
            told = f"there are {how_many} columns" if how_many else "there is no column"
            raise Problem(f"{told} '{name}'; {hint(name, schema.names, 'there are: ' + ', '.join(schema.names))}")
    text = _plain(schema.field(columns.text).type)
    if not (_is_text(text) or pa.types.is_binary(text) or pa.types.is_large_binary(text)):
        raise Problem(f"the column '{columns.text}' holds {text}; drafts are text, or the bytes of a file")
    if columns.id is None:
        return pa.int64()
    found = _plain(schema.field(columns.id).type)
    if pa.types.is_integer(found):
        return found
    if _is_text(found):
        return pa.string()
    raise Problem(f"the column '{columns.id}' holds {found}; ids are whole numbers or text")


def drafts_in(batches: Iterable[pa.RecordBatch], columns: Columns, path: str) -> Iterator[Given]:
    """Yield the drafts in a table, in order."""
    number = 0
    for batch in batches:
        for start in range(0, batch.num_rows, DRAFTS):
            part = batch.slice(start, DRAFTS)
            lists = {name: _values(part.column(name)) for name in columns.names}
            for place in range(part.num_rows):
                cells = {fact: (name, lists[name][place]) for fact, name in (columns.facts or {}).items()}
                own = lists[columns.id][place] if columns.id else number
                yield given(own, lists[columns.text][place], path, cells)
                number += 1


def linted(batches: Iterable[pa.RecordBatch], columns: Columns, path: str, check: Checker) -> Iterator[pa.RecordBatch]:
    """Yield batches of findings; the first batch of drafts tells the type of their ids."""
    waiting = iter(batches)
    first = next(waiting, None)
    if first is None:
        return
    if not isinstance(first, arrow().RecordBatch):
        raise Problem(f"expected record batches, not {type(first).__name__}; lint_table takes a table")
    schema = schema_of(id_type(columns, first.schema))
    rows = lint_many(drafts_in(chain([first], waiting), columns, path), check, rows_of)
    while some := list(islice(rows, DRAFTS)):
        yield batch_of(chain.from_iterable(some), schema)


def batch_of(rows: Iterable[Row], schema: pa.Schema) -> pa.RecordBatch:
    """Return rows as a batch."""
    return arrow().RecordBatch.from_pylist(list(rows), schema=schema)


def batches_of(table: Any) -> tuple[Iterable[pa.RecordBatch], pa.Schema | None]:
    """Return a table of any library that speaks Arrow in batches, with its schema, None where that is not known yet.

    Raises Problem for what is no table.
    """
    pa = arrow()
    if isinstance(table, pa.RecordBatch):
        return [table], table.schema
    if hasattr(table, "__arrow_c_stream__"):
        reader = pa.RecordBatchReader.from_stream(table)
        return reader, reader.schema
    if isinstance(table, Iterable) and not isinstance(table, str | bytes | Mapping):
        return table, None
    raise Problem(f"expected record batches or a table that speaks Arrow, not {type(table).__name__}")


def _values(column: pa.Array) -> list[Any]:
    pa = arrow()
    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        # Python's own clock knows no nanoseconds, and no interview needs them.
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    values: list[Any] = column.to_pylist()
    return values


def _plain(found: pa.DataType) -> pa.DataType:
    return found.value_type if arrow().types.is_dictionary(found) else found


def _is_text(found: pa.DataType) -> bool:
    types = arrow().types
    return bool(types.is_string(found) or types.is_large_string(found) or types.is_string_view(found))
