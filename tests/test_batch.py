"""Tables in, tables out: the door for programs that have many drafts."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from consoles import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from table_samples import QUICK, drafts

from followup_lint import lint_text
from followup_lint.batch import findings_schema, lint_batches, lint_table
from followup_lint.batch.checker import Answer, checker
from followup_lint.batch.given import Given, columns_of
from followup_lint.batch.given import given as row_given
from followup_lint.batch.many import lint_many
from followup_lint.batch.rows import rows_of
from followup_lint.config import Configs
from followup_lint.diagnostic import Severity
from followup_lint.errors import Problem, Problems
from followup_lint.linter import Linter, Result
from followup_lint.model import Stock
from followup_lint.reader import read_message
from followup_lint.reading import Reading

pa = pytest.importorskip("pyarrow")

EXAMPLES = sorted(path for path in (ROOT / "examples").rglob("*") if path.suffix in {".txt", ".md", ".eml"})
PLACE = ("line", "column", "end_line", "end_column", "part")
SHARED = ("rule", "severity", "message", "why", "fix", "practice", "fingerprint", *PLACE)


def found(table: Any, text: str = "body", **options: Any) -> list[dict[str, Any]]:
    """Return the rows of findings, without the project's settings."""
    made: list[dict[str, Any]] = lint_table(table, text, **dict[str, Any]({"isolated": True, **options})).to_pylist()
    return made


def on_command_line(path: Path, *flags: str) -> list[dict[str, Any]]:
    command = ["followup-lint", "--isolated", "--output-format", "json", *flags, path.name]
    run = subprocess.run(command, cwd=path.parent, capture_output=True, text=True, check=False)
    report: list[dict[str, Any]] = json.loads(run.stdout)
    return report


def shared(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row.get(name) for name in SHARED}


@pytest.mark.parametrize("ending", [".txt", ".eml"])
def test_the_command_line_finds_the_same(ending: str, tmp_path: Path) -> None:
    files = [path for path in EXAMPLES if path.suffix == ending][:4]
    assert files
    alone: list[dict[str, Any]] = []
    for number, file in enumerate(files):
        (tmp_path / str(number)).mkdir()
        here = Path(shutil.copy(file, tmp_path / str(number) / f"draft{ending}"))
        alone += on_command_line(here)
    table = pa.table({"body": [file.read_bytes() for file in files]})
    rows = [row for row in found(table, path=f"draft{ending}") if row["outcome"] == "finding"]
    assert [shared(row) for row in rows] == [shared(row) for row in alone]
    assert any(row["remedies"] for row in rows) == any(row["remedies"] for row in alone)


def test_columns_say_what_flags_would(tmp_path: Path) -> None:
    text = "Hi Anna,\n\nIs there any news on the job at Kiln? You said Friday.\n\nBest,\nSam\n"
    (tmp_path / "draft.txt").write_text(text, encoding="utf-8")
    facts = {"kind": "check-in", "to": "Ana Ruiz", "interview": "2026-05-06", "date": "2026-05-07"}
    named = {"date": "--now"}
    flags = [word for name, value in facts.items() for word in (named.get(name, f"--{name}"), value)]
    table = pa.table({"body": [text], **{name: [value] for name, value in facts.items()}})
    rows = found(table, context=list(facts))
    assert {"early-check-in", "name-misspelled"} <= {row["rule"] for row in rows}
    assert [shared(row) for row in rows] == [shared(row) for row in on_command_line(tmp_path / "draft.txt", *flags)]


def test_every_library_is_understood() -> None:
    table = drafts(60)
    options: dict[str, Any] = {"id": "id", "context": "kind,company", "select": QUICK}
    wanted = found(table, **options)
    assert {row["outcome"] for row in wanted} == {"finding", "problem", "clean"}
    assert [*dict.fromkeys(row["id"] for row in wanted)] == [*range(60)]
    batches = lint_batches(iter(table.to_batches(max_chunksize=7)), isolated=True, **options)
    assert [row for batch in batches for row in batch.to_pylist()] == wanted
    assert found(table.to_batches()[0], **options) == wanted
    polars, duckdb = pytest.importorskip("polars"), pytest.importorskip("duckdb")
    assert found(polars.from_arrow(table), **options) == wanted
    assert found(table.to_pandas(), **options) == wanted
    assert found(duckdb.from_arrow(table), **options) == wanted


def test_the_schema_is_the_one_that_is_told() -> None:
    made = lint_table(drafts(3), id="id", isolated=True, select=QUICK)
    assert made.schema == findings_schema()
    assert lint_table(drafts(3).slice(0, 0), isolated=True).schema == findings_schema()
    words = pa.table({"body": ["Hi"], "id": pa.array(["a"]).dictionary_encode()})
    assert lint_table(words, id="id", isolated=True).schema == findings_schema(pa.string())


