"""Drafts in one folder: who belongs to whom, and what the rules that compare them say."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup_lint.catalog import built_in
from followup_lint.linter import Linter
from followup_lint.reader import Message, read_message
from followup_lint.thread.quoted import quoted_own
from followup_lint.thread.records import others
from followup_lint.thread.tree import MAX_BYTES, MAX_FILES

NAMES = ("near-duplicate-note", "second-check-in-nothing-new", "other-company-named")
NEW = tuple(rule for rule in built_in() if rule.name in {"same-question-again", "pressure-adds-up"})
RULES = tuple(rule for rule in built_in() if rule.name in NAMES)
BODY = "Thank you for the hour in the dye house. I had not seen madder rooted in pots before, and I want this job.\n"


def draft(folder: Path, name: str, facts: str, body: str = BODY) -> Message:
    path = folder / name
    path.write_text(f"---\n{facts}---\nHello,\n\n{body}\nSam Roe\n", encoding="utf-8")
    return read_message(path.read_bytes(), str(path), {})


def said(message: Message) -> list[tuple[str, str]]:
    return [(item.rule, item.finding.case) for item in Linter(RULES).lint(message).diagnostics]


PANEL = "kind: thank-you\ncompany: Dye Works\ninterview: 2026-03-04\nto: {}\n"


def test_two_notes_of_one_panel_are_each_told(tmp_path: Path) -> None:
    first = draft(tmp_path, "a.txt", PANEL.format("Ines Roy"))
    second = draft(tmp_path, "b.txt", PANEL.format("Tom Ek"))
    assert said(first) == said(second) == [("near-duplicate-note", "panel")]
    assert "b.txt" in Linter(RULES).lint(first).diagnostics[0].message


@pytest.mark.parametrize(
    ("facts", "body"),
    [
        (PANEL.format("Ines Roy"), BODY),  # another try at the same note
        (PANEL.format("Tom Ek").replace("Dye Works", "Wool Hall"), BODY),
        (PANEL.format("Tom Ek").replace("03-04", "04-04"), BODY),
        (PANEL.format("Tom Ek").replace("thank-you", "correction"), BODY),
        (PANEL.format("Tom Ek"), "Thank you for the hour by the vats; your rule about rain water is a good one.\n"),
        ("kind: thank-you\n", BODY),  # nothing says that it is the same interview
    ],
)
def test_other_neighbours_are_no_duplicates(tmp_path: Path, facts: str, body: str) -> None:
    message = draft(tmp_path, "a.txt", PANEL.format("Ines Roy"))
    draft(tmp_path, "b.txt", facts, body)
    assert ("near-duplicate-note", "panel") not in said(message)
    assert ("near-duplicate-note", "earlier") not in said(message)


def test_names_are_masked_before_comparing(tmp_path: Path) -> None:
    message = draft(tmp_path, "a.txt", PANEL.format("Ines Roy"), f"Ines, {BODY}")
    draft(tmp_path, "b.txt", PANEL.format("Tom Ek"), f"Tom, {BODY}")
    assert "100 %" in Linter(RULES).lint(message).diagnostics[0].message


CHECK = "kind: {}\nthread: dye\ndate: 2026-0{}-01\n"
ASK = "Is there any news on the dyer post? I remain keen.\n"


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        (ASK, {"near-duplicate-note", "second-check-in-nothing-new"}),
        ("I wonder whether the dyer post is filled. I hope for good news.\n", {"second-check-in-nothing-new"}),
        ("Is there any news on the dyer post? I have since won a grant for indigo.\n", set()),
        ("Is there any news on the dyer post? See https://example.org/vats for my vats.\n", set()),
    ],
)
def test_a_second_check_in_is_held_against_the_first(tmp_path: Path, later: str, expected: set[str]) -> None:
    draft(tmp_path, "first.txt", CHECK.format("check-in", 5), ASK)
    message = draft(tmp_path, "second.txt", CHECK.format("second-check-in", 6), later)
    assert {rule for rule, _ in said(message)} == expected


def test_the_first_is_not_held_against_the_second(tmp_path: Path) -> None:
    message = draft(tmp_path, "first.txt", CHECK.format("check-in", 5), ASK)
    draft(tmp_path, "second.txt", CHECK.format("second-check-in", 6), ASK)
    assert said(message) == []


def test_a_listed_file_is_earlier_without_a_date_of_its_own(tmp_path: Path) -> None:
    draft(tmp_path, "first.txt", "kind: check-in\n", ASK)
    facts = "kind: second-check-in\nprevious:\n  - kind: check-in\n    date: 2026-05-01\n    file: first.txt\n"
    message = draft(tmp_path, "second.txt", facts, ASK)
    assert {rule for rule, _ in said(message)} == {"near-duplicate-note", "second-check-in-nothing-new"}


@pytest.mark.parametrize("name", ["../out.txt", "missing.txt", "notes", "", "picture.png"])
def test_a_listed_file_outside_the_folder_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / "out.txt").write_text("secret", encoding="utf-8")
    folder = tmp_path / "drafts"
    (folder / "notes").mkdir(parents=True)
    (folder / "picture.png").write_bytes(b"\x89PNG")
    facts = f"previous:\n  - kind: check-in\n    date: 2026-05-01\n    file: '{name}'\n"
    assert others(draft(folder, "a.txt", facts)) == ()


def test_what_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    message = draft(tmp_path, "a.txt", "kind: thank-you\n")
    (tmp_path / "binary.txt").write_bytes(b"\x00\xff" * 50)
    (tmp_path / "long.txt").write_text("word " * MAX_BYTES, encoding="utf-8")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "broken.txt").write_text("---\nkind: [\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Hello,\n\nfine.\n", encoding="utf-8")
    assert {other.name for other in others(message)} >= {"b.txt"}
    assert {"binary.txt", "long.txt", "folder.txt", "dangling.txt"}.isdisjoint(other.name for other in others(message))


def test_a_crowded_folder_is_not_looked_into(tmp_path: Path) -> None:
    message = draft(tmp_path, "a.txt", "kind: thank-you\n")
    for number in range(MAX_FILES):
        (tmp_path / f"{number}.txt").touch()
    assert others(message) == ()


def test_a_draft_that_is_no_file_has_no_neighbours() -> None:
    assert others(read_message(b"Hello,\n\nfine.\n", "stdin.txt", {})) == ()


def test_a_changed_neighbour_is_read_again(tmp_path: Path) -> None:
    message = draft(tmp_path, "a.txt", PANEL.format("Ines Roy"))
    draft(tmp_path, "b.txt", PANEL.format("Tom Ek"), "Thank you for the hour by the vats, I liked the rain water.\n")
    assert said(message) == []
    draft(tmp_path, "b.txt", PANEL.format("Tom Ek"))
    assert said(message) == [("near-duplicate-note", "panel")]


@pytest.mark.parametrize(
    ("mine", "body", "count"),
    [
        ("company: Dye Works\n", "I would be glad to join Wool Hall as a spinner.", 1),
        ("company: Wool Hall\n", "I would be glad to join Wool Hall as a spinner.", 0),
        ("company: Wool Hall Trading\n", "I would be glad to join Wool Hall as a spinner.", 0),
        ("company: Dye Works\nmy_employers: [Wool Hall]\n", "At Wool Hall we spun at night.", 0),
        ("company: Dye Works\n", "I worked at Wool Hall for two years.", 0),
        ("company: Dye Works\n", "You asked, “Why not Wool Hall?” and I had no answer.", 0),
        ("", "I would be glad to join Wool Hall as a spinner.", 0),
    ],
)
def test_the_firm_of_another_draft(tmp_path: Path, mine: str, body: str, count: int) -> None:
    draft(tmp_path, "b.txt", "kind: thank-you\ncompany: Wool Hall\n", "Thank you for the spindle.\n")
    message = draft(tmp_path, "a.txt", f"kind: thank-you\n{mine}", body + "\n")
    assert [rule for rule, _ in said(message)] == ["other-company-named"] * count


QUESTION = "Do the night shifts in the vat room start in June?"


@pytest.mark.parametrize(
    ("then", "now", "again"),
    [
        (QUESTION, "May I ask whether the night shifts in the vat room start in June?", True),
        (QUESTION, "Please tell me if the night shifts in the vat room start in June.", True),
        (QUESTION, "When do the night shifts in the vat room end?", False),
        ("When do the night shifts start?", "Where do the night shifts start?", False),
        (QUESTION, "The night shifts in the vat room would suit me from June.", False),
        ("Has the dyer post been filled yet?", "Has the dyer post been filled yet?", False),
        ("Could you let me know about the dyer post?", "Could you let me know about the dyer post?", False),
        ("Did you get my mail?", "Did you get my mail?", False),
        ("How are you?", "How are you?", False),
        ("Would you be open to a call?", "Is the post still open?", False),
    ],
)
def test_a_question_asked_again(tmp_path: Path, then: str, now: str, again: bool) -> None:  # noqa: FBT001
    draft(tmp_path, "first.txt", CHECK.format("check-in", 5), f"I hope you are well. {then}\n")
    message = draft(tmp_path, "second.txt", CHECK.format("second-check-in", 6), f"I am still keen. {now}\n")
    found = Linter(NEW).lint(message).diagnostics
    assert [(item.rule, item.finding.elsewhere) for item in found] == (
        [("same-question-again", ((str(tmp_path / "first.txt"), 8),))] if again else []
    )


@pytest.mark.parametrize(("answered", "count"), [("false", 1), ("true", 0)])
def test_an_answer_clears_questions_and_pressure(tmp_path: Path, answered: str, count: int) -> None:
    draft(tmp_path, "first.txt", CHECK.format("check-in", 5), f"{QUESTION}\n")
    listed = (
        "kind: second-check-in\nthread: dye\ndate: 2026-05-12\nprevious:\n"
        f"  - {{kind: check-in, date: 2026-05-01, file: first.txt}}\n"
        f"  - {{kind: check-in, date: 2026-05-07, answered: {answered}}}\n"
    )
    message = draft(tmp_path, "third.txt", listed, f"Please reply as soon as possible. {QUESTION}\n")
    found = Linter(NEW).lint(message).diagnostics
    assert sorted(item.rule for item in found) == ["pressure-adds-up", "same-question-again"][: 2 * count]
    if count:
        assert "3 messages in 11 days" in found[0].message


def test_ones_own_quoted_message_is_told_from_theirs() -> None:
    mail = (
        "From: Sam Roe <sam@mail.example>\nTo: Ines Roy <ines@dye.example>\nSubject: Re: Dyer\n"
        "Content-Type: text/plain\n\nAny news?\n\nSam\n\n-----Original Message-----\n"
        "From: {}\nSent: Monday\nTo: Ines\nSubject: Dyer\n\nThe vats of old.\n"
    )
    own, theirs = (
        quoted_own(read_message(mail.format(name).encode(), "a.eml", {}).draft)
        for name in ("Sam Roe <sam@mail.example>", "Ines Roy <ines@dye.example>")
    )
    assert "vats" in "".join(own)
    assert theirs == ()


def test_neighbours_are_only_read_when_a_rule_asks(tmp_path: Path) -> None:
    message = draft(tmp_path, "a.txt", "kind: thank-you\n")

    def refuse(_: Message) -> tuple[()]:
        raise AssertionError("nobody asked for neighbours")

    quiet = tuple(rule for rule in built_in() if rule.file.check != "thread")
    Linter(quiet[:5], others=refuse).lint(message)
    with pytest.raises(AssertionError):
        Linter(RULES, others=refuse).lint(message)


DAY = next(rule for rule in built_in() if rule.name == "date-mismatch")
MONDAY = "kind: thank-you\ninterview: 2026-05-04T10:00/11:00\n"


@pytest.mark.parametrize(
    ("facts", "body", "wrong"),
    [
        ("", "Thank you for our talk on Tuesday.", "Tuesday"),
        ("", "Thank you for our talk on Monday.", ""),
        ("", "Thank you for our talk on Mon. and for the tea.", ""),
        ("", "Tuesday's interview was a pleasure.", "Tuesday"),
        ("", "I enjoyed meeting you on May 5th.", "May 5th"),
        ("", "I enjoyed meeting you on the 4th of May, 2026.", ""),
        ("", "I enjoyed meeting you on 4 May 2025.", "4 May 2025"),
        ("", "I enjoyed meeting you on Tuesday, 4 May.", "Tuesday, 4 May"),
        ("", "Our interview on the 5th was a pleasure.", "the 5th"),
        ("", "Thank you for the interview. I can start on Wednesday.", ""),
        ("", "Thank you for meeting me; I look forward to our talk on Friday.", ""),
        ("", "Thank you for our talk on Monday and the visit on Wednesday.", ""),
        ("", "Thank you for the first interview on Thursday.", ""),
        ("", "Thank you for seeing me at 4 pm on a busy day.", ""),
        ("", "Thank you for meeting me yesterday.", ""),
        ("date: 2026-05-05T09:00\n", "Thank you for meeting me yesterday.", ""),
        ("date: 2026-05-06T09:00\n", "Thank you for meeting me yesterday.", "yesterday"),
        ("date: 2026-05-05T09:00\n", "Thank you for meeting me today.", "today"),
        ("date: 2026-05-05T01:00\n", "Thank you for meeting me today.", ""),
        ("decision_by: 2026-05-15\n", "When we met on Friday you were kind.", ""),
        ("previous:\n  - kind: thank-you\n    date: 2026-05-07\n", "Thank you for our chat on Thursday.", ""),
    ],
)
def test_the_day_of_the_interview(facts: str, body: str, wrong: str) -> None:
    text = f"---\n{MONDAY}{facts}---\nDear Ines,\n\n{body}\n\nRegards,\nSam Roe\n"
    result = Linter((DAY,)).lint(read_message(text.encode(), "note.txt", {}))
    assert "".join(item.span.of(text) for item in result.diagnostics) == wrong


def test_without_an_interview_date_the_rule_is_skipped() -> None:
    result = Linter((DAY,)).lint(read_message(b"Thank you for our talk on Tuesday.\n", "note.txt", {}))
    assert [(item.rule, item.lacks) for item in result.skipped] == [("date-mismatch", "interview")]
