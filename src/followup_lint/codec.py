"""Options of checks and words of rules as plain values and back: what `marshal` takes, without a class or code in it.

A string, number, truth or None stands for itself; everything else is a tuple that begins with its kind.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache
from types import MappingProxyType

from followup_lint.records import MISSING, fields, is_dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Plain = str | int | float | bool | tuple[Any, ...] | None

_OURS = "followup_lint."


def encode(value: object) -> Plain:
    """Return a value in plain form. Raises TypeError for one that has none."""
    if isinstance(value, Enum):
        plain: Plain = ("enum", *_named(type(value)), str(value.value))
    elif value is None or isinstance(value, str | int | float):
        plain = value
    elif isinstance(value, tuple) and all(type(item) is str for item in value):
        plain = ("words", value)
    elif isinstance(value, tuple | list | frozenset):
        plain = (type(value).__name__, tuple(map(encode, value)))
    elif isinstance(value, Mapping):
        plain = ("dict", tuple((encode(key), encode(item)) for key, item in value.items()))
    elif is_dataclass(value) and not isinstance(value, type):
        plain = ("data", *_named(type(value)), _differing(value))
    else:
        raise TypeError(f"{type(value).__name__} has no plain form")
    return plain


def decode(plain: Any) -> Any:
    """Return what a plain form stands for. Raises KeyError, TypeError or the like for one that stands for nothing."""
    return _KINDS[plain[0]](*plain[1:]) if isinstance(plain, tuple) else plain


@cache
def _class(module: str, name: str) -> Any:
    found = getattr(importlib.import_module(_OURS + module), name)
    if not isinstance(found, type) or not (is_dataclass(found) or issubclass(found, Enum)):
        raise TypeError(f"{name} is no class of values")
    return found


_KINDS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "words": lambda items: items,
        "tuple": lambda items: tuple(map(decode, items)),
        "list": lambda items: list(map(decode, items)),
        "frozenset": lambda items: frozenset(map(decode, items)),
        "dict": lambda items: {decode(key): decode(item) for key, item in items},
        "enum": lambda module, name, value: _class(module, name)(value),
        "data": lambda module, name, items: _class(module, name)(**{key: decode(item) for key, item in items}),
    }
)


def _differing(value: Any) -> tuple[tuple[str, Plain], ...]:
    """Return the fields of a dataclass that are not as they are by default."""
    found = []
    for item in fields(value):
        made = item.default_factory
        default = item.default if made is MISSING else made()
        own = getattr(value, item.name)
        if default is MISSING or own != default or type(own) is not type(default):
            found.append((item.name, encode(own)))
    return tuple(found)


def _named(kind: type) -> tuple[str, str]:
    if not kind.__module__.startswith(_OURS) or "." in kind.__qualname__:
        raise TypeError(f"{kind.__qualname__} is none of ours")
    return kind.__module__.removeprefix(_OURS), kind.__qualname__
