"""What the time rules say beside their verdict: how long it has been, since what, how long to wait and until when."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

import pytest

from followup_lint import model
from followup_lint.catalog import built_in
from followup_lint.checks.timing import Check
from followup_lint.context import Context, Earlier, Fact, Kind, merge
from followup_lint.diagnostic import Finding
from followup_lint.draft import Draft
from followup_lint.facts import PARSERS
from followup_lint.linter import Linter
from followup_lint.reader import Message
from followup_lint.reading import Reading
from followup_lint.written_times import parse_moment

TALK = {"kind": "thank-you", "interview": "2026-05-06T10:00/11:00"}  # a Wednesday
DAY = {"kind": "thank-you", "interview": "2026-05-06"}
TALKED = "the interview on 6 May"
ASK = {"kind": "check-in", "interview": "2026-05-06"}


def context(facts: dict[str, str], date: str = "") -> Context:
    """Write `previous` as `kind date`, with a `!` behind what was answered."""
    read = {name: Fact(PARSERS[name](text), "test") for name, text in facts.items() if name != "previous"}
    earlier = [item.split() for item in facts.get("previous", "").split(",") if item]
    known = [Earlier(Kind(kind), parse_moment(day.rstrip("!")), day.endswith("!")) for kind, day in earlier]
    told = {"previous": Fact(tuple(known), "test")} | ({"date": Fact(parse_moment(date), "test")} if date else {})
    return merge({**read, **told})


def found(check: Check, facts: dict[str, str], date: str = "") -> list[Finding]:
    return [*check(Reading(Draft("note.txt", "Any news?"), context(facts, date), model.load))]


def rule(name: str) -> Check:
    (only,) = [item for item in built_in() if item.name == name]
    assert isinstance(only.check, Check)
    return only.check


@pytest.mark.parametrize(
    ("name", "facts", "date", "case", "told"),
    [
        # Thanks: in hours up to the second day, then in days; a day without an hour is counted as a whole one.
        ("late-thank-you", TALK, "2026-05-07T11:01", "over", f"more than 24 hours (24 of 24) after {TALKED}"),
        ("late-thank-you", TALK, "2026-05-07T12:00", "over", f"25 hours (25 of 24) after {TALKED}"),
        ("late-thank-you", TALK, "2026-05-08T10:59", "over", f"47 hours (47 of 24) after {TALKED}"),
        ("late-thank-you", TALK, "2026-05-08T11:00", "over", f"2 days (48 of 24) after {TALKED}"),
        ("late-thank-you", TALK, "2026-05-09T11:00", "far", f"3 days (72 of 24) after {TALKED}"),
        ("late-thank-you", TALK, "2026-05-14T11:00", "stale", f"8 days (192 of 24) after {TALKED}"),
        ("late-thank-you", DAY, "2026-05-08", "over", f"2 days (48 of 24) after {TALKED}"),
        ("late-thank-you", DAY, "2026-05-14", "stale", f"8 days (192 of 24) after {TALKED}"),
        ("too-soon-thank-you", TALK, "2026-05-06T11:00", "over", f"0 minutes (0 of 30) after {TALKED}"),
        ("too-soon-thank-you", TALK, "2026-05-06T11:01", "over", f"1 minute (1 of 30) after {TALKED}"),
        ("too-soon-thank-you", TALK, "2026-05-06T11:29:59", "over", f"29 minutes (29 of 30) after {TALKED}"),
        # A check-in: since the last message, else since the interview.
        (
            *("early-check-in", {**ASK, "interview": "2026-05-06T10:00"}, "2026-05-06T18:00", "far"),
            "hours (0 of 7) after the interview on 6 May; wait 7 days, until Wednesday, 13 May",
        ),
        (
            *("early-check-in", ASK, "2026-05-07", "far"),
            "1 day (1 of 7) after the interview on 6 May; wait 7 days, until Wednesday, 13 May",
        ),
        (
            *("early-check-in", {**ASK, "previous": "thank-you 2026-05-07"}, "2026-05-10", "over"),
            "3 days (3 of 7) after your thank-you message of 7 May; wait 7 days, until Thursday, 14 May",
        ),
        (
            *(
                "early-check-in",
                {**ASK, "previous": "thank-you 2026-05-07, information 2026-05-08"},
                "2026-05-10",
                "far",
            ),
            "2 days (2 of 7) after your note of 8 May; wait 7 days, until Friday, 15 May",
        ),
        (
            *("early-check-in", {**ASK, "previous": "thank-you 2026-05-06"}, "2026-05-10", "over"),
            "4 days (4 of 7) after your thank-you message of 6 May; wait 7 days, until Wednesday, 13 May",
        ),
        (
            *("early-check-in", {**ASK, "previous": "correction 2026-05-08"}, "2026-05-11", "over"),
            "3 days (3 of 7) after your note of 8 May; wait 7 days, until Friday, 15 May",
        ),
        (
            *("early-check-in", {**ASK, "min_wait": "5bd"}, "2026-05-11", "over"),
            "3 working days (3 of 5) after the interview on 6 May; wait 5 working days, until Wednesday, 13 May",
        ),
        (
            *("follow-up-too-frequent", {**ASK, "previous": "check-in 2026-05-14"}, "2026-05-15", "over"),
            "1 day (1 of 7) after your check-in message of 14 May; wait 7 days, until Thursday, 21 May",
        ),
        # A promise: how long until then, and from then on two working days. 22 May is a Friday.
        (
            *("before-promised-date", {**ASK, "decision_by": "2026-05-22"}, "2026-05-21", "before"),
            "1 day (1 of 2) after 22 May; wait 2 working days, until Tuesday, 26 May",
        ),
        (
            *("before-promised-date", {**ASK, "decision_by": "2026-05-22"}, "2026-05-12", "before"),
            "10 days (10 of 2) after 22 May; wait 2 working days, until Tuesday, 26 May",
        ),
        (
            *("before-promised-date", {**ASK, "decision_by": "2026-05-22"}, "2026-05-25", "over"),
            "1 working day (1 of 2) after 22 May; wait 2 working days, until Tuesday, 26 May",
        ),
        (
            *(
                "before-promised-date",
                {**ASK, "decision_by": "2026-05-22", "min_wait": "10d"},
                "2026-05-22T10:00",
                "over",
            ),
            "hours (0 of 2) after 22 May; wait 2 working days, until Tuesday, 26 May",
        ),
    ],
)
def test_how_long_since_what_and_until_when(name: str, facts: dict[str, str], date: str, case: str, told: str) -> None:
    (finding,) = found(rule(name), facts, date)
    hole = dict(finding.values)
    words = f"{hole['elapsed']} ({hole['count']} of {hole['limit']}) after {hole['event']}"
    words += f"; wait {hole['wait']}, until {hole['until']}" if hole["until"] else ""
    assert (finding.case, words) == (case, told)


@pytest.mark.parametrize(
    ("facts", "date"),
    [
        # They had the last word since the interview: this is an answer, and none to be waited with.
        ({**ASK, "previous": "thank-you 2026-05-06!"}, "2026-05-07"),
        ({**ASK, "previous": "thank-you 2026-05-07!"}, "2026-05-08"),
        ({"kind": "check-in", "previous": "thank-you 2026-05-07!"}, "2026-05-08"),
        # Other rules speak of what is promised and of what was asked already.
        ({**ASK, "decision_by": "2026-05-07"}, "2026-05-08"),
        ({**ASK, "previous": "check-in 2026-05-07"}, "2026-05-08"),
        ({"kind": "check-in", "interview": "2026-05-09"}, "2026-05-08"),
    ],
)
def test_a_check_in_that_is_not_early(facts: dict[str, str], date: str) -> None:
    assert found(rule("early-check-in"), facts, date) == []


@pytest.mark.parametrize("answered", ["2026-05-05", "2026-05-05!"])
def test_what_was_sent_before_the_interview_is_answered_by_it(answered: str) -> None:
    facts = {**ASK, "previous": f"information {answered}"}
    (finding,) = found(rule("early-check-in"), facts, "2026-05-08")
    assert dict(finding.values)["event"] == "the interview on 6 May"


@pytest.mark.parametrize(
    ("promised", "soon"), [("2026-05-05", False), ("2026-05-06", False), ("2026-05-07", True), ("2026-05-08", True)]
)
def test_there_is_no_time_to_wait_with_thanks_where_they_choose_today(promised: str, soon: bool) -> None:  # noqa: FBT001
    facts = {**TALK, "decision_by": promised}
    assert bool(found(rule("too-soon-thank-you"), facts, "2026-05-06T11:05")) == soon


@pytest.mark.parametrize("minutes", [1, 31, 123, 245, 495, 4000])
def test_minutes_are_counted_exactly(minutes: int) -> None:
    """A fraction of an hour is seldom exact: 245 of its sixtieths come out as a little less."""
    check = Check("interview", min_minutes=minutes)
    facts = {"kind": "thank-you", "interview": "2026-05-06T10:00"}
    held = datetime(2026, 5, 6, 10)  # noqa: DTZ001  (the clock on the wall)
    at = [f"{held + timedelta(minutes=after):%Y-%m-%dT%H:%M}" for after in (minutes - 1, minutes)]
    (finding,) = found(check, facts, at[0])
    assert dict(finding.values)["count"] == minutes - 1
    assert found(check, facts, at[1]) == []


@pytest.mark.parametrize(
    ("sent", "case", "ordinal"),
    [
        (0, "over", "first"),
        (1, "over", "second"),
        (2, "over", "third"),
        (3, "far", "fourth"),
        (4, "far", "fifth"),
        (5, "far", "6th"),
    ],
)
def test_unanswered_questions_are_counted(sent: int, case: str, ordinal: str) -> None:
    facts = {"kind": "check-in", "previous": ",".join(f"check-in 2026-05-0{day + 1}" for day in range(sent))}
    (finding,) = found(Check("count", max=0, far=4), facts)
    assert finding.case == case
    assert finding.values == (("count", sent + 1), ("limit", 0), ("ordinal", ordinal))
    assert found(Check("count", max=sent + 1), facts) == []


@pytest.mark.parametrize(
    ("closed", "date", "told"),
    [
        ("2026-05-08", "", 0),
        ("2026-05-08", "2026-05-08", 0),
        ("2026-05-08", "2026-05-09", 1),
        ("2026-05-08", "2026-05-20", 12),
        ("2026-05-08", "2026-05-07", None),
        ("2026-05-08!", "2026-05-20", None),
        ("2026-05-05", "2026-05-20", None),  # the interview of the 6th came after it
    ],
)
def test_a_goodbye_is_the_end_until_they_write(closed: str, date: str, told: int | None) -> None:
    facts = {**ASK, "previous": f"closing {closed}"}
    findings = found(rule("message-after-closing"), facts, date)
    assert [(item.case, dict(item.values)["count"]) for item in findings] == ([] if told is None else [("over", told)])


Since = Literal["interview", "last-message", "last-status", "promise", "closing", "count"]
LACKS: list[tuple[Since, dict[str, str], str]] = [
    # (since what, what is known, what is missing)
    ("count", {}, "previous"),
    ("count", {"previous": "check-in 2026-05-08"}, ""),
    ("closing", {"interview": "2026-05-06"}, "previous"),
    ("closing", {"previous": "closing 2026-05-08"}, ""),
    ("interview", {"interview": "2026-05-06"}, "date"),
    ("interview", {"date": "2026-05-08"}, "interview"),
    ("interview", {"date": "2026-05-08", "interview": "2026-05-06"}, ""),
    ("promise", {"date": "2026-05-08", "interview": "2026-05-06"}, "decision_by"),
    ("promise", {"date": "2026-05-08", "decision_by": "2026-05-06"}, ""),
    ("last-message", {"date": "2026-05-08"}, "interview"),
    ("last-message", {"date": "2026-05-08", "interview": "2026-05-06"}, ""),
    ("last-message", {"date": "2026-05-08", "previous": "thank-you 2026-05-06"}, ""),
    ("last-status", {"date": "2026-05-08", "interview": "2026-05-06"}, "previous"),
    ("last-status", {"date": "2026-05-08", "previous": "thank-you 2026-05-06"}, ""),
]


@pytest.mark.parametrize(("since", "facts", "missing"), LACKS)
def test_a_fact_that_is_missing_is_named_and_nothing_is_found(
    since: Since, facts: dict[str, str], missing: str
) -> None:
    check = Check(since)
    assert check.lacks(context(facts)) == missing
    if missing in {"date", "interview", "decision_by"}:
        assert found(Check(since, max_hours=24, min_days=7), facts) == []


def test_a_message_is_put_together_from_what_was_counted() -> None:
    (early,) = [item for item in built_in() if item.name == "early-check-in"]
    message = Message(Draft("note.txt", "Any news?"), context(ASK, "2026-05-08"))
    (told,) = Linter([early]).lint(message).diagnostics
    assert "Only 2 days after the interview on 6 May; wait at least 7 days" in told.message
    assert "until Wednesday, 13 May" in told.fix
