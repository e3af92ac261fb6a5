"""What is left behind holds nothing of a draft: marked drafts go through every feature, and all files are searched."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from faults import PROGRAM

MARKS = ("Qyzandra", "Vorblund", "Wexcorp", "q.vorblund", "84719", "5550199", "Marrowby", "Puddlewick")
NOTE = """\
---
kind: thank-you
to: Qyzandra Vorblund <q.vorblund@wexcorp.example>
company: Wexcorp
interview: 2026-05-06
date: 2026-05-07
---
Hi Qyzandra,

Thank you for showing me the robots of Marrowby at 12 Puddlewick Street on Wednesday!! Call 170 5550199, room 84719.
Please answer at your earliest convenience.

Best,
Sam
"""
MAIL = f"From: Sam <sam@p.example>\nTo: Qyzandra Vorblund <q.vorblund@wexcorp.example>\nSubject: 84719\n\n{NOTE}"
CRASHES = """\
import sys
from followup_lint.linter import Linter
def judge(self, reading, *rest):
    raise ValueError(reading.text)
Linter.judge = judge
from followup_lint.entry import main
sys.exit(main())
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "note.txt").write_text(NOTE, encoding="utf-8")
    (tmp_path / "drafts" / "mail.eml").write_text(MAIL, encoding="utf-8")
    (tmp_path / "sent").write_text(f"From sam Thu May  7 09:00:00 2026\n{MAIL}", encoding="utf-8")
    (tmp_path / "temporary").mkdir()
    return tmp_path


def environment(home: Path) -> dict[str, str]:
    places = {"HOME": home, "XDG_CACHE_HOME": home / "cache", "TMPDIR": home / "temporary"}
    gone = {name: value for name, value in os.environ.items() if name != "FOLLOWUP_LINT_CACHE_DIR"}
    return {**gone, **{name: str(place) for name, place in places.items()}}


def run(home: Path, *args: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [PROGRAM, *args], cwd=home / "drafts", env=environment(home), capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    return done


def marked(data: bytes) -> list[str]:
    """Return the marks that stand in some bytes, as they are or packed."""
    found = [mark for mark in MARKS for code in ("utf-8", "utf-16-le") if mark.lower().encode(code) in data.lower()]
    for at in (match.start() for match in re.finditer(rb"\x78[\x01\x5e\x9c\xda]|PK\x03\x04", data)):
        try:
            inner = zlib.decompressobj().decompress(data[at:], 1_000_000)
        except zlib.error:
            continue
        found += [mark for mark in MARKS if mark.lower().encode() in inner.lower()]
    return found


FEATURES: dict[str, list[str]] = {
    "linting": ["note.txt", "mail.eml", "--preset=strict"],
    "once more": ["note.txt", "mail.eml", "--preset=strict"],
    "explaining": ["-v", "--show-context", "note.txt"],
    "a mailbox": ["note.txt", "--sent", "../sent", "--me", "sam@p.example"],
    "a schedule": ["--schedule", ".", "--now", "2026-05-08"],
    "statistics": ["--statistics", "."],
    "many": ["-j", "2", "."],
    "the parse": ["--debug-parse", "note.txt"],
    "why not": ["--why-not", "demand", "note.txt"],
    "a baseline": ["--update-baseline", "--baseline", "../known.json", "."],
    "with a baseline": ["--baseline", "../known.json", "."],
    "a report": ["--output-format=html", "-o", "../report.html", "."],
    "a patch": ["--diff", "note.txt"],
    "mending": ["--fix", "note.txt"],
    "ignoring": ["--add-ignores", "so it is", "note.txt"],
}


def test_nothing_that_is_kept_holds_a_word_of_a_draft(home: Path) -> None:
    for args in FEATURES.values():
        assert run(home, *args).returncode in {0, 1}
    tops = {path: path.relative_to(home).parts[0] for path in home.rglob("*") if path.is_file()}
    # The report was asked for, and quotes the draft.
    kept = [path for path, top in tops.items() if top not in {"drafts", "sent", "report.html"}]
    assert {tops[path] for path in kept} >= {"cache", "known.json"}
    assert len(kept) > 5
    assert {str(path): found for path in kept if (found := marked(path.read_bytes()))} == {}
    assert not any(mark.lower() in str(path).lower() for path in kept for mark in MARKS)
    assert list((home / "temporary").iterdir()) == []
    assert {path.name for path in (home / "drafts").iterdir()} == {"note.txt", "mail.eml"}


def test_statistics_hold_no_word_of_a_draft(home: Path) -> None:
    for args in (["--statistics"], ["--statistics", "--output-format=json"], ["--statistics", "--preset=strict"]):
        done = run(home, *args, ".")
        assert done.stdout
        assert marked((done.stdout + done.stderr).encode()) == []


def test_a_fault_of_ours_is_told_without_a_word_of_the_draft(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CRASHES, "note.txt", "mail.eml"],
        cwd=home / "drafts", env=environment(home), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "cannot be linted: ValueError" in done.stderr
    assert marked((done.stdout + done.stderr).encode()) == []


def test_a_mark_is_found_in_any_form() -> None:
    assert marked(b"x WEXCORP y") == ["Wexcorp"]
    assert marked("Marrowby".encode("utf-16-le")) == ["Marrowby"]
    assert marked(b"head" + zlib.compress(json.dumps({"to": "Vorblund"}).encode())) == ["Vorblund"]
    assert marked(b"nothing") == []


_MADE = re.compile(r'open(?:at)?\((?:AT_FDCWD, )?"(?P<path>[^"]+)", [A-Z_|]*O_CREAT[A-Z_|]*, (?P<mode>0\d+)\) = \d')


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("strace"), reason="needs strace")
@pytest.mark.unmeasured
@pytest.mark.parametrize("name", ["linting", "mending", "a baseline", "a report", "ignoring"])
def test_every_file_that_is_made_is_made_for_its_owner_alone(name: str, home: Path) -> None:
    log = home / "trace"
    traced = ["strace", "-f", "--seccomp-bpf", "-e", "trace=open,openat,creat", "-o", str(log)]
    command = [*traced, PROGRAM, *FEATURES[name]]
    subprocess.run(command, cwd=home / "drafts", env=environment(home), capture_output=True, check=False, umask=0)
    made = [(match["path"], match["mode"]) for match in _MADE.finditer(log.read_text(errors="replace"))]
    ours = [(path, mode) for path, mode in made if not path.startswith("/dev/") and "__pycache__" not in path]
    assert ours
    assert [item for item in ours if item[1] != "0600"] == []
