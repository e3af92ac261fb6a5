"""What is timed: a command, the files it gets, and what a run of it took."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from functools import cached_property

WENT_WELL = range(2)  # 0 clean, 1 findings, as nearly all linters have it


@dataclass(frozen=True)
class Tool:
    """A command without its files. `codes` are the exit codes of a run that went well."""

    name: str
    command: tuple[str, ...]
    codes: range = WENT_WELL

    def with_options(self, *options: str, name: str = "") -> Tool:
        """Return the same tool with more options, under another name if one is given."""
        return Tool(name or self.name, (*self.command, *options), self.codes)


@dataclass(frozen=True)
class Run:
    """One run of a process with all that it started: seconds by the clock, CPU seconds (user and system), exit code."""

    wall: float
    cpu: float
    code: int


class FailedError(Exception):
    """A tool did not do its work, so that its time says nothing."""


@dataclass(frozen=True)
class Timed:
    """The runs of one tool, one a round, and the most memory it took, in MiB (0 if that was not measured)."""

    tool: Tool
    runs: tuple[Run, ...]
    peak: float = 0

    @cached_property
    def wall(self) -> float:
        """Return the median of seconds by the clock."""
        return statistics.median(run.wall for run in self.runs)

    @cached_property
    def cpu(self) -> float:
        """Return the median of CPU seconds."""
        return statistics.median(run.cpu for run in self.runs)

    def times(self, other: Timed) -> float:
        """Return how many times as long as `other` it took: the median over rounds, each compared within itself."""
        return statistics.median(mine.wall / its.wall for mine, its in zip(self.runs, other.runs, strict=True))
