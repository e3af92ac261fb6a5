"""VS Code itself, with the extension we ship, as a user sees it. What it looked like lies in build/vscode afterwards.

It is skipped unless FOLLOWUP_LINT_TEST_VSCODE=1 is set, for it installs 0.9 GB; FOLLOWUP_LINT_TEST_CACHE names a folder
to keep that in.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

import pytest
from drafts import LINE, MENDED, TEXT, found, write
from vscode import ROOT, LackingError, Parts, get, served, session

pytestmark = pytest.mark.vscode

# Read now: a test runs in an environment without our variables.
IS_WANTED = os.environ.get("FOLLOWUP_LINT_TEST_VSCODE") == "1"
CACHE = os.environ.get("FOLLOWUP_LINT_TEST_CACHE", "")
PICTURES = ROOT / "build" / "vscode"


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    if not IS_WANTED:
        pytest.skip("it installs 0.9 GB: set FOLLOWUP_LINT_TEST_VSCODE=1")
    folder = Path(CACHE).resolve() if CACHE else tmp_path / "parts"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return get(folder)
    except LackingError as lacking:
        pytest.skip(str(lacking))


def test_vscode_as_a_user_sees_it(parts: Parts, tmp_path: Path) -> None:
    """One session, and one test, for VS Code is slow to start."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    (draft, *_) = write(tmp_path / "drafts")
    expected = found(draft)
    settings = {"python.defaultInterpreterPath": sys.executable}  # so that the extension has to find the server
    with served(parts, tmp_path / "home", settings) as (address, file):
        seen = session(parts, address, file, tmp_path / "drafts", PICTURES)
    if "error" in seen:
        pytest.fail(f"{seen['error']}\nSeen before that: {sorted(seen)}; build/vscode/failed.png shows the window.")

    # It marks what the command line finds, and counts in UTF-16, where the picture before the words is two units long.
    rows = [re.search(r"\n([a-z-]+)\n\[Ln (\d+), Col (\d+)\]", row) for row in seen["problems"]]
    shown = sorted((int(row[2]), int(row[3]), row[1]) for row in rows if row)
    units = {mark: len(LINE[: mark.column - 1].encode("utf-16-le")) // 2 + 1 for mark in expected}
    assert shown == sorted((mark.line, units[mark], mark.rule) for mark in expected)
    assert "Why: A phrase that everybody writes" in "".join(seen["hover"])

    # It mends and saves, leads through the gaps of a missing sentence, and asks why a rule is to be ignored.
    sentence = "I am very interested in the cello position, because of the low notes."
    assert seen["mended"] == TEXT.replace(LINE, MENDED)
    assert seen["written"] == TEXT.replace(LINE, f"{MENDED}\n\n{sentence}")
    assert seen["ignored"] == '---\nignore:\n  emoji: "she began it"\n---\n' + seen["written"]

    # Its status bar says whether to send, and knows mail; it says what to do where the server is missing.
    assert re.search(r"good to send.* · \d+ words · check-in", seen["status"])
    assert "Email draft" in seen["mail"]
    (message,) = seen["missing"]
    assert "followupLint.command does not start it" in message
    assert "Open Settings" in message
