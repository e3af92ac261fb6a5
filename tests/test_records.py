"""Records against dataclasses of the standard library: the same classes, declared twice, behave the same."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from functools import partial
from types import ModuleType
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from followup_lint import records

SOURCE = """
from __future__ import annotations
from functools import cached_property
from typing import ClassVar

@dataclass
class Plain:
    a: int
    b: str = "b"
    c: list[int] = field(default_factory=list)

@dataclass(frozen=True)
class Frozen:
    LIMIT: ClassVar[int] = 3
    a: int
    b: tuple[int, ...] = ()
    _seen: dict[int, int] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def twice(self) -> int:
        return 2 * self.a

@dataclass(frozen=True, slots=True)
class Small:
    a: int
    b: str = field(default="b", metadata={"description": "words"})
    c: list[int] = field(default_factory=list, compare=False)

@dataclass(slots=True)
class Loose:
    a: int
    b: int = 2

@dataclass(frozen=True, slots=True, order=True)
class Ordered:
    a: int
    b: int = 0

@dataclass(frozen=True, kw_only=True)
class Named:
    a: int = 1
    b: int

@dataclass(frozen=True, eq=False)
class Same:
    a: int

@dataclass(unsafe_hash=True)
class Hashed:
    a: int
    b: int = 2

@dataclass(frozen=True)
class One:
    a: float

@dataclass(frozen=True)
class Empty:
    pass

@dataclass(frozen=True)
class Longer(Frozen):
    d: int = 4
    a: int = 5

@dataclass(frozen=True)
class Below(Named):
    c: int

@dataclass
class Afterwards:
    a: int
    b: int = field(default=7, init=False)
    c: list[int] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        self.a += 1

@dataclass(frozen=True)
class Own:
    a: int
    def __repr__(self) -> str:
        return "own"
    def __eq__(self, other: object) -> bool:
        return True
    def __hash__(self) -> int:
        return 1

@dataclass
class Nested:
    a: object = None

class Under(Plain):
    pass
