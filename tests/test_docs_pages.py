"""The pages that are made say what the rule files, checks and flags say now, and every name in them is explained."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from followup_lint.catalog import built_in
from followup_lint.context import FACTS, Channel, Culture, Kind
from followup_lint.errors import Problem
from followup_lint.facts import PARSERS
from followup_lint.front_matter import read_top
from followup_lint.pages import known, pages, stale
from followup_lint.pages.__main__ import main as write
from followup_lint.pages.options import described, form_of, options, shown
from followup_lint.pages.regions import filled_in
from followup_lint.pages.rule_page import page
from followup_lint.pages.samples import samples, underlined
from followup_lint.rule import Rule, check_names
from followup_lint.rule_reader import read_rule

DOCS = Path(__file__).parents[1] / "docs"
HEADINGS = [
    *("What it finds", "Why it matters", "How to mend it", "Examples", "Options", "When it applies", "Severity"),
    *("Automatic fix", "How to silence it", "Measured accuracy", "Source"),
]
RULE = """
check: pattern
options: {phrases: [teapot], many: 2}
applies: {kinds: [thank-you, check-in], not_channels: [sms]}
preset: strict
severity: {many: error, default: suggestion}
message: "“{text}” is <china> *here*."
why: Because | why.
fix: {many: Take them out., default: Take it out.}
practice: 3
source: us
examples:
  - bad: |
      Dear Ann,

      Your [[teapot]] and my [[teapot]].

      Bo
  - good: |
      Dear Ann,

      Your kettle.

      Bo
"""


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return pages(DOCS)


@pytest.fixture(scope="module")
def teapot() -> Rule:
    return read_rule(RULE, "rules/teapot.yaml", "teapot")


def test_the_pages_are_what_is_made(made: dict[str, str]) -> None:
    old = [
        name for name, text in made.items() if not (DOCS / name).is_file() or (DOCS / name).read_text("utf-8") != text
    ]
    assert not old, "run: python -m followup_lint.pages"
    assert not stale(DOCS, made), "run: python -m followup_lint.pages"


def test_what_changed_is_written_and_what_is_left_of_old_rules_goes(
    tmp_path: Path, made: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(DOCS, docs)
    (docs / "rules" / "no-such-rule.md").write_text("old", encoding="utf-8")
    (docs / "rules" / "index.md").unlink(missing_ok=True)
    changed = next(name for name in made if name.startswith("rules/"))
    (docs / changed).write_text("other words", encoding="utf-8")
    gone = [name for name in made if not (docs / name).is_file()]
    assert write(docs) == 0
    assert capsys.readouterr().out == f"{len(made)} pages, {1 + len(gone)} written, 1 removed\n"
    assert not (docs / "rules" / "no-such-rule.md").exists()
    assert {name: (docs / name).read_text(encoding="utf-8") for name in made} == made


def test_every_rule_has_a_page_with_the_same_headings(made: dict[str, str]) -> None:
    for rule in built_in():
        text = made[f"rules/{rule.name}.md"]
        assert [line[3:] for line in text.splitlines() if line.startswith("## ")] == HEADINGS, rule.name
        assert f"# {rule.name}\n" in text


def test_the_index_has_every_rule(made: dict[str, str]) -> None:
    assert [rule.name for rule in built_in() if f"[{rule.name}]({rule.name}.md)" not in made["rules/index.md"]] == []


def test_every_name_is_explained() -> None:
    assert tuple(known.FACTS) == FACTS
    assert (set(known.KINDS), set(known.CHANNELS), set(known.CULTURES)) == (set(Kind), set(Channel), set(Culture))
    assert {rule.file.practice for rule in built_in()} <= set(known.PRACTICES)


@pytest.mark.parametrize("name", FACTS)
def test_the_example_of_a_fact_can_be_read(name: str) -> None:
    top = read_top(f"---\n{name}: {known.FACTS[name][1]}\n---\n", "draft.txt")
    assert (top.problems, list(top.facts)) == ((), [name])
    assert name in PARSERS


@pytest.mark.parametrize("check", check_names())
def test_every_option_of_a_check_is_explained(check: str) -> None:
    left = [option.name for option in options(check) if f"`{option.name}`" not in described(check)]
    assert not left, "name them in the check's docstring, between backticks"


def test_a_page_shows_what_is_found_and_said(teapot: Rule) -> None:
    text = page(samples(teapot))
    assert "Your teapot and my teapot.\n     ^^^^^^        ^^^^^^" in text
    assert "- error: “teapot” is \\<china\\> \\*here\\*." in text
    assert "| `many` | – | – | error |" in text
    assert "| otherwise | – | – | suggestion |" in text
    assert "- kind: `thank-you`, `check-in`\n- channel: any but `sms`\n" in text
    assert "- `many`: Take them out.\n- otherwise: Take it out." in text
    assert "suggestion to error · strict preset · practice 3: be concise" in text


def test_a_long_line_is_broken_above_its_carets() -> None:
    words = "word " * 40
    source = RULE.replace("Your [[teapot]] and my [[teapot]]", f"{words}[[teapot]]")
    lines = underlined(samples(read_rule(source, "rules/teapot.yaml", "teapot")).bad[0]).split("\n")
    number = next(number for number, line in enumerate(lines) if "^" in line)
    assert lines[number - 1].index("teapot") == lines[number].index("^")
    assert max(map(len, lines)) <= 96


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (True, "`true`"),
        (0, "`0`"),
        ([], "none"),
        ({}, "none"),
        (("a", "b"), "`a`, `b`"),
        ({"formal": 1, "default": 2}, "formal: `1`, default: `2`"),
        ([{"verb": "go"}, {"verb": "come"}], "2 of them"),
    ],
)
def test_values_are_shown_in_words(value: object, words: str) -> None:
    assert shown(value) == words


def test_a_long_list_is_cut() -> None:
    assert shown([f"phrase number {number}" for number in range(90)]).endswith(" and 87 more")


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"type": "integer"}, "number"),
        ({"enum": ["a", "b"]}, "`a`, `b`"),
        ({"type": "array", "items": {"type": "string"}}, "list of words"),
        (
            {"anyOf": [{"type": "integer"}, {"type": "object", "additionalProperties": {"type": "integer"}}]},
            "number, or a table of them",
        ),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, "number"),
        ({"$ref": "#/$defs/Frame"}, "frame"),
    ],
)
def test_forms_are_told_in_words(part: dict[str, object], words: str) -> None:
    assert form_of(part, {"Frame": {"type": "object"}}) == words


def test_a_region_is_made_anew_and_the_rest_is_kept() -> None:
    text = "before\n<!-- made: x by us -->\nold\n<!-- end -->\nafter\n"
    assert filled_in(text, {"x": "new"}, "p.md") == "before\n<!-- made: x by us -->\n\nnew\n\n<!-- end -->\nafter\n"
    with pytest.raises(Problem, match="nobody makes"):
        filled_in(text, {}, "p.md")
