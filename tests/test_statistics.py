"""How often each rule speaks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from followup_lint.context import Context
from followup_lint.diagnostic import Applicability, Diagnostic, Edit, Finding, Remedy, Severity, Silenced
from followup_lint.linter import Result
from followup_lint.reader import read_message
from followup_lint.silence import Silence
from followup_lint.statistics import Statistics, render, render_json
from followup_lint.text import Span

_DRAFT = read_message(b"Hello Zelda,\n\nThank you for Tuesday.\n", "secret-plans.txt", {}).draft
_SPAN = Span(6, 11)


def finding(rule: str, severity: Severity = Severity.WARNING, *ways: Applicability) -> Diagnostic:
    remedies = tuple(Remedy(way, (Edit(_SPAN, "you"),), "Zap Zelda") for way in ways)
    seen = Finding(_SPAN, (("name", "Zelda"),), remedies=remedies)
    return Diagnostic(rule, severity, _SPAN, "“Zelda” is a name", "Zelda knows", "Ask Zelda", 1, seen)


def result(found: Sequence[Diagnostic], silenced: Sequence[Diagnostic] = ()) -> Result:
    hushed = tuple(Silenced(item, Silence(item.rule, "Zelda wants it")) for item in silenced)
    return Result(_DRAFT, Context(), tuple(found), (), frozenset(), 6, hushed)


def counted(results: Sequence[Result]) -> Statistics:
    found = Statistics()
    for item in results:
        found.add(item)
    return found


SAFE, UNSAFE, SNIPPET = Applicability.SAFE, Applicability.UNSAFE, Applicability.SNIPPET
RESULTS = [
    result([finding("loud", Severity.WARNING, SAFE), finding("loud", Severity.ERROR, UNSAFE, SAFE), finding("slow")]),
    result([finding("slow", Severity.SUGGESTION, SNIPPET), finding("bad", Severity.ERROR), finding("loud")]),
    result([finding("meek", Severity.SUGGESTION, UNSAFE)], [finding("slow")]),
    result([]),
]


def test_rules_come_by_frequency_then_gravity_with_what_can_be_mended() -> None:
    assert render(counted(RESULTS)).split("\n") == [
        "3  error       [-]  loud                          in 2 drafts",
        "2  warning          slow                          in 2 drafts",
        "1  error            bad                           in 1 draft",
        "1  suggestion  [-]  meek                          in 1 draft",
        "",
        "7 findings in 4 drafts, 1 silenced; --fix mends 2; --unsafe-fixes 1 more",
        "",
    ]


@pytest.mark.parametrize(
    ("found", "mark", "total"),
    [
        ([finding("loud", Severity.ERROR, SAFE)], "[*]", "1 finding in 1 draft; --fix mends 1"),
        ([finding("loud", Severity.ERROR, UNSAFE)], "[-]", "1 finding in 1 draft; --fix --unsafe-fixes mends 1"),
        ([finding("loud", Severity.ERROR, SNIPPET)], "   ", "1 finding in 1 draft"),
    ],
)
def test_marks(found: list[Diagnostic], mark: str, total: str) -> None:
    line, _, last, _ = render(counted([result(found)])).split("\n")
    assert line == f"1  error       {mark}  loud                          in 1 draft"
    assert last == total


def test_nothing_found_is_one_line() -> None:
    assert render(counted([result([])])) == "0 findings in 1 draft\n"
    assert render(counted([])) == "0 findings in 0 drafts\n"


def test_for_programs() -> None:
    whole = json.loads(render_json(counted(RESULTS)))
    assert {key: whole[key] for key in ("drafts", "findings", "silenced")} == {
        "drafts": 4,
        "findings": 7,
        "silenced": 1,
    }
    assert whole["rules"][0] == {
        "rule": "loud",
        "severity": "error",
        "count": 3,
        "drafts": 2,
        "safe_fixes": 2,
        "unsafe_fixes": 0,
    }
    assert [row["rule"] for row in whole["rules"]] == ["loud", "slow", "bad", "meek"]


def test_no_word_of_a_draft_is_told() -> None:
    told = render(counted(RESULTS)) + render_json(counted(RESULTS))
    assert "Zelda" not in told
    assert Path(_DRAFT.path).stem not in told


def test_severities_are_painted() -> None:
    told = render(counted(RESULTS[:1]), lambda words, style: f"<{style}>{words}</>")
    assert "<red>error     </>" in told
