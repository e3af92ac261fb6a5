"""From an annotated class to a record."""

from __future__ import annotations

import operator
from functools import cache
from reprlib import recursive_repr

from followup_lint.records.forms import MISSING, OURS, Field, fields

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

_FEW = 50
_ORDER = ("lt", "le", "gt", "ge")


def dataclass(  # noqa: PLR0913  (the standard library's)
    cls: Any = None,
    /,
    *,
    frozen: bool = False,
    slots: bool = False,
    eq: bool = True,
    order: bool = False,
    unsafe_hash: bool = False,
    kw_only: bool = False,
) -> Any:
    """Make a class of annotated fields a record, as the decorator of this name in the standard library does."""

    def made(kind: Any) -> Any:
        own = _declared(kind, kw_only=kw_only)
        known: dict[str, Field] = {}
        for base in reversed(kind.__mro__):
            known |= base.__dict__.get(OURS, {})
        known |= own
        if slots:
            kind = _with_slots(kind, own)
        else:
            _set_defaults(kind, own)
        listed = tuple([item.name for item in known.values() if item.init and not item.kw_only])
        for name, value in ((OURS, known), ("__dataclass_fields__", _STANDARD), ("__match_args__", listed)):
            setattr(kind, name, value)
        if "__init__" not in kind.__dict__:
            kind.__init__ = _first(kind, known, frozen=frozen, slots=slots)
        if "__repr__" not in kind.__dict__:
            kind.__repr__ = _repr
        if eq:
            _compare(kind, known, order=order, hashed=frozen or unsafe_hash)
        if frozen:
            kind.__setattr__, kind.__delattr__ = _refuse_to_set, _refuse_to_delete
            if slots:
                kind.__getstate__, kind.__setstate__ = _state, _set_state
        return kind

    return made if cls is None else made(cls)


def _declared(kind: Any, *, kw_only: bool) -> dict[str, Field]:
    """Return the fields that a class declares itself. Raises ValueError for a default that can be changed."""
    found: dict[str, Field] = {}
    for name, type_ in kind.__dict__.get("__annotations__", {}).items():  # noqa: RUF063  (inspect is slow to load, and these are strings)
        if str(type_).startswith(("ClassVar", "typing.ClassVar")):
            continue
        default = kind.__dict__.get(name, MISSING)
        item = default if type(default) is Field else Field(default=default)
        if item.default.__hash__ is None:
            raise ValueError(f"mutable default {type(item.default)} for field {name} is not allowed")
        item.name, item.type, item.kw_only = name, type_, kw_only
        found[name] = item
    return found


def _set_defaults(kind: Any, own: dict[str, Field]) -> None:
    for name, item in own.items():
        if item.default is not MISSING:
            setattr(kind, name, item.default)
        elif name in kind.__dict__:
            delattr(kind, name)


def _with_slots(kind: Any, own: dict[str, Field]) -> Any:
    """Return the class once more, with room for its fields alone."""
    left_out = {*own, "__dict__", "__weakref__"}
    names = {name: value for name, value in kind.__dict__.items() if name not in left_out}
    made: Any = type(kind)(kind.__name__, kind.__bases__, {**names, "__slots__": tuple(own)})
    made.__qualname__ = kind.__qualname__
    return made


def _first(kind: Any, known: dict[str, Field], *, frozen: bool, slots: bool) -> Callable[..., None]:
    """Return the `__init__` of a class with few values: to write a quicker one takes as long as fifty of these."""
    left = _FEW

    def __init__(self: Any, /, *values: Any, **named: Any) -> None:  # noqa: N807  (it becomes one)
        nonlocal left
        left -= 1
        if left < 0 or not _fill(self, kind.__match_args__, known, values, named):
            kind.__init__ = made = _initialiser(kind, known, frozen=frozen, slots=slots)
            made(self, *values, **named)  # or it says what is wrong with the values

    return __init__


def _fill(
    record: Any, places: tuple[str, ...], known: dict[str, Field], values: tuple[Any, ...], named: dict[str, Any]
) -> bool:
    """Set the fields of a new record, unless something is wrong with the values."""
    given = dict(zip(places, values, strict=False))
    if len(given) < len(values) or not given.keys().isdisjoint(named):
        return False
    given |= named
    for name, item in known.items():
        if item.init and name in given:
            value = given.pop(name)
        elif item.default_factory is not MISSING:
            value = item.default_factory()
        elif item.default is not MISSING:
            value = item.default
        else:
            return False
        object.__setattr__(record, name, value)
    if given:
        return False
    if hasattr(record, "__post_init__"):
        record.__post_init__()
    return True


