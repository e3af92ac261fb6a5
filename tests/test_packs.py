"""Packs of rules that other packages bring are found without running a line of theirs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from followup_lint import packs
from followup_lint.config import Configs, Settings
from followup_lint.errors import Problem, Problems

RULE = """\
check: pattern
options: {phrases: [loom]}
severity: warning
message: no looms
why: A loom is no gift.
fix: Cut it.
practice: 0
source: us
examples:
  - good: Dear Ana, hello.
  - bad: Dear Ana, the [[loom]].
"""
TRAP = "import pathlib\npathlib.Path(__file__).with_name('was-run').write_text('')\nraise SystemExit('run')\n"


def install(site: Path, value: str = "coachpack.rules", *, name: str = "coachpack", editable: bool = False) -> Path:
    """Install a package that would tell if any of it were run; return its folder."""
    source = site / "src" if editable else site
    package = source / name
    (package / "rules").mkdir(parents=True)
    for module in (package / "__init__.py", package / "rules" / "__init__.py"):
        module.write_text(TRAP, encoding="utf-8")
    (package / "rules" / "no-loom.yaml").write_text(RULE, encoding="utf-8")
    info = site / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[followup_lint.rules]\ncoachpack = {value}\n", encoding="utf-8")
    return package


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    # As a path file (.pth) of an editable install would have it.
    monkeypatch.setattr(sys, "path", [*sys.path, str(folder), str(folder / "src")])
    return folder


def settings(folder: Path, text: str) -> Settings:
    (folder / ".followup-lint.yaml").write_text(text, encoding="utf-8")
    return Configs(user=folder / "nobody").for_file(folder / "note.txt")


@pytest.mark.parametrize("editable", [False, True])
def test_a_pack_is_found_and_none_of_it_is_run(site: Path, tmp_path: Path, *, editable: bool) -> None:
    package = install(site, editable=editable)
    assert packs.names() == ("coachpack",)
    assert packs.folder("coachpack") == package / "rules"
    found = settings(tmp_path, "extends: coachpack\nselect: no-*\n")
    assert "no-loom" in {rule.name for rule in found.chosen()}
    assert not list(site.rglob("was-run"))
    assert not [name for name in sys.modules if name.startswith("coachpack")]


def test_the_trap_would_tell(site: Path) -> None:
    package = install(site)
    with pytest.raises(SystemExit):
        __import__("coachpack")
    assert (package / "was-run").exists()


def test_its_rules_run_only_where_it_is_named(site: Path, tmp_path: Path) -> None:
    install(site)
    assert "no-loom" not in settings(tmp_path, "preset: strict\n").known
    with pytest.raises(Problems, match="problems") as caught:
        settings(tmp_path, "select: no-loom\n")
    assert "unknown rule 'no-loom'" in str(caught.value.exceptions[0])


def test_a_pack_may_bring_settings_that_are_no_rule(site: Path, tmp_path: Path) -> None:
    package = install(site)
    text = "preset: strict\nrules: {no-loom: error, emoji: off}\nrule_dirs: more\n"
    (package / "rules" / "followup-lint.yaml").write_text(text, encoding="utf-8")
    (package / "rules" / "more").mkdir()
    (package / "rules" / "more" / "no-mill.yaml").write_text(RULE, encoding="utf-8")
    found = settings(tmp_path, "extends: coachpack\nrules: {emoji: warning}\n")
    assert (found.preset, found.off) == ("strict", frozenset())
    assert {"no-loom", "no-mill"} <= found.known
    assert next(rule.file.severity for rule in found.rules if rule.name == "no-loom") == "error"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("coachpack:rules", "the pack 'coachpack' names 'coachpack:rules', which is no folder"),
        ("coachpack.rules:load", "which is no folder"),
        ("coachpack.", "which is no folder"),
        ("..etc", "which is no folder"),
        ("coachpack/rules", "which is no folder"),
        ("coachpack.other", "the folder coachpack/other of the pack 'coachpack' is not there"),
        ("nobody.rules", "the folder nobody/rules of the pack 'coachpack' is not there"),
    ],
)
def test_a_pack_that_is_none_is_told(value: str, words: str, site: Path, tmp_path: Path) -> None:
    install(site, value)
    with pytest.raises(Problems, match="problems") as caught:
        settings(tmp_path, "extends: coachpack\n")
    assert words in str(caught.value.exceptions[0])
    assert str(caught.value.exceptions[0]).startswith(f"{tmp_path / '.followup-lint.yaml'}:1:10: extends: ")
    assert not list(site.rglob("was-run"))


def test_a_slip_of_the_pen_and_two_of_one_name_are_told(site: Path, tmp_path: Path) -> None:
    install(site)
    with pytest.raises(Problem, match="unknown pack 'coachpak'; did you mean 'coachpack'"):
        packs.folder("coachpak")
    with pytest.raises(Problem, match="unknown pack 'zzz'; installed are coachpack"):
        packs.folder("zzz")
    install(site, "other.rules", name="other")
    with pytest.raises(Problems, match="problems") as caught:
        settings(tmp_path, "extends: coachpack\n")
    assert "two packages bring a pack called 'coachpack'" in str(caught.value.exceptions[0])


def test_a_rule_of_a_pack_and_one_of_the_user_may_not_share_a_name(site: Path, tmp_path: Path) -> None:
    install(site)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "no-loom.yaml").write_text(RULE, encoding="utf-8")
    with pytest.raises(Problems, match="problems") as caught:
        settings(tmp_path, "extends: coachpack\nrule_dirs: mine\n")
    (problem,) = caught.value.exceptions
    assert "2:12: rule_dirs: a second rule 'no-loom' in mine: coachpack (" in str(problem)
