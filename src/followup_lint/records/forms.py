"""The fields of records: what is said of each, and what can be asked of a record that has them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

OURS = "__record_fields__"
"""The name under which a class keeps its fields: a dict from name to Field, those of its bases first."""


class _Missing:
    __slots__ = ()

    def __repr__(self) -> str:
        return "MISSING"


MISSING = _Missing()
"""What stands where a field has no default."""


class Field:
    """One field, with the names that the standard library gives to its traits."""

    __slots__ = ("compare", "default", "default_factory", "init", "kw_only", "metadata", "name", "repr", "type")

    def __init__(  # noqa: PLR0913  (as many as there are things to say)
        self,
        *,
        default: Any = MISSING,
        default_factory: Any = MISSING,
        init: bool = True,
        repr: bool = True,  # noqa: A002  (the standard library's name)
        compare: bool = True,
        metadata: Mapping[str, object] | None = None,
    ) -> None:
        self.name, self.type, self.kw_only = "", "", False
        self.default, self.default_factory, self.metadata = default, default_factory, metadata or {}
        self.init, self.repr, self.compare = init, repr, compare


field = Field
"""Says of a field what its annotation cannot say."""


def fields(record: Any) -> tuple[Field, ...]:
    """Return the fields of a record or its class, in order. Raises TypeError for anything else."""
    found: dict[str, Field] | None = getattr(record, OURS, None)
    if found is None:
        raise TypeError("must be called with a dataclass type or instance")
    return tuple(found.values())


def is_dataclass(record: object) -> bool:
    """Whether something is a record, or the class of one."""
    return hasattr(record, OURS)


def replace(record: Any, /, **changes: Any) -> Any:
    """Return the same record with other values in some fields. Raises ValueError for one that takes no value."""
    known: dict[str, Field] = getattr(record, OURS)
    for name, item in known.items():
        if item.init:
            if name not in changes:
                changes[name] = getattr(record, name)
        elif name in changes:
            raise ValueError(f"field {name} is declared with init=False, it cannot be specified with replace()")
    return record.__class__(**changes)
