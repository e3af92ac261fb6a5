"""Runs over very many drafts: what is shown at once, what is kept, and what is forgotten."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import weakref
from contextlib import chdir
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from consoles import ROOT

from followup_lint import model
from followup_lint.cache.results import Results
from followup_lint.command import command
from followup_lint.errors import Problem
from followup_lint.other import Other
from followup_lint.reader import read_message
from followup_lint.reports.formats import FORMATS, STREAMED
from followup_lint.run.output import outputs
from followup_lint.run.passing import Pass
from followup_lint.run.session import Session
from followup_lint.thread import tree

EXAMPLES = sorted(path for path in (ROOT / "examples").rglob("*") if path.suffix in {".txt", ".eml"})
QUICK = ("--isolated", "--no-cache", "--select", "template-placeholder,exclamation-excess")


def run(folder: Path, *words: str) -> tuple[int, str, str]:
    with chdir(folder):
        done = CliRunner().invoke(command, words)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


def options(*words: str) -> dict[str, Any]:
    return command.make_context("followup-lint", list(words)).params


def lay(folder: Path, count: int) -> None:
    for number in range(count):
        (folder / f"{number:03}.txt").write_text(f"Hi [Name],\n\nThank you for kiln {number}.\n", encoding="utf-8")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("name", sorted(STREAMED - {"checklist"}))
def test_findings_come_before_the_last_draft_is_read(name: str, tmp_path: Path) -> None:
    lay(tmp_path, 8)
    os.mkfifo(tmp_path / "last.txt")
    words = ["followup-lint", *QUICK, "--output-format", name, *sorted(path.name for path in tmp_path.iterdir())]
    with subprocess.Popen(words, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        first = program.stdout.readline()
        (tmp_path / "last.txt").write_text("Hi [Name],\n", encoding="utf-8")
        rest, _ = program.communicate()
    assert "000.txt" in first
    assert "last.txt" in rest


@pytest.mark.parametrize("words", [("--statistics",), *(("--output-format", name) for name in FORMATS), ("-o", "out")])
def test_only_reports_of_all_drafts_keep_them(words: tuple[str, ...], tmp_path: Path) -> None:
    lay(tmp_path, 3)
    is_streamed = words[-1] in {*STREAMED, "--statistics", "out"}
    with chdir(tmp_path):
        session = Session(["."], options(*QUICK, *words, "."))
        with outputs(session) as out:
            drafts, contexts = [], []
            result = None
            for _, result in Pass(session):
                out.add(result)
                drafts.append(weakref.ref(result.draft))
                contexts.append(weakref.ref(result.context))
            del result
            # What was worked out of a draft's text goes in any case.
            assert [draft() is None for draft in drafts] == [True] * 3
            assert [context() is None for context in contexts] == [is_streamed] * 3
            assert out.summary.drafts == 3
            out.finish([])


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "html"])
def test_a_file_holds_what_would_be_shown(name: str, tmp_path: Path) -> None:
    lay(tmp_path, 3)
    (tmp_path / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    shown = run(tmp_path, *QUICK, "--output-format", name, ".")
    filed = run(tmp_path, *QUICK, "-o", "out", "--output-format", name, ".")
    closing = shown[1][len((tmp_path / "out").read_text("utf-8")) :]
    assert shown[1] == (tmp_path / "out").read_text("utf-8") + closing
    assert closing == ("3 drafts: 3 to mend\n" if name in {"full", "checklist"} else "")
    assert (filed[0], filed[1], filed[2]) == (2, "", shown[2])


def test_a_run_that_breaks_off_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path, 20)
    (tmp_path / "out.jsonl").write_text("old\n", encoding="utf-8")

    def broken(*_: object) -> None:
        raise Problem("the disk is gone")

    monkeypatch.setattr("followup_lint.run.session.Session.fails", broken)
    done = run(tmp_path, *QUICK, "-o", "out.jsonl", "--output-format", "jsonl", ".")
    assert done == (2, "", "followup-lint: the disk is gone\n")
    assert (tmp_path / "out.jsonl").read_text("utf-8") == "old\n"
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".part"]


@pytest.mark.parametrize("words", [("concise",), ("json",), ("full", "-v"), ("checklist",)])
def test_words_that_are_forgotten_change_nothing(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, path in enumerate(islice(cycle(EXAMPLES), 12)):
        (tmp_path / str(number)).mkdir()
        text = path.read_bytes() + b"\nI need %s by Friday.\n"
        (tmp_path / str(number) / path.name).write_bytes(text % (b"zqxv%s%dw" % (words[0].encode(), number)))
    met = [f"zqxv{words[0]}{number}w" for number in (8, 9)]  # the last ones by name
    told = ("--no-cache", "--jobs", "1", "--preset", "strict", "--output-format", *words, ".")
    monkeypatch.setattr("followup_lint.run.passing._LONG", 1)
    long = run(tmp_path, *told)
    strings = model.load("", quick=True).vocab.strings
    assert not [word for word in met if word in strings]
    monkeypatch.undo()
    assert run(tmp_path, *told) == long
    assert [word for word in met if word in strings]
    assert run(tmp_path, *told) == long


def test_where_nothing_is_parsed_no_model_is_loaded_to_forget(tmp_path: Path) -> None:
    lay(tmp_path, 12)
    code = "import sys\nfrom followup_lint.run import passing\npassing._LONG = 1\nfrom followup_lint.cli import main\n"
    code += "try:\n    main()\nexcept SystemExit:\n    pass\nprint('spacy' in sys.modules)"
    words = [sys.executable, "-c", code, *QUICK, "--output-format", "concise", "."]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"
    assert len(done.stdout.splitlines()) == 13


@pytest.mark.skipif(sys.platform != "linux", reason="work is shared on Linux alone")
def test_a_process_that_is_killed_costs_one_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path, 80)
    here = os.getpid()

    def deadly(data: bytes, *args: Any, **how: Any) -> Any:
        if b"kiln 50." in data:
            assert os.getpid() != here
            os.kill(os.getpid(), signal.SIGKILL)
        return read_message(data, *args, **how)

    words = (*QUICK, "--output-format", "jsonl", ".")
    _, alone, _ = run(tmp_path, *words, "--jobs", "1")
    monkeypatch.setattr("followup_lint.pool.processors", lambda: 2)
    monkeypatch.setattr("followup_lint.messages.read_message", deadly)
    code, shown, told = run(tmp_path, *words, "--jobs", "2")
    assert (code, told) == (2, "followup-lint: 050.txt: the process that linted it ended; the draft is left out\n")
    paths = [json.loads(line)["path"] for line in alone.splitlines()]
    assert [json.loads(line)["path"] for line in shown.splitlines()] == [name for name in paths if name != "050.txt"]


def test_a_forest_remembers_few_trees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "_MOST_LEAVES", 5)
    monkeypatch.setattr(tree, "_MOST_TREES", 3)
    forest = tree.Forest()
    planted = []
    for name, count in (("a", 2), ("b", 2), ("c", 2), ("d", 0), ("e", 0), ("f", 9)):
        (tmp_path / name).mkdir()
        lay(tmp_path / name, count)
        found = forest.around(str(tmp_path / name / "x.txt"))
        assert len(found.leaves) == count
        assert forest.around(str(tmp_path / name / "y.txt")) is found
        planted.append(weakref.ref(found))
        del found
    # The last one is too large to leave room for any other.
    assert [one() is None for one in planted] == [True, True, True, True, True, False]


def test_what_lies_beside_a_draft_is_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("followup_lint.cache.results._MOST_SEEN", 4)
    results = Results(str(tmp_path))

    def other(number: int) -> Other:
        message = read_message(b"Hi Ana, kiln %d\n" % number, "a.txt", {})
        return Other(message.draft, message.context, "a.txt")

    first = other(0)
    made = results.beside([first])
    assert results.beside([first]) == made
    assert len({results.beside([other(number)]) for number in range(9)}) == 9
    assert results.beside([other(0)]) == made
    held = weakref.ref(first.draft)
    del first
    assert held() is None


_KEPT = """
import sys
from pathlib import Path
from followup_lint import rubbish

def held():  # pages
    return int(Path("/proc/self/statm").read_text().split()[1])

bytes(20_000_000)  # when this goes, the C library learns to keep pieces up to that
if sys.argv[1] == "give back":
    rubbish.give_back()
large, small = [], []
for _ in range(100):
    large.append(bytearray(200_000))
    small.append(bytearray(700))  # settles between the large pieces
full = held()
large.clear()
print((full - held()) * 4096 // 1_000_000)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the C library of other systems goes by other rules")
def test_large_pieces_of_memory_go_back() -> None:
    def given_back(word: str) -> int:
        done = subprocess.run([sys.executable, "-c", _KEPT, word], capture_output=True, text=True, check=True)
        return int(done.stdout)

    assert given_back("give back") >= 18
    assert given_back("keep") <= 9
