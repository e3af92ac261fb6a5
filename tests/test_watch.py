"""Linting at every save, in a terminal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from faults import PROGRAM, powerless
from measured import SAVED
from terminal import Terminal

from followup_lint import scene, watch
from followup_lint.errors import Problem, problems
from followup_lint.signals import Ended

# A step that says what it was called with, and what the drafts hold; some drafts are more than it can bear.
DRIVER = """
import sys
from pathlib import Path
from followup_lint import watch
from followup_lint.errors import Problem, problems
from followup_lint.signals import heeding

count = 0

def step(paths):
    global count
    count += 1
    files = [file for path in map(Path, paths) for file in (sorted(path.rglob("*.txt")) if path.is_dir() else [path])]
    print(f"run {count}:", *paths, "|", *(file.read_text().strip() for file in files if file.exists()))
    for file in files:
        text = file.read_text()
        if "problem" in text: raise Problem("cannot be read", str(file))
        if "several" in text: raise problems([Problem("one"), Problem("two")])
        if "mishap" in text: raise ZeroDivisionError("a mishap")
    return f"{len(files)} drafts, no findings"

heeding(lambda: watch.run(sys.argv[1:], step, lambda: [Path("elsewhere/rules")]))
"""
BLIND = "import sys; sys.modules['watchfiles'] = None\n"
CLEARED = "\x1b[2J\x1b[1;1H"


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    folder = tmp_path / "drafts"
    (folder / "sub").mkdir(parents=True)
    (tmp_path / "elsewhere" / "rules").mkdir(parents=True)
    (folder / "a.txt").write_text("first", encoding="utf-8")
    return folder


Start = Callable[..., Terminal]


@pytest.fixture(params=["", BLIND], ids=["watchfiles", "by looking"])
def start(request: pytest.FixtureRequest, drafts: Path) -> Iterator[Start]:
    running: list[Terminal] = []

    def begin(*paths: str) -> Terminal:
        environment = {**os.environ, "TERM": "xterm"}
        terminal = Terminal(
            [sys.executable, "-u", "-c", SAVED + str(request.param) + DRIVER, *paths], drafts.parent, environment
        )
        running.append(terminal)
        return terminal

    yield begin
    for terminal in running:
        terminal.__exit__(None, None, None)


def saved(path: Path, text: str) -> None:
    """Save as most editors do: a new file beside it, then a change of names."""
    beside = path.with_name(f".{path.name}.swp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def test_saves_renames_deletions_and_new_folders_are_seen(start: Start, drafts: Path) -> None:
    terminal = start("drafts")
    at = terminal.wait_for("run 1: drafts | first")
    at = terminal.wait_for("1 drafts, no findings; watching, Ctrl-C ends", at)
    (drafts / "a.txt").write_text("second", encoding="utf-8")
    at = terminal.wait_for("changed: drafts/a.txt", at)
    at = terminal.wait_for("drafts | second", at)
    saved(drafts / "a.txt", "third")
    at = terminal.wait_for("drafts | third", at)
    (drafts / "a.txt").rename(drafts / "sub" / "b.txt")
    at = terminal.wait_for("changed: drafts/a.txt (gone), drafts/sub/b.txt", at)
    (drafts / "sub" / "deep").mkdir()
    (drafts / "sub" / "deep" / "c.txt").write_text("deep", encoding="utf-8")
    at = terminal.wait_for("drafts | third deep", at)
    (drafts / "sub" / "deep" / "c.txt").write_text("deeper", encoding="utf-8")
    at = terminal.wait_for("drafts | third deeper", at)
    (drafts / "sub" / "b.txt").unlink()
    at = terminal.wait_for("drafts | deeper", at)
    terminal.type("\x03")
    assert terminal.leave() == -signal.SIGINT
    assert "Traceback" not in terminal.seen
    assert terminal.seen.endswith("^C\r\n")


def test_the_screen_is_cleared_before_each_run(start: Start, drafts: Path) -> None:
    terminal = start("drafts")
    at = terminal.wait_for("watching")
    saved(drafts / "a.txt", "second")
    terminal.wait_for("watching", at)
    assert terminal.seen.count(CLEARED) == terminal.seen.count("run ")
    assert terminal.seen.startswith(CLEARED)


def test_no_draft_ends_it(start: Start, drafts: Path) -> None:
    terminal, at = start("drafts"), 0
    for text, told in [
        ("problem", "followup-lint: drafts/a.txt: cannot be read"),
        ("several", "followup-lint: one\r\nfollowup-lint: two"),
        ("mishap", "followup-lint: ZeroDivisionError: a mishap"),
    ]:
        at = terminal.wait_for("watching", at)
        saved(drafts / "a.txt", text)
        at = terminal.wait_for(told, at)
        at = terminal.wait_for("could not finish", at)
    at = terminal.wait_for("watching", at)
    (drafts / "a.txt").write_bytes(b"good \xff")  # this driver cannot read it
    at = terminal.wait_for("UnicodeDecodeError", at)
    saved(drafts / "a.txt", "good again")
    terminal.wait_for("| good again", at)


def test_what_lies_beside_a_named_draft_matters_too(start: Start, drafts: Path) -> None:
    terminal = start("drafts/a.txt")
    at = terminal.wait_for("watching")
    (drafts / "b.txt").write_text("neighbour", encoding="utf-8")
    at = terminal.wait_for("changed: drafts/b.txt", at)
    at = terminal.wait_for("drafts/a.txt | first", at)
    (drafts / "call.ics").write_text("BEGIN:VCALENDAR", encoding="utf-8")
    terminal.wait_for("changed: drafts/call.ics", at)


@pytest.mark.parametrize(
    "name",
    [
        *("drafts/.followup-lint.yaml", ".followup-lint.yaml", "pyproject.toml", "drafts/.gitignore"),
        "elsewhere/rules/mine.yaml",
    ],
)
def test_settings_matter_in_the_folder_and_above_and_rules_elsewhere(start: Start, drafts: Path, name: str) -> None:
    terminal = start("drafts")
    at = terminal.wait_for("watching")
    (drafts.parent / name).write_text("preset: strict\n", encoding="utf-8")
    at = terminal.wait_for(f"{name}\r\n", at)
    terminal.wait_for("run 2: drafts", at)


def test_a_storm_of_saves_is_few_runs_and_the_last_word_counts(start: Start, drafts: Path) -> None:
    terminal = start("drafts")
    at = terminal.wait_for("watching")
    for number in range(100):
        (drafts / "a.txt").write_text(f"text {number} end", encoding="utf-8")
        time.sleep(0.005)
    terminal.wait_for("text 99 end", at)
    terminal.read(2)
    assert terminal.seen.count("run ") < 50


def test_what_does_not_matter_starts_nothing(start: Start, drafts: Path) -> None:
    terminal = start("drafts")
    terminal.wait_for("watching")
    (drafts / "picture.png").write_bytes(b"png")
    (drafts / ".a.txt.swp").write_bytes(b"half")
    (drafts / "a.txt").touch()
    saved(drafts / "a.txt", "first")  # the same words again
    terminal.read(3)
    assert terminal.seen.count("run ") == 1


def test_a_folder_may_go_and_come_back(start: Start, drafts: Path) -> None:
    terminal = start("drafts")
    at = terminal.wait_for("watching")
    (drafts / "a.txt").unlink()
    (drafts / "sub").rmdir()
    drafts.rmdir()
    at = terminal.wait_for("drafts/a.txt (gone)", at)
    drafts.mkdir()
    (drafts / "a.txt").write_text("back", encoding="utf-8")
    at = terminal.wait_for("| back", at)
    (drafts / "a.txt").write_text("back again", encoding="utf-8")
    terminal.wait_for("| back again", at)


def test_in_a_pipe_nothing_is_cleared_and_the_report_is_alone(drafts: Path) -> None:
    running = subprocess.Popen(
        [sys.executable, "-u", "-c", DRIVER, "drafts"],
        cwd=drafts.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdout
    assert running.stdout.readline() == b"run 1: drafts | first\n"
    saved(drafts / "a.txt", "second")
    assert running.stdout.readline() == b"run 2: drafts | second\n"
    running.terminate()
    assert running.communicate()[0] == b""


@pytest.mark.parametrize(("paths", "words"), [([], "name a draft"), (["-"], "standard input"), (["a", "-"], "input")])
def test_what_cannot_be_watched(paths: list[str], words: str) -> None:
    with pytest.raises(Problem, match=words):
        watch.run(paths, lambda _: None)


def called_with(
    monkeypatch: pytest.MonkeyPatch, drafts: Path, change: Callable[[], object], *, fails: bool = False
) -> list[list[str]]:
    """Return what a step was called with in a run, and after a change, everything being slow."""
    calls: list[list[str]] = []

    def step(paths: Sequence[str]) -> None:
        calls.append(list(paths))
        if fails:
            raise problems([Problem("odd")])

    def alarms(_: scene.Scene) -> Iterator[None]:
        change()
        yield
        raise KeyboardInterrupt

    monkeypatch.setattr(watch, "SLOW", -1.0)
    monkeypatch.setattr(watch, "_alarms", alarms)
    monkeypatch.chdir(drafts.parent)
    with pytest.raises(Ended):
        watch.run(["drafts"], step)
    return calls


def test_where_all_takes_long_only_the_folder_of_what_changed_is_linted(
    monkeypatch: pytest.MonkeyPatch, drafts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    calls = called_with(monkeypatch, drafts, lambda: saved(drafts / "sub" / "b.txt", "new"))
    assert calls == [["drafts"], ["drafts/sub"]]
    assert "done; only in drafts/sub, as all takes long; watching" in capsys.readouterr().err


@pytest.mark.parametrize("name", [".followup-lint.yaml", "sub/call.ics"])
def test_a_setting_concerns_all(name: str, monkeypatch: pytest.MonkeyPatch, drafts: Path) -> None:
    assert called_with(monkeypatch, drafts, lambda: (drafts / name).write_text("x", encoding="utf-8"), fails=True) == [
        ["drafts"],
        ["drafts"],
    ]


def test_a_folder_left_without_drafts_is_not_linted_by_itself(monkeypatch: pytest.MonkeyPatch, drafts: Path) -> None:
    (drafts / "sub" / "b.txt").write_text("soon gone", encoding="utf-8")
    assert called_with(monkeypatch, drafts, (drafts / "sub" / "b.txt").unlink) == [["drafts"], ["drafts"]]


def test_folders_that_hold_no_drafts_are_not_watched(drafts: Path) -> None:
    for name in (".git/objects", "node_modules/x", "env/lib", "letters"):
        (drafts / name).mkdir(parents=True)
    (drafts / "env" / "pyvenv.cfg").touch()
    seen = scene.Scene([str(drafts)])
    seen.look()
    assert set(seen.folders) == {drafts, drafts / "sub", drafts / "letters"}


def test_the_installed_program_watches(tmp_path: Path) -> None:
    good = (Path(__file__).parents[1] / "examples" / "good-thank-you.txt").read_text(encoding="utf-8")
    draft = tmp_path / "note.txt"
    draft.write_text(good, encoding="utf-8")
    code = "import sys; from followup_lint.cli import main; sys.exit(main())"
    environment = {**os.environ, "TERM": "xterm", "NO_COLOR": "1"}
    with Terminal([sys.executable, "-c", code, "--watch", "note.txt"], tmp_path, environment) as terminal:
        at = terminal.wait_for("good to send")
        at = terminal.wait_for("watching, Ctrl-C ends", at)
        saved(draft, good.replace("Dear Ingrid", "Dear [Name]"))
        at = terminal.wait_for("template-placeholder", at)
        saved(draft, "---\nkind: thank-you\nkind: closing\ndate: 2026-99-99\n---\n" + good)
        at = terminal.wait_for("note.txt:", terminal.wait_for("watching", at))
        at = terminal.wait_for("watching", at)
        draft.unlink()
        at = terminal.wait_for("watching", terminal.wait_for("no such file", at))
        saved(draft, good)
        terminal.wait_for("good to send", at)
        terminal.type("\x03")
        assert terminal.leave() == -signal.SIGINT
    assert "Traceback" not in terminal.seen


Watched = Callable[..., Terminal]


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    """Return what starts the installed program over the folder `drafts`, and waits until it watches."""
    running: list[Terminal] = []
    (tmp_path / "drafts" / "sub").mkdir(parents=True)

    def begin(*before: str, where: str = "drafts") -> Terminal:
        words = [PROGRAM, "--isolated", "--no-cache", "--select=template-placeholder", "--output-format=concise"]
        environment = {**os.environ, "TERM": "dumb", "NO_COLOR": "1"}
        terminal = Terminal([*before, *words, "--watch", where], tmp_path, environment)
        running.append(terminal)
        terminal.wait_for("watching, Ctrl-C ends")
        return terminal

    yield begin
    for terminal in running:
        assert "Traceback" not in terminal.seen
        terminal.type("\x03")
        assert terminal.leave() == -signal.SIGINT
        terminal.__exit__(None, None, None)


def slot(name: str) -> str:
    return f"Hi {{{{{name}}}}},\n\nThank you for the hour.\n"


def in_place(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def with_a_backup(path: Path, text: str) -> None:
    """Save as Vim and Emacs do: the old file gets another name, and a new one is written."""
    backup = path.with_name(f"{path.name}~")
    if path.exists():
        path.rename(backup)
    path.write_text(text, encoding="utf-8")
    backup.unlink(missing_ok=True)


def in_two_steps(path: Path, text: str) -> None:
    """Save as some do over a network: empty first, then the text."""
    path.write_bytes(b"")
    with path.open("a", encoding="utf-8") as file:
        file.write(text[:9])
        file.flush()
        os.fsync(file.fileno())
        file.write(text[9:])


def made_anew(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    path.write_text(text, encoding="utf-8")


def test_every_way_of_saving_is_seen(watched: Watched, tmp_path: Path) -> None:
    draft = tmp_path / "drafts" / "a.txt"
    in_place(draft, slot("First"))
    terminal = watched()
    at = 0
    for number, save in enumerate([saved, with_a_backup, in_two_steps, made_anew, in_place, saved]):
        save(draft, slot(f"Slot{number}"))
        at = terminal.wait_for(f"{{{{Slot{number}}}}}", at)
        at = terminal.wait_for("watching, Ctrl-C ends", at)


def test_a_folder_that_gets_another_name_is_watched_on(watched: Watched, tmp_path: Path) -> None:
    folder = tmp_path / "drafts" / "sub"
    in_place(folder / "b.txt", slot("Before"))
    terminal = watched()
    at = terminal.wait_for("{{Before}}")
    folder.rename(folder.with_name("other"))
    at = terminal.wait_for("changed: drafts/other/b.txt, drafts/sub/b.txt (gone)", at)
    at = terminal.wait_for("drafts/other/b.txt:", at)
    at = terminal.wait_for("watching, Ctrl-C ends", at)
    saved(folder.with_name("other") / "b.txt", slot("After"))
    at = terminal.wait_for("{{After}}", at)
    at = terminal.wait_for("watching, Ctrl-C ends", at)
    # All of it moves away, and another folder takes its place.
    (tmp_path / "drafts").rename(tmp_path / "elsewhere")
    at = terminal.wait_for("watching, Ctrl-C ends", terminal.wait_for("(gone)", at))
    (tmp_path / "elsewhere").rename(tmp_path / "drafts")
    at = terminal.wait_for("{{After}}", at)
    at = terminal.wait_for("watching, Ctrl-C ends", at)
    saved(tmp_path / "drafts" / "other" / "b.txt", slot("Later"))
    terminal.wait_for("{{Later}}", at)


def test_of_five_hundred_saves_the_last_is_the_one_that_is_told(watched: Watched, tmp_path: Path) -> None:
    draft = tmp_path / "drafts" / "a.txt"
    in_place(draft, slot("First"))
    terminal = watched()
    for number in range(500):
        (in_place if number % 2 else saved)(draft, slot(f"Slot{number}"))
        time.sleep(0.001)
    terminal.wait_for("watching, Ctrl-C ends", terminal.wait_for("{{Slot499}}"))
    terminal.read(2)
    assert terminal.seen.count("changed:") < 50
    assert terminal.seen.rindex("{{Slot499}}") > terminal.seen.rindex("changed:")


def test_what_cannot_be_read_for_a_moment_is_read_again(watched: Watched, tmp_path: Path) -> None:
    draft, folder = tmp_path / "drafts" / "a.txt", tmp_path / "drafts"
    in_place(draft, slot("First"))
    terminal = watched(*powerless())
    at = terminal.wait_for("watching, Ctrl-C ends")
    beside = draft.with_name("beside")
    in_place(beside, slot("Second"))
    beside.chmod(0)
    beside.replace(draft)
    at = terminal.wait_for("drafts/a.txt: cannot be read: permission denied", at)
    at = terminal.wait_for("watching, Ctrl-C ends", at)
    draft.chmod(0o644)
    at = terminal.wait_for("watching, Ctrl-C ends", terminal.wait_for("{{Second}}", at))
    folder.chmod(0)
    at = terminal.wait_for("watching, Ctrl-C ends", terminal.wait_for("changed: drafts/a.txt", at))
    folder.chmod(0o755)
    terminal.wait_for("watching, Ctrl-C ends", terminal.wait_for("{{Second}}", at))


def test_a_place_that_cannot_be_searched_for_a_moment_ends_no_watch(watched: Watched, tmp_path: Path) -> None:
    above = tmp_path / "above"
    (above / "drafts").mkdir(parents=True)
    in_place(above / "drafts" / "a.txt", slot("First"))
    terminal = watched(*powerless(), where="above/drafts")
    at = terminal.wait_for("watching, Ctrl-C ends")
    above.chmod(0)
    at = terminal.wait_for("watching, Ctrl-C ends", terminal.wait_for("changed: above/drafts/a.txt", at))
    above.chmod(0o755)
    at = terminal.wait_for("watching, Ctrl-C ends", terminal.wait_for("{{First}}", at))
    saved(above / "drafts" / "a.txt", slot("Second"))
    terminal.wait_for("{{Second}}", at)


def test_two_saves_at_one_time_of_the_clock_are_two(drafts: Path) -> None:
    seen = scene.Scene([str(drafts)])
    seen.look()
    now = time.time_ns()
    for text in ("one", "two", "six"):
        (drafts / "a.txt").write_text(text, encoding="utf-8")
        os.utime(drafts / "a.txt", ns=(now, now))
        assert seen.look() == [drafts / "a.txt"]
