"""The checklist: what is there, what is missing, on which words that rests; and how it looks in a terminal."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from followup_lint import catalog
from followup_lint.checklist import Budget, Checklist, Element, State, checklist
from followup_lint.context import Context
from followup_lint.diagnostic import Severity
from followup_lint.draft import Draft
from followup_lint.linter import Linter, Result
from followup_lint.reader import Message, read_message
from followup_lint.reading import Reading
from followup_lint.reports import checklist as terminal
from followup_lint.reports.report import Report
from followup_lint.rule import Rule
from followup_lint.structure import cut
from followup_lint.testing import unmark
from followup_lint.text import Span
from followup_lint.vocabulary import vocabulary

ROOT = Path(__file__).parents[1]
RULES = catalog.built_in()
FULL = Linter(catalog.choose(RULES, "strict", (), ()))
USUAL = Linter(catalog.choose(RULES, "recommended", (), ()))
FAST = Linter(
    catalog.choose(RULES, "strict", ("template-placeholder", "body-too-long", "emoji", "signoff-missing"), ())
)


def looked(text: str, linter: Linter = FULL, name: str = "draft.txt") -> tuple[Result, Reading, Checklist]:
    result = linter.lint(read_message(text.encode("utf-8", "surrogatepass"), name, {}))
    reading = linter.read(Message(result.draft, result.context))
    return result, reading, checklist(reading, result)


def named(found: Checklist, name: str) -> Element:
    (element,) = (item for item in found.elements if item.name == name)
    return element


NOTE = """---
kind: thank-you
role: Beekeeper
interview: 2026-05-05
date: 2026-05-06
---
Subject: Beekeeper, Tuesday's talk

Dear Nadia,

Thank you for the walk along the hives on Tuesday. Your trick with the willow smoke has stayed with me, and I would love
to join you as a beekeeper.

I kept forty hives on the coast for six years. Do you breed your own queens?

Kind regards,
Bruno Falk
"""


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("thanks", ["Thank you"]),
        ("a shared moment", ["hives", "smoke"]),
        ("interest in the job", ["would love"]),
        ("the job by name", ["Beekeeper"]),
        ("your name", ["Bruno Falk"]),
        ("subject", ["Beekeeper, Tuesday's talk"]),
        ("greeting", ["Dear Nadia,"]),
        ("sign-off", ["Kind regards,"]),
        ("questions", ["Do you breed your own queens?"]),
        ("easy to place", ["Beekeeper", "Tuesday"]),
    ],
)
def test_what_is_there_is_shown_in_the_draft_s_own_words(name: str, words: list[str]) -> None:
    _, reading, found = looked(NOTE)
    element = named(found, name)
    assert element.state is State.PRESENT
    told = [span.of(reading.text) for span in element.evidence]
    assert [word for word in words if word not in told] == []


def test_fit_rests_on_a_deed() -> None:
    _, reading, found = looked(NOTE)
    shown = [span.of(reading.text) for span in named(found, "fit for the job").evidence]
    assert any("years" in words or "kept" in words for words in shown)


def test_time_is_told_in_days() -> None:
    element = named(looked(NOTE)[2], "sent in time")
    assert (element.state, element.said) == (State.PRESENT, "1 day after the interview")


def test_lengths_are_measured_against_their_limits() -> None:
    _, reading, found = looked(NOTE)
    assert named(found, "length").budget == Budget(len(reading.words), 150, "word")
    assert named(found, "questions").budget == Budget(1, 1, "question")
    assert named(found, "sentences").budget == Budget(4, 9, "sentence")
    longest, paragraph = named(found, "longest sentence").budget, named(found, "longest paragraph").budget
    assert longest == Budget(20, 35, "word")
    assert paragraph == Budget(30, 80, "word")


def test_tone_stands_in_the_band_of_its_culture() -> None:
    band = named(looked(NOTE)[2], "tone").band
    assert band is not None
    assert (band.low, band.high) == (-1.5, 2.2)
    assert band.low < band.score < band.high


@pytest.mark.parametrize(
    ("count", "limit", "words", "share"),
    [
        (46, 150, "46 of 150 words", 46 / 150),
        (150, 150, "150 of 150 words", 1.0),
        (170, 150, "170 words, at most 150", 1.0),
        (1, 0, "1 word, at most 0", 1.0),
        (0, 0, "no words, at most 0", 0.0),
        (0, 2, "no words, at most 2", 0.0),
    ],
)
def test_a_budget_in_words(count: int, limit: int, words: str, share: float) -> None:
    budget = Budget(count, limit, "word")
    assert (str(budget), budget.over) == (words, count > limit)
    assert budget.share == pytest.approx(share)


BARE = """---
kind: thank-you
---
Dear Ewa,

