"""The most memory that a run took: of its biggest process, or of all together if that is more."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from speed.tool import FailedError, Tool

EVERY, SHARE = 0.02, 0.01  # seconds; or this share of the time gone by, if that is longer, for each look costs time
LAST = 4000  # characters; further up, it may be a mail that tells of a crash
LAUNCH = Path(__file__).with_name("launch.py")
NOT_STARTED = 127  # as a shell says it
CRASHED = ("Traceback (most recent call last)", "\nNode.js v")
"""What Python and Node print last as they fall. Both end with 1 then, as a linter does that found something."""


def peak(tool: Tool, files: Sequence[str], folder: Path, environment: Mapping[str, str]) -> float:
    """Return MiB. Raises FailedError for an exit code, or a word, that tells of trouble."""
    program = shutil.which(tool.command[0], path=environment["PATH"]) or tool.command[0]
    with tempfile.NamedTemporaryFile() as output:
        launch = [sys.executable, "-I", "-S", str(LAUNCH), output.name]
        biggest, code, together = _watched([*launch, program, *tool.command[1:], *files], folder, environment)
        said = Path(output.name).read_text(encoding="utf-8", errors="replace")
    if code not in tool.codes:
        raise FailedError(f"{tool.name} ended with exit code {code}")
    if any(word in said[-LAST:] for word in CRASHED):
        raise FailedError(f"{tool.name} crashed")
    return max(biggest / 2**10, together / 2**20)


def _watched(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> tuple[int, int, float]:
    """Run the launcher; return KiB of the biggest process, the exit code, and the bytes of all processes together."""
    together, said, began = 0.0, "", time.monotonic()
    pipe, quiet = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=pipe, stderr=quiet, text=True) as process:
        while True:
            try:
                said, _ = process.communicate(timeout=max(EVERY, SHARE * (time.monotonic() - began)))
                break
            except subprocess.TimeoutExpired:
                together = max(together, _together(process.pid))
    biggest, code = map(int, said.split()) if process.returncode == 0 else (0, NOT_STARTED)
    return biggest, code, together


def _together(launcher: int) -> float:
    """Return the bytes of all processes that a launcher started, what they share counted once; 0 if none is told.

    Only Linux tells what is shared. Elsewhere the biggest process alone counts.
    """
    total = 0.0
    with suppress(psutil.Error):
        for process in psutil.Process(launcher).children(recursive=True):
            total += getattr(process.memory_full_info(), "pss", 0)
    return total