def test_spans_are_places_in_the_text_as_it_was_given() -> None:
    texts = ["Hi [Name],\n", "\ufeffHi [Name],\n", "Hi 👋 [Name],\r\n", "---\nkind: closing\n---\nHi [Name]"]
    rows = found(pa.table({"body": texts}), select="template-placeholder")
    assert [texts[row["id"]][row["start"] : row["end"]] for row in rows] == ["[Name]"] * 4
    assert [(row["line"], row["column"]) for row in rows] == [(1, 4), (1, 4), (1, 6), (4, 4)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.none() | st.text(st.characters(codec="utf-8"), max_size=60), max_size=5))
def test_no_text_stops_the_others(texts: list[str | None]) -> None:
    rows = found(pa.table({"body": pa.array(texts, pa.string())}), select=(*QUICK, "template-placeholder"))
    assert [*dict.fromkeys(row["id"] for row in rows)] == [*range(len(texts))]
    for row in rows:
        if row["outcome"] == "finding":
            assert 0 <= row["start"] <= row["end"] <= len(texts[row["id"]] or "")
        assert (row["outcome"] == "problem") == (row["rule"] is None and row["message"] is not None)


BAD_ROWS: list[tuple[object, str]] = [
    (None, "no text in this row"),
    ("%PDF-1.7 and so on", "looks like a PDF"),
    ("a\0b", "NUL byte"),
    ("word " * 20_000, "too many for a message"),
    ("---\nkind: nonsense\n---\nHi", "is none of thank-you"),
    ("---\nignore: {no-such-rule: why}\n---\nHi", "unknown rule"),
    ("---\ninvite: /etc/hostname\n---\nHi", "no files beside this draft"),
]


def test_a_row_that_cannot_be_read_is_told_and_the_rest_goes_on() -> None:
    rows = found(pa.table({"body": [text for text, _ in BAD_ROWS] + ["Hi [Name]"]}), select="template-placeholder")
    told = {row["id"]: row for row in rows if row["outcome"] == "problem"}
    assert len(told) == len(BAD_ROWS)
    for number, (_, words) in enumerate(BAD_ROWS):
        assert words in told[number]["message"]
    assert (told[4]["line"], told[4]["column"]) == (2, 7)
    assert rows[-1]["rule"] == "template-placeholder"


def test_bytes_are_read_as_a_file_would_be() -> None:
    rows = found(pa.table({"body": ["Grüße [Name]".encode("latin-1"), b"\x81\xfe\x00"]}), select="template-placeholder")
    assert [(row["outcome"], row["start"]) for row in rows] == [("finding", 6), ("problem", None)]


def test_a_fault_of_ours_in_one_row_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(data: bytes, *args: Any, **options: Any) -> Any:
        if b"secret" in data:
            raise RuntimeError(data.decode())
        return read_message(data, *args, **options)

    monkeypatch.setattr("followup_lint.batch.checker.read_message", broken)
    rows = found(pa.table({"body": ["my secret", "Hi [Name]"]}), select="template-placeholder")
    assert [row["outcome"] for row in rows] == ["problem", "finding"]
    assert "RuntimeError (test_batch.py, line " in rows[0]["message"]
    assert "secret" not in str(rows)


def test_what_concerns_every_row_is_raised() -> None:
    check = checker(Configs(isolated=True).for_folder(), wanted="no-such-model")
    with pytest.raises(Problem, match="no-such-model"):
        check(Given(0, b"Hi Ana,\n\nI need an answer by Friday.\n", "draft.txt"))


