"""The rules about length, number and time, at both sides of every limit."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from followup_lint.catalog import from_folder
from followup_lint.linter import Linter, Result
from followup_lint.reader import read_message
from followup_lint.rule import Rule

RULES = Path(__file__).parents[1] / "rules"
WORDS = "The loom was old and it ran all day and we sat by it and saw how it made the red cloth for the tall ship"


@cache
def rules() -> dict[str, Rule]:
    return {rule.name: rule for rule in from_folder(RULES)}


def lint(name: str, facts: str, body: str, file: str = "draft.txt") -> Result:
    text = body if file.endswith(".eml") else f"---\n{facts}\n---\nDear Ana,\n\n{body}\n\nRegards,\nSam\n"
    return Linter((rules()[name],)).lint(read_message(text.encode(), file, {}))


def shown(name: str, facts: str, body: str = "Is there any news on the clerk job?") -> str:
    """Return the severity of what the rule says, or an empty string."""
    return "".join(item.severity.value for item in lint(name, facts, body).diagnostics)


def words(count: int) -> str:
    """Return prose of so many words, in sentences of twenty."""
    pool = (WORDS.lower().split() * (count // 10 + 1))[:count]
    return " ".join(word + "." if place % 20 == 19 or place == count - 1 else word for place, word in enumerate(pool))


@pytest.mark.parametrize(
    ("interview", "sent", "severity"),
    [
        ("2026-05-04T10:00/11:00", "2026-05-05T10:59", ""),
        ("2026-05-04T10:00/11:00", "2026-05-05T11:00", ""),
        ("2026-05-04T10:00/11:00", "2026-05-05T11:01", "warning"),
        ("2026-05-04", "2026-05-05T23:59", ""),
        ("2026-05-04", "2026-05-06T00:01", "warning"),
        ("2026-05-04T10:00+02:00", "2026-05-05T04:30-04:00", "warning"),
        ("2026-05-04T10:00+02:00", "2026-05-05T03:30-04:00", ""),
        ("2026-05-04T10:00", "2026-05-03T10:00", ""),
    ],
)
def test_a_thank_you_is_late_after_a_day(interview: str, sent: str, severity: str) -> None:
    assert shown("late-thank-you", f"kind: thank-you\ninterview: {interview}\ndate: {sent}") == severity


@pytest.mark.parametrize(
    ("sent", "words"),
    [("2026-05-06T11:00", "within 24 hours."), ("2026-05-06T11:01", "well past"), ("2026-05-12", "week")],
)
def test_later_is_told_more_strongly(sent: str, words: str) -> None:
    result = lint("late-thank-you", f"kind: thank-you\ninterview: 2026-05-04T10:00/11:00\ndate: {sent}", "Thanks.")
    assert words in result.diagnostics[0].message


def test_outside_north_america_late_is_only_a_suggestion() -> None:
    facts = "kind: thank-you\nregion: de\ninterview: 2026-05-04T10:00\ndate: 2026-05-07T10:00"
    assert shown("late-thank-you", facts) == "suggestion"


@pytest.mark.parametrize(
    ("sent", "severity"),
    [("10:59", ""), ("11:00", "suggestion"), ("11:29", "suggestion"), ("11:30", "")],
)
def test_too_soon_ends_after_half_an_hour(sent: str, severity: str) -> None:
    facts = f"kind: thank-you\ninterview: 2026-05-04T10:00/11:00\ndate: 2026-05-04T{sent}"
    assert shown("too-soon-thank-you", facts) == severity


@pytest.mark.parametrize(
    ("sent", "severity"),
    [
        ("2026-05-04", "error"),
        ("2026-05-06T23:59", "error"),
        ("2026-05-07T00:01", "warning"),
        ("2026-05-10T23:59", "warning"),
        ("2026-05-11T00:01", ""),
        ("2026-05-01", ""),
    ],
)
def test_the_seventh_day_is_the_first_for_a_check_in(sent: str, severity: str) -> None:
    assert shown("early-check-in", f"kind: check-in\ninterview: 2026-05-04T16:00\ndate: {sent}") == severity


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        ("previous: [{kind: thank-you, date: 2026-05-06}]\ndate: 2026-05-12", "warning"),
        ("previous: [{kind: thank-you, date: 2026-05-06, answered: true}]\ndate: 2026-05-12", ""),
        ("previous: [{kind: check-in, date: 2026-05-11}]\ndate: 2026-05-13", ""),
        ("decision_by: 2026-05-08\ndate: 2026-05-10", ""),
        ("previous: [{kind: thank-you, date: 2026-04-20, answered: true}]\ndate: 2026-05-08", "warning"),
    ],
)
def test_what_a_check_in_waits_for(facts: str, severity: str) -> None:
    assert shown("early-check-in", f"kind: check-in\ninterview: 2026-05-04\n{facts}") == severity


@pytest.mark.parametrize(
    ("promised", "sent", "severity"),
    [
        ("2026-05-20", "2026-05-19T23:59", "error"),
        ("2026-05-20", "2026-05-20T00:01", "warning"),
        ("2026-05-20", "2026-05-21", "warning"),
        ("2026-05-20", "2026-05-22", ""),
        ("2026-05-22", "2026-05-25", "warning"),
        ("2026-05-22", "2026-05-26", ""),
    ],
)
def test_a_promise_has_two_working_days_more(promised: str, sent: str, severity: str) -> None:
    assert shown("before-promised-date", f"kind: check-in\ndecision_by: {promised}\ndate: {sent}") == severity


@pytest.mark.parametrize(("sent", "severity"), [("2026-05-18", "warning"), ("2026-05-19", "")])
def test_a_week_between_follow_ups(sent: str, severity: str) -> None:
    facts = f"kind: second-check-in\nprevious: [{{kind: check-in, date: 2026-05-12}}]\ndate: {sent}"
    assert shown("follow-up-too-frequent", facts) == severity


@pytest.mark.parametrize("sent", ["2026-05-13", "2026-05-16", "2026-05-20"])
def test_early_and_too_frequent_are_never_both(sent: str) -> None:
    for earlier in ("thank-you", "check-in"):
        facts = (
            f"kind: check-in\ninterview: 2026-05-11\nprevious: [{{kind: {earlier}, date: 2026-05-12}}]\ndate: {sent}"
        )
        assert not (shown("early-check-in", facts) and shown("follow-up-too-frequent", facts))


@pytest.mark.parametrize(("earlier", "severity"), [(1, ""), (2, "warning"), (3, "error"), (4, "error")])
def test_the_third_question_is_one_too_many(earlier: int, severity: str) -> None:
    previous = ", ".join(f"{{kind: check-in, date: 2026-05-{day + 10}}}" for day in range(earlier))
    assert shown("too-many-follow-ups", f"kind: check-in\nprevious: [{previous}]") == severity


@pytest.mark.parametrize(
    ("rule", "facts", "limit", "severity"),
    [
        ("body-too-long", "kind: thank-you", 150, "warning"),
        ("body-too-long", "kind: thank-you", 250, "error"),
        ("body-too-long", "kind: check-in", 120, "warning"),
        ("body-too-long", "kind: withdrawal", 180, "error"),
        ("body-too-long", "kind: correction", 80, "warning"),
        ("voicemail-too-long", "kind: check-in\nchannel: voicemail", 75, "warning"),
        ("voicemail-too-long", "kind: check-in\nchannel: voicemail", 110, "error"),
        ("long-paragraph", "kind: thank-you\nchannel: letter", 80, "warning"),
    ],
)
def test_a_word_limit_may_be_reached_but_not_passed(rule: str, facts: str, limit: int, severity: str) -> None:
    assert shown(rule, facts, words(limit)) != severity
    assert shown(rule, facts, words(limit + 1)) == severity


def test_the_sixth_sentence_matters_only_in_a_paragraph_of_some_length() -> None:
    six = [words(10)] * 5
    assert shown("long-paragraph", "kind: check-in", " ".join([*six, words(9)])) == ""
    assert shown("long-paragraph", "kind: check-in", " ".join([*six, words(10)])) == "warning"


@pytest.mark.parametrize(
    ("kind", "count", "severity"),
    [
        ("thank-you", 24, "warning"),
        ("thank-you", 25, ""),
        ("withdrawal", 14, "warning"),
        ("withdrawal", 15, ""),
        ("correction", 5, ""),
    ],
)
def test_a_note_has_a_least_length(kind: str, count: int, severity: str) -> None:
    assert shown("body-too-short", f"kind: {kind}", words(count)) == severity


@pytest.mark.parametrize(("count", "severity"), [(35, ""), (36, "suggestion")])
def test_a_sentence_may_have_thirty_five_words(count: int, severity: str) -> None:
    sentence = " ".join((WORDS.split() * 3)[:count]) + " “so he said” https://looms.example/a."
    assert shown("long-sentence", "kind: thank-you", sentence) == severity


def test_a_number_read_out_is_one_word() -> None:
    number = " My number is five five five, oh one - four two."
    facts = "kind: check-in\nchannel: voicemail"
    assert shown("voicemail-too-long", facts, words(71) + number) == ""
    assert shown("voicemail-too-long", facts, words(72) + number) == "warning"


@pytest.mark.parametrize(
    ("body", "severity"),
    [
        ("Do you know when you will choose? May I send you my card?", ""),
        ("I wonder who chooses and when it is. Is it soon? Who else came?", "error"),
        ("Could you tell me how, when and where you choose?", ""),
        ("It would help to know who chooses, how long it takes and whether I may call.", "warning"),
        ("I know who chooses, how long it takes and what it costs. I wanted to ask you that in May.", ""),
    ],
)
def test_questions_are_counted_as_a_reader_counts_them(body: str, severity: str) -> None:
    assert shown("too-many-questions", "kind: check-in", body) == severity


@pytest.mark.parametrize(
    ("culture", "marks", "severity"),
    [
        ("formal", 0, ""),
        ("formal", 1, "suggestion"),
        ("formal", 2, "warning"),
        ("neutral", 1, ""),
        ("neutral", 2, "warning"),
        ("casual", 3, ""),
        ("casual", 4, "warning"),
    ],
)
def test_each_culture_has_its_exclamation_marks(culture: str, marks: int, severity: str) -> None:
    body = " ".join(["What a loom!"] * marks + ["I saw it."])
    assert shown("exclamation-excess", f"kind: thank-you\nculture: {culture}", body) == severity


def mail(*files: str) -> str:
    parts = "".join(f'--x\nContent-Disposition: attachment; filename="{file}"\n\nx\n' for file in files)
    return (
        "Subject: Loom\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
        f"--x\nContent-Type: text/plain\n\nDear Ana,\n\nMy cloth is attached.\n\nSam\n{parts}--x--\n"
    )


@pytest.mark.parametrize(
    ("files", "found"), [(("a.pdf",), 0), (("a.pdf", "b.pdf"), 1), (("a.pdf", "sam.vcf", "smime.p7s"), 0)]
)
def test_one_file_is_enough(files: tuple[str, ...], found: int) -> None:
    result = lint("too-many-links", "", mail(*files), "thanks.eml")
    assert len(result.diagnostics) == found
    assert all("a.pdf, b.pdf" in item.message for item in result.diagnostics)


def test_of_very_many_asks_each_names_a_few_others() -> None:
    found = lint("status-ask-in-thank-you", "kind: thank-you", "When will you decide on the job? " * 60).diagnostics
    assert len(found) == 60
    assert {len(item.finding.related) for item in found} == {20}
    few = lint("status-ask-in-thank-you", "kind: thank-you", "When will you decide on the job? " * 21).diagnostics
    assert [item.finding.related for item in few] == [
        tuple(other.span for other in few if other != item) for item in few
    ]