"""
CALLS: dict[str, list[tuple[tuple[Any, ...], dict[str, Any]]]] = {
    "Plain": [((1,), {}), ((1, "c"), {}), ((), {"a": 1, "c": [2]}), ((), {}), ((1, 2, 3, 4), {}), ((1,), {"a": 1})],
    "Frozen": [((1,), {}), ((1, (2,)), {}), ((2,), {}), ((), {"b": 1}), ((1,), {"LIMIT": 4})],
    "Small": [((1,), {}), ((1, "c"), {}), ((1,), {"c": [1]}), ((), {})],
    "Loose": [((1,), {}), ((1, 3), {}), ((), {"b": 1})],
    "Ordered": [((1,), {}), ((1, 1), {}), ((0, 5), {})],
    "Named": [((), {"b": 2}), ((), {"b": 2, "a": 3}), ((1, 2), {}), ((), {})],
    "Same": [((1,), {}), ((1,), {})],
    "Hashed": [((1,), {}), ((1, 2), {}), ((2,), {})],
    "One": [((1.0,), {}), ((float("nan"),), {}), (([],), {})],
    "Empty": [((), {}), ((1,), {})],
    "Longer": [((), {}), ((1, (), {}, 4), {}), ((5,), {"d": 3})],
    "Below": [((1,), {"b": 2}), ((), {"b": 2, "c": 1}), ((1, 2), {})],
    "Afterwards": [((1,), {}), ((1,), {"b": 2})],
    "Own": [((1,), {}), ((2,), {})],
    "Nested": [((), {}), ((1,), {})],
    "Under": [((1,), {}), ((1, "c"), {})],
}
NAMES = sorted(CALLS)


def declared(by: Any, name: str) -> ModuleType:
    """Return a module with the classes, whose names pickle can find."""
    module = ModuleType(name)
    module.__dict__.update(dataclass=by.dataclass, field=by.field)
    sys.modules[name] = module
    exec(SOURCE, module.__dict__)  # noqa: S102  (the same words for both)
    return module


THEIRS, OURS = declared(dataclasses, "records_theirs"), declared(records, "records_ours")


def tried(do: Any) -> object:
    """Return what comes of something, in words: a value or an error."""
    try:
        return repr(do())
    except (TypeError, ValueError, AttributeError) as error:
        return type(error).__name__, str(error)


def values(module: ModuleType, name: str) -> list[Any]:
    kind = getattr(module, name)
    found = []
    for given, named in CALLS[name]:
        try:
            found.append(kind(*given, **named))
        except TypeError:
            continue
    return found


def each(name: str, ask: Any) -> tuple[list[object], list[object]]:
    """Return what is answered about every value of the class, theirs and ours."""
    theirs, ours = ([tried(lambda v=value: ask(v)) for value in values(it, name)] for it in (THEIRS, OURS))
    assert theirs
    return theirs, ours


@pytest.mark.parametrize("name", NAMES)
def test_they_are_made_and_shown_alike_and_refuse_the_same_arguments(name: str) -> None:
    theirs, ours = (
        [tried(partial(getattr(it, name), *given, **named)) for given, named in CALLS[name]] for it in (THEIRS, OURS)
    )
    assert ours == theirs
    given, named = CALLS[name][0]
    for _ in range(100):  # more values than a class has in most runs
        last = tried(partial(getattr(OURS, name), *given, **named))
        assert last == theirs[0]
    assert [tried(partial(getattr(OURS, name), *given, **named)) for given, named in CALLS[name]] == theirs


@pytest.mark.parametrize("name", NAMES)
def test_they_are_equal_and_ordered_alike(name: str) -> None:
    def compared(module: ModuleType) -> list[object]:
        # Each is made twice, so that what is equal is not always the same.
        pairs = [(one, other) for one in values(module, name) for other in [*values(module, name), 1, None]]
        return [
            (one == other, one != other, tried(lambda a=one, b=other: a < b), tried(lambda a=one, b=other: a >= b))
            for one, other in pairs
        ]

    def without_types(found: list[object]) -> list[str]:
        return [str(item) for item in found]

    assert without_types(compared(OURS)) == without_types(compared(THEIRS))


@pytest.mark.parametrize("name", NAMES)
def test_they_are_hashed_alike(name: str) -> None:
    if name == "Same":  # by its place in memory
        assert all(hash(value) == object.__hash__(value) for value in values(OURS, name))
    else:
        theirs, ours = each(name, hash)
        nan = [place for place, value in enumerate(values(OURS, name)) if value != copy.copy(value)]
        assert [it for place, it in enumerate(ours) if place not in nan] == [
            it for place, it in enumerate(theirs) if place not in nan
        ]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("field", ["a", "unknown"])
def test_they_are_frozen_alike(name: str, field: str) -> None:
    theirs, ours = each(name, lambda value: setattr(value, field, 9))
    if name in {"Small", "Ordered"}:  # theirs fails in another way for a name that is no field: not by design
        assert all(isinstance(item, tuple) for item in ours)
    else:
        assert ours == theirs
    theirs, ours = each(name, lambda value: delattr(value, "a"))
    assert ours == theirs


@pytest.mark.parametrize("name", NAMES)
def test_they_are_copied_and_pickled_alike(name: str) -> None:
    for ask in (copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))):  # noqa: S301  (our own)
        theirs, ours = each(name, ask)
        assert ours == theirs


@pytest.mark.parametrize("name", NAMES)
def test_they_are_replaced_alike(name: str) -> None:
    for changes in ({}, {"a": 8}, {"b": 8}, {"unknown": 1}):
        theirs = [tried(lambda v=value: dataclasses.replace(v, **changes)) for value in values(THEIRS, name)]  # noqa: B023
        ours = [tried(lambda v=value: records.replace(v, **changes)) for value in values(OURS, name)]  # noqa: B023
        also = [tried(lambda v=value: dataclasses.replace(v, **changes)) for value in values(OURS, name)]  # noqa: B023
        assert ours == also == theirs


@pytest.mark.parametrize("name", NAMES)
def test_their_fields_are_the_same_for_us_and_for_the_standard_library(name: str) -> None:
    def told(found: Any) -> list[object]:
        traits = ("name", "type", "init", "repr", "compare", "kw_only")
        return [(*(getattr(item, trait) for trait in traits), dict(item.metadata)) for item in found]

    theirs, ours = getattr(THEIRS, name), getattr(OURS, name)
    assert told(dataclasses.fields(ours)) == told(dataclasses.fields(theirs)) == told(records.fields(ours))
    assert [item.default for item in dataclasses.fields(ours)] == [item.default for item in dataclasses.fields(theirs)]
    assert ours.__match_args__ == theirs.__match_args__
    assert dataclasses.is_dataclass(ours)
    assert records.is_dataclass(ours)
    assert hasattr(ours, "__slots__") == hasattr(theirs, "__slots__")


def test_what_is_no_record_has_no_fields() -> None:
    assert not records.is_dataclass(int)
    with pytest.raises(TypeError, match="must be called with a dataclass"):
        records.fields(3)  # type: ignore[arg-type]  # that is the point


def test_a_default_that_can_be_changed_is_refused() -> None:
    for by in (dataclasses, records):
        with pytest.raises(ValueError, match="mutable default"):
            by.dataclass(type("Wrong", (), {"__annotations__": {"a": "list"}, "a": []}))


def test_a_value_that_holds_itself_is_shown() -> None:
    found = [module.Nested() for module in (THEIRS, OURS)]
    for value in found:
        value.a = value
    assert repr(found[0]) == repr(found[1])


def test_pydantic_reads_them() -> None:
    made = TypeAdapter(OURS.Frozen).validate_python({"a": "1", "b": [2]})
    assert made == OURS.Frozen(1, (2,))
    with pytest.raises(ValidationError):
        TypeAdapter(OURS.Named).validate_python({"a": 1})


def test_they_are_declared_without_what_takes_long_to_load() -> None:
    heavy = "{'dataclasses', 'inspect', 'typing', 're'}"
    before = f"import sys\nbefore = {heavy} & set(sys.modules)\n"
    code = "import followup_lint.records as r\n@r.dataclass(frozen=True)\nclass A:\n    a: 'int'\nA(1)\n"
    told = f"{before}{code}print({heavy} & set(sys.modules) - before or '')"
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=False)
    assert (run.stdout.strip(), run.stderr) == ("", "")
