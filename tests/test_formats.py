"""Output formats by name: what each of them holds to, and the array and lines of JSON."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import EMOJI, HOSTILE, lint, reports, rich

from followup_lint import catalog
from followup_lint.diagnostic import Applicability, Severity
from followup_lint.errors import Problem, Problems
from followup_lint.explain.finding import explainer
from followup_lint.explain.row import Row
from followup_lint.linter import Linter
from followup_lint.reader import read_message
from followup_lint.reports.formats import FORMATS, STREAMED, Output, parse_output, parse_outputs, render
from followup_lint.reports.report import Report
from followup_lint.reports.rows import wrapped

ROOT = Path(__file__).parents[1]
SCHEMA: dict[str, Any] = json.loads((ROOT / "src/followup_lint/schemas/report.schema.json").read_text("utf-8"))
OURS = ("full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson")
CASES = reports()
# What a terminal or a log obeys, and no report may pass on from a draft.
CONTROLS = [*map(chr, [*range(9), 11, 12, *range(14, 32), 127, *range(128, 160)]), "\u202e", "\u2066", "\u200f"]


def strict(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema as it is of today, in which nothing may stand that it does not name."""
    made = {key: strict(value) if isinstance(value, dict) else value for key, value in schema.items()}
    if "properties" in schema and isinstance(schema["properties"], dict) and "type" in schema:
        made["additionalProperties"] = False
    return made


VALIDATOR = jsonschema.Draft202012Validator(strict(SCHEMA))


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", OURS)
def test_every_format_takes_every_report_and_gives_the_same_twice(name: str, case: str) -> None:
    told = render(name, CASES[case])
    assert told == render(name, CASES[case])
    assert told == "" or told.endswith("\n")
    if name not in {"full", "concise"}:
        told.encode()  # names of files that are no text are not in the way


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", sorted(STREAMED))
def test_what_is_streamed_may_come_a_draft_at_a_time(name: str, case: str) -> None:
    report = CASES[case]
    pieces = [render(name, replace(report, results=[result], problems=())) for result in report.results]
    assert "".join(pieces) + render(name, replace(report, results=())) == render(name, report)


@pytest.mark.parametrize("name", ["github", "junit", "checkstyle", "gitlab", "rdjson"])
def test_nothing_in_a_draft_reaches_the_terminal_as_a_command(name: str) -> None:
    report = CASES["hostile"]
    assert all("\x1b" in item.message for result in report.results for item in result.diagnostics)
    told = render(name, report)
    assert [char for char in CONTROLS if char in told] == []


def test_every_format_has_a_name_and_a_module() -> None:
    assert set(OURS) < set(FORMATS)
    assert set(FORMATS) > STREAMED


@pytest.mark.unmeasured
def test_no_format_is_loaded_before_it_is_asked_for() -> None:
    code = "import sys, followup_lint.reports.formats\n"
    code += "print([name for name in sys.modules if 'sarif' in name or 'junit' in name or 'xml' in name])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("json", Output("json")),
        ("sarif=out.sarif", Output("sarif", Path("out.sarif"))),
        ("html=a=b.html", Output("html", Path("a=b.html"))),
        ("full=-", Output("full")),
    ],
)
def test_outputs_are_read(value: str, expected: Output) -> None:
    assert parse_output(value) == expected


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("sarf", "unknown format 'sarf'; did you mean 'sarif'?"),
        ("Json=x", "unknown format 'Json'; did you mean 'json'?"),
        ("ics", "unknown format 'ics'; ics goes with --schedule"),
        ("zzzzzz", "unknown format 'zzzzzz'; expected one of full, concise, json,"),
        ("sarif=", "name a file after the ="),
        ("", "unknown format ''"),
    ],
)
def test_outputs_that_are_wrong_are_told(value: str, told: str) -> None:
    with pytest.raises(Problem, match=r"^--output-format") as caught:
        parse_output(value)
    assert told in caught.value.message


def test_several_outputs() -> None:
    assert parse_outputs([]) == (Output("full"),)
    assert parse_outputs(["full", "sarif=o.sarif"]) == (Output("full"), Output("sarif", Path("o.sarif")))
    assert parse_outputs(["json=a", "json=b"]) == (Output("json", Path("a")), Output("json", Path("b")))
    with pytest.raises(Problems):
        parse_outputs(["sarif"], known=("full", "json", "ics"))


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (["full", "json"], ["full and json both go to standard output"]),
        (["json=out", "sarif=./sub/../out"], ["is written by --output-format json=out already"]),
        (["sarf", "jsn=x", "full"], ["did you mean 'sarif'?", "did you mean 'json'?"]),
        (["json", "json", "json=x", "json=x"], ["both go to standard output", "x is written by"]),
    ],
)
def test_outputs_that_collide_are_told_all_at_once(values: list[str], told: list[str]) -> None:
    with pytest.raises(Problems) as caught:
        parse_outputs(values)
    said = [str(problem) for problem in caught.value.exceptions]
    assert len(said) == len(told)
    assert all(words in line for words, line in zip(told, said, strict=True))


