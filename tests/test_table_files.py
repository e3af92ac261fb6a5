"""`--input`: files of many drafts on the command line, and tables of findings."""

from __future__ import annotations

import json
import mailbox
import os
import shutil
import signal
import subprocess
import sys
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from consoles import ROOT
from table_samples import QUICK, drafts, folder_of, rows

from followup_lint.command import command
from followup_lint.reader import read_message

pa = pytest.importorskip("pyarrow")

SELECT = ("--isolated", "--select", ",".join(QUICK))
COLUMNS = ("--id-column", "id", "--context-column", "kind,company")
MAIL = (ROOT / "examples" / "reply.eml").read_bytes()


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def run(folder: Path, *words: str) -> Done:
    """Run the program in a folder, in this process: it is started for real where that matters."""
    with chdir(folder):
        done = CliRunner().invoke(command, words)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Done(done.exit_code, done.stdout, done.stderr)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder_of(tmp_path, 60)
    text = "".join(json.dumps(row) + "\n" for row in drafts(60).to_pylist())
    (tmp_path / "drafts.jsonl").write_text(text, encoding="utf-8")
    return tmp_path


def test_whatever_the_format_the_findings_are_the_same(folder: Path) -> None:
    for given in ("parquet", "jsonl"):
        for made in ("parquet", "jsonl"):
            done = run(folder, "--input", f"drafts.{given}", *COLUMNS, *SELECT, "-o", f"{given}.{made}")
            assert done.returncode == 2
            assert "followup-lint: 60 drafts: 67 findings, 10 problems\n" in done.stderr
            assert done.stdout == ""
    wanted = rows(folder / "parquet.parquet")
    assert {row["outcome"] for row in wanted} == {"finding", "problem", "clean"}
    assert lines(folder / "parquet.jsonl") == lines(folder / "jsonl.jsonl") == wanted
    # Ids of lines are text in a table, since each line may have another kind.
    assert [{**row, "id": int(row["id"])} for row in rows_unsorted(folder / "jsonl.parquet")] == wanted
    piped = run(folder, "--input", "drafts.jsonl", *COLUMNS, *SELECT, "-q")
    assert piped.stdout == (folder / "jsonl.jsonl").read_text(encoding="utf-8")


def rows_unsorted(path: Path) -> list[dict[str, Any]]:
    from pyarrow import parquet

    found: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
    return found


def test_several_tables_may_be_written_at_once(folder: Path) -> None:
    formats = ("--output-format", "parquet=a.parquet", "--output-format", "jsonl")
    done = run(folder, "--input", "drafts.jsonl", *SELECT, *formats)
    assert [json.loads(line) for line in done.stdout.splitlines()] == rows_unsorted(folder / "a.parquet")


def test_a_terminal_shows_how_far_it_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("followup_lint.progress.is_wanted", lambda *, quiet: not quiet)
    monkeypatch.setattr("followup_lint.progress.PATIENCE", 0)
    monkeypatch.setattr("followup_lint.progress.PACE", 0)
    for name in ("drafts.parquet", "drafts.jsonl"):
        told = run(folder, "--input", name, *SELECT, "-o", "out.jsonl").stderr
        assert "59 of 60 drafts" in told
        assert "of 60 drafts" not in run(folder, "--input", name, *SELECT, "-q", "-o", "out.jsonl").stderr


def test_only_the_first_problems_are_told(folder: Path) -> None:
    (folder / "bad.jsonl").write_text("{\n" * 14 + '{"body": "Hi Ana,"}\n', encoding="utf-8")
    done = run(folder, "--input", "bad.jsonl", *SELECT, "-o", "out.jsonl")
    assert done.stderr.count("no JSON") == 10
    assert "bad.jsonl: 4 more problems\n" in done.stderr
    assert len([row for row in lines(folder / "out.jsonl") if row["outcome"] == "problem"]) == 14


BAD_LINES = [
    ("{", "line 2: no JSON: expecting property name"),
    ("[1]", "line 2: no JSON object"),
    ('{"bodi": "Hi"}', "line 2: there is no 'body'; did you mean"),
    ("{}", "line 2: there is no 'body'; the object is empty"),
    ('{"body": 7}', "line 2: 'body' is no text"),
    ('{"body": null}', "no text in this row"),
    ("[" * 100_000, "line 2: no JSON"),
    ('{"body": "\xff"}', "line 2: no JSON"),
]


