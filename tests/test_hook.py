"""The hook, run by the real pre-commit on a real repository of drafts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.network
def test_pre_commit_fails_on_a_bad_draft_and_passes_a_good_one(tmp_path: Path) -> None:
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "home")}
    # A hook of the developer's own repository must not leak into this one.
    environment = {key: value for key, value in environment.items() if not key.startswith("GIT_")}

    def hook(*names: str) -> subprocess.CompletedProcess[str]:
        subprocess.run(["git", "add", "-A"], cwd=drafts, env=environment, check=True)
        command = [sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), "followup-lint", "--files", *names]
        return subprocess.run(command, cwd=drafts, env=environment, capture_output=True, text=True, check=False)

    subprocess.run(["git", "init", "-q"], cwd=drafts, env=environment, check=True)
    good = (ROOT / "examples" / "good-thank-you.txt").read_text(encoding="utf-8")
    (drafts / "good.txt").write_text(good, encoding="utf-8")
    (drafts / "bad.txt").write_text(good.replace("Dear Ingrid", "Dear [Name]"), encoding="utf-8")
    (drafts / "binary.txt").write_bytes(b"\x7fELF\x02\x01\x01\x00" + bytes(200))
    passed = hook("good.txt")
    assert passed.returncode == 0, passed.stdout + passed.stderr
    failed = hook("bad.txt", "good.txt")
    assert failed.returncode == 1
    assert "template-placeholder" in failed.stdout
    survived = hook("binary.txt")
    assert survived.returncode == 1
    assert "Traceback" not in survived.stdout
    assert "binary.txt:1: looks like a binary file" in survived.stdout
