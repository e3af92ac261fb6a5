"""Mail of strangers, by the installed program: no traceback, every file named that cannot be read, the rest linted."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hostile_mails import MAILS, REFUSED

from followup_lint.draft import Draft
from followup_lint.errors import Problem
from followup_lint.fix.mail import spliced
from followup_lint.reader import read_message, skim

PROGRAM = shutil.which("followup-lint", path=str(Path(sys.executable).parent)) or "followup-lint"
GOOD = "Dear [Name],\n\nThank you for showing me the weir.\n\nBest,\nAoife\n"


def tiled(draft: Draft) -> None:
    """Assert that the blocks stand in order, do not overlap, and leave out nothing but blanks of the message."""
    body = next((part.span for part in draft.parts if part.name != "headers"), None)
    here = body.start if body else 0
    for block in draft.blocks:
        assert here <= block.span.start < block.span.end <= len(draft.text)
        assert not draft.text[here : block.span.start].strip()
        here = block.span.end
    if body:
        assert not draft.text[here : body.end].strip()
    for header in draft.headers:
        assert header.span.of(draft.text) == header.value
    # No half of a character: all of it can be written.
    draft.text.encode("utf-8")


@pytest.mark.parametrize("name", MAILS)
def test_a_hostile_mail_is_read_or_refused_in_one_line(name: str) -> None:
    if name in REFUSED:
        with pytest.raises(Problem) as refusal:
            read_message(MAILS[name], f"{name}.eml", alone=True)
        assert "\n" not in str(refusal.value)
        return
    read = read_message(MAILS[name], f"{name}.eml", alone=True)
    tiled(read.draft)
    assert read_message(MAILS[name], f"{name}.eml", alone=True) == read
    skim(MAILS[name], f"{name}.eml")
    assert spliced_or_refused(MAILS[name], read.draft)


def spliced_or_refused(data: bytes, draft: Draft) -> bool:
    """Whether a mail keeps its bytes where nothing is changed in it, or is left alone for a reason."""
    try:
        return spliced(data, draft, ()) == data
    except Problem as problem:
        return "left alone" in str(problem)


@pytest.fixture(scope="module")
def linted(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[bytes]:
    """Return what the program says of all of them in one folder, with an ordinary draft among them."""
    folder = tmp_path_factory.mktemp("strangers")
    for name, data in MAILS.items():
        (folder / f"{name}.eml").write_bytes(data)
    (folder / "m_good.txt").write_text(GOOD, encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
    command = [PROGRAM, ".", "--preset", "strict", "--output-format", "concise", "--jobs", "1"]
    return subprocess.run(command, cwd=folder, capture_output=True, env=environment, check=False)


def test_the_program_names_what_it_cannot_read_and_lints_the_rest(linted: subprocess.CompletedProcess[bytes]) -> None:
    told = linted.stderr.decode()
    assert "Traceback" not in told
    assert linted.returncode == 2
    refused = {match[1] for match in re.finditer(r"^followup-lint: (\w+)\.eml(?::\d+)*: (?!note:)", told, re.MULTILINE)}
    assert refused == REFUSED
    out = linted.stdout.decode()
    assert "m_good.txt:1:6: error: “[Name]” is a slot that was never filled. [template-placeholder]" in out
    # What comes after the good one is linted, too.
    assert re.search(r"^(?:zero_width|utf_7)\.eml:", out, re.MULTILINE)


def test_nothing_a_stranger_wrote_moves_the_cursor(linted: subprocess.CompletedProcess[bytes]) -> None:
    told = (linted.stdout + linted.stderr).decode()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", told)
