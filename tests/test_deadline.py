"""A draft that takes too long is told as not finished, and nothing else is lost for it."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from followup_lint import model
from followup_lint.checks import pattern
from followup_lint.command import command
from followup_lint.deadline import Deadline, Unfinished, unhurried
from followup_lint.diagnostic import Finding
from followup_lint.reading import Reading
from followup_lint.reports.formats import FORMATS
from followup_lint.run import passing

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no such timer")

SLOW, ENDLESS = 60, 10_000.0
"""Seconds that nobody waits for."""


def search() -> None:
    re.search("(a+)+b", "a" * SLOW)


def parse() -> None:
    language = model.load("", quick=True)
    while True:
        language("I would like to ask what you think of the kiln.")


def count() -> None:
    number = 0
    while True:
        number += 1


@pytest.mark.parametrize("work", [search, parse, count, lambda: time.sleep(ENDLESS)])
def test_whatever_is_done_is_interrupted(work: object) -> None:
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(Unfinished, match=r"^draft\.txt: not finished in 0\.1 s, and left out; --timeout"):
        Deadline(0.1).hold(work, "draft.txt")  # type: ignore[arg-type]  # a lambda among others
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) is before


def test_what_is_done_in_time_comes_back_and_nothing_is_left_to_come() -> None:
    before = signal.getsignal(signal.SIGALRM)
    assert Deadline(ENDLESS).hold(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        Deadline(ENDLESS).hold(lambda: 1 // 0)
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) is before


@pytest.mark.parametrize("seconds", [0.0, -1.0, float("nan")])
def test_without_a_time_there_is_no_timer(seconds: float) -> None:
    assert Deadline(seconds).hold(lambda: signal.getitimer(signal.ITIMER_REAL)) == (0, 0)


def test_the_outer_deadline_counts() -> None:
    with pytest.raises(Unfinished, match=r"^outer: not finished in 0\.1 "):
        Deadline(0.1).hold(lambda: Deadline(0.01).hold(count, "inner"), "outer")
    with pytest.raises(Unfinished, match=r"^outer: not finished in 0\.1 "):
        Deadline(0.1).hold(lambda: Deadline(ENDLESS).hold(count), "outer")


def test_the_clock_stands_still_for_what_no_draft_is_to_blame_for() -> None:
    def work() -> None:
        assert unhurried(time.sleep, 0.5) is None
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 0.3
        count()

    with pytest.raises(Unfinished):
        Deadline(0.3).hold(work)
    assert unhurried(divmod, 7, 2) == (3, 1)
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_another_thread_has_no_deadline() -> None:
    found: list[int] = []

    def work() -> int:
        time.sleep(0.05)
        return 7

    thread = threading.Thread(target=lambda: found.append(Deadline(0.01).hold(work)))
    thread.start()
    thread.join()
    assert found == [7]


def test_where_nothing_can_be_raised_it_is_tried_again() -> None:
    code = "import time\nfrom followup_lint.deadline import *\nfrom followup_lint.signals import heeding\n"
    code += "class Odd:\n    def __del__(self):\n        time.sleep(0.6)\n"
    code += "def work():\n    Odd()\n    while True: time.sleep(0.01)\n"
    code += "def hold():\n    try: Deadline(0.3).hold(work)\n    except Unfinished as problem: print(problem)\n"
    code += "heeding(hold)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("not finished in 0.3 s,")
    assert done.stderr == ""


COUNT = 72
"""As many drafts as are shared: 64, and those that come first."""


def lay(folder: Path, *slow: int, count: int = COUNT) -> None:
    for number in range(count):
        said = "Quicksilver." if number in slow else ""
        text = f"Hi Mia,\n\nPlease answer ASAP. {said}  \n\nBest,\nAda\n"
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")


@pytest.fixture(autouse=True)
def _slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a check go on for ever where a draft says so."""
    original = pattern.Check.__call__

    def check(self: pattern.Check, reading: Reading) -> Iterator[Finding]:
        if "Quicksilver" in reading.text:
            search()
        yield from original(self, reading)

    monkeypatch.setattr(pattern.Check, "__call__", check)
    monkeypatch.setattr("followup_lint.pool.processors", lambda: 2)
    monkeypatch.setattr(passing, "_TOGETHER", 8)


def run(*words: str) -> Result:
    return CliRunner().invoke(command, ["--isolated", "--select", "demand,canned-phrase,trailing-blanks", *words])


