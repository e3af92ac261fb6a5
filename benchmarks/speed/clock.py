"""Whole processes, timed by hyperfine in turn, A B C, A B C, …: what else the machine does falls on all alike."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from speed.memory import peak
from speed.tool import FailedError, Run, Timed, Tool

Job = tuple[Tool, tuple[str, ...]]
"""A tool and the files it gets."""


def once(tool: Tool, files: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Run:
    """Time one run, in a folder. Raises FailedError for an exit code that tells of trouble."""
    with tempfile.NamedTemporaryFile(suffix=".json") as result:
        command = ["hyperfine", "-N", "-i", "--runs", "1", "--style", "none", "--export-json", result.name]
        line = shlex.join([*tool.command, *files])
        timed = subprocess.run(
            [*command, line], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        if timed.returncode:
            raise FailedError(f"{tool.name}: hyperfine: {timed.stderr.strip()[-300:]}")
        (found,) = json.loads(Path(result.name).read_text(encoding="utf-8"))["results"]
    (code,), (wall,) = found["exit_codes"], found["times"]
    if code not in tool.codes:
        raise FailedError(f"{tool.name} ended with exit code {code}")
    return Run(wall, found["user"] + found["system"], code)


def in_turn(
    jobs: Sequence[Job],
    rounds: int,
    folder: Path,
    environment: Mapping[str, str],
    before: Callable[[str], object] = lambda _: None,
) -> tuple[dict[str, Timed], list[str]]:
    """Run all jobs in turn, so many rounds; return what each took by the tool's name, and who failed.

    `before` is called before every run with a stamp that no other run gets, to make its files new. A first run of each,
    which is not timed, measures the memory and fills what a tool fills at its first run. A tool that fails once is left
    out.
    """
    failed: dict[str, str] = {}
    peaks: dict[str, float] = {}
    runs: dict[str, list[Run]] = {tool.name: [] for tool, _ in jobs}
    for turn in range(rounds + 1):
        for tool, files in jobs:
            if tool.name in failed:
                continue
            before(f"{time.time_ns() // 10**6}")  # milliseconds: no run in any case gets the same
            try:
                if turn:
                    runs[tool.name].append(once(tool, files, folder, environment))
                else:
                    peaks[tool.name] = peak(tool, files, folder, environment)
            except FailedError as error:
                failed[tool.name] = str(error)
        sys.stderr.write(f"  round {turn} of {rounds}\n")
    done = [tool for tool, _ in jobs if tool.name not in failed]
    return {tool.name: Timed(tool, tuple(runs[tool.name]), peaks[tool.name]) for tool in done}, [*failed.values()]
