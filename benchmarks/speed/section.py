"""What a case found, ready to be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from speed.tool import Timed

Table = tuple[tuple[str, ...], ...]
"""Rows of cells; the first row is the head."""


@dataclass(frozen=True)
class Aim:
    """What we wish for, and what was measured, in `unit`. `more` says that more is better."""

    what: str
    wish: float
    got: float
    unit: str = " times"
    more: bool = False

    @property
    def met(self) -> bool:
        """Whether the wish came true."""
        return self.got >= self.wish if self.more else self.got <= self.wish


@dataclass(frozen=True)
class Section:
    """One table of the page, by its name there; `notes` are what a reader has to know beside it."""

    name: str
    table: Table = ()
    aims: tuple[Aim, ...] = ()
    notes: tuple[str, ...] = ()


def skipped(name: str, why: str) -> Section:
    """Return a section that says why there is no table."""
    return Section(name, notes=(f"not measured: {why}",))


def compared(rows: Iterable[Timed], base: Timed | None) -> Table:
    """Return a table of runs; the last column compares each with `base`, round by round, if that went well."""
    head = ("", "time", "CPU time", "memory", f"time ÷ {base.tool.name}" if base else "")
    return (head, *(_cells(row, base) for row in rows))


def _cells(row: Timed, base: Timed | None) -> tuple[str, ...]:
    ratio = f"{row.times(base):.3g}" if base else ""
    return (row.tool.name, seconds(row.wall), seconds(row.cpu), f"{row.peak:.0f} MiB", ratio)


def seconds(value: float) -> str:
    """Return a time as people write it, three figures long."""
    if value < 0.9995:
        return f"{value * 1000:.3g} ms"
    return f"{value:.3g} s" if value < 1000 else f"{value:,.0f} s"
