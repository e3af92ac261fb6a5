"""Runs of the installed program in which the system fails or the program is killed, at a call of our choosing.

It takes strace, which can put a failure or a signal in the place of a system call.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

PROGRAM = shutil.which("followup-lint", path=str(Path(sys.executable).parent)) or "followup-lint"
PART = re.compile(r"\.followup-lint-\w+\.part")
_CALL = re.compile(r"^(?P<process>\d+) +(?P<name>[a-z]\w*)\((?P<rest>.*)$")
_NEVER_FAIL = frozenset({"brk", "close", "futex", "mmap", "munmap", "rt_sigaction", "rt_sigprocmask"})
"""Calls that do not fail for the reasons looked at here."""


@dataclass(frozen=True)
class Call:
    """A system call while a file is written: its name, and the how-manieth of that name it is in the whole run."""

    name: str
    number: int


@cache
def can_inject() -> bool:
    """Whether strace is here, may look at processes, and puts failures where it is told to."""
    if not shutil.which("strace"):
        return False
    command = ["strace", "-f", "-o", os.devnull, "-e", "inject=getcwd:signal=KILL", "pwd", "-P"]
    return subprocess.run(command, capture_output=True, check=False, env={"PATH": os.environ["PATH"]}).returncode != 0


def run(
    *args: str, cwd: Path, before: Sequence[str] = (), stdin: bytes = b"", **environ: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the program, perhaps under another one."""
    environment = {**os.environ, "NO_COLOR": "1", **environ}
    done = subprocess.run(
        [*before, PROGRAM, *args], cwd=cwd, env=environment, input=stdin, capture_output=True, check=False
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


def calls(log: str) -> list[Call]:
    """Return the calls from the one that makes the new file to the one that closes the folder, out of a trace."""
    counts: Counter[tuple[str, str]] = Counter()
    found: list[Call] = []
    writer, folder, is_on_disk = "", "", False
    for match in filter(None, map(_CALL.match, log.splitlines())):
        process, name, rest = match["process"], match["name"], match["rest"]
        counts[process, name] += 1
        if not writer and PART.search(rest) and "O_CREAT" in rest:
            writer = process
        if process != writer:
            continue
        found.append(Call(name, counts[process, name]))
        # A new file may stay open while much is read; what is opened once it is on the disk is its folder.
        is_on_disk = is_on_disk or name == "fsync"
        if name == "openat" and is_on_disk and not folder:
            folder = rest.rpartition(" = ")[2]
        elif folder and name == "close":
            return found
    raise AssertionError("no file was written")


def traced(*args: str, cwd: Path, log: Path) -> list[Call]:
    """Run the program and return the calls that it makes while it writes a file."""
    run(*args, cwd=cwd, before=["strace", "-f", "-o", str(log)])
    return [call for call in calls(log.read_text(encoding="utf-8", errors="replace")) if call.name not in _NEVER_FAIL]


def broken(*args: str, cwd: Path, call: Call, how: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program; at a call, `how` happens: `error=ENOSPC`, `signal=KILL`."""
    inject = f"inject={call.name}:{how}:when={call.number}"
    return run(*args, cwd=cwd, before=["strace", "-f", "-o", os.devnull, "-e", f"trace={call.name}", "-e", inject])


def powerless() -> tuple[str, ...]:
    """Return the command under which modes count, as they do for all but an administrator."""
    if os.geteuid() != 0:
        return ()
    command = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
    if not shutil.which(command[0]) or subprocess.run([*command, "true"], check=False).returncode:
        pytest.skip("an administrator's power cannot be laid down here")
    return command