def test_the_schema_is_a_schema_and_names_its_version() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["title"] == f"followup-lint report, version {SCHEMA['version']}"
    finding = SCHEMA["$defs"]["finding"]["properties"]
    assert finding["severity"]["enum"] == list(Severity)
    assert SCHEMA["$defs"]["remedy"]["properties"]["applicability"]["enum"] == list(Applicability)


@pytest.mark.parametrize("case", CASES)
def test_json_fits_its_schema_and_jsonl_holds_the_same(case: str) -> None:
    rows = json.loads(render("json", CASES[case]))
    assert [error.message for error in VALIDATOR.iter_errors(rows)] == []
    assert len(rows) == sum(len(result.diagnostics) for result in CASES[case].results)
    assert [json.loads(line) for line in render("jsonl", CASES[case]).splitlines()] == rows


@pytest.mark.parametrize(
    ("key", "value"), [("line", 0), ("severity", "fatal"), ("fingerprint", "x"), ("remedies", None), ("new", 1)]
)
def test_the_schema_refuses_what_is_not_so(key: str, value: object) -> None:
    rows = json.loads(render("json", rich()))
    rows[0][key] = value
    assert not VALIDATOR.is_valid(rows)
    # A reader of today must bear the keys of tomorrow.
    assert jsonschema.Draft202012Validator(SCHEMA).is_valid(rows) == (key == "new")


def test_json_says_all_there_is() -> None:
    first, second = json.loads(render("json", rich()))[:2]
    assert (first["line"], first["column"], first["end_line"], first["end_column"]) == (5, 8, 5, 14)
    assert first["url"] == "https://lint.example/rules/template-placeholder.html"
    assert [remedy["applicability"] for remedy in first["remedies"]] == ["safe", "unsafe", "snippet"]
    assert [(edit["column"], edit["end_column"], edit["text"]) for edit in first["remedies"][1]["edits"]] == [
        (6, 8, ""),
        (15, 18, "that"),
    ]
    assert first["elsewhere"] == [{"path": "old note.txt", "line": 7}]
    assert (first["related"][0]["line"], first["related"][0]["column"]) == (3, 6)
    assert "part" not in first
    assert second["remedies"] == []
    assert {"Best", "Aoife"}.isdisjoint(first["message"].split())  # what is silenced is not reported


def test_json_of_mail_names_part_and_line_of_the_file() -> None:
    subject, body = [row for row in json.loads(render("json", CASES["mail"])) if row["rule"] == "template-placeholder"]
    assert (subject["part"], subject["line"], subject["raw_line"]) == ("headers", 2, 2)
    assert (body["part"], body["line"], body["raw_line"]) == ("text/plain", 3, 9)
    assert json.loads(render("json", CASES["encoded mail"]))[-1]["raw_line"] is None


def test_json_holds_the_evidence_if_asked_for() -> None:
    report = Report((lint(EMOJI),), explained=lambda _: lambda _: (Row("why", "a"), Row("bad", "b"), Row("why", "c")))
    (row,) = json.loads(render("json", report))
    assert row["evidence"] == {"why": ["a", "c"], "bad": ["b"]}
    assert row["url"] is None
    assert VALIDATOR.is_valid([row])


def test_json_is_faithful_to_the_words_and_careful_with_names() -> None:
    first, second = json.loads(render("json", CASES["hostile"]))
    assert HOSTILE in first["message"]
    assert first["path"] == "a\n::error::b,c%0A.txt"
    assert second["path"] == "caf\ufffd %.txt"


def test_a_line_of_jsonl_is_a_line_to_everyone() -> None:
    assert "\u2028" in HOSTILE
    assert len(render("jsonl", CASES["hostile"]).splitlines()) == 2


def test_the_examples_fit_the_schema_with_all_that_led_to_a_finding() -> None:
    linter = Linter(catalog.choose(catalog.built_in(), "strict", (), ()))
    paths = sorted((ROOT / "examples").iterdir())
    results = [linter.lint(read_message(path.read_bytes(), path.name, {})) for path in paths]
    rows = json.loads(render("json", Report(results, explained=partial(explainer, linter, preset="strict"))))
    assert len({row["path"] for row in rows}) > 3
    assert [error.message for error in VALIDATOR.iter_errors(rows)] == []
    assert all(row["evidence"]["bad"] for row in rows)


WORDS = st.text(st.sampled_from("ab-.,é \t\n\u00a0—'"), max_size=60)
INDENT = st.sampled_from(["", "  ", "      "])


@given(WORDS, st.integers(9, 40), INDENT, INDENT, st.booleans())
def test_words_are_wrapped_as_the_standard_library_wraps_them(
    words: str,
    width: int,
    first: str,
    rest: str,
    hyphens: bool,  # noqa: FBT001
) -> None:
    expected = textwrap.wrap(words, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=hyphens)
    assert wrapped(words, width, first=first, rest=rest, hyphens=hyphens) == expected
