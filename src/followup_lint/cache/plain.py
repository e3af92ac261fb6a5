"""What was found in a draft, to bytes and back. The bytes can hold nothing that could be run."""

from __future__ import annotations

import marshal
from enum import Enum
from functools import cache

from followup_lint.diagnostic import (
    Applicability,
    Diagnostic,
    Edit,
    Finding,
    Remedy,
    Severity,
    Silenced,
    Skipped,
)
from followup_lint.records import fields, is_dataclass
from followup_lint.silence import Silence
from followup_lint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_TYPES: tuple[Any, ...] = (
    *(Diagnostic, Finding, Remedy, Edit, Span, Skipped, Silenced, Silence),
    *(Severity, Applicability),
)
_NUMBERS = {kind: number for number, kind in enumerate(_TYPES)}
_DATE, _DAY = len(_TYPES), ("datetime", "date")


def dumped(value: object) -> bytes:
    """Return the bytes for tuples of findings and the like. Raises ValueError for what is no part of a finding."""
    return marshal.dumps(_flat(value), 2)


def loaded(data: bytes) -> Any:
    """Return what the bytes of `dumped` stand for. Raises ValueError, TypeError or EOFError for other bytes."""
    return _made(marshal.loads(data))  # noqa: S302  (sealed, so these bytes are our own)


def _flat(value: Any) -> Any:
    kind: type = type(value)
    if kind is tuple:
        return tuple(map(_flat, value))
    if kind not in _NUMBERS:
        if (kind.__module__, kind.__qualname__) == _DAY:  # its module takes long to load, and few findings hold one
            return [_DATE, value.year, value.month, value.day]
        # A word of ours, such as a kind, is told as the word it is.
        return str(value) if isinstance(value, str) else value
    if isinstance(value, Enum):
        return [_NUMBERS[kind], value.value]
    return [_NUMBERS[kind], *(_flat(getattr(value, name)) for name in _names(kind))]


def _made(value: Any) -> Any:
    if type(value) is tuple:
        return tuple(map(_made, value))
    if type(value) is list:
        number, *told = value
        if number == _DATE:
            from datetime import date

            return date(*told)
        return _TYPES[number](*map(_made, told))
    return value


@cache
def _names(kind: type) -> tuple[str, ...]:
    named: tuple[str, ...] = getattr(kind, "_fields", ())
    return tuple(item.name for item in fields(kind)) if is_dataclass(kind) else named