Thanks in advance for any news. What do you pay? When do I start? Who else?

Best,
Tom
"""


def test_what_is_missing_shows_the_nearest_miss_and_the_gravest_finding() -> None:
    result, reading, found = looked(BARE)
    thanks = named(found, "thanks")
    assert thanks.state is State.MISSING
    assert [span.of(reading.text) for span in thanks.evidence] == ["Thanks in advance"]
    (told,) = [item for item in result.diagnostics if item.rule == "gratitude-missing"]
    assert (thanks.said, thanks.severity) == (told.message, told.severity)
    questions = named(found, "questions")
    assert questions.state is State.MISSING
    assert [span.of(reading.text) for span in questions.evidence] == [
        "What do you pay?",
        "When do I start?",
        "Who else?",
    ]
    assert str(questions.budget) == "3 questions, at most 1"


def test_what_is_nowhere_has_no_words_to_show() -> None:
    element = named(
        looked("---\nkind: thank-you\n---\nDear Ewa,\n\nThe drill press needs a guard.\n\nTom\n")[2], "thanks"
    )
    assert (element.state, element.evidence) == (State.MISSING, ())


def test_what_this_kind_of_message_does_not_need_is_not_applicable() -> None:
    _, _, found = looked(NOTE)
    for name in (
        "where things stand",
        "timing",
        "your number",
        "a good time to talk",
        "your withdrawal",
        "attachments",
    ):
        assert named(found, name).state is State.NOT_APPLICABLE, name


def test_what_no_rule_of_the_run_looks_for_is_not_judged() -> None:
    few = Linter(catalog.choose(RULES, "recommended", ("gratitude-missing",), ()))
    _, _, found = looked(NOTE, few)
    assert named(found, "thanks").state is State.PRESENT
    assert named(found, "interest in the job").state is State.NOT_JUDGED
    assert named(found, "where things stand").state is State.NOT_APPLICABLE
    assert [item.state for item in found.practices] == [State.PRESENT, *[State.NOT_JUDGED] * 4]


def test_a_lacking_fact_is_named_in_words() -> None:
    element = named(looked(NOTE.replace("date: 2026-05-06\n", ""))[2], "sent in time")
    assert (element.state, element.said) == (State.NOT_JUDGED, "needs the day you will send it")


def test_what_the_writer_lets_be_is_said_to_be_let_be() -> None:
    text = BARE.replace("kind: thank-you", "kind: thank-you\nignore: {gratitude-missing: I thanked her by phone}")
    element = named(looked(text)[2], "thanks")
    assert (element.state, element.said) == (State.LET_BE, "I thanked her by phone")


def test_a_finding_too_mild_to_report_is_no_praise() -> None:
    linter = Linter(catalog.choose(RULES, "lenient", (), ()))
    result = linter.lint(read_message(BARE.encode(), "draft.txt", {}), Severity.ERROR)
    found = checklist(linter.read(Message(result.draft, result.context)), result)
    assert named(found, "interest in the job").state is State.NOT_JUDGED


def test_rules_of_the_project_s_own_have_a_place() -> None:
    (own,) = [rule for rule in RULES if rule.name == "emoji"]
    rule = Rule("house-style", own.form, own.make, own.read)
    _, _, found = looked(NOTE.replace("hives on", "hives 🐝 on"), Linter((rule,)))
    element = named(found, "anything else")
    assert (element.practice, element.state, element.rules) == (4, State.MISSING, ("house-style",))


def test_every_rule_has_one_place_and_each_thing_one_practice() -> None:
    lists = vocabulary("checklist")
    counts = Counter(name for names in lists.values() for name in names)
    assert {name: count for name, count in counts.items() if count > 1} == {}
    practices = {rule.name: rule.file.practice for rule in RULES}
    assert set(counts) <= set(practices), "the checklist names rules that are not there"
    homeless = {name for name, practice in practices.items() if practice} - set(counts)
    assert homeless == set(), "add them to rules/vocabulary/checklist.yaml"
    mixed = [name for name, names in lists.items() if len({practices[item] for item in names}) > 1]
    assert mixed == []


def _examples() -> list[tuple[Rule, str, str, bool]]:
    kinds = {"presence", "reference", "asks", "part", "length", "count", "mention", "subject", "tone"}
    lists = vocabulary("checklist")
    firsts = {names[0] for names in lists.values()}
    return [
        (rule, example.bad or example.good, example.file, bool(example.bad))
        for rule in RULES
        if rule.file.check in kinds and rule.name in firsts
        for example in rule.file.examples
    ]


def test_in_the_examples_of_every_rule_the_checklist_agrees_with_the_findings() -> None:
    places = {name: thing for thing, names in vocabulary("checklist").items() for name in names}
    shown = 0
    for rule, text, file, is_bad in _examples():
        result, reading, found = looked(unmark(text)[0], Linter((rule,)), file)
        element = named(found, places[rule.name])
        if is_bad:
            assert element.state is State.MISSING, (rule.name, text)
        else:
            assert element.state in {State.PRESENT, State.NOT_APPLICABLE}, (rule.name, text)
        assert all(span.of(reading.text).strip() for span in element.evidence), (rule.name, text)
        assert not (element.budget and element.budget.over and not is_bad), (rule.name, text)
        shown += element.state is State.PRESENT and bool(element.evidence)
        assert result.rules == (rule,)
    assert shown > 60, "too few examples show any words"


def test_what_a_rule_of_presence_accepts_it_can_show() -> None:
    places = {name: thing for thing, names in vocabulary("checklist").items() for name in names}
    for rule, text, file, is_bad in _examples():
        if rule.name in {"gratitude-missing", "interest-missing", "specific-reference-missing", "status-ask-missing"}:
            result, _, found = looked(unmark(text)[0], Linter((rule,)), file)
            if not is_bad and rule.file.applies.to(result.context):
                assert named(found, places[rule.name]).evidence, (rule.name, text)


def plain(text: str, linter: Linter = USUAL, name: str = "draft.txt") -> str:
    result, reading, _ = looked(text, linter, name)
    return terminal.render_one(result, reading)


def test_the_terminal_shows_signs_words_places_and_a_verdict() -> None:
    shown = plain(NOTE, FULL)
    assert re.search(r"✓ thanks +“Thank you for the walk along the hives on…” 11:1\n", shown)
    assert re.search(r"✓ length +█+░+  46 of 150 words\n", shown)
    assert re.search(r"✓ tone +formal ┄+├─+●─+┤┄+ casual\n", shown)
    assert re.search(r"✓ sent in time +1 day after the interview\n", shown)
    assert shown.startswith("draft.txt · thank-you · email · neutral · 46 words\n\n  1 thank ✓\n")
    assert shown.endswith("\n\n")
    assert "not looked at" not in shown


def test_the_terminal_tells_what_is_wrong_and_what_was_left_out() -> None:
    shown = plain(BARE)
    assert re.search(r"  1 thank ✗\n", shown)
    assert re.search(r"✗ thanks +“Thanks in advance” thanks for something", shown)
    assert re.search(r"✗ questions +█{20}  3 questions, at most 1\n +at 6:33, 6:50, 6:67\n", shown)
    assert re.search(r"– sent in time +needs the day", shown)
    assert re.search(r"  not looked at: fit for the job", shown)
    assert "mend first: " in shown


def test_colours_go_through_the_brush() -> None:
    result, reading, _ = looked(BARE, USUAL)
    shown = terminal.render_one(result, reading, lambda words, style: f"<{style}>{words}</{style}>")
    assert "<red>✗</red>" in shown
    assert "<green>✓</green>" in shown
    assert "<bold>draft.txt</bold>" in shown
    assert re.sub(r"</?(?:red|green|bold|dim|cyan)>", "", shown) == terminal.render_one(result, reading)


def test_a_draft_that_cannot_be_read_anew_has_its_verdict_alone() -> None:
    result, _, _ = looked(NOTE)
    assert terminal.render(Report([result])) == (
        "draft.txt · thank-you · email · neutral · 46 words\n\n  good to send\n\n"
    )


@pytest.mark.parametrize("path", sorted((ROOT / "examples").iterdir()), ids=lambda path: path.name)
def test_no_line_is_wider_than_the_terminal(path: Path) -> None:
    result = USUAL.lint(read_message(path.read_bytes(), path.name, {}))
    report = Report([result], read=lambda item: USUAL.read(Message(item.draft, item.context)))
    assert max(map(cell_len, terminal.render(report).split("\n"))) <= 80


WORDS = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(WORDS, WORDS)
def test_no_draft_can_reach_the_terminal_or_break_its_lines(greeting: str, body: str) -> None:
    text = f"Dear [{greeting}],\n\n{body}!!! [{body}] 検査結果の御報告 {body}\n\nBest,\nTom\n"
    draft = Draft("draft.txt", text, cut(text, Span(0, len(text))))  # as no file could hold it
    result = FAST.lint(Message(draft, Context()))
    shown = terminal.render_one(result, FAST.read(Message(draft, Context())))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    lines = shown.split("\n")
    assert max(map(cell_len, lines[1:])) <= 80
    assert lines[-3:] == [lines[-3], "", ""]
