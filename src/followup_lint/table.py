"""A value that may differ from message to message: one for all, or one for each kind, channel or culture."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias, TypeVar

    T = TypeVar("T")
    Table: TypeAlias = T | dict[str, T]
else:

    class Table:
        """What pydantic reads as the same, without typing, which takes long to load."""

        def __class_getitem__(cls, one: object) -> object:
            return one | dict[str, one]


def pick(table: T | Mapping[str, T], traits: AbstractSet[str]) -> T | None:
    """Return the value of the first key, in written order, that is a trait of the message; else that of `default`."""
    if not isinstance(table, Mapping):
        return table
    for key, value in table.items():
        if key in traits:
            return value
    return table.get("default")
