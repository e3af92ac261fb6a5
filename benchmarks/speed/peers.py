"""The other tools: what `peers.toml` says of them, put into a folder of their own, and nowhere else."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import venv
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

from speed.tool import WENT_WELL, Tool

FILE = Path(__file__).with_name("peers.toml")
PATIENCE = 900  # seconds for one install


@dataclass(frozen=True)
class Peer:
    """One entry of `peers.toml`, where its fields are explained."""

    name: str
    program: str
    version: tuple[str, ...]
    checks: str
    pip: tuple[str, ...] = ()
    npm: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    codes: int = WENT_WELL.stop
    files: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """A peer that is there, as a tool, and the version it tells; or the reason why it is not."""

    peer: Peer
    tool: Tool | None
    said: str


def peers() -> tuple[Peer, ...]:
    """Return the peers that `peers.toml` names."""
    return TypeAdapter(tuple[Peer, ...]).validate_python(tomllib.loads(FILE.read_text(encoding="utf-8"))["peer"])


def ready(peer: Peer, folder: Path) -> Found:
    """Return a peer from the folder, installed there first if need be. What goes wrong is told, never raised."""
    found = _look(peer, folder)
    if found.tool:
        return found
    folder.mkdir(parents=True, exist_ok=True)
    trouble = _install(peer, folder)
    return Found(peer, None, trouble) if trouble else _look(peer, folder)


def _install(peer: Peer, folder: Path) -> str:
    """Install what a peer needs and write its files; return what went wrong, or an empty string."""
    sys.stderr.write(f"installing {peer.name}\n")
    python = folder / "venv" / "bin" / "python"
    if peer.pip and not python.exists():
        venv.create(folder / "venv", with_pip=True)
    for name, text in peer.files.items():
        (folder / name).write_text(text.lstrip(), encoding="utf-8")
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *peer.pip]
    npm = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder / "node"), *peer.npm]
    for command in [pip] * bool(peer.pip) + [npm] * bool(peer.npm):
        trouble = _run(command, folder).trouble
        if trouble:
            return f"it could not be installed: `{trouble}`"
    return ""


def _look(peer: Peer, folder: Path) -> Found:
    """Return a peer as it is in the folder; it has to say its version, or it is not there."""
    programs = sorted(folder.glob(peer.program))
    if not programs or not (folder / peer.version[0]).exists():
        return Found(peer, None, "it is not installed")
    said = _run([str(folder / peer.version[0]), *peer.version[1:]], folder)
    if said.trouble:
        return Found(peer, None, f"it does not start: `{said.trouble}`")
    options = (option.replace("{peers}", str(folder)) for option in peer.options)
    return Found(peer, Tool(peer.name, (str(programs[0]), *options), range(peer.codes)), said.output)


@dataclass(frozen=True)
class _Answer:
    output: str
    trouble: str = ""


def _run(command: Sequence[str], folder: Path) -> _Answer:
    """Run a command; its trouble is the last line of what it complains, without the folder's name."""
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return _Answer("", str(error).replace(str(folder), "…"))
    lines = (run.stderr if run.returncode else run.stdout).strip().splitlines() or [""]
    trouble = lines[-1].replace(str(folder), "…") or f"exit code {run.returncode}"
    return _Answer("", trouble) if run.returncode else _Answer(lines[-1].rpartition(" ")[2])
