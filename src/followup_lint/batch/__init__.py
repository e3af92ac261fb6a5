"""Many drafts in tables: Arrow in, Arrow out, for pandas, Polars, DuckDB, Dask, Ray and Spark alike.

Each row is a draft of its own: nothing on the disk and no other row is looked at, and the findings are those of the
command line on the same text. The rows of a findings table:

- `id`: that of the draft: the value of the column named `id`, or the number of the row, from 0, where none is named.
- `outcome`: `finding`; `problem` for a draft, or a fact, that cannot be read; `clean` for a draft with neither. Every
  draft has at least one row.
- `rule`, `severity`, `message`, `why`, `fix`, `practice`, `fingerprint`: as in the report `json`; of these, a problem
  has the message alone.
- `start`, `end`: the span in the draft's text, in code points, half-open; for mail, in its headers, a blank line and
  its decoded body.
- `line`, `column`, `end_line`, `end_column`, `part`: as in the report `json`, 1-based, the end exclusive.
- `related`: further spans. `remedies`: `applicability`, `title` and `edits`, each a span and its new `text`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from followup_lint.errors import Problem, hint
from followup_lint.presets import PRESETS

if TYPE_CHECKING:
    import pyarrow as pa

    from followup_lint.config import Settings

__all__ = ["findings_schema", "lint_batches", "lint_table"]

Context = str | Sequence[str] | Mapping[str, str]


class Options(TypedDict, total=False):
    """What `lint_batches` takes by name."""

    id: str | None
    context: Context
    path: str
    config: str | Path | None
    isolated: bool
    preset: str
    select: str | Sequence[str]
    ignore: str | Sequence[str]


def lint_batches(  # noqa: PLR0913  (each is an option of the command line)
    batches: Any,
    text: str = "body",
    *,
    id: str | None = None,  # noqa: A002  (the name of the column it makes)
    context: Context = (),
    path: str = "draft.txt",
    config: str | Path | None = None,
    isolated: bool = False,
    preset: str = "",
    select: str | Sequence[str] = (),
    ignore: str | Sequence[str] = (),
) -> Iterator[pa.RecordBatch]:
    """Lint the drafts in the column `text`, and yield their findings as record batches of `findings_schema()`.

    `batches` is an iterable of `pyarrow.RecordBatch`, or any table that speaks Arrow (pyarrow, Polars, pandas, DuckDB).
    Few drafts are held at a time. `text` holds strings, or the bytes of files; `id` names a column of whole numbers or
    strings. `context` names columns that hold facts and are called as they are in front matter (`kind`, `company`,
    `to`, `interview` …), or maps columns to facts (`{"recruiter": "to"}`); an empty cell says nothing.

    `path` is what each draft is called: as `mail.eml` it is read as mail. It also decides which settings hold, unless
    `config` names their file or `isolated` says that there are none; on a cluster, do one of the two. `preset`,
    `select` and `ignore` are as on the command line.

    A row that cannot be read is a row of the findings. Raises `followup_lint.errors.Problem` where pyarrow is missing
    or the table does not fit, and `Problems` for settings that are wrong.
    """
    from followup_lint.batch.arrow import Columns, batches_of, id_type, linted
    from followup_lint.batch.checker import checker
    from followup_lint.batch.given import columns_of, listed

    if preset and preset not in PRESETS:
        raise Problem(f"unknown preset '{preset}'; {hint(preset, PRESETS, 'it is one of ' + ', '.join(PRESETS))}")
    columns = Columns(text, id, columns_of(context))
    found, schema = batches_of(batches)
    if schema is not None:
        id_type(columns, schema)
    settings = _settings(path, config, isolated=isolated)
    return linted(found, columns, path, checker(settings, preset=preset, select=listed(select), ignore=listed(ignore)))


def _settings(path: str, config: str | Path | None, *, isolated: bool) -> Settings:
    from followup_lint.config import Configs

    if config and isolated:
        raise Problem("config and isolated do not go together")
    return Configs(Path(config) if config else None, isolated=isolated).for_file(path)


def lint_table(table: Any, text: str = "body", **options: Unpack[Options]) -> pa.Table:
    """Lint the drafts in a table that speaks Arrow, and return their findings as one; see `lint_batches`."""
    from followup_lint.batch.arrow import Columns, arrow, batches_of, id_type, schema_of

    batches, schema = batches_of(table)
    if schema is None:
        raise Problem("expected one table that speaks Arrow; lint_batches takes an iterable of batches")
    made = schema_of(id_type(Columns(text, options.get("id")), schema))
    return arrow().Table.from_batches(lint_batches(batches, text, **options), schema=made)


def findings_schema(id_type: pa.DataType | None = None) -> pa.Schema:
    """Return the schema of findings, for engines that must know it beforehand.

    `id_type` is the type of the column of ids, `pyarrow.int64()` unless it is given. Strings of any kind come out as
    `pyarrow.string()`.
    """
    from followup_lint.batch.arrow import arrow, schema_of

    return schema_of(id_type or arrow().int64())
