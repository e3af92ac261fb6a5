"""The hooks, run by the real pre-commit, and by prek, on a real repository of drafts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
GOOD = (ROOT / "examples" / "good-thank-you.txt").read_text(encoding="utf-8")
BAD = GOOD.replace("Dear Ingrid", "Dear [Name]")
PRE_COMMIT = [sys.executable, "-m", "pre_commit"]


@dataclass(frozen=True)
class Drafts:
    """A repository of drafts that uses our hooks."""

    folder: Path
    environment: dict[str, str]

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def call(self, *command: str) -> subprocess.CompletedProcess[str]:
        run = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )
        assert "Traceback" not in run.stdout + run.stderr
        return run

    def hook(self, name: str, *more: str, by: Sequence[str] = PRE_COMMIT) -> subprocess.CompletedProcess[str]:
        self.call("git", "add", "-A")
        return self.call(*by, "run", name, "--verbose", *more)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds this project in a repository of its own, and what the runners install from it."""
    folder = tmp_path_factory.mktemp("shipped")
    for name in ("src", "rules"):
        shutil.copytree(ROOT / name, folder / "project" / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml", "docs/followup-lint.1"):
        if (ROOT / name).exists():
            (folder / "project" / name).parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / name, folder / "project" / name)
    git = ["git", "-c", "user.name=Test", "-c", "user.email=test@drafts.example", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "--no-verify", "-m", "all"]):
        subprocess.run([*git, *command], cwd=folder / "project", env=_plain(), check=True)
    return folder


def _plain() -> dict[str, str]:
    # A hook of the developer's own repository must not leak into this one.
    return {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "FOLLOWUP_LINT_"))}


@pytest.fixture
def drafts(shipped: Path, tmp_path: Path) -> Drafts:
    homes = {"PRE_COMMIT_HOME": str(shipped / "pre-commit"), "PREK_HOME": str(shipped / "prek")}
    found = Drafts(tmp_path / "drafts", _plain() | homes)
    found.folder.mkdir()
    found.call("git", "init", "-q")
    project = shipped / "project"
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=project, env=_plain(), capture_output=True, check=True)
    hooks = [{"id": name} for name in HOOKS]
    config = {"repos": [{"repo": str(project), "rev": commit.stdout.decode().strip(), "hooks": hooks}]}
    found.write(".pre-commit-config.yaml", yaml.safe_dump(config))
    return found


def test_every_hook_heeds_exclusions_whatever_its_args_are() -> None:
    # A user's `args` replace those of the manifest, never its `entry`.
    assert set(HOOKS) == {"followup-lint", "followup-lint-fix", "followup-lint-all"}
    assert all("--force-exclude" in hook["entry"].split() for hook in HOOKS.values())
    assert all(hook["require_serial"] for hook in HOOKS.values())


@pytest.mark.network
def test_it_fails_on_a_bad_draft_and_passes_a_good_one(drafts: Drafts) -> None:
    drafts.write("good.txt", GOOD)
    drafts.write("bad.txt", BAD)
    drafts.write("notes.py", "# [Name]\n")
    (drafts.folder / "binary.txt").write_bytes(b"\x7fELF\x02\x01\x01\x00" + bytes(200))
    passed = drafts.hook("followup-lint", "--files", "good.txt", "notes.py")
    assert passed.returncode == 0, passed.stdout + passed.stderr
    failed = drafts.hook("followup-lint", "--files", "bad.txt", "good.txt")
    assert failed.returncode == 1
    assert "template-placeholder" in failed.stdout
    survived = drafts.hook("followup-lint", "--files", "binary.txt")
    assert survived.returncode == 1
    assert "binary.txt:1: looks like a binary file" in survived.stdout


@pytest.mark.network
def test_it_leaves_out_what_the_project_leaves_out_though_it_is_named(drafts: Drafts) -> None:
    drafts.write("templates/bad.txt", BAD)
    assert drafts.hook("followup-lint", "--files", "templates/bad.txt").returncode == 1
    drafts.write(".followup-lintignore", "templates/\n")
    passed = drafts.hook("followup-lint", "--files", "templates/bad.txt")
    assert passed.returncode == 0, passed.stdout + passed.stderr


@pytest.mark.network
def test_it_mends_what_is_safe_to_mend_and_fails_once(drafts: Drafts) -> None:
    drafts.write(".followup-lint.yaml", "select: [trailing-blanks, template-placeholder]\n")
    blank = drafts.write("blank.txt", GOOD.replace(".\n", ".   \n"))
    untouched = drafts.write("bad.txt", BAD)
    mended = drafts.hook("followup-lint-fix", "--files", "blank.txt")
    assert mended.returncode == 1
    assert "files were modified by this hook" in mended.stdout
    assert blank.read_text(encoding="utf-8") == GOOD
    again = drafts.hook("followup-lint-fix", "--files", "blank.txt")
    assert again.returncode == 0, again.stdout + again.stderr
    assert drafts.hook("followup-lint-fix", "--files", "bad.txt").returncode == 1
    assert untouched.read_text(encoding="utf-8") == BAD


@pytest.mark.network
def test_by_hand_it_looks_at_all_drafts_once(drafts: Drafts) -> None:
    drafts.write("letters/bad.txt", BAD)
    drafts.write("letters/good.txt", GOOD)
    assert "bad.txt" not in drafts.hook("followup-lint-all").stdout
    failed = drafts.hook("followup-lint-all", "--hook-stage", "manual")
    assert failed.returncode == 1
    assert "letters/good.txt" in failed.stdout
    assert failed.stdout.count("template-placeholder") == 1


@pytest.mark.network
def test_prek_runs_it_as_well(drafts: Drafts) -> None:
    if not (prek := shutil.which("prek", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")):
        pytest.skip("prek is not here")
    drafts.write("good.txt", GOOD)
    drafts.write("bad.txt", BAD)
    passed = drafts.hook("followup-lint", "--files", "good.txt", by=[prek])
    assert passed.returncode == 0, passed.stdout + passed.stderr
    failed = drafts.hook("followup-lint", "--files", "bad.txt", "good.txt", by=[prek])
    assert failed.returncode == 1
    assert "template-placeholder" in failed.stdout
