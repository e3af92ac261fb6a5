"""A draft as a table or a mailbox gives it: its bytes, and the facts in the columns beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time

from followup_lint.context import FACTS, Fact
from followup_lint.errors import Problem, hint
from followup_lint.facts import PARSERS
from followup_lint.records import dataclass, field
from followup_lint.strict_yaml import Value

COLUMN_FACTS = tuple(name for name in FACTS if name != "invite")
"""The facts that a column may hold; the one left out names a file beside the draft, and a row has none."""

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Given:
    """One draft to be linted.

    `id` is what its findings are told by. `data` is as a file called `path` would hold it, or what kept it from being
    read. `problems` are the faults in its facts. `offset` is where `data`, once decoded, begins in the text that the
    user has: 1 behind a byte-order mark, else 0.
    """

    id: object
    data: bytes | Problem
    path: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    offset: int = 0


def given(id_: object, text: object, path: str, cells: Mapping[str, tuple[str, object]]) -> Given:
    """Return the draft in a row; `cells` are what stands beside it: by fact, the name of the column and its value."""
    facts: dict[str, Fact] = {}
    found: list[Problem] = []
    for fact, (column, cell) in cells.items():
        value = _value(cell)
        if value is None:
            continue
        try:
            facts[fact] = Fact(PARSERS[fact](value), f"column {column}")
        except ValueError as error:
            found.append(Problem(f"{column}: {error}"))
    if isinstance(text, str):
        offset = 1 if text.startswith(_BOM) else 0
        return Given(id_, text.encode("utf-8", "replace"), path, facts, tuple(found), offset)
    data = text if isinstance(text, bytes) else Problem("there is no text in this row")
    return Given(id_, data, path, facts, tuple(found))


def columns_of(context: str | Sequence[str] | Mapping[str, str]) -> dict[str, str]:
    """Return the column of each fact. `context` are columns that are called as their facts, or maps columns to facts.

    Raises Problem for a fact that is none, or that two columns would give.
    """
    if not isinstance(context, Mapping):
        context = {name: name for name in listed(context)}
    found: dict[str, str] = {}
    for column, named in context.items():
        fact = named.strip().replace("-", "_")
        if fact not in COLUMN_FACTS:
            otherwise = f"a column may hold {', '.join(COLUMN_FACTS)}"
            raise Problem(f"a column cannot give the fact '{named}': {hint(fact, COLUMN_FACTS, otherwise)}")
        if fact in found:
            raise Problem(f"the columns '{found[fact]}' and '{column}' both give {fact}; leave one out")
        found[fact] = column
    return found


def listed(value: str | Iterable[str]) -> list[str]:
    """Return the names in a list, or in a string between commas."""
    items = [value] if isinstance(value, str) else value
    return [name.strip() for item in items for name in item.split(",") if name.strip()]


def _value(cell: object) -> Value | None:
    """Return a cell as front matter would have it; None where it is empty."""
    if isinstance(cell, Mapping):
        return {str(key): value for key, item in cell.items() if (value := _value(item)) is not None}
    if isinstance(cell, list | tuple):
        return [value for item in cell if (value := _value(item)) is not None] or None
    if cell is None or cell != cell:  # noqa: PLR0124  (what is no number is not even itself)
        return None
    return _words(cell).strip() or None


def _words(cell: object) -> str:
    if isinstance(cell, datetime):
        # Some libraries have no type for days alone; nobody interviews at midnight.
        is_day = cell.tzinfo is None and cell.time() == time()
        return cell.date().isoformat() if is_day else cell.isoformat(timespec="minutes")
    return str(cell).lower() if isinstance(cell, bool) else str(cell)
