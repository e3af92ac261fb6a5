"""The installed program, given what it cannot read: one plain line with the place, exit 2, the rest still linted."""

from __future__ import annotations

import codecs
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PROGRAM = shutil.which("followup-lint", path=str(Path(sys.executable).parent)) or "followup-lint"
# One rule without a model: what is tested here is what happens before and after the rules.
QUICK = ("--select", "template-placeholder", "--output-format", "concise")
NOTE = "Dear [Name],\n\nThank you for showing me the weir.\n\nBest,\nAoife\n"
FOUND = "1:6: error: “[Name]” is a slot that was never filled. [template-placeholder]\n"


def run(*args: str | bytes, cwd: Path, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[str]:
    """Run the program; it must never show a traceback, whatever it is given."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1", **env}
    done = subprocess.run([PROGRAM, *args], input=stdin, capture_output=True, cwd=cwd, env=environment, check=False)
    out, err = (stream.decode("utf-8", "replace").replace("\r\n", "\n") for stream in (done.stdout, done.stderr))
    assert "Traceback" not in out + err, err
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def write(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


def front(matter: str) -> Callable[[Path], object]:
    return write(f"---\n{matter}\n---\n{NOTE}".encode())


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (write(b"\x7fELF\x02\x01\x01" + bytes(64)), "bad.txt:1: looks like a binary file, not text: NUL byte"),
        (write(b"\x89PNG\r\n\x1a\n"), "bad.txt: looks like a picture, not text"),
        (write(b"\x00\x01\x02\x03" * 64), "bad.txt:1: looks like a binary file, not text: NUL byte at offset 0"),
        (write("Grüße, Zoë\nund süß".encode() + b"\xff"), "bad.txt:2:8: byte 0xFF at offset 23 is not valid UTF-8"),
        (write(codecs.BOM_UTF16_LE + b"D\0e\0a\0r"), "bad.txt: is not valid UTF-16 at byte 8"),
        (write(b"The weir.\n" * 5_100_000), "bad.txt: 51 MB is too large for a message; the limit is 5 MB"),
        (write(b"The weir.\n" * 9999), "bad.txt: 99,989 characters are too many for a message"),
        (Path.mkdir, "bad.txt: no .txt, .md or .eml drafts in this folder"),
        (lambda _: None, "bad.txt: no such file or folder"),
        (lambda path: path.symlink_to(path), "bad.txt: cannot be read: "),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_one_line(make: Callable[[Path], object], told: str, tmp_path: Path) -> None:
    make(tmp_path / "bad.txt")
    (tmp_path / "good.txt").write_text(NOTE, encoding="utf-8")
    result = run("bad.txt", "good.txt", *QUICK, cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr.startswith(f"followup-lint: {told}"), result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == f"good.txt:{FOUND}"


@pytest.mark.parametrize(
    ("matter", "told"),
    [
        ("kind: [thank-you", "bad.txt:3:1: broken YAML: "),
        ("date: 2026-02-30", "bad.txt:2:7: date: '2026-02-30' is not a date; write it like "),
        ("to: Zoë\ninterview: 2026-05-06T25:00", "bad.txt:3:12: interview: '2026-05-06T25:00' is not a date"),
        (
            "interview: 2026-05-06T11:00/10:00",
            "bad.txt:2:12: interview: '2026-05-06T11:00/10:00' ends before it begins",
        ),
        ("kind: thankyou", "bad.txt:2:7: kind: 'thankyou' is none of thank-you, "),
        ("knd: thank-you", "bad.txt:2:1: unknown key 'knd'; did you mean 'kind'?"),
        ("zzz: 1", "bad.txt:2:1: unknown key 'zzz'; the keys are kind, "),
        ("kind: closing\nkind: closing", "bad.txt:3:1: the key 'kind' stands here twice"),
        ("- kind", "bad.txt:2:1: front matter is made of 'key: value' lines"),
        ("to: &a [x, *a]", "bad.txt:2:5: anchors and aliases"),
    ],
)
def test_a_wrong_fact_is_told_and_the_words_still_judged(matter: str, told: str, tmp_path: Path) -> None:
    front(matter)(tmp_path / "bad.txt")
    result = run("bad.txt", *QUICK, cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr.startswith(f"followup-lint: {told}"), result.stderr
    assert result.stderr.count("\n") == 1
    line = matter.count("\n") + 4
    assert result.stdout == f"bad.txt:{line}{FOUND.removeprefix('1')}"


def test_front_matter_that_never_ends_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text(f"---\nkind: closing\n{NOTE}", encoding="utf-8")
    result = run("bad.txt", *QUICK, cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr.startswith("followup-lint: bad.txt:1: the front matter opened here is never closed")


def test_what_may_not_be_read_is_told(tmp_path: Path) -> None:
    for name in ("a.txt", "closed/b.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(NOTE, encoding="utf-8")
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "closed").chmod(0)
    if os.access(tmp_path / "a.txt", os.R_OK):
        pytest.skip("nothing is unreadable for this user")
    try:
        result = run(".", *QUICK, cwd=tmp_path)
    finally:
        (tmp_path / "closed").chmod(0o700)
    assert (result.returncode, result.stdout) == (2, f"c.txt:{FOUND}")
    assert sorted(result.stderr.splitlines()) == [
        "followup-lint: a.txt: cannot be read: permission denied",
        "followup-lint: closed: cannot open this folder: permission denied",
    ]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE), ("utf-16-le", b""), ("utf-8-sig", b"")],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_gives_the_same_places(
    encoding: str, mark: bytes, end: str, tmp_path: Path
) -> None:
    text = NOTE.replace("weir", "weir 🙂 of Étienne, [Company]").replace("\n", end)
    (tmp_path / "plain.txt").write_bytes(NOTE.replace("weir", "weir 🙂 of Étienne, [Company]").encode())
    (tmp_path / "note.txt").write_bytes(mark + text.encode(encoding))
    plain, other = (run(name, *QUICK, cwd=tmp_path) for name in ("plain.txt", "note.txt"))
    assert (other.returncode, other.stderr) == (1, "")
    assert ":3:" in other.stdout
    assert other.stdout == plain.stdout.replace("plain.txt", "note.txt")


BROKEN_MAIL = b"""\
From: Aoife <aoife@example.org>
To: Liam <liam@example.org>
Subject: The weir
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b1"

--b1
Content-Type: text/plain; charset=x-unheard-of
Content-Transfer-Encoding: base64

RGVhciBbTmFtZV0sCgpUaGFuayB5b3Uu*
--b2
"""


def test_broken_mail_is_read_as_far_as_it_can_be(tmp_path: Path) -> None:
    (tmp_path / "note.eml").write_bytes(BROKEN_MAIL)
    result = run("note.eml", *QUICK, cwd=tmp_path)
    assert result.returncode == 1
    assert "“[Name]”" in result.stdout
    assert result.stderr
    assert all(line.startswith("followup-lint: note.eml: note: ") for line in result.stderr.splitlines())


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (
            ["--select", "template-placeholdr"],
            "unknown rule 'template-placeholdr'; did you mean 'template-placeholder'?",
        ),
        (["--ignore", "greting-*"], "unknown rule 'greting-*'; "),
        (["--explain", "demnd"], "unknown rule 'demnd'; did you mean 'demand'?"),
        (["--now", "2026-13-01"], "--now: '2026-13-01' is not a date; write it like "),
        (["--interview", "2026-05-06/soon"], "--interview: "),
        (["--exclude", "!"], "not a pattern that can exclude anything: '!'"),
        ([""], "an empty name names no draft"),
    ],
)
def test_a_wrong_call_is_told_in_one_line(args: list[str], told: str, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(NOTE, encoding="utf-8")
    result = run("." if "--exclude" in args else "note.txt", *args, cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr.startswith(f"followup-lint: {told}"), result.stderr
    assert result.stderr.count("\n") == 1


def test_standard_input_has_the_same_limits(tmp_path: Path) -> None:
    result = run("-", *QUICK, cwd=tmp_path, stdin=b"The weir. " * 600_000)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "followup-lint: stdin.txt: 5.1 MB is too large for a message; the limit is 5 MB\n"


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii", "latin-1", "utf-8:strict"])
@pytest.mark.parametrize("form", ["full", "concise", "json"])
def test_any_terminal_can_show_the_report(encoding: str, form: str, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(NOTE.replace("weir", "weir 🙂"), encoding="utf-8")
    args = ("note.txt", "--select", "template-placeholder,emoji", "--output-format", form)
    result = run(*args, cwd=tmp_path, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert result.returncode == 1
    assert "template-placeholder" in result.stdout


posix = pytest.mark.skipif(os.name != "posix", reason="shells and file names as POSIX has them")


@posix
@pytest.mark.parametrize("form", ["full", "concise", "json"])
def test_a_file_name_need_not_be_utf_8(form: str, tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text(NOTE, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 only")
    result = run(".", *QUICK[:2], "--output-format", form, cwd=tmp_path, PYTHONIOENCODING="utf-8:strict")
    assert (result.returncode, result.stderr) == (1, "")
    assert "caf\ufffd.txt" in result.stdout


@posix
@pytest.mark.parametrize(
    ("command", "code"),
    [
        ('"$0" note.txt --select template-placeholder | head -n 1', 0),
        ('"$0" . --select template-placeholder | true', 0),
        ('"$0" --list-rules | head -n 1', 0),
        ('"$0" note.txt --select template-placeholder >&-', 1),
        ('"$0" missing.txt 2>&-', 2),
        ('"$0" - <&-', 2),
        ('"$0" note.txt --select template-placeholder > /dev/full', 2),
        ('"$0" missing.txt 2> /dev/full', 2),
    ],
)
def test_streams_may_be_closed_or_full(command: str, code: int, tmp_path: Path) -> None:
    if "/dev/full" in command and not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    for number in range(40):
        (tmp_path / f"note{number or ''}.txt").write_text(NOTE, encoding="utf-8")
    done = subprocess.run(
        ["sh", "-c", command, PROGRAM],
        cwd=tmp_path,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    assert done.returncode == code
    assert re.fullmatch(r"(followup-lint: [^\n]+\n)?", done.stderr), done.stderr
    assert done.stderr == "" or code == 2