@pytest.mark.parametrize(("line", "words"), BAD_LINES)
def test_a_bad_line_is_a_problem_and_the_next_is_read(line: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "drafts.jsonl").write_bytes(b"\n" + line.encode("latin-1") + b'\n{"body": "Hi [Name] \\ud800"}')
    done = run(tmp_path, "--input", "drafts.jsonl", "--isolated", "--select", "template-placeholder", "-o", "out.jsonl")
    first, second = lines(tmp_path / "out.jsonl")
    assert (first["id"], first["outcome"], second["id"], second["rule"]) == (0, "problem", 1, "template-placeholder")
    assert words in first["message"]
    assert done.returncode == 2


def test_a_line_without_an_id_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "drafts.jsonl").write_text('{"body": "Hi"}\n{"body": "Hi", "id": 7}\n', encoding="utf-8")
    run(tmp_path, "--input", "drafts.jsonl", "--id-column", "id", *SELECT, "-o", "out.jsonl")
    assert [row["id"] for row in lines(tmp_path / "out.jsonl")][:2] == [None, 7]
    assert "'id' is no id" in lines(tmp_path / "out.jsonl")[0]["message"]


@pytest.mark.parametrize("maildir", [False, True])
def test_each_mail_is_read_as_its_file_would_be(maildir: bool, tmp_path: Path) -> None:  # noqa: FBT001  (a case)
    path = tmp_path / "Mail"
    box: mailbox.Mailbox[Any] = mailbox.Maildir(path) if maildir else mailbox.mbox(path)
    undated = b"From: Sam <sam@a.example>\nSubject: Hi\n\nHi [Name],\n\nFrom now on I wait.\n"
    for data in (MAIL, undated, MAIL):
        box.add(data)
    box.close()
    done = run(tmp_path, "--input", "Mail", "--isolated", "-o", "out.parquet")
    assert (done.returncode, done.stderr.partition(":")[0]) == (1, "followup-lint")
    found = rows_unsorted(tmp_path / "out.parquet")
    by_mail: dict[object, list[dict[str, Any]]] = {}
    for row in found:
        by_mail.setdefault(row["id"], []).extend([row] if row["outcome"] == "finding" else [])
    assert len(by_mail) == 3
    wanted = {}
    for name, data in (("reply", MAIL), ("undated", undated)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "draft.eml").write_bytes(data)
        report = run(tmp_path / name, "--isolated", "--output-format", "json", "draft.eml").stdout
        wanted[name] = [(item["rule"], item["line"], item["fingerprint"]) for item in json.loads(report)]
    made = [[(row["rule"], row["line"], row["fingerprint"]) for row in mail] for mail in by_mail.values()]
    assert sorted(made) == sorted([wanted["reply"], wanted["undated"], wanted["reply"]])
    assert all(str(name).startswith("new/") for name in by_mail) == maildir


def test_a_mail_too_large_for_a_message_is_a_problem(tmp_path: Path) -> None:
    large = b"From: a@b.example\nSubject: x\n\n" + b"word\n" * 1_100_000
    head = b"From sam Wed May  6 10:00:00 2026\n"
    (tmp_path / "Mail").write_bytes(head + large + b"\n" + head + MAIL)
    run(tmp_path, "--input", "Mail", *SELECT, "-o", "out.jsonl")
    first, *rest = lines(tmp_path / "out.jsonl")
    assert (first["id"], first["outcome"]) == (0, "problem")
    assert "too large for a message" in first["message"]
    assert {row["id"] for row in rest} == {1}


def test_exit_codes_are_those_of_drafts(folder: Path) -> None:
    (folder / "one.jsonl").write_text('{"body": "Hi [Name],  "}\n', encoding="utf-8")
    rule = ("--input", "one.jsonl", "--isolated", "--select")
    assert run(folder, *rule, "template-placeholder").returncode == 1
    assert run(folder, *rule, "template-placeholder", "--exit-zero").returncode == 0
    assert run(folder, *rule, "trailing-blanks").returncode == 0
    assert run(folder, *rule, "trailing-blanks", "--fail-on", "suggestion").returncode == 1
    assert run(folder, *rule, "emoji", "--fail-on", "suggestion").returncode == 0


