"""The installed program, as a user runs it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-c", "import sys; from followup_lint.cli import main; sys.exit(main())"]
EXAMPLES = Path(__file__).parents[1] / "examples"
GOOD = (EXAMPLES / "good-thank-you.txt").read_text(encoding="utf-8")

# Any attempt to open a socket ends the run: a draft is private and never leaves the machine.
OFFLINE = """
import socket
def refuse(*args, **kwargs): raise SystemExit("network touched")
socket.socket.connect = refuse
socket.create_connection = refuse
socket.getaddrinfo = refuse
"""


def run(*args: str, stdin: str = "", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
    return subprocess.run(
        [*PROGRAM, *args], input=stdin, capture_output=True, text=True, cwd=cwd, env=environment, check=False
    )


def test_a_good_note_is_clean() -> None:
    result = run(str(EXAMPLES / "good-thank-you.txt"))
    assert (result.returncode, result.stderr) == (0, "")
    assert "good to send" in result.stdout


def test_a_poor_note_is_told_where_and_why() -> None:
    result = run(str(EXAMPLES / "poor-thank-you.txt"), "--output-format", "json")
    assert result.returncode == 1
    found = {(item["rule"], item["line"]) for item in json.loads(result.stdout)}
    assert {("template-placeholder", 4), ("reader-deadline", 12), ("presumes-offer", 7)} <= found


def test_the_same_input_gives_the_same_bytes() -> None:
    assert run(str(EXAMPLES)).stdout == run(str(EXAMPLES)).stdout


def test_full_report_fits_eighty_columns() -> None:
    lines = run(str(EXAMPLES / "poor-thank-you.txt")).stdout.split("\n")[1:]
    assert max(map(len, lines)) <= 80


def test_standard_input_has_a_name() -> None:
    result = run(
        "-", "--stdin-filename", "note.txt", "--output-format", "concise", stdin=GOOD.replace("Thank", "[Name] Thank")
    )
    assert result.stdout.startswith("note.txt:6:1: error: ")
    assert result.returncode == 1


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["missing.txt"], "missing.txt"),
        ([], "name a draft"),
        (["x.txt", "--select", "no-such-rule"], "no-such-rule"),
        (["x.txt", "--interview", "soon"], "--interview"),
        (["--explain", "nothing"], "unknown rule"),
        (["x.txt", "--preset", "odd"], "odd"),
    ],
)
def test_wrong_calls_exit_two_with_one_plain_line(args: list[str], words: str, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(GOOD, encoding="utf-8")
    result = run(*args, cwd=tmp_path)
    assert result.returncode == 2
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_bad_files_are_named_and_others_still_linted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00")
    (tmp_path / "b.txt").write_text("---\ndate: 2026-13-40\nknd: thank-you\n---\n" + GOOD, encoding="utf-8")
    (tmp_path / "c.txt").write_text("Dear [Name],\n\nThank you.\n", encoding="utf-8")
    result = run(".", "--output-format", "concise", cwd=tmp_path)
    assert result.returncode == 2
    assert "a.txt: looks like a picture" in result.stderr
    assert "b.txt:2:" in result.stderr
    assert "b.txt:3:1: unknown key 'knd'; did you mean 'kind'?" in result.stderr
    assert "c.txt:1:6: error" in result.stdout
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("args", [["--help"], ["--list-rules"], ["--explain", "demand"], ["--version"]])
def test_information_never_loads_spacy(args: list[str]) -> None:
    code = "import sys\nfrom followup_lint.cli import main\ntry:\n    main()\nexcept SystemExit:\n    pass\n"
    code += "assert not {'spacy', 'textstat', 'rich'} & set(sys.modules), 'heavy import'"
    result = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout


@pytest.mark.unmeasured
def test_rules_that_need_no_model_load_none(tmp_path: Path) -> None:
    draft = tmp_path / "a.txt"
    draft.write_text(GOOD, encoding="utf-8")
    code = "import sys\nfrom followup_lint.cli import main\ntry:\n    main()\nexcept SystemExit:\n    pass\n"
    code += "print(sorted({'spacy', 'pydantic', 'yaml', 'lxml', 'pathspec', 'email.message', 'difflib', 'tomllib',"
    code += " 'subprocess', 'importlib.metadata', 'importlib.resources'} & set(sys.modules)))"
    args = [str(draft), "--select", "subject-*,template-placeholder,body-too-long", "--quiet"]
    # The first run of all may have rules to compile.
    command = [sys.executable, "-c", code, *args]
    results = [subprocess.run(command, capture_output=True, text=True, check=False) for _ in range(2)]
    assert [(result.returncode, result.stderr) for result in results] == [(0, "")] * 2
    assert results[1].stdout == "[]\n"


def test_nothing_touches_the_network() -> None:
    code = OFFLINE + "import sys\nfrom followup_lint.cli import main\ntry:\n    main()\nexcept SystemExit as end:\n"
    code += "    assert {'spacy', 'textstat'} <= set(sys.modules), 'too little was tried'\n    raise"
    args = [str(EXAMPLES), "--preset", "strict", "--exit-zero"]
    result = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


def test_it_works_where_there_is_no_network_at_all() -> None:
    # A network namespace of its own holds no interface, for C code no more than for Python.
    alone = (
        ["unshare", "--net"] if os.name == "posix" and os.geteuid() == 0 else ["unshare", "--net", "--map-root-user"]
    )
    if not shutil.which("unshare") or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no network namespaces here")
    args = [str(EXAMPLES), "--preset", "strict", "--output-format", "json"]
    result = subprocess.run([*alone, *PROGRAM, *args], capture_output=True, check=False)
    assert (result.returncode, result.stderr) == (1, b"")
    assert result.stdout == subprocess.run([*PROGRAM, *args], capture_output=True, check=False).stdout
