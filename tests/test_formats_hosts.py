"""Output formats that code hosts and their helpers read, each held against what it is read with.

JUnit is opened by junitparser. Of Checkstyle, GitLab's Code Quality and reviewdog's rdjson no package on the index
holds a schema that we could run, so what their documentation asks for is written down here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import junitparser
import pytest
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  (compiled, without stubs)
from report_samples import EMOJI, all_under, changing, found, lint, reports, rich

from followup_lint.diagnostic import Edit, Remedy
from followup_lint.linter import Result
from followup_lint.reports.clean import xml
from followup_lint.reports.formats import render
from followup_lint.reports.rdjson import joint
from followup_lint.reports.report import Report
from followup_lint.text import Span

CASES = reports()


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CI_PROJECT_DIR", "GITHUB_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)


COMMAND = re.compile(r"::(error|warning|notice) ((?:[a-zA-Z]+=[^,:\r\n]*(?:,(?!:)|(?=::)))+)::([^\r\n]*)")


def commands(told: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Read commands as the runner does: line by line, properties up to the second `::`."""
    for line in told.splitlines():
        match = COMMAND.fullmatch(line)
        assert match, line
        pairs = dict(pair.split("=", 1) for pair in match[2].split(","))
        yield match[1], {key: unescaped(value) for key, value in pairs.items()}, unescaped(match[3])


def unescaped(words: str) -> str:
    for code, char in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        words = words.replace(code, char)
    return words


@pytest.mark.parametrize("case", CASES)
def test_github_gets_one_command_for_each_finding_and_problem(case: str) -> None:
    report = CASES[case]
    told = list(commands(render("github", report)))
    assert len(told) == sum(len(result.diagnostics) for result in report.results) + len(report.problems)


def test_github_commands_say_where_and_what() -> None:
    first, second, *_, problem, no_path = commands(render("github", rich()))
    place = {"file": "notes/späß 1.txt", "line": "5", "endLine": "5", "col": "8", "endColumn": "14"}
    assert first[:2] == ("error", place | {"title": "template-placeholder"})
    assert first[2] == "“[Name]” is a slot that was never filled.\nFill it."
    assert second[0] == "notice"
    assert problem == (
        "error",
        {"file": "bad.txt", "line": "2", "title": "followup-lint"},
        CASES["rich"].problems[0].message,
    )
    assert no_path[1] == {"title": "followup-lint"}


def test_github_gets_no_columns_over_several_lines_and_none_of_mail() -> None:
    result = lint("Dear Ana,\n\nIt is [Name]\nhere.\n")
    told = render("github", Report((replace(result, diagnostics=(found(result, "[Name]\nhere"),)),)))
    assert "line=3,endLine=4,title=" in told
    assert "col=" not in told
    assert "file=reply.eml,line=9,endLine=9,title=" in render("github", CASES["mail"])
    assert "(text/plain 3%3A" not in render("github", CASES["mail"])  # in the message, a colon is itself
    assert "(text/plain 3:7)" in render("github", CASES["mail"])


def test_a_hostile_draft_gives_no_command_of_its_own() -> None:
    lines = render("github", CASES["hostile"]).split("\n")
    assert [line[:13] for line in lines] == ["::error file=", "::error file=", ""]
    first, second = commands(render("github", CASES["hostile"]))
    assert first[1]["file"] == "a ::error::b,c%0A.txt"
    assert second[1]["file"] == "caf\ufffd %.txt"


