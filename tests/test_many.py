"""Many drafts: whoever shares the work, and however much is parsed together, the same is found and told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from corpus import examples

from followup_lint.catalog import built_in
from followup_lint.checks import pattern
from followup_lint.command import command
from followup_lint.diagnostic import Finding
from followup_lint.errors import Problem
from followup_lint.linter import Linter
from followup_lint.pool import shared
from followup_lint.reading import Reading
from followup_lint.reports.formats import FORMATS
from followup_lint.run import passing

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is one process")

COUNT = 72
"""As many as are shared: 64, and those that come first."""
BROKEN, STRANGE = "---\nkind: nonsense\n---\n", "---\nignore: [no-such-rule]\n---\n"


@pytest.fixture(autouse=True)
def _two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("followup_lint.pool.processors", lambda: 2)


@pytest.fixture
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let few drafts be shared as many are."""
    for name, number in (("_MANY", 8), ("_TOGETHER", 3), ("_FIRST", 2)):
        monkeypatch.setattr(passing, name, number)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of drafts; some have facts that are wrong, one cannot be read."""
    place = tmp_path_factory.mktemp("many")
    short = [message for message in examples() if len(message.draft.text) < 500]
    for number, message in enumerate(short[:: len(short) // 20]):
        head = BROKEN if number % 7 == 3 else STRANGE if number % 7 == 5 else ""
        where = place / f"{number:03}"
        where.mkdir()
        (where / "draft.txt").write_text(head + message.draft.text, encoding="utf-8")
    (place / "010" / "draft.txt").write_bytes(b"\x00\x01\x02\xff" * 90)
    return place


def run(folder: Path, jobs: int, *more: str) -> Result:
    return CliRunner().invoke(command, ["--no-cache", "--isolated", "--jobs", str(jobs), *more, str(folder)])


def test_messages_together_are_judged_as_each_alone() -> None:
    linter = Linter(built_in())
    some = examples()[::12]
    assert list(linter.lint_many(some)) == [linter.lint(message) for message in some]


@pytest.mark.usefixtures("_few")
def test_two_processes_say_the_same_bytes_in_every_format(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, crews = [], []

    def watched(*work: Any) -> Any:
        crews.append(work[2])
        return shared(*work)

    monkeypatch.setattr("followup_lint.pool.shared", watched)
    for jobs in (1, 2):
        place = tmp_path / str(jobs)
        place.mkdir()
        wanted = [f"--output-format={name}={place / name}" for name in FORMATS]
        result = run(folder, jobs, "--output-format=full", *wanted)
        files = {name: (place / name).read_bytes() for name in FORMATS}
        said.append((files, result.stdout_bytes, result.stderr_bytes.replace(bytes(place), b""), result.exit_code))
    assert said[0] == said[1]
    assert crews == [2]
    files, shown, _, code = said[0]
    assert code == 2
    assert all(files.values())
    assert shown


@pytest.mark.usefixtures("_few")
def test_all_there_is_to_tell_is_told_once_and_in_order(folder: Path) -> None:
    told = run(folder, 2, "--output-format", "concise", "--quiet").stderr.splitlines()
    named = [line for line in told if f"{folder}" in line]
    assert sorted(named) == named
    assert len(set(named)) == len(named) >= 6
    assert [line for line in named if "010" in line]


@pytest.mark.usefixtures("_few")
def test_words_that_are_let_go_change_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = run(folder, 1, "--output-format", "json")
    monkeypatch.setattr(passing, "_LONG", 1)
    after = run(folder, 2, "--output-format", "json")
    assert (before.stdout, before.stderr) == (after.stdout, after.stderr)


def clean(folder: Path, words: str, *numbers: int) -> None:
    """Write drafts, some of which hold certain words."""
    for number in range(COUNT):
        where = folder / f"{number:03}"
        where.mkdir()
        said = words if number in numbers else ""
        (where / "draft.txt").write_text(f"Hi Mia,\n\nPlease answer ASAP. {said}\n\nBest,\nAda\n", encoding="utf-8")


def hurt(monkeypatch: pytest.MonkeyPatch, deed: object) -> None:
    """Let a check do something else where a draft says so."""
    original = pattern.Check.__call__

    def check(self: pattern.Check, reading: Reading) -> Iterator[Finding]:
        if "Quicksilver" in reading.text:
            deed()  # type: ignore[operator]
        yield from original(self, reading)

    monkeypatch.setattr(pattern.Check, "__call__", check)


def listed(result: Result) -> set[str]:
    return {line.split("draft.txt")[0][-4:-1] for line in result.stdout.splitlines() if "draft.txt:" in line}


def test_a_draft_that_ends_its_process_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clean(tmp_path, "Quicksilver.", 20, 21, 60)
    here = os.getpid()

    def end() -> None:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)

    hurt(monkeypatch, end)
    result = run(tmp_path, 2, "--output-format", "concise")
    assert result.exit_code == 2
    told = [line for line in result.stderr.splitlines() if "the process that linted it ended" in line]
    assert [number for number in range(COUNT) if any(f"{number:03}/draft.txt" in line for line in told)] == [20, 21, 60]
    assert listed(result) == {f"{number:03}" for number in range(COUNT)} - {"020", "021", "060"}


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_draft_that_cannot_be_judged_is_left_out(jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clean(tmp_path, "Quicksilver.", 3, 40)

    def fail() -> None:
        raise Problem("it shines too much")

    hurt(monkeypatch, fail)
    result = run(tmp_path, jobs, "--output-format", "concise")
    assert result.exit_code == 2
    assert result.stderr.count("it shines too much") == 1  # the same words are told once
    assert listed(result) == {f"{number:03}" for number in range(COUNT)} - {"003", "040"}


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_of_ours_is_told_and_stops_no_other_draft(
    jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean(tmp_path, "Quicksilver.", 4, 40)
    hurt(monkeypatch, lambda: int("Quicksilver"))
    result = run(tmp_path, jobs, "--output-format", "concise")
    assert result.exit_code == 2
    told = [line for line in result.stderr.splitlines() if "ValueError" in line]
    assert [number for number in range(COUNT) if any(f"{number:03}/draft.txt" in line for line in told)] == [4, 40]
    assert "Quicksilver" not in result.stderr
    assert listed(result) == {f"{number:03}" for number in range(COUNT)} - {"004", "040"}


SLOW = """
import sys, time
from pathlib import Path
from followup_lint.checks import pattern
from followup_lint import pool
pool.processors = lambda: 2
def check(self, reading):
    if "Quicksilver" in reading.text:
        Path(sys.argv[-1], "begun").touch()
        time.sleep(60)
    return iter(())
