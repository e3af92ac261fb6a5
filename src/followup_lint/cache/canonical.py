"""Values to bytes, the same bytes in every process for the same value: what a key is made of."""

from __future__ import annotations

import marshal
import os
import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from enum import Enum
from functools import cache

from followup_lint.records import fields, is_dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import tzinfo
    from typing import Any

_PLAIN = frozenset({str, int, float, bool, bytes, type(None)})
_EXAMPLES = "examples"


def encoded(value: object) -> bytes:
    """Return the bytes for a value. Raises TypeError for one whose every trait is not known here."""
    # Later forms of marshal tell strings that are shared from others that are not: no two processes would agree.
    return marshal.dumps(_plain(value), 2)


def _plain(value: Any) -> Any:
    kind: type = type(value)
    if kind in _PLAIN:
        return value
    if isinstance(value, tuple | list):
        return tuple(map(_plain, value))
    if isinstance(value, Enum):
        return (kind.__qualname__, value.value)
    if is_dataclass(value):
        return (kind.__module__, *(_plain(getattr(value, name)) for name in _names(kind)))
    return _rarer(value, kind)


def _rarer(value: Any, kind: type) -> Any:  # noqa: PLR0911  (one for each form)
    if isinstance(value, Mapping):
        return ("mapping", *sorted((encoded(key), encoded(item)) for key, item in value.items()))
    if isinstance(value, AbstractSet):
        return ("set", *sorted(map(encoded, value)))
    from datetime import date, datetime, timedelta, tzinfo  # few messages name a day

    if isinstance(value, datetime):
        return (value.replace(tzinfo=None).isoformat(), value.fold, _zone(value.tzinfo))
    if isinstance(value, date | os.PathLike):
        return (kind.__qualname__, str(value))
    if isinstance(value, timedelta):
        return ("timedelta", value.days, value.seconds, value.microseconds)
    if isinstance(value, re.Pattern):
        return ("pattern", value.pattern, value.flags)
    if isinstance(value, tzinfo):
        return _zone(value)
    raise TypeError(f"no bytes are known for a {kind.__qualname__}")


def _zone(place: tzinfo | None) -> Any:
    if place is None:
        return None
    from datetime import timezone
    from zoneinfo import ZoneInfo  # few messages name a zone

    if isinstance(place, ZoneInfo) and place.key:
        return ("zone", place.key)
    if type(place) is timezone:
        return ("offset", place.utcoffset(None).total_seconds(), place.tzname(None))
    raise TypeError(f"no bytes are known for a {type(place).__qualname__}")


@cache
def _names(kind: type) -> tuple[str, ...]:
    """Return the fields that say something; those that are not shown are kept for speed, or the source of others."""
    return tuple(item.name for item in fields(kind) if item.repr and item.name != _EXAMPLES)