def test_nothing_beside_a_row_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = "Hi Ana,\n\nThank you for the tour of the kiln; the glaze tests would be a fine start.\n\nSam\n"
    event = "BEGIN:VEVENT\nUID:1\nDTSTART:20260506T100000\nATTENDEE;CN=Ana Ruiz:mailto:ana@b.example\nEND:VEVENT\n"
    for name, text in (
        ("draft.txt", note),
        ("other.txt", note.replace("Ana", "Tom")),
        ("call.ics", f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{event}END:VCALENDAR\n"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    beside = lint_text(note, isolated=True)
    assert beside.context.interview is not None
    check = checker(Configs(isolated=True).for_folder(), preset="strict")
    answer = check(Given(0, note.encode(), "draft.txt"))
    assert answer.result is not None
    assert answer.result.context.interview is None
    assert "near-duplicate-note" not in {item.rule for item in answer.result.diagnostics}


CELLS: list[tuple[str, object, object]] = [
    ("interview", date(2026, 5, 6), "2026-05-06"),
    ("interview", datetime(2026, 5, 6), "2026-05-06"),  # noqa: DTZ001  (as pandas has days)
    ("interview", datetime(2026, 5, 6, 10, 30), "2026-05-06T10:30"),  # noqa: DTZ001  (a table's own time)
    ("date", datetime(2026, 5, 6, 10, 30, 5, 7, tzinfo=UTC), "2026-05-06T10:30+00:00"),
    ("shared", True, "true"),
    ("topics", ["kilns", None, "glazes"], ["kilns", "glazes"]),
    ("to", {"name": "Ana Ruiz", "title": None}, {"name": "Ana Ruiz"}),
    ("role", 7, "7"),
]


@pytest.mark.parametrize(("fact", "cell", "written"), CELLS)
def test_cells_are_read_as_front_matter_would_be(fact: str, cell: object, written: object) -> None:
    from followup_lint.facts import PARSERS

    made = row_given(0, "Hi", "draft.txt", {fact: ("held", cell)})
    assert made.problems == ()
    assert made.facts[fact].value == PARSERS[fact](written)  # type: ignore[arg-type]  # each is written as YAML has it
    assert made.facts[fact].origin == "column held"


@pytest.mark.parametrize("cell", [None, "", "  ", float("nan"), []])
def test_an_empty_cell_says_nothing(cell: object) -> None:
    assert row_given(0, "Hi", "draft.txt", {"company": ("company", cell)}) == row_given(0, "Hi", "draft.txt", {})


def test_nanoseconds_are_no_hindrance() -> None:
    times = pa.array([1_778_061_600_000_000_001], pa.timestamp("ns"))
    rows = found(pa.table({"body": ["Hi [Name]"], "held": times}), context={"held": "interview"}, select="template-*")
    assert [row["outcome"] for row in rows] == ["finding"]


def test_columns_may_be_called_otherwise() -> None:
    assert columns_of({"recruiter": "to", "by": "decision-by"}) == {"to": "recruiter", "decision_by": "by"}
    assert columns_of("kind, company") == columns_of(["kind", "company"]) == {"kind": "kind", "company": "company"}


TABLE = pa.table({"body": ["Hi"], "number": [1], "share": [0.5]})
WRONG: list[tuple[object, dict[str, Any], str]] = [
    (TABLE, {"text": "bodi"}, "no column 'bodi'; did you mean 'body'?"),
    (TABLE, {"text": "number"}, "'number' holds int64; drafts are text"),
    (TABLE, {"id": "share"}, "'share' holds double; ids are"),
    (TABLE, {"context": "king"}, "'king': did you mean 'kind'?"),
    (TABLE, {"context": "invite"}, "cannot give the fact 'invite'"),
    (TABLE, {"context": {"number": "role", "share": "role"}}, "'number' and 'share' both give role"),
    (TABLE, {"context": "company"}, "no column 'company'"),
    (TABLE, {"preset": "strikt"}, "did you mean 'strict'?"),
    (TABLE, {"config": "team.yaml"}, "config and isolated do not go together"),
    (pa.table([["Hi"], ["Ho"]], names=["body", "body"]), {}, "there are 2 columns 'body'"),
    ({"body": ["Hi"]}, {}, "not dict"),
    ([TABLE], {}, "expected one table"),
]


@pytest.mark.parametrize(("table", "options", "words"), WRONG)
def test_what_does_not_fit_is_told_in_a_line(table: object, options: dict[str, Any], words: str) -> None:
    with pytest.raises(Problem) as caught:
        found(table, **options)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_wrong_settings_are_told_before_the_first_row() -> None:
    def never() -> Iterator[Any]:
        raise AssertionError
        yield

    with pytest.raises(Problems):
        lint_batches(never(), select=["no-such-rule"], isolated=True)
    with pytest.raises(Problem, match="record batches, not Table"):
        next(lint_batches([TABLE], isolated=True))


def test_settings_hold_as_they_do_for_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".followup-lint.yaml").write_text("select: [template-placeholder]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    table = pa.table({"body": ["Hi [Name], I need an answer!!!"]})
    assert {row["rule"] for row in found(table, isolated=False)} == {"template-placeholder"}
    named = found(table, isolated=False, config=str(tmp_path / ".followup-lint.yaml"), ignore=["template-*"])
    assert [row["outcome"] for row in named] == ["clean"]
    assert {row["severity"] for row in found(table, preset="lenient")} == {"error"}


def test_few_rows_are_held() -> None:
    read = 0

    def endless() -> Iterator[Any]:
        nonlocal read
        while True:
            read += 1
            yield drafts(100).to_batches()[0]

    batches = lint_batches(endless(), isolated=True, select=QUICK)
    assert sum(next(batches).num_rows for _ in range(2)) > 1_000
    assert read < 15


@pytest.mark.parametrize(("workers", "most"), [(0, 32), (1, 32), (2, 96)])
def test_of_an_endless_stream_few_drafts_are_held(workers: int, most: int) -> None:
    read = 0

    def endless() -> Iterator[Given]:
        nonlocal read
        while True:
            yield Given(read, b"Hi Ana!!\n", "draft.txt")
            read += 1

    check = checker(Configs(isolated=True).for_folder(), select=QUICK)
    answers = lint_many(endless(), check, number, workers)
    assert next(answers) == 0
    assert read < most
    assert [next(answers) for _ in range(500)] == [*range(1, 501)]
    del answers
    assert read < 500 + 32 * (4 * workers + 2)


def number(given: Given, answer: Answer) -> object:
    assert answer.result
    return given.id


def test_what_comes_one_by_one_is_answered_at_once() -> None:
    check = checker(Configs(isolated=True).for_folder(), select=QUICK)
    asked: list[int] = []

    def slow() -> Iterator[Given]:
        for place in range(3):
            asked.append(place)
            yield Given(place, b"Hi Ana!!\n", "draft.txt")

    for place, answer in enumerate(lint_many(slow(), check, number, 2, live=True)):
        assert (answer, asked) == (place, [*range(place + 1)])


def test_programs_that_call_us_are_never_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("followup_lint.batch.many.shared", None)
    monkeypatch.setattr("followup_lint.model.forgetting", None)
    monkeypatch.setattr("followup_lint.batch.many._LONG", 0)
    assert {row["id"] for row in found(drafts(200), id="id", select=QUICK)} == {*range(200)}


def test_only_our_own_process_loads_the_model_the_quick_way() -> None:
    settings = Configs(isolated=True).for_folder()
    assert isinstance(checker(settings).linter.language(), Stock)
    assert not isinstance(checker(settings, quick=True).linter.language(), Stock)


def test_a_fault_in_one_rule_costs_one_row_of_those_linted_together() -> None:
    check = checker(Configs(isolated=True).for_folder(), select=QUICK)
    judge = Linter.judge

    class Broken(Linter):
        def judge(self, reading: Reading, least: Severity = Severity.SUGGESTION) -> Result:
            if "kiln 5" in reading.text:
                raise RuntimeError(reading.text)
            return judge(self, reading, least)

    linter = Broken(*(getattr(check.linter, item.name) for item in fields(check.linter)))
    rows = [Given(place, f"Hi Ana,\n\nThank you for kiln {place}!!\n".encode(), "draft.txt", {}) for place in range(7)]
    wanted = [check(row) for row in rows]
    answers = replace(check, linter=linter).many(rows)
    assert [place for place, answer in enumerate(answers) if answer.result is None] == [5]
    assert "RuntimeError" in answers[5].problems[0].message
    assert [answer for place, answer in enumerate(answers) if place != 5] == [*wanted[:5], wanted[6]]


def test_words_that_are_forgotten_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    check = checker(Configs(isolated=True).for_folder(), preset="strict", quick=True)
    bodies = [path.read_bytes() for path in EXAMPLES] * 3
    rows = [
        Given(place, body + b"\nI need zqx%dw by Friday.\n" % place, "draft.txt") for place, body in enumerate(bodies)
    ]
    wanted = list(lint_many(rows, check, rows_of, 0))
    assert "zqx1w" in check.linter.language().vocab.strings
    anew = [replace(row, data=body.replace(b"zqx", b"zqy")) for row in rows if isinstance(body := row.data, bytes)]
    monkeypatch.setattr("followup_lint.batch.many._LONG", 0)
    forgotten = list(lint_many(anew, check, rows_of, 1))
    assert "zqy1w" not in check.linter.language().vocab.strings
    assert repr(forgotten).replace("zqy", "zqx").count("zqx") == repr(wanted).count("zqx")
    assert [[(row["rule"], row["start"], row["end"]) for row in rows] for rows in forgotten] == [
        [(row["rule"], row["start"], row["end"]) for row in rows] for rows in wanted
    ]
    assert list(lint_many(rows, check, rows_of, 1)) == wanted


def test_a_problem_is_a_row_with_its_place() -> None:
    check = checker(Configs(isolated=True).for_folder(), select=QUICK)
    draft = Given("a", Problem("no good", "x", 3, 4), "draft.txt")
    (row,) = rows_of(draft, check(draft))
    assert {name: value for name, value in row.items() if value is not None} == {
        "id": "a",
        "outcome": "problem",
        "line": 3,
        "column": 4,
        "message": "no good",
    }


def test_without_pyarrow_it_says_how_to_get_it() -> None:
    code = (
        "import sys\nsys.modules['pyarrow'] = None\nfrom followup_lint.batch import lint_table\n"
        "try:\n    lint_table([])\nexcept Exception as error:\n    print(error)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "Arrow and Parquet need pyarrow; get it with: pip install 'followup-lint[arrow]'\n"