pattern.Check.__call__ = check
from followup_lint.cli import main
sys.exit(main())
"""


def test_an_interrupt_ends_all_processes_without_a_word_of_ours(tmp_path: Path) -> None:
    clean(tmp_path, "Quicksilver.", 40)
    command = [sys.executable, "-c", SLOW, "--no-cache", "--jobs", "2", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:
        until = time.monotonic() + 30
        while not (tmp_path / "begun").exists() and time.monotonic() < until:
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=10)
    assert (tmp_path / "begun").exists()
    assert process.returncode != 0
    assert b"Traceback" not in told
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def test_looking_ahead_never_raises_and_changes_nothing() -> None:
    linter = Linter(built_in())
    looked = 0
    for message in examples()[2::12]:
        reading = linter.read(message)
        ahead = [span for rule in linter.rules for span in rule.ahead(reading)]
        looked += len(ahead)
        assert not reading.parsed  # to look ahead is to look at words
        places = {sentence.span for sentence in reading.sentences}
        assert all(span in places or reading.message.covers(span) for span in ahead)
        docs = reading.language().many([reading.spoken(span) for span in ahead])
        for span, doc in zip(ahead, docs, strict=True):
            reading.expect(span, doc)
        assert linter.judge(reading) == linter.lint(message)
    assert looked > 60
