"""Files of many drafts, read one draft after the other: Parquet, JSON Lines, mbox files and Maildirs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from followup_lint.batch.arrow import Columns, arrow, drafts_in, id_type
from followup_lint.batch.given import Given, given
from followup_lint.errors import Problem, hint
from followup_lint.records import dataclass
from followup_lint.sources.decode import reason
from followup_lint.sources.mail_files import is_maildir, places, read_place

TEXT, MAIL = "draft.txt", "mail.eml"
"""What drafts in a table and in a mailbox are called: no name that says anything, and an ending that does."""

MAX_LINE = 20_000_000
"""Bytes of a line of JSON: four times the largest draft, since each of its characters may be escaped."""


class Input(Protocol):
    """A file, or folder, of many drafts."""

    @property
    def id_type(self) -> str:
        """Return the name that Arrow has for the type of the ids."""
        ...

    def count(self) -> int:
        """Return how many drafts there are. Raises Problem as `drafts` does."""
        ...

    def drafts(self) -> Iterator[Given]:
        """Yield the drafts in order. Raises Problem where the file as a whole cannot be read."""
        ...


def open_input(path: str, columns: Columns) -> Input:
    """Return what reads a file, told by its ending. Raises Problem where there is none, or columns make no sense."""
    ending = Path(path).suffix.lower()
    here = os.path.expanduser(path)  # noqa: PTH111  (a Path raises for some odd names)
    if not os.path.exists(here):  # noqa: PTH110
        raise Problem("no such file", path)
    if ending in {".parquet", ".pq"}:
        return Parquet(path, columns)
    if ending in {".jsonl", ".ndjson"}:
        return Lines(path, columns)
    if not os.path.isdir(here) and not _begins_as_mail(path):  # noqa: PTH112  (the same)
        raise Problem("is neither a table (.parquet, .jsonl) nor a mailbox (mbox, Maildir)", path)
    if columns.facts or columns.id:
        raise Problem("is a mailbox, and has no columns; leave out --id-column and --context-column", path)
    return Mails(path)


@dataclass(frozen=True)
class Parquet:
    """A Parquet file; row groups are read in pieces."""

    path: str
    columns: Columns

    @property
    def id_type(self) -> str:
        """Return that of the column, or of row numbers."""
        return str(self._id_type)

    @cached_property
    def _id_type(self) -> Any:
        with self._open() as file:
            schema = file.schema_arrow
        try:
            return id_type(self.columns, schema)
        except Problem as problem:
            raise Problem(problem.message, self.path) from None

    def count(self) -> int:
        """Return the number of rows."""
        with self._open() as file:
            rows: int = file.metadata.num_rows
            return rows

    def drafts(self) -> Iterator[Given]:
        """Yield a draft for each row."""
        return drafts_in(self._batches(), self.columns, TEXT)

    def _batches(self) -> Iterator[Any]:
        try:
            with self._open() as file:
                yield from file.iter_batches(batch_size=500, columns=self.columns.names)
        except (OSError, ValueError) as error:  # Arrow's own errors are kinds of these
            raise self._unreadable(error) from None

    def _open(self) -> Any:
        arrow()
        from pyarrow import parquet

        try:
            return parquet.ParquetFile(self.path)
        except (OSError, ValueError) as error:
            raise self._unreadable(error) from None

    def _unreadable(self, error: OSError | ValueError) -> Problem:
        return Problem(f"cannot be read as Parquet: {reason(error).splitlines()[0]}", self.path)


@dataclass(frozen=True)
class Lines:
    """A file of JSON objects, one a line; blank lines are none."""

    path: str
    columns: Columns

    @property
    def id_type(self) -> str:
        """Return text for ids from a column, since lines may differ, else whole numbers."""
        return "string" if self.columns.id else "int64"

    def count(self) -> int:
        """Return the number of lines."""
        return sum(1 for _ in self._lines())

    def drafts(self) -> Iterator[Given]:
        """Yield a draft for each line that is not blank."""
        for number, (line, data) in enumerate(self._lines()):
            yield self._draft(number, line, data)

    def _draft(self, number: int, line: int, data: bytes) -> Given:
        columns = self.columns
        own: str | int | None = None if columns.id else number
        try:
            row = _object(data)
            if columns.id:
                own = _id(row, columns.id)
            text = _text(row, columns.text)
        except Problem as problem:
            return Given(own, Problem(f"line {line}: {problem.message}"), TEXT)
        facts = columns.facts or {}
        return given(own, text, TEXT, {fact: (column, row.get(column)) for fact, column in facts.items()})

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        """Yield the number of each line, from 1, and its bytes; one that is too long is cut."""
        number, is_rest = 0, False
        try:
            with Path(self.path).open("rb") as file:
                while data := file.readline(MAX_LINE):
                    if not is_rest:
                        number += 1
                        if data.strip():
                            yield number, data
                    is_rest = not data.endswith(b"\n")
        except OSError as error:
            raise Problem(f"cannot be read: {reason(error)}", self.path) from None


@dataclass(frozen=True)
class Mails:
    """An mbox file or a Maildir: each mail is a draft. Ids are numbers in the one, the names of files in the other."""

    path: str

    @cached_property
    def _is_maildir(self) -> bool:
        return is_maildir(Path(self.path).expanduser(), self.path)

    @property
    def id_type(self) -> str:
        """Return text for a Maildir, else whole numbers."""
        return "string" if self._is_maildir else "int64"

    def count(self) -> int:
        """Return the number of mails."""
        return sum(1 for _ in places(self.path))

    def drafts(self) -> Iterator[Given]:
        """Yield a draft for each mail."""
        root = Path(self.path).expanduser()
        for number, place in enumerate(places(self.path)):
            own = Path(place.file).relative_to(root).as_posix() if self._is_maildir else number
            try:
                yield Given(own, read_place(place), MAIL)
            except Problem as problem:
                yield Given(own, Problem(problem.message), MAIL)


def _begins_as_mail(path: str) -> bool:
    try:
        with Path(path).expanduser().open("rb") as file:
            return file.read(len(b"From ")) in {b"From ", b""}
    except OSError as error:
        raise Problem(f"cannot be read: {reason(error)}", path) from None


def _object(data: bytes) -> dict[str, Any]:
    """Return what a line says. Raises Problem for what is no JSON object."""
    if len(data) >= MAX_LINE and not data.endswith(b"\n"):
        raise Problem(f"too long for a draft; the limit is {MAX_LINE // 1_000_000} MB")
    try:
        row = json.loads(data)
    except (ValueError, RecursionError) as error:
        said = error.msg if isinstance(error, json.JSONDecodeError) else "it cannot be read"
        raise Problem(f"no JSON: {said[:1].lower()}{said[1:]}") from None
    if not isinstance(row, dict):
        raise Problem("no JSON object")
    return row


def _id(row: dict[str, Any], name: str) -> str | int:
    own = row.get(name)
    if isinstance(own, bool) or not isinstance(own, str | int):
        raise Problem(f"'{name}' is no id; ids are whole numbers or text")
    return own


def _text(row: dict[str, Any], name: str) -> str | None:
    if name not in row:
        otherwise = f"the keys are {', '.join(row)}" if row else "the object is empty"
        raise Problem(f"there is no '{name}'; {hint(name, row, otherwise)}")
    text = row[name]
    if text is not None and not isinstance(text, str):
        raise Problem(f"'{name}' is no text")
    return text
