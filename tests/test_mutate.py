"""Examples that prove nothing are told from those that do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from followup_lint import model
from followup_lint.catalog import built_in, read_rules
from followup_lint.mutate import fires_negated, idle_examples
from followup_lint.negate import negated
from followup_lint.rule import Rule
from followup_lint.text import Span

HEAD = """\
severity: warning
message: "Found."
why: It shows.
fix: Mend it.
practice: 3
source: us
"""
WORDS = "check: pattern\noptions: {phrases: [asap], unless: [you said]}\n" + HEAD
THANKS = "check: presence\noptions: {phrases: [thank you]}\n" + HEAD
COUNT = "check: length\noptions: {of: words, max: 4}\n" + HEAD
DATES = "check: timing\noptions: {since: interview, max_hours: 24}\n" + HEAD
GROUP = "check: greeting\noptions: {of: group, group: [all]}\n" + HEAD


def rule(source: str, *examples: str, applies: str = "") -> Rule:
    listed = "".join(
        f"  - {kind}: |\n" + "".join(f"      {line}\n" for line in text.split("\n"))
        for kind, _, text in (example.partition(": ") for example in examples)
    )
    (made,) = read_rules([("ours", "ours.yaml", f"{source}{applies}examples:\n{listed}")])
    return made


def note(body: str, **facts: str) -> str:
    top = "".join(f"{key}: {value}\n" for key, value in ({"kind": "thank-you"} | facts).items())
    return f"---\n{top}---\nDear Ilse,\n\n{body}\n\nRegards,\nBo"


GOOD_WORDS, BAD_WORDS = f"good: {note('You said asap.')}", f"bad: {note('Write [[asap]].')}"
GOOD_THANKS = f"good: {note('The kiln was warm. Thank you for it.')}"
BAD_THANKS = f"bad: {note('[[The kiln was warm.]]')}"


@pytest.mark.parametrize(
    ("source", "examples"),
    [
        pytest.param(WORDS, (GOOD_WORDS, BAD_WORDS), id="words"),
        pytest.param(THANKS, (GOOD_THANKS, BAD_THANKS), id="something missing"),
        pytest.param(COUNT, (f"good: {note('One.')}", f"bad: {note('One two three four [[five]] six.')}"), id="limit"),
        pytest.param(
            DATES,
            (
                f"good: {note('Thanks.', interview='2026-05-04', date='2026-05-05')}",
                f"bad: {note('[[Thanks.]]', interview='2026-05-04', date='2026-05-14')}",
            ),
            id="dates",
        ),
        pytest.param(
            GROUP,
            (
                "good: ---\nto: Ilse Bo\n---\nDear Ilse,\n\nThe kiln was warm.\n\nBo",
                "bad: ---\nto: Ilse Bo\n---\nDear [[all]],\n\nThe kiln was warm.\n\nBo",
            ),
            id="greeting",
        ),
    ],
)  # fmt: skip
def test_examples_that_prove_something_pass(source: str, examples: tuple[str, ...]) -> None:
    assert [str(problem) for problem in idle_examples([rule(source, *examples)])] == []


@pytest.mark.parametrize(
    ("source", "example", "applies", "words"),
    [
        # Nothing that the good example says can make this rule silent.
        pytest.param(THANKS.replace("thank you", "xylophone"), BAD_THANKS, "", "whatever", id="always"),
        pytest.param(WORDS, f"good: {note('Soon.')}", "applies: {not_kinds: [thank-you]}\n", "scope", id="scope"),
        pytest.param(DATES, f"good: {note('Soon.', date='2026-05-05')}", "", "lacks a fact", id="fact"),
        pytest.param(THANKS, f"good: {note('Thank you.')}", "applies: {channels: [sms]}\n", "scope", id="channel"),
    ],
)  # fmt: skip
def test_an_example_that_proves_nothing_is_told(source: str, example: str, applies: str, words: str) -> None:
    other = f"bad: {note('[[Nothing]] at all.')}" if example.startswith("good") else f"good: {note('Not a word.')}"
    told = [problem.message for problem in idle_examples([rule(source, other, example, applies=applies)])]
    assert any(words in message for message in told), told


def test_a_scope_trap_proves_that_the_scope_matters() -> None:
    trap = f"good: {note('Write asap.', kind='correction')}"
    idle = f"good: {note('Write soon.', kind='correction')}"
    made = rule(WORDS, GOOD_WORDS, BAD_WORDS, trap, idle, applies="applies: {not_kinds: [correction]}\n")
    assert [problem.line for problem in idle_examples([made])] == [made.document.marks["examples", 3, "good"][0]]


def test_a_skipped_example_is_fine_among_judged_ones() -> None:
    facts = {"interview": "2026-05-04"}
    examples = [
        f"bad: {note('[[Thanks.]]', **facts, date='2026-05-14')}",
        f"good: {note('Thanks.', **facts, date='2026-05-05')}",
        f"good: {note('Thanks.', **facts)}",
    ]
    assert list(idle_examples([rule(DATES, *examples)])) == []


def test_a_bad_example_found_when_negated_is_noted() -> None:
    made = rule(THANKS.replace("presence", "pattern"), f"bad: {note('I [[thank you]] now.')}", GOOD_THANKS)
    plain = rule(
        "check: pattern\noptions: {phrases: [i want it]}\n" + HEAD, f"bad: {note('[[I want it]].')}", GOOD_WORDS
    )
    assert [problem.message for problem in fires_negated([made])] == [
        "still found when negated: “I do not thank you now.”"
    ]
    assert list(fires_negated([plain])) == []


@pytest.mark.parametrize(
    ("sentence", "words", "opposite"),
    [
        ("I need an answer.", "need", "I do not need an answer."),
        ("She wants it.", "wants", "She does not want it."),
        ("We waited here.", "waited", "We did not wait here."),
        ("I must know.", "must", "I must not know."),
        ("They are late.", "are late", "They are not late."),
        ("Answer me by noon.", "Answer me", "Do not answer me by noon."),
        ("When will you decide?", "will you decide", ""),
        ("I never asked.", "asked", ""),
        ("A warm kiln.", "warm", ""),
    ],
)
def test_a_verb_is_negated_as_english_does(sentence: str, words: str, opposite: str) -> None:
    start = sentence.index(words)
    assert negated(model.load()(sentence), Span(start, start + len(words))) == opposite


def test_every_example_of_the_catalogue_proves_something() -> None:
    assert [str(problem) for problem in idle_examples(built_in())] == []


def test_the_command_line_exits_one_for_idle_examples(tmp_path: Path) -> None:
    idle = f"{WORDS}applies: {{not_kinds: [correction]}}\nexamples:\n"
    for kind, text in (("bad", note("Write [[asap]].")), ("good", note("Hello.", kind="correction"))):
        idle += f"  - {kind}: |\n" + "".join(f"      {line}\n" for line in text.split("\n"))
    (tmp_path / "ours.yaml").write_text(idle, encoding="utf-8")
    command = [sys.executable, "-c", "from followup_lint.cli import main; main()", "--test-rules", str(tmp_path)]
    plain = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (plain.returncode, plain.stdout) == (0, "1 rule, 2 examples, 0 failures\n")
    mutated = subprocess.run([*command, "--mutate"], capture_output=True, text=True, check=False)
    assert mutated.returncode == 1
    assert mutated.stdout == "1 rule, 2 examples, 0 failures, 1 that prove nothing\n"
    assert "ours.yaml:21:11: good example proves nothing" in mutated.stderr