def _initialiser(kind: Any, known: dict[str, Field], *, frozen: bool, slots: bool) -> Callable[..., None]:
    """Return an `__init__` as a person would write it."""
    # The names in the source are those of fields, which Python has read as names before; nothing else gets into it.
    names: dict[str, Any] = {"_missing": MISSING, "_set": object.__setattr__}
    lines = []
    for name, item in known.items():
        value = name if item.init else f"_default_{name}"
        if item.default_factory is not MISSING:
            names[f"_make_{name}"] = item.default_factory
            value = f"_make_{name}() if {name} is _missing else {name}" if item.init else f"_make_{name}()"
        names[f"_default_{name}"] = item.default
        if frozen and slots:  # what sets one slot need not look for it
            names[f"_set_{name}"] = getattr(kind, name).__set__
            lines.append(f"_set_{name}(self, {value})")
        else:
            lines.append(f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(kind, "__post_init__"):
        lines.append("self.__post_init__()")
    source = f"def __init__({', '.join(_parameters(known))}):\n " + "\n ".join(lines or ["pass"])
    exec(source, names)  # noqa: S102  (see above)
    made: Callable[..., None] = names["__init__"]
    made.__qualname__ = f"{kind.__qualname__}.__init__"
    return made


def _parameters(known: dict[str, Field]) -> Iterator[str]:
    yield "self"
    taken = [item for item in known.values() if item.init]
    named = [item for item in taken if item.kw_only]
    for item in (*(item for item in taken if not item.kw_only), *named):
        if named and item is named[0]:
            yield "*"
        is_needed = item.default is MISSING and item.default_factory is MISSING
        yield item.name if is_needed else f"{item.name}=_default_{item.name}"


def _compare(kind: Any, known: dict[str, Field], *, order: bool, hashed: bool) -> None:
    """Give a class what compares its values, except what it wrote itself."""
    own = kind.__dict__
    key = _key([name for name, item in known.items() if item.compare])
    if own.get("__hash__") is None:  # a class that wrote only `__eq__` has none, says Python
        kind.__hash__ = (lambda self: hash(key(self))) if hashed else None
    if "__eq__" not in own:
        kind.__eq__ = _method(key, "eq")
    if order:
        for name in _ORDER:
            setattr(kind, f"__{name}__", _method(key, name))


def _key(names: list[str]) -> Callable[[Any], tuple[object, ...]]:
    """Return what gives the values that count when two records are compared."""
    if len(names) > 1:
        return operator.attrgetter(*names)
    return lambda self: tuple([getattr(self, name) for name in names])


def _method(key: Callable[[Any], tuple[object, ...]], name: str) -> Callable[[Any, Any], bool]:
    compare: Callable[[object, object], bool] = getattr(operator, name)

    def method(self: Any, other: Any) -> bool:
        return compare(key(self), key(other)) if other.__class__ is self.__class__ else NotImplemented

    return method


@recursive_repr("...")
def _repr(self: Any) -> str:
    shown = [f"{item.name}={getattr(self, item.name)!r}" for item in fields(self) if item.repr]
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _refuse_to_set(_: Any, name: str, __: object) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_: Any, name: str) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, item.name) for item in fields(self)]


def _set_state(self: Any, state: list[object]) -> None:
    for item, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, item.name, value)


class _Standard:
    """The fields in the standard library's form, for whoever asks as of any dataclass."""

    def __get__(self, _: Any, kind: Any) -> dict[str, Any]:
        return _standard(kind)


_STANDARD = _Standard()


@cache
def _standard(kind: Any) -> dict[str, Any]:
    import dataclasses

    def told(item: Field) -> tuple[str, Any, Any]:
        names = ("default", "default_factory", "init", "repr", "compare", "metadata", "kw_only")
        said = {name: getattr(item, name) for name in names}
        return item.name, item.type, dataclasses.field(**{name: it for name, it in said.items() if it is not MISSING})

    made: Any = dataclasses.make_dataclass(kind.__name__, map(told, fields(kind)))
    found: dict[str, Any] = made.__dataclass_fields__
    return found
