"""A repository prepared by somebody who means harm: nothing in it is run, nothing outside is touched, and it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from followup_lint.config import Configs

# Runs the program as its script does, and writes down what it opens, starts and speaks to.
WATCHED = """\
import json, os, sys
log = open(sys.argv.pop(1), "w")
def seen(event, args):
    if event == "open" and isinstance(args[0], (str, bytes)):
        print(json.dumps(["open", os.path.realpath(os.fsdecode(args[0])), str(args[1])]), file=log, flush=True)
    elif event in ("os.system", "os.exec", "os.posix_spawn", "subprocess.Popen", "socket.connect", "socket.bind"):
        print(json.dumps([event, str(args), ""]), file=log, flush=True)
sys.addaudithook(seen)
from followup_lint.entry import main
sys.exit(main())
"""

NOTE = "---\nkind: thank-you\n---\nHi Dana,\n\nThank you for the tour of the mill on Monday.\n\nBest,\nSam\n"
DIARY = "from the diary: what nobody may read"
RULE = "check: pattern\noptions: {phrases: ['(a+)+b', 'x.*.*y']}\nseverity: error\nmessage: m\nwhy: w\nfix: f\n"
RULE += "practice: 0\nsource: s\nexamples: [{good: a}, {bad: '[[b]]'}]\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a stranger's repository, beside which lie the user's own things."""
    own = tmp_path / "own"
    (own / "box").mkdir(parents=True)
    for name in ("diary.txt", "diary.yaml", "diary.ics", "box/diary.yaml"):
        (own / name).write_text(DIARY, encoding="utf-8")
    (tmp_path / "repo" / ".git" / "hooks").mkdir(parents=True)
    (tmp_path / "repo" / "note.txt").write_text(NOTE, encoding="utf-8")
    return tmp_path / "repo"