def unfinished(result: Result) -> list[str]:
    return [line.split(": ")[1][-7:-4] for line in result.stderr.splitlines() if "not finished in" in line]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_rest_goes_on(jobs: str, tmp_path: Path) -> None:
    lay(tmp_path, 3, 40)
    told = run("--no-cache", "--jobs", jobs, "--timeout", "0.7", "--output-format", "concise", str(tmp_path))
    assert told.exit_code == 2
    assert unfinished(told) == ["003", "040"]
    found = {line.split(".txt")[0][-3:] for line in told.stdout.splitlines()}
    assert found == {f"{number:03}" for number in range(COUNT)} - {"003", "040"}


def test_every_format_shows_it_as_it_shows_what_cannot_be_read(tmp_path: Path) -> None:
    drafts, reports = tmp_path / "drafts", tmp_path / "reports"
    drafts.mkdir()
    reports.mkdir()
    lay(drafts, 2, count=4)
    (drafts / "003.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    wanted = [f"--output-format={name}={reports / name}" for name in FORMATS]
    told = run("--no-cache", "--timeout", "0.4", "--output-format=full", *wanted, str(drafts))
    assert told.exit_code == 2
    assert [line.split(": ")[1][-7:] for line in told.stderr.splitlines()] == ["002.txt", "003.txt"]
    # Markdown puts something between a name and its ending, so that nobody takes it for an address.
    shown = {name: (reports / name).read_text(encoding="utf-8").replace("\u2060", "") for name in FORMATS}
    by_both = {name: ("003.txt" in text, "002.txt" in text, "not finished" in text) for name, text in shown.items()}
    assert {name: each for name, each in by_both.items() if len(set(each)) != 1} == {}
    assert sum(each[0] for each in by_both.values()) >= 5


def test_nothing_unfinished_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts, cache = tmp_path / "drafts", tmp_path / "cache"
    drafts.mkdir()
    lay(drafts, 0, count=1)
    words = ("--cache-dir", str(cache), "--output-format", "concise", str(drafts))
    assert unfinished(run("--timeout", "0.3", *words)) == ["000"]
    assert [path for path in cache.rglob("*") if path.is_file() and path.parent.name in {"results", "runs"}] == []
    monkeypatch.setitem(globals(), "search", lambda: None)
    told = run("--timeout", "0", *words)
    assert (told.exit_code, unfinished(told)) == (0, [])
    assert "[trailing-blanks]" in told.stdout
    assert {path.parent.name for path in cache.rglob("*") if path.is_file()} >= {"results"}


def test_a_draft_that_is_not_mended_in_time_is_left_as_it_is(tmp_path: Path) -> None:
    lay(tmp_path, 1, count=3)
    before = (tmp_path / "001.txt").read_bytes()
    told = run("--no-cache", "--timeout", "0.4", "--fix", "--output-format", "concise", str(tmp_path))
    assert (told.exit_code, unfinished(told)) == (2, ["001"])
    assert (tmp_path / "001.txt").read_bytes() == before
    assert (tmp_path / "000.txt").read_bytes() == (tmp_path / "002.txt").read_bytes() != before
    assert b"ASAP. \n" not in (tmp_path / "002.txt").read_bytes()


def test_a_row_that_takes_too_long_is_a_problem_of_its_own(tmp_path: Path) -> None:
    bodies = ["Please answer ASAP.", "Quicksilver", "Please answer ASAP."]
    (tmp_path / "rows.jsonl").write_text(
        "".join(json.dumps({"body": body}) + "\n" for body in bodies), encoding="utf-8"
    )
    told = run("--timeout", "0.4", "--input", str(tmp_path / "rows.jsonl"))
    found = [json.loads(line) for line in told.stdout.splitlines()]
    assert told.exit_code == 2
    assert [row["id"] for row in found if row["outcome"] == "problem"] == [1]
    assert "not finished in 0.4 s," in next(row["message"] for row in found if row["id"] == 1)
    assert {row["id"] for row in found} == {0, 1, 2}


def test_a_time_must_be_one() -> None:
    assert "20" in next(line for line in run("--help").stdout.split("--timeout ")[1:])[:300]
    assert run("--timeout", "-1", "x.txt").exit_code == run("--timeout", "soon", "x.txt").exit_code == 2