@pytest.mark.parametrize("case", CASES)
def test_gitlab_rows_are_what_its_documentation_asks_for(case: str) -> None:
    rows = json.loads(render("gitlab", CASES[case]))
    assert len(rows) == sum(len(result.diagnostics) for result in CASES[case].results)
    assert len({row["fingerprint"] for row in rows}) == len(rows)
    for row in rows:
        assert row["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert row["location"]["lines"]["begin"] >= 1
        assert not row["location"]["path"].startswith(("/", "./"))
        assert all(isinstance(row[key], str) and row[key] for key in ("description", "check_name", "fingerprint"))


def test_gitlab_severities() -> None:
    assert [row["severity"] for row in json.loads(render("gitlab", rich()))][:2] == ["major", "info"]


@pytest.mark.parametrize("case", CASES)
def test_junit_opens_and_counts(case: str, tmp_path: Path) -> None:
    report = CASES[case]
    (tmp_path / "a.xml").write_text(render("junit", report), encoding="utf-8")
    opened = junitparser.JUnitXml.fromfile(str(tmp_path / "a.xml"))
    cases = [case for suite in opened for case in suite]
    results = [type(outcome) for case in cases for outcome in case.result]
    assert opened.failures == results.count(junitparser.Failure) == sum(len(r.diagnostics) for r in report.results)
    assert opened.errors == results.count(junitparser.Error) == len(report.problems)
    skipped = sum(len(result.skipped) for result in report.results) if report.tell_all else 0
    assert opened.skipped == results.count(junitparser.Skipped) == skipped
    assert opened.tests == len(cases) >= len(report.results)
    declared = (opened.tests, opened.failures, opened.errors, opened.skipped)
    opened.update_statistics()  # type: ignore[no-untyped-call]  # junitparser types the rest of itself
    assert (opened.tests, opened.failures, opened.errors, opened.skipped) == declared


def test_junit_names_tests_apart_and_not_by_line() -> None:
    result = lint("Dear [Name],\n\nI am [Role] and [Name].\n")
    names = [
        case.get("name") for case in etree.fromstring(render("junit", Report((result,))).encode()).iter("testcase")
    ]
    assert names[:2] == ["template-placeholder", "template-placeholder 2"]
    assert len(set(names)) == len(names)
    clean = etree.fromstring(render("junit", CASES["clean"]).encode())
    assert [case.attrib["name"] for case in clean.iter("testcase")] == ["followup-lint"]


@pytest.mark.parametrize("case", CASES)
def test_checkstyle_is_what_its_readers_ask_for(case: str) -> None:
    report = CASES[case]
    root = etree.fromstring(render("checkstyle", report).encode())
    assert (root.tag, root.get("version")) == ("checkstyle", "4.3")
    assert [file.get("name") for file in root][: len(report.results)] == [xml(r.draft.path) for r in report.results]
    for error in root.iter("error"):
        assert error.get("severity") in {"error", "warning", "info", "ignore"}
        assert error.get("message")
        assert re.fullmatch(r"followup-lint(\.[a-z-]+)?", error.get("source", ""))
        assert all(int(error.get(key, "1")) >= 1 for key in ("line", "column"))
    placed = [problem for problem in report.problems if problem.path]
    assert len(list(root.iter("error"))) == sum(len(r.diagnostics) for r in report.results) + len(placed)


def diagnostics(report: Report) -> list[dict[str, Any]]:
    told = json.loads(render("rdjson", report))
    assert told["source"]["name"] == "followup-lint"
    rows: list[dict[str, Any]] = told["diagnostics"]
    return rows


@pytest.mark.parametrize("case", CASES)
def test_rdjson_has_no_key_that_reviewdog_does_not_know(case: str) -> None:
    # It reads with protojson, which refuses a report for one unknown key.
    for row in diagnostics(CASES[case]):
        assert set(row) <= {"message", "location", "severity", "code", "suggestions"}
        assert set(row["location"]) <= {"path", "range"}
        assert row["location"]["path"]
        assert row["severity"] in {"ERROR", "WARNING", "INFO"}
        assert all(set(place) <= {"line", "column"} for place in all_under(row, "start"))
        assert all(set(one) == {"range", "text"} for one in row.get("suggestions", []))


def cut(result: Result, place: dict[str, dict[str, int]]) -> str:
    """Return what a range of one line holds, as reviewdog takes it: bytes of UTF-8, the end exclusive."""
    line = result.draft.text.split("\r\n")[place["start"]["line"] - 1].encode()
    assert place["start"]["line"] == place["end"]["line"]
    return line[place["start"]["column"] - 1 : place["end"]["column"] - 1].decode()


def test_rdjson_counts_bytes_of_utf_8() -> None:
    first, second = diagnostics(rich())[:2]
    result = rich().results[0]
    assert first["location"]["range"]["start"] == {"line": 5, "column": 13}  # It’s 🙂: 3 bytes for ’, 4 for 🙂
    assert cut(result, first["location"]["range"]) == "[Name]"
    assert cut(result, second["location"]["range"]) == "who"
    assert first["code"] == {
        "value": "template-placeholder",
        "url": "https://lint.example/rules/template-placeholder.html",
    }


def test_rdjson_suggestions_can_be_accepted_one_by_one() -> None:
    first = diagnostics(rich())[0]
    result = rich().results[0]
    told = [(cut(result, one["range"]), one["text"]) for one in first["suggestions"]]
    assert told == [("[Name]", "me"), ("🙂 [Name] who", "[Name] that")]


def test_edits_that_belong_together_are_one_suggestion() -> None:
    result = lint(EMOJI)
    remedy = changing(result, ("[Name]", "I"), ("who thanks", "thank"))
    edit = joint(result.draft, Remedy(remedy.applicability, remedy.edits[::-1], ""))
    assert edit
    assert (edit.span.of(result.draft.text), edit.text) == ("[Name] who thanks", "I thank")
    at = Span(3, 3)
    assert joint(result.draft, Remedy(remedy.applicability, (Edit(at, "x"),), "")) == Edit(at, "x")
    assert joint(result.draft, Remedy(remedy.applicability, (), "")) is None


def test_rdjson_of_mail_has_whole_lines_and_nothing_to_accept() -> None:
    result = CASES["mail"].results[0]
    remedy = changing(result, ("[Name]", "me"))
    (row,) = diagnostics(Report((replace(result, diagnostics=(found(result, "[Name]", remedies=(remedy,)),)),)))
    assert row["location"]["range"] == {"start": {"line": 9}, "end": {"line": 9}}
    assert row["suggestions"] == []