def run(place: Path, *args: str, home: Path | None = None) -> tuple[subprocess.CompletedProcess[str], list[list[str]]]:
    """Run the program in the repository for a minute at most; return what it said and what it did."""
    log = place.parent / "log"
    environment = {**os.environ, "HOME": str(home or place.parent / "own"), "NO_COLOR": "1"}
    environment |= {"XDG_CONFIG_HOME": str(place.parent / "none"), "XDG_CACHE_HOME": str(place.parent / "cache")}
    command = [sys.executable, "-c", WATCHED, str(log), *args]
    done = subprocess.run(
        command, cwd=place, env=environment, capture_output=True, text=True, check=False, timeout=60, input=""
    )
    return done, [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


def touched(place: Path, did: list[list[str]]) -> list[str]:
    """Return what of the user's own things was opened, and what was started or spoken to."""
    own = str(place.parent / "own")
    return [what for event, what, _ in did if event != "open" or what.startswith(own)]


CONFIGURATIONS = {
    "extends: ../own/diary.yaml\n": "1:10: extends: '../own/diary.yaml' leads out of the project, repo/",
    "extends: {own}/diary.yaml\n": "1:10: extends: '{own}/diary.yaml' leads out of the project",
    "extends: ~/diary.yaml\n": "1:10: extends: '~/diary.yaml' leads out of the project",
    "extends: [strict, linked.yaml]\n": "1:19: extends: 'linked.yaml' leads out of the project",
    "rule_dirs: ../own/box\n": "1:12: rule_dirs: '../own/box' leads out of the project",
    "rule_dirs: [linked]\n": "1:13: rule_dirs: 'linked' leads out of the project",
    "rule_dirs: rules\n": "linked.yaml: is a link that leads out of its project",
    "me: a@b.example\nsent: ../own/diary.txt\n": "2:7: sent: '../own/diary.txt' leads out of the project",
    "baseline: ~/diary.txt\n": "1:11: baseline: '~/diary.txt' leads out of the project",
    "baseline: ../own/new.json\n": "1:11: baseline: '../own/new.json' leads out of the project",
    "model: ../own\n": "1:8: model: write the name of an installed package",
    "extends: $HOME/diary.yaml\n": "1:10: extends: $HOME/diary.yaml cannot be read: no such file or directory",
    "rule_dirs: slow\n": "slow.yaml:2:21: the phrase '(a+)+b' may never end",
    "extends: ''\npreset: &a [*a]\n": "",
}


@pytest.mark.parametrize("configuration", CONFIGURATIONS)
def test_a_configuration_reaches_nothing_outside(configuration: str, place: Path) -> None:
    own = place.parent / "own"
    (place / "linked.yaml").symlink_to(own / "diary.yaml")
    (place / "linked").symlink_to(own / "box")
    (place / "rules").mkdir()
    (place / "rules" / "linked.yaml").symlink_to(own / "diary.yaml")
    (place / "slow").mkdir()
    (place / "slow" / "slow.yaml").write_text(RULE, encoding="utf-8")
    (place / ".followup-lint.yaml").write_text(configuration.replace("{own}", str(own)), encoding="utf-8")
    before = {path: path.read_bytes() for path in own.rglob("*") if path.is_file()}
    done, did = run(place, "--update-baseline", "note.txt")
    assert done.returncode == 2
    assert CONFIGURATIONS[configuration].replace("{own}", str(own)) in done.stderr
    assert DIARY not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert touched(place, did) == []
    assert {path: path.read_bytes() for path in own.rglob("*") if path.is_file()} == before


def test_a_configuration_that_is_a_link_out_is_not_followed(place: Path) -> None:
    (place / ".followup-lint.yaml").symlink_to(place.parent / "own" / "diary.yaml")
    done, did = run(place, "note.txt")
    assert [what for what in did if what[0] != "open"] == []
    assert (done.returncode, DIARY in done.stdout + done.stderr) == (2, False)
    assert "is a link that leads out of its project" in done.stderr


def test_a_draft_names_no_invitation_and_no_message_outside(place: Path) -> None:
    note = NOTE.replace(
        "kind: thank-you",
        "invite: ../own/diary.ics\nprevious: [{kind: thank-you, date: 2026-05-01, file: ../own/diary.txt}]",
    )
    (place / "note.txt").write_text(note, encoding="utf-8")
    done, did = run(place, "note.txt")
    assert "note.txt:2:1: invite: ../own/diary.ics: leads out of the draft's project" in done.stderr
    assert DIARY not in done.stdout + done.stderr
    assert touched(place, did) == []


def test_what_waits_for_ever_is_not_opened(place: Path) -> None:
    (place / "rules").mkdir()
    for name in ("pipe.txt", ".gitignore", ".followup-lintignore", "rules/pipe.yaml"):
        os.mkfifo(place / name)
    (place / ".followup-lint.yaml").write_text("rule_dirs: rules\n", encoding="utf-8")
    done, _ = run(place, ".")
    assert (done.returncode, "no rule files" in done.stderr) == (2, True)
    (place / ".followup-lint.yaml").unlink()
    done, did = run(place, ".")
    assert (done.returncode, touched(place, did)) == (1, [])


ENDLESS = {
    "baseline: pipe\n": "pipe: is a pipe or a device, and no file",
    "extends: pipe.yaml\n": "1:10: extends: pipe.yaml is a pipe or a device, and no file",
    "me: sam@mail.example\nsent: pipe\n": "pipe: is a pipe or a device, and no file",
}


@pytest.mark.parametrize("configuration", ENDLESS)
@pytest.mark.parametrize("args", [("note.txt",), ("--schedule", "note.txt"), ("--update-baseline", "note.txt")])
def test_no_pipe_that_settings_name_is_waited_for(configuration: str, args: tuple[str, ...], place: Path) -> None:
    for name in ("pipe", "pipe.yaml"):
        os.mkfifo(place / name)
    (place / ".followup-lint.yaml").write_text(configuration, encoding="utf-8")
    (place / "note.txt").write_text(NOTE.replace("kind:", "to: Dana <dana@weir.example>\nkind:"), encoding="utf-8")
    done, _ = run(place, *args)
    assert "Traceback" not in done.stderr
    if args[0] == "note.txt":
        assert (done.returncode, ENDLESS[configuration] in done.stderr) == (2, True), done.stderr


def test_nothing_is_run_that_lies_about(place: Path) -> None:
    marks = place.parent / "marks"
    code = f"open({str(marks)!r}, 'w').close()\n"
    for name in ("sitecustomize.py", "conftest.py", "yaml.py", "spacy.py", "followup_lint.py", "rules.py", "re.py"):
        (place / name).write_text(code, encoding="utf-8")
    script = f"#!/bin/sh\ntouch {marks}\n"
    for name in ("git", ".git/hooks/post-checkout", "fsmonitor"):
        (place / name).write_text(script, encoding="utf-8")
        (place / name).chmod(0o755)
    (place / ".git" / "config").write_text(f"[core]\n\tfsmonitor = {place}/fsmonitor\n", encoding="utf-8")
    program = Path(sys.executable).with_name("followup-lint")
    for args in (["."], ["--changed", "."], ["--schedule", "."], ["--list-rules"], ["--test-rules", "."]):
        done = subprocess.run([program, *args], cwd=place, capture_output=True, text=True, check=False, timeout=60)
        assert "Traceback" not in done.stderr
    assert not marks.exists()


def test_what_the_user_names_may_lead_anywhere(place: Path) -> None:
    away = place.parent / "own" / "mine.yaml"
    away.write_text(f"baseline: {place.parent}/elsewhere.json\nextends: ../own/more.yaml\n", encoding="utf-8")
    away.with_name("more.yaml").write_text("fail_on: error\n", encoding="utf-8")
    named = Configs(config=away).for_file(place / "note.txt")
    own = Configs(user=away).for_file(place / "note.txt")
    assert named.baseline == own.baseline == place.parent / "elsewhere.json"
    assert str(named.fail_on) == "error"
