"""Editors that run the command and read its lines, set up as docs/editors.md says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from consoles import ROOT, blocks
from drafts import Mark, found, write

pytestmark = pytest.mark.editors

SCRIPT = "import sys; from followup_lint.cli import main; sys.exit(main())"


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a draft, and see to it that `followup-lint` is ours."""
    program = tmp_path / "bin" / "followup-lint"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\n{SCRIPT}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    (path, *_) = write(tmp_path)
    return path


def recipe(language: str, word: str) -> str:
    """Return the block of the page that has a word in it."""
    page = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
    (block,) = [block for block in blocks(page) if block.language == language and word in block.text]
    return block.text


def starts(marks: list[Mark]) -> list[tuple[int, int]]:
    return [(mark.line, mark.column) for mark in marks]


def test_vim_makes_a_list_of_findings(draft: Path, tmp_path: Path) -> None:
    if not shutil.which("vim"):
        pytest.skip("no Vim: apt-get install vim")
    rc, output = tmp_path / "vimrc", tmp_path / "list"
    rc.write_text("set encoding=utf-8\nfiletype on\n" + recipe("vim", "makeprg"), encoding="utf-8")
    told = f"call writefile(map(getqflist(), 'v:val.lnum.\" \".v:val.col.\" \".v:val.text'), '{output}')"
    steps = [f"edit {draft}", "silent make", told, "qa!"]
    command = ["vim", "-N", "-u", str(rc), "-n", "-es", "-i", "NONE"]
    for step in steps:
        command += ["-c", step]
    subprocess.run(command, check=False, timeout=60, stdin=subprocess.DEVNULL, capture_output=True)
    rows = [line.split(" ", 2) for line in output.read_text(encoding="utf-8").splitlines()]
    assert [(int(line), int(column)) for line, column, _ in rows] == starts(found(draft))
    assert all(re.search(r"\[[a-z-]+\]$", text) for *_, text in rows)


def test_emacs_goes_from_finding_to_finding(draft: Path, tmp_path: Path) -> None:
    if not shutil.which("emacs"):
        pytest.skip("no Emacs: apt-get install emacs-nox")
    code = f"""
    (require 'compile)
    (defun followup-lint-test ()
      (let ((buffer (compile (eval compile-command))) last)
        (while (get-buffer-process buffer) (accept-process-output nil 0.1))
        (ignore-errors
          (while t
            (next-error)
            (with-current-buffer (get-file-buffer "{draft}")
              (message "AT %d %d" (line-number-at-pos) (1+ (- (point) (line-beginning-position)))))))))
    {recipe("elisp", "compile-command")}
    (find-file "{draft}")
    (followup-lint-test)
    """
    file = tmp_path / "compile.el"
    file.write_text(code, encoding="utf-8")
    run = subprocess.run(
        ["emacs", "--batch", "-q", "-l", str(file)], capture_output=True, text=True, check=False, timeout=60
    )
    seen = [(int(line), int(column)) for line, column in re.findall(r"AT (\d+) (\d+)", run.stderr)]
    assert sorted(set(seen)) == sorted(set(starts(found(draft)))), run.stderr
