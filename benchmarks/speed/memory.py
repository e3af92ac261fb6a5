"""The most memory that a run took: of its biggest process, or of all together if that is more."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from speed.tool import FailedError, Tool

EVERY = 0.02  # seconds
LAUNCH = Path(__file__).with_name("launch.py")


def peak(tool: Tool, files: Sequence[str], folder: Path, environment: Mapping[str, str]) -> float:
    """Return MiB. Raises FailedError for an exit code that tells of trouble."""
    program = shutil.which(tool.command[0], path=environment["PATH"]) or tool.command[0]
    command = [sys.executable, "-I", "-S", str(LAUNCH), program, *tool.command[1:], *files]
    together, said = 0.0, ""
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as process:
        while True:
            try:
                said, _ = process.communicate(timeout=EVERY)
                break
            except subprocess.TimeoutExpired:
                together = max(together, _together(process.pid))
    biggest, code = map(int, said.split()) if process.returncode == 0 else (0, process.returncode)
    if code not in tool.codes or not biggest:
        raise FailedError(f"{tool.name} ended with exit code {code}")
    return max(biggest / 1024, together / 2**20)


def _together(launcher: int) -> float:
    """Return the bytes of all processes that a launcher started, what they share counted once; 0 if none is told.

    Only Linux tells what is shared. Elsewhere the biggest process alone counts.
    """
    total = 0.0
    with suppress(psutil.Error):
        for process in psutil.Process(launcher).children(recursive=True):
            total += getattr(process.memory_full_info(), "pss", 0)
    return total
