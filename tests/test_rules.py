"""Every rule file's own examples, and what is said of broken rule files."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup_lint.catalog import built_in, choose, read_rules
from followup_lint.errors import Problems
from followup_lint.rule import Rule, check_names
from followup_lint.testing import failures, unmark

ENOUGH = 4

GOOD = """\
check: length
options: {of: words, max: 5}
severity: warning
message: "{count} words"
why: Short is kind.
fix: Cut.
practice: 3
source: us
examples:
  - good: Dear Ana, thank you.
  - bad: |
      One two three four five [[six]] seven.
"""


@pytest.mark.parametrize("rule", built_in(), ids=lambda rule: rule.name)
def test_examples_behave(rule: Rule) -> None:
    assert [str(problem) for problem in failures([rule])] == []


def test_every_rule_has_four_good_and_four_bad_examples() -> None:
    counts = {
        rule.name: (
            sum(bool(each.good) for each in rule.file.examples),
            sum(bool(each.bad) for each in rule.file.examples),
        )
        for rule in built_in()
    }
    assert {name: count for name, count in counts.items() if min(count) < ENOUGH} == {}


def test_an_example_that_does_not_behave_is_told() -> None:
    rules = read_rules([("short", "short.yaml", GOOD.replace("max: 5", "max: 50"))])
    assert [problem.line for problem in failures(rules)] == [11]


@pytest.mark.parametrize(
    ("old", "new", "words", "line"),
    [
        ("check: length", "check: lenght", "unknown check 'lenght'", 1),
        ("max: 5", "maxx: 5", "unknown option 'maxx'", 2),
        ("max: 5", "max: many", "max", 2),
        ("why: Short is kind.\n", "", "'why' is missing", 1),
        ("{count} words", "{number} words", "fills no hole {number}", 4),
        ("practice: 3", "practice: 9", "practice", 7),
        ("severity: warning", "severity: awful", "severity", 3),
        ("[[six]]", "six", "marks the words", 11),
        ("message:", "message: [", "broken YAML", 4),
    ],
)
def test_a_broken_rule_names_its_place(old: str, new: str, words: str, line: int) -> None:
    with pytest.raises(Problems) as caught:
        read_rules([("short", "short.yaml", GOOD.replace(old, new, 1))])
    told = [(str(problem), getattr(problem, "line", 0)) for problem in caught.value.exceptions]
    assert any(words in text and at in {line, line + 1, line - 1} for text, at in told), told


def test_one_broken_rule_does_not_hide_another() -> None:
    broken = GOOD.replace("check: length", "check: none")
    with pytest.raises(Problems) as caught:
        read_rules([("a", "a.yaml", broken), ("b", "b.yaml", GOOD), ("c", "c.yaml", broken)])
    assert {getattr(problem, "path", "") for problem in caught.value.exceptions} == {"a.yaml", "c.yaml"}


def test_marks_are_taken_out_and_remembered() -> None:
    text, spans = unmark("a [[b]] c [[d e]]")
    assert (text, [span.of(text) for span in spans]) == ("a b c d e", ["b", "d e"])


def test_every_check_type_is_documented_for_contributors() -> None:
    listed = (Path(__file__).parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [name for name in check_names() if f"- `{name}`: " not in listed] == []


def test_strict_may_weigh_a_rule_anew() -> None:
    chosen = {
        preset: choose(built_in(), preset, ["specific-reference-missing"], [])[0].file.severity
        for preset in ("recommended", "strict")
    }
    assert chosen["recommended"] != chosen["strict"]
