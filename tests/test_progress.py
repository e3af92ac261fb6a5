"""The line that tells how far a long run is."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from terminal import Terminal

from followup_lint.progress import shown

CLEAR = "\r\x1b[K"
DRIVER = """
import time, sys
from followup_lint import progress
for number in progress.shown(range({count}), {count}, enabled=progress.is_wanted(quiet={quiet})):
    time.sleep({seconds})
print("done")
"""


class Clock:
    def __init__(self, pace: float) -> None:
        self.now, self.pace = 100.0, pace

    def __call__(self) -> float:
        self.now += self.pace
        return self.now


def told(count: int, pace: float, *, total: int | None = None) -> str:
    stream = io.StringIO()
    found = list(shown(range(count), total or count, enabled=True, stream=stream, clock=Clock(pace)))
    assert found == list(range(count))
    return stream.getvalue()


def test_a_short_run_says_nothing() -> None:
    assert told(9, 0.1) == ""


def test_a_long_run_is_told_from_its_second_second_on_and_cleared() -> None:
    parts = told(20, 0.125).split(CLEAR)
    assert parts[0] == parts[-1] == ""
    assert parts[1] == "[#######.............] 7 of 20 drafts, 2 s left\r"
    assert len(parts) == 15  # once for each of the other 13, and cleared at the end


def test_it_is_not_drawn_more_often_than_an_eye_follows() -> None:
    assert 10 < told(3000, 0.001).count("drafts") < 25


def test_more_items_than_were_promised_do_no_harm() -> None:
    assert "of 15" in told(30, 0.1, total=15)
    assert told(30, 0.1, total=15).endswith(CLEAR)


def test_it_fits_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    assert max(len(part.rstrip("\r")) for part in told(20, 0.1).split(CLEAR)) == 19


def test_it_is_cleared_where_the_caller_stops() -> None:
    stream = io.StringIO()
    items = shown(range(30), 30, enabled=True, stream=stream, clock=Clock(0.5))
    for number in items:
        if number == 5:
            break
    items.close()  # type: ignore[attr-defined]  # a generator
    assert stream.getvalue().endswith(CLEAR)


def test_nothing_is_read_ahead() -> None:
    source = iter(range(9))
    next(shown(source, 9, enabled=True))
    assert next(source) == 1


def command(count: int, seconds: float, *, quiet: bool = False) -> list[str]:
    return [sys.executable, "-c", DRIVER.format(count=count, seconds=seconds, quiet=quiet)]


def environment(**more: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in {"CI", "PRE_COMMIT"}}
    return {**kept, "TERM": "xterm", **more}


def test_on_a_terminal(tmp_path: Path) -> None:
    with Terminal(command(8, 0.2), tmp_path, environment()) as terminal:
        assert terminal.leave() == 0
    assert "of 8 drafts" in terminal.seen
    assert terminal.seen.endswith(f"{CLEAR}done\r\n")


@pytest.mark.parametrize(
    ("quiet", "more"), [(True, {}), (False, {"CI": "1"}), (False, {"PRE_COMMIT": "1"}), (False, {"TERM": "dumb"})]
)
def test_not_where_nobody_wants_it(quiet: object, more: dict[str, str], tmp_path: Path) -> None:
    with Terminal(command(7, 0.2, quiet=bool(quiet)), tmp_path, environment(**more)) as terminal:
        assert terminal.leave() == 0
    assert terminal.seen == "done\r\n"


def test_not_in_a_pipe() -> None:
    ended = subprocess.run(command(7, 0.2), capture_output=True, text=True, env=environment(), check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "done\n", "")
