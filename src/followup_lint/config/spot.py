"""A value in a configuration file, with its place: what is wrong with it is told there, and the next one still read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from followup_lint.config.source import Source
from followup_lint.errors import Problem, hint
from followup_lint.records import dataclass, field, replace
from followup_lint.strict_yaml import Path, Value

T = TypeVar("T")


@dataclass(frozen=True)
class Spot:
    """A value, the way to it through its file, and `found`, the list in which all problems are gathered."""

    source: Source
    path: Path
    value: Value
    found: list[Problem] = field(compare=False, repr=False)

    @property
    def name(self) -> str:
        """Return the keys that lead to it, with dots."""
        return ".".join(step for step in self.path if isinstance(step, str))

    @property
    def text(self) -> str:
        """Return the value where it is one line of text, else nothing."""
        return self.value.strip() if isinstance(self.value, str) else ""

    @property
    def line(self) -> int:
        """Return the 1-based line, that of the nearest thing above where its own is not known."""
        return self.source.document.problem("", self.path).line

    @property
    def origin(self) -> str:
        """Return where it stands, in words."""
        return f"{self.source.document.file}, line {self.line}"

    @property
    def place(self) -> str:
        """Return where it stands, as editors and terminals make a link of it."""
        return f"{self.source.document.file}:{self.line}"

    def tell(self, message: str, *, key: bool = False) -> None:
        """Add a problem with the value, or with its key."""
        self.found.append(self.source.document.problem(message, self.path, key=key))

    def under(self, key: str) -> Spot:
        """Return what a mapping has under a key."""
        inner = self.value[key] if isinstance(self.value, dict) else ""
        return replace(self, path=(*self.path, key), value=inner)

    def entries(self) -> Iterator[tuple[str, Spot]]:
        """Yield the keys of a mapping and what is under them; tell of any other value."""
        if not isinstance(self.value, dict):
            self.tell(f"{self.name}: write `key: value` lines below it")
            return
        for key in self.value:
            yield key, self.under(key)

    def items(self) -> list[Spot]:
        """Return the items of a list, or the one value that stands in its place."""
        if isinstance(self.value, list):
            return [replace(self, path=(*self.path, at), value=item) for at, item in enumerate(self.value)]
        return [self]

    def only(self, known: tuple[str, ...]) -> bool:
        """Whether a mapping has no other keys than these; tell of each that is unknown."""
        unknown = [spot for key, spot in self.entries() if key not in known]
        keys = f"the keys are {', '.join(known)}"
        for spot in unknown:
            key = str(spot.path[-1])
            spot.tell(f"unknown key '{key}'; {hint(key, known, keys)}", key=True)
        return isinstance(self.value, dict) and not unknown


Leaf = Callable[[Spot], T]
"""Reads one value; raises ValueError with advice."""


def one(leaf: Leaf[T]) -> Callable[[Spot], T | None]:
    """Return what reads a value and tells what is wrong with it."""

    def parse(spot: Spot) -> T | None:
        try:
            return leaf(spot)
        except ValueError as error:
            spot.tell(f"{spot.name}: {error}")
            return None

    return parse


def several(leaf: Leaf[T]) -> Callable[[Spot], tuple[T, ...]]:
    """Return what reads one value or a list of them."""
    read = one(leaf)

    def parse(spot: Spot) -> tuple[T, ...]:
        if isinstance(spot.value, dict):
            spot.tell(f"{spot.name}: write one value, or a list of them")
            return ()
        return tuple(item for each in spot.items() if (item := read(each)) is not None)

    return parse
