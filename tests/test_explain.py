"""Why a rule speaks and why it does not, told from any check's options."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_lint import model
from followup_lint.accuracy import Figures, figures
from followup_lint.catalog import built_in, read_rules
from followup_lint.context import Fact
from followup_lint.explain.finding import explainer
from followup_lint.explain.phrase import narrowed
from followup_lint.explain.why_not import why_not
from followup_lint.facts import PARSERS
from followup_lint.linter import Linter
from followup_lint.reader import Message, read_message
from followup_lint.rule import Rule
from followup_lint.rule_file import Example

ROOT = Path(__file__).parents[1]
TAIL = """
message: {two: Two., default: One.}
why: It shows.
fix: Mend it.
practice: 3
source: us
examples:
  - good: |
      ---
      kind: check-in
      ---
      Dear Ilse,

      The kiln is warm.

      Bo
  - bad: |
      Dear Ilse,

      Write [[asap]].

      Bo
"""
PATTERN = "check: pattern\noptions: {phrases: ['as soon as (we|you|they|possible|ever)', asap], unless: [you said]}\n"
THANKS = "check: presence\noptions: {phrases: [thank(s|ing)?], exceptions: [thanks in advance]}\n"
LENGTH = "check: length\noptions: {of: words, max: {thank-you: 4, default: 9}}\n"
TIMING = "check: timing\noptions: {since: interview, max_hours: 24}\n"
JSON = ("--output-format", "json")
PLAIN, TABLE = "severity: warning", "severity: {check-in: warning}"


def rule(source: str, severity: str = PLAIN, applies: str = "") -> Rule:
    (made,) = read_rules([("ours", "ours.yaml", f"{source}{applies}{severity}{TAIL}")])
    return made


def message(body: str, **facts: str) -> Message:
    given = {key: Fact(PARSERS[key](value), f"--{key}") for key, value in ({"kind": "thank-you"} | facts).items()}
    return read_message(f"Dear Ilse,\n\n{body}\n\nBo\n".encode(), "note.txt", given)


def explained(made: Rule, draft: Message, *, selected: bool = False) -> dict[str, list[str]]:
    linter = Linter((made,))
    result = linter.lint(draft)
    (item, *_) = result.diagnostics
    return by_label(explainer(linter, result, "recommended", selected=selected)(item))


def silent(made: Rule, draft: Message) -> dict[str, list[str]]:
    return by_label(why_not(made, Linter((made,)).read(draft)))


def by_label(rows: object) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for row in rows:  # type: ignore[attr-defined]  # an iterable of rows
        told.setdefault(row.label, []).append(row.words)
    return told


@pytest.mark.parametrize(
    ("made", "body", "label", "words"),
    [
        (rule(PATTERN), "Write as soon as possible.", "matched",
         ["“as soon as possible” by phrases: as soon as (possible|…)"]),
        (rule(PATTERN), "Write asap.", "matched", ["“asap” by phrases: asap"]),
        (rule(PATTERN), "Write asap.", "active", ["in the recommended preset; for every message"]),
        (rule(PATTERN), "Write asap.", "facts", ["kind thank-you (--kind)"]),
        (rule(PATTERN), "Write asap.", "bad", ["Write [[asap]]."]),
        (rule(PATTERN), "Write asap.", "good", ["The kiln is warm."]),
        (rule(PATTERN), "Write asap.", "silence",
         ["ignore: {ours: your reason} in the front matter, or --ignore ours"]),
        (rule(PATTERN, applies="applies: {not_kinds: [closing], channels: [email]}\n"), "Write asap.", "active",
         ["in the recommended preset; for every kind but closing; channel email"]),
        (rule(PATTERN, applies="applies: {channels: [email]}\n"), "Write asap.", "facts",
         ["kind thank-you (--kind); channel email (default)"]),
        (rule(THANKS), "Thanks in advance.", "matched", ["“Thanks in advance” by exceptions: thanks in advance"]),
        (rule(LENGTH), "One two three four five six.", "measured", ["count 6, max 4, over 2"]),
        (rule(LENGTH), "One two three four five six.", "limit", ["max 4, the rule's number for kind thank-you"]),
        (rule(LENGTH, "severity: {thank-you: error}"), "One two three four five six.", "severity",
         ["error, for kind thank-you"]),
    ],
)  # fmt: skip
def test_a_finding_is_explained(made: Rule, body: str, label: str, words: list[str]) -> None:
    assert explained(made, message(body))[label] == words


def test_needed_facts_are_named_with_their_origin() -> None:
    told = explained(rule(TIMING), message("Hello.", interview="2026-05-04", date="2026-05-14"))
    assert told["facts"] == ["kind thank-you (--kind); interview 2026-05-04 (--interview); date 2026-05-14 (--date)"]
    assert told["limit"] == ["max_hours 24, the rule's number for every message"]


def test_a_selected_rule_says_so() -> None:
    assert "named by --select" in explained(rule(PATTERN), message("Write asap."), selected=True)["active"][0]


@pytest.mark.parametrize(
    ("made", "draft", "label", "words"),
    [
        (rule(PATTERN), message("You said asap."), "because", ["3:1 “You said” matches unless: you said"]),
        (rule(PATTERN), message("He wrote “asap” twice."), "masked",
         ["3:11 “asap” is a name or a quotation, which is no evidence"]),
        (rule(PATTERN), message("Write soon."), "it finds", ["“asap”"]),
        (rule(PATTERN), message("Write asap."), "found", ["3:7 “asap”: One."]),
        (rule(PATTERN, TABLE), message("Write asap."), "because",
         ["3:7 “asap”: this rule says nothing of the case “one” here"]),
        (rule(THANKS), message("I say thank you."), "because", ["3:7 “thank” matches phrases: thank(s|ing)?"]),
        (rule(LENGTH), message("One two three."), "measured", ["count 3; max is 4 for kind thank-you"]),
        (rule(LENGTH), message("One two three.", kind="closing"), "measured",
         ["count 3; max is 9 for all other messages"]),
        (rule(TIMING), message("Hello."), "lacks",
         ["date; without it the rule is skipped. Give it in the front matter: date: …"]),
        (rule(TIMING), message("Hello.", interview="2026-05-04", date="2026-05-05"), "measured",
         ["count 24; max_hours is 24"]),
        (rule(PATTERN, applies="applies: {kinds: [closing]}\n"), message("asap"), "applies",
         ["no, it is for kind closing"]),
        (rule(PATTERN, applies="applies: {kinds: [closing]}\n"), message("asap"), "otherwise", ["3:1 “asap”: One."]),
        (rule(PATTERN, applies="applies: {kinds: [closing]}\n"), message("soon"), "otherwise",
         ["it would find nothing here anyway"]),
        (rule(PATTERN), message("asap", ignore="ours"), "ignored", ["ours, --ignore"]),
        (rule("preset: strict\n" + PATTERN), message("soon"), "preset",
         ["strict, so it runs with --preset strict only"]),
    ],
)  # fmt: skip
def test_silence_is_explained(made: Rule, draft: Message, label: str, words: list[str]) -> None:
    assert silent(made, draft).get(label) == words, silent(made, draft)


@pytest.mark.parametrize("made", built_in(), ids=lambda each: each.name)
def test_every_rule_can_be_explained_both_ways(made: Rule) -> None:
    linter = Linter((made,), model.load)
    for example in (each for kind in ("bad", "good") for each in _first(made, kind)):
        text = (example.bad or example.good).replace("[[", "").replace("]]", "")
        draft = read_message(text.encode(), example.file, {})
        result = linter.lint(draft)
        tell = explainer(linter, result, "strict")
        for item in result.diagnostics:
            told = by_label(tell(item))
            assert {"active", "facts", "bad", "good", "silence"} <= told.keys()
            assert "[[" in told["bad"][0]
        assert {"applies", "facts", "preset"} <= silent(made, draft).keys()


def _first(made: Rule, kind: str) -> list[Example]:
    return [each for each in made.file.examples if getattr(each, kind)][:1]


@given(st.text("ab(|)?: \\[]", max_size=40))
def test_narrowing_takes_any_phrase(phrase: str) -> None:
    assert narrowed(phrase, lambda _: False, 1000).count("…") <= phrase.count("(?")
    assert len(narrowed(phrase, lambda _: True, 12)) <= 12


def test_a_long_list_is_cut_to_what_matched() -> None:
    def still(phrase: str) -> bool:
        return re.fullmatch(phrase, "once in a blue moon") is not None

    assert narrowed("(a|b|c|once|d) in a (?:red|green|blue|white) moon", still) == "(once|…) in a (?:blue|…) moon"
    assert narrowed("once|once in a .*|never|seldom|often", still) == "once in a .*|…"
    assert narrowed("once (in|at) .*", still) == "once (in|at) .*"


def test_figures_are_numbers_about_rules_that_exist() -> None:
    assert set(figures()) <= {each.name for each in built_in()}
    assert all(min(each.hits, each.misses, each.false) >= 0 for each in figures().values())
    assert min(each.messages for each in figures().values()) > 0
    assert str(Figures(110, 9, 3, 1)) == "on 110 labelled messages: precision 0.90 (9 of 10), recall 0.75 (9 of 12)"
    assert str(Figures(110, 0, 0, 0)) == "on 110 labelled messages: it never arose"


def run(*args: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from followup_lint.cli import main; main()", *args]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)


def test_the_explained_report_fits_eighty_columns() -> None:
    result = run("-v", "examples/poor-thank-you.txt")
    lines = result.stdout.split("\n")
    assert max(map(len, lines)) <= 80
    assert sum("│ silence" in line for line in lines) == sum("│ why" in line for line in lines) > 0
    assert result.stdout == run("--explain-findings", "examples/poor-thank-you.txt").stdout


def test_json_carries_the_evidence_only_when_asked() -> None:
    plain, told = (json.loads(run("examples/poor-thank-you.txt", *args).stdout) for args in (JSON, (*JSON, "-v")))
    assert [{key: value for key, value in item.items() if key != "evidence"} for item in told] == plain
    assert all(item["evidence"]["silence"] for item in told)


def test_a_parse_is_shown(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Dear Ana,\n\nWho runs\nthe kiln? It is warm.\n\nBo\n", encoding="utf-8")
    shown = run("--debug-parse", "a.txt", cwd=tmp_path).stdout
    lines = [" ".join(line.split()) for line in shown.split("\n")]
    assert {"3-4 paragraph Who runs the kiln? It is warm.", "1 greeting Dear Ana,", "6 signature Bo"} <= set(lines)
    assert "ask: direct, 3:1 “Who runs the kiln?”" in lines
    assert {"sentence 2 (4:11): It is warm.", "runs run VBZ ROOT runs", "kiln kiln NN dobj runs"} <= set(lines)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--debug-parse", "none.txt"], "none.txt"),
        (["--why-not", "demand", "none.txt"], "none.txt"),
        (["--why-not", "nothing", "examples/reply.eml"], "unknown rule 'nothing'"),
        (["--mutate"], "--test-rules"),
    ],
)
def test_wrong_calls_exit_two_with_one_plain_line(args: list[str], words: str) -> None:
    result = run(*args)
    assert (result.returncode, result.stdout) == (2, "")
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_why_not_says_which_option_left_a_rule_out() -> None:
    why = ("--why-not", "demand", "examples/reply.eml")
    assert "left out by --ignore" in run(*why, "--ignore", "demand").stdout
    assert "not selected by --select" in run(*why, "--select", "emoji").stdout


def test_help_is_grouped() -> None:
    shown = run("--help").stdout
    headings = [line for line in shown.split("\n") if line.endswith(":") and not line.startswith(" ")]
    assert (headings[0], headings[-5]) == ("Which rules:", "Other:")
    assert "--kind" in shown.partition("What you know:")[2].partition("What is shown:")[0]