def test_flags_and_settings_hold_for_every_row(tmp_path: Path) -> None:
    (tmp_path / ".followup-lint.yaml").write_text("select: [early-check-in]\n", encoding="utf-8")
    body = "Hi Ana,\n\nIs there any news? You said Friday.\n\nSam\n"
    table = [{"body": body}, {"body": body, "said": "2026-04-01"}]
    (tmp_path / "drafts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in table), encoding="utf-8")
    facts = ("--kind", "check-in", "--interview", "2026-05-06", "--now", "2026-05-07")
    done = run(tmp_path, "--input", "drafts.jsonl", "--context-column", "said=interview", *facts)
    assert [json.loads(line)["rule"] for line in done.stdout.splitlines()] == ["early-check-in", None]


def test_the_table_is_written_whole_or_not_at_all(folder: Path) -> None:
    data = (folder / "drafts.parquet").read_bytes()
    tail = int.from_bytes(data[-8:-4], "little") + 8
    (folder / "cut.parquet").write_bytes(data[:4] + b"\xff" * (len(data) - tail - 4) + data[-tail:])
    for name in ("out.jsonl", "out.parquet"):
        (folder / name).write_bytes(b"as it was")
        done = run(folder, "--input", "cut.parquet", *SELECT, "-o", name)
        assert done.returncode == 2
        assert done.stderr.startswith("followup-lint: cut.parquet: cannot be read as Parquet: ")
        assert done.stderr.count("\n") == 1
        assert (folder / name).read_bytes() == b"as it was"
    assert not [*folder.glob(".followup-lint-*")]
    (folder / "out.jsonl").chmod(0o640)
    run(folder, "--input", "drafts.parquet", *SELECT, "-o", "out.jsonl")
    assert len(lines(folder / "out.jsonl")) > 60
    assert (folder / "out.jsonl").stat().st_mode & 0o777 == 0o640


WRONG = [
    (("--input", "none.parquet"), "none.parquet: no such file"),
    (("--input", "team.yaml"), "team.yaml: is neither a table (.parquet, .jsonl) nor a mailbox (mbox, Maildir)"),
    (("--input", "."), ".: is no Maildir: it has no folder cur or new; name a Maildir or an mbox file"),
    (("--input", "team.parquet"), "team.parquet: cannot be read as Parquet: "),
    (("--input", "drafts.parquet", "--text-column", "bodi"), "drafts.parquet: there is no column 'bodi'; did you mean"),
    (("--input", "drafts.parquet", "drafts"), "--input takes the place of PATHS; name one or the other"),
    (("--input", "drafts.parquet", "--fix"), "--input and --fix do not go together"),
    (("--input", "drafts.parquet", "--changed"), "--input and --changed do not go together"),
    (("--input", "drafts.parquet", "--watch"), "--input and --watch do not go together"),
    (
        ("--input", "drafts.parquet", "-o", "out.csv"),
        "out.csv: cannot tell the format from the ending; ",
    ),
    (("--input", "drafts.parquet", "-o", "drafts.parquet"), "drafts.parquet: is what is read; write the findings"),
    (("--input", "drafts.parquet", "-o", "none/out.parquet"), "none/out.parquet: cannot be written: there is no such"),
    (("--input", "drafts.parquet", "--output-format", "parquet"), "Parquet goes to a file; name it with -o"),
    (
        ("--input", "drafts.parquet", "--output-format", "full"),
        "--output-format: unknown format 'full'; expected",
    ),
    (("--input", "drafts.parquet", "--context-column", "king"), "a column cannot give the fact 'king': did you mean"),
    (("--input", "drafts.parquet", "--select", "no-such-rule"), "unknown rule 'no-such-rule'; "),
    (("--input", "drafts.parquet", "--kind", "check-in", "--interview", "soon"), "--interview: "),
    (("--input", "Mail", "--id-column", "id"), "Mail: is a mailbox, and has no columns; leave out --id-column"),
    (("--id-column", "id", "draft.txt"), "--id-column and --context-column go with --input"),
]


@pytest.mark.parametrize(("words", "told"), WRONG)
def test_what_is_wrong_is_told_in_a_line(words: tuple[str, ...], told: str, folder: Path) -> None:
    shutil.copy(folder / "team.yaml", folder / "team.parquet")
    (folder / "Mail").write_bytes(b"")
    before = sorted(folder.iterdir())
    done = run(folder, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"followup-lint: {told}")
    assert done.stderr.count("\n") == 1
    assert sorted(folder.iterdir()) == before


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have two processors, whatever the machine has."""
    monkeypatch.setattr("followup_lint.pool.processors", lambda: 2)


@pytest.mark.usefixtures("two")
def test_two_processes_find_the_same_in_the_same_order(tmp_path: Path) -> None:
    folder_of(tmp_path, 200)
    for jobs in ("1", "2"):
        done = run(tmp_path, "--input", "drafts.parquet", *COLUMNS, *SELECT, "--jobs", jobs, "-o", f"{jobs}.jsonl")
        assert (done.returncode, done.stdout) == (2, "")
        assert "followup-lint: 200 drafts: 2" in done.stderr
    assert [*dict.fromkeys(row["id"] for row in lines(tmp_path / "1.jsonl"))] == [*range(200)]
    assert lines(tmp_path / "2.jsonl") == lines(tmp_path / "1.jsonl")


@pytest.mark.usefixtures("two")
@pytest.mark.skipif(sys.platform != "linux", reason="work is shared on Linux alone")
def test_a_process_that_is_killed_costs_one_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = os.getpid()

    def deadly(data: bytes, *args: Any, **options: Any) -> Any:
        if b"kiln 100!!" in data:
            assert os.getpid() != here
            os.kill(os.getpid(), signal.SIGKILL)
        return read_message(data, *args, **options)

    folder_of(tmp_path, 200)
    words = ("--input", "drafts.parquet", *COLUMNS, *SELECT, "-q", "-o")
    run(tmp_path, *words, "alone.jsonl", "--jobs", "1")
    monkeypatch.setattr("followup_lint.batch.checker.read_message", deadly)
    run(tmp_path, *words, "shared.jsonl", "--jobs", "2")
    found = lines(tmp_path / "shared.jsonl")
    (lost,) = [row for row in found if row["id"] == 100]
    assert (lost["outcome"], lost["message"]) == (
        "problem",
        "the process that linted it ended; the draft is left out",
    )
    rest = [row for row in lines(tmp_path / "alone.jsonl") if row["id"] != 100]
    assert [row for row in found if row["id"] != 100] == rest


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_findings_come_before_the_last_draft_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "drafts.jsonl"
    os.mkfifo(pipe)
    words = ["followup-lint", "--input", pipe.name, "--isolated", "--select", "template-placeholder"]
    with subprocess.Popen(words, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        with pipe.open("w", encoding="utf-8", buffering=1) as file:
            file.write('{"body": "Hi [Name],"}\n')
            assert program.stdout is not None
            assert json.loads(program.stdout.readline())["rule"] == "template-placeholder"
            file.write('{"body": "Hi Ana,"}\n')
        out, told = program.communicate()
    assert (json.loads(out)["outcome"], told) == ("clean", "followup-lint: 2 drafts: 1 finding\n")


def test_lines_and_mail_need_no_pyarrow(folder: Path) -> None:
    code = "import sys\nsys.modules['pyarrow'] = None\nfrom followup_lint.cli import main\nmain()"

    def bare(*words: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-c", code, *words]
        return subprocess.run(line, cwd=folder, capture_output=True, text=True, check=False)

    wanted = run(folder, "--input", "drafts.jsonl", *SELECT)
    done = bare("--input", "drafts.jsonl", *SELECT)
    assert (done.stdout, done.stderr) == (wanted.stdout, wanted.stderr)
    told = "followup-lint: Arrow and Parquet need pyarrow; get it with: pip install 'followup-lint[arrow]'\n"
    for words in (("drafts.parquet",), ("drafts.jsonl", "-o", "out.parquet")):
        done = bare("--input", *words, *SELECT)
        assert (done.returncode, done.stdout, done.stderr) == (2, "", told)
