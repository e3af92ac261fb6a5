"""Emacs itself with Eglot and the configuration we ship: what it shows is what the command line says, and it mends."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from drafts import LINE, MENDED, NAMES, SHOUT, Mark, found, write

pytestmark = pytest.mark.editors

ROOT = Path(__file__).parents[1]
CONFIG = ROOT / "editors" / "emacs"
SESSION = ROOT / "tests" / "editors" / "session.el"
WRITTEN = "What you told me about ["


def commands(name: str) -> list[list[str]]:
    """Return what is done to a draft; a mail has no place for what it ignores."""
    picture = "Leave out the picture" if name.endswith(".eml") else "Ignore “emoji” in this draft"
    mend = ["fix"] if name.endswith(".md") else ["act", SHOUT, "Write one exclamation mark"]
    write = ["act", "It’s", "Recall one thing from the interview"]
    return [["mark"], ["hover", "earliest"], mend, ["mark"], write, ["act", "😀", picture], ["mark"]]


def emacs(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run Emacs in batch; not with -Q, which hides the folder that Debian keeps Eglot in."""
    command = ["emacs", "--batch", "-q", "--eval", f'(setq user-emacs-directory "{folder}/")', *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, cwd=folder)


@pytest.fixture(scope="module")
def eglot(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the options that load what a session needs."""
    if not shutil.which("emacs"):
        pytest.skip("no Emacs: apt-get install emacs-nox elpa-eglot")
    if emacs("--eval", "(require 'eglot)", folder=tmp_path_factory.mktemp("emacs")).returncode:
        pytest.skip("an Emacs without Eglot: apt-get install elpa-eglot")
    server = f'("{sys.executable}" "-m" "followup_lint.lsp")'
    return ["-L", str(CONFIG), "--eval", f"(setq followup-lint-command '{server})", "-l", str(SESSION)]


@pytest.fixture(scope="module")
def told(eglot: list[str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return for each draft what the command line said before and after, and what Emacs said, command by command."""
    folder = tmp_path_factory.mktemp("drafts")
    (folder / ".git").mkdir()  # one project, so that there is one server
    paths = write(folder)
    before = {path.name: found(path) for path in paths}
    output, each = folder / "told.json", json.dumps([commands(path.name) for path in paths])
    run = emacs(*eglot, str(output), each, *map(str, paths), folder=folder)
    assert run.returncode == 0, run.stderr
    answers = json.loads(output.read_text(encoding="utf-8"))
    return {path.name: (before[path.name], found(path), answers[path.name]) for path in paths}


def marks(answer: Any) -> list[Mark]:
    return sorted(Mark(*row) for row in answer)


@pytest.mark.parametrize("name", NAMES)
def test_emacs_marks_what_the_command_line_finds(told: dict[str, Any], name: str) -> None:
    before, after, answers = told[name]
    assert marks(answers[0]) == before
    assert marks(answers[-1]) == after
    assert {mark.rule for mark in before} - {mark.rule for mark in after} >= {"exclamation-excess"}


@pytest.mark.parametrize("name", NAMES)
def test_emacs_tells_why(told: dict[str, Any], name: str) -> None:
    shown = told[name][2][1]
    assert "canned-phrase" in shown
    assert "at your earliest convenience" in shown


@pytest.mark.parametrize("name", NAMES)
def test_emacs_mends_and_saves(told: dict[str, Any], name: str) -> None:
    answers = told[name][2]
    assert f"\n{MENDED}\n\nBest,\nAda\n" in answers[2]
    assert LINE not in answers[2]
    assert "exclamation-excess" not in {mark.rule for mark in marks(answers[3])}


@pytest.mark.parametrize("name", NAMES)
def test_emacs_writes_the_frame_of_a_missing_sentence(told: dict[str, Any], name: str) -> None:
    assert f"{MENDED}\n\n{WRITTEN}" in told[name][2][4]


@pytest.mark.parametrize("name", ["draft.txt", "draft.md"])
def test_emacs_has_a_draft_ignore_a_rule(told: dict[str, Any], name: str) -> None:
    answers = told[name][2]
    assert answers[5].startswith("---\nignore:\n  emoji:")
    assert "emoji" not in {mark.rule for mark in marks(answers[6])}


@pytest.mark.usefixtures("eglot")
def test_the_client_for_emacs_compiles_without_a_warning(tmp_path: Path) -> None:
    file = str(shutil.copy(CONFIG / "followup-lint.el", tmp_path))
    options = ["--eval", "(setq byte-compile-error-on-warn t)", "-f", "batch-byte-compile"]
    run = emacs(*options, file, folder=tmp_path)
    assert run.returncode == 0, run.stderr
    check = emacs("--eval", f'(checkdoc-file "{file}")', folder=tmp_path)
    assert "Warning" not in check.stderr
    assert check.returncode == 0
