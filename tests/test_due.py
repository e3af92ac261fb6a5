"""What to send next, around every boundary: tables of (facts, now) and what they give."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_lint.catalog import built_in
from followup_lint.context import Context, Earlier, Fact, Kind, merge
from followup_lint.due import Action, State, called, next_step, possible_from, spell, spell_day
from followup_lint.facts import PARSERS
from followup_lint.linter import Linter
from followup_lint.reader import read_message
from followup_lint.when import Interval, Moment, days_between, is_before
from followup_lint.written_times import parse_moment

TALK = {"interview": "2026-11-24T10:00/11:00"}  # a Tuesday
DAY = {"interview": "2026-11-24"}
THANKED = {**DAY, "previous": "thank-you 2026-11-25"}
ASKED = {**DAY, "previous": "thank-you 2026-11-25, check-in 2026-12-01"}
TWICE = {**DAY, "previous": "thank-you 2026-11-25, check-in 2026-12-01, second-check-in 2026-12-08"}
CLOSED = {**DAY, "previous": "check-in 2026-12-01, second-check-in 2026-12-08, closing 2026-12-15"}


def context(facts: dict[str, str]) -> Context:
    """Write `previous` as `kind date`, with a `!` behind what was answered."""
    read = {name: Fact(PARSERS[name](text), "test") for name, text in facts.items() if name != "previous"}
    earlier = [item.split() for item in facts.get("previous", "").split(",") if item]
    known = [Earlier(Kind(kind), parse_moment(day.rstrip("!")), day.endswith("!")) for kind, day in earlier]
    return merge({**read, "previous": Fact(tuple(known), "test")})


@pytest.mark.parametrize(
    ("facts", "now", "expected"),
    [
        # Thanks: half an hour after the talk ended, within 24 hours, no later than a week.
        (TALK, "2026-11-20T09:00", "send-thank-you early"),
        (TALK, "2026-11-24T11:29", "send-thank-you early"),
        (TALK, "2026-11-24T11:30", "send-thank-you due"),
        (TALK, "2026-11-25T10:59", "send-thank-you due"),
        (TALK, "2026-11-25T11:00", "send-thank-you due"),
        (TALK, "2026-11-25T11:01", "send-thank-you overdue"),
        (TALK, "2026-12-01T23:59", "send-thank-you overdue"),
        (TALK, "2026-12-02T00:00", "check-in due"),
        ({**TALK, "decision_by": "2026-11-24"}, "2026-11-24T11:01", "send-thank-you due"),
        ({**TALK, "decision_by": "2026-11-25"}, "2026-11-24T11:01", "send-thank-you early"),
        (DAY, "2026-11-23", "send-thank-you early"),
        (DAY, "2026-11-24", "send-thank-you due"),
        (DAY, "2026-11-24T00:01", "send-thank-you due"),
        (DAY, "2026-11-25T23:59", "send-thank-you due"),
        (DAY, "2026-11-26T00:01", "send-thank-you overdue"),
        ({"interview": "2026-11-27T17:00"}, "2026-11-28T17:01", "send-thank-you overdue"),
        ({"interview": "2026-11-27T17:00", "weekends": "skip"}, "2026-11-30T17:00", "send-thank-you due"),
        ({"interview": "2026-11-27T17:00", "weekends": "skip"}, "2026-11-30T17:01", "send-thank-you overdue"),
        ({"interview": "2026-11-27", "weekends": "skip"}, "2026-11-30", "send-thank-you due"),
        ({"interview": "2026-11-27", "weekends": "skip"}, "2026-12-01", "send-thank-you overdue"),
        # 24 hours are real ones: the clocks of Berlin go back in the night to 25 October 2026.
        ({"interview": "2026-10-24T12:00 Europe/Berlin"}, "2026-10-25T11:00+01:00", "send-thank-you due"),
        ({"interview": "2026-10-24T12:00 Europe/Berlin"}, "2026-10-25T11:01+01:00", "send-thank-you overdue"),
        ({"interview": "2026-11-24T10:00+01:00"}, "2026-11-25T04:00-05:00", "send-thank-you due"),
        ({"interview": "2026-11-24T10:00+01:00"}, "2026-11-25T04:01-05:00", "send-thank-you overdue"),
        # The first check-in: the seventh day after the last message, when the office opens.
        (THANKED, "2026-11-25", "check-in early"),
        (THANKED, "2026-12-01T23:59", "check-in early"),
        (THANKED, "2026-12-02T08:59", "check-in early"),
        (THANKED, "2026-12-02T09:00", "check-in due"),
        (THANKED, "2026-12-02", "check-in due"),
        (THANKED, "2026-12-09T09:00", "check-in due"),
        (THANKED, "2026-12-09T09:01", "check-in overdue"),
        ({**THANKED, "min_wait": "5bd"}, "2026-12-02T09:00", "check-in due"),
        ({**THANKED, "min_wait": "10bd"}, "2026-12-08", "check-in early"),
        ({**THANKED, "min_wait": "10bd"}, "2026-12-09", "check-in due"),
        ({"previous": "thank-you 2024-02-22"}, "2024-02-28", "check-in early"),
        ({"previous": "thank-you 2024-02-22"}, "2024-02-29", "check-in due"),
        ({"previous": "thank-you 2026-12-27"}, "2027-01-02", "check-in early"),
        ({"previous": "thank-you 2026-12-27"}, "2027-01-03", "check-in due"),
        ({"previous": "thank-you 2026-11-21", "weekends": "skip"}, "2026-11-29", "check-in early"),
        ({"previous": "thank-you 2026-11-21", "weekends": "skip"}, "2026-11-30", "check-in due"),
        ({**DAY, "previous": "information 2026-11-24"}, "2026-12-02T09:00", "check-in due"),
        ({**DAY, "previous": "thank-you 2026-11-24, competing-offer 2026-11-30"}, "2026-12-06", "check-in early"),
        # A promised date: two working days past it, and never under a week after the last message.
        ({**THANKED, "decision_by": "2026-12-10"}, "2026-12-10T12:00", "check-in early"),
        ({**THANKED, "decision_by": "2026-12-10"}, "2026-12-13", "check-in early"),
        ({**THANKED, "decision_by": "2026-12-10"}, "2026-12-14T08:59", "check-in early"),
        ({**THANKED, "decision_by": "2026-12-10"}, "2026-12-14T09:00", "check-in due"),
        ({**THANKED, "decision_by": "2026-11-26"}, "2026-12-01", "check-in early"),
        ({**THANKED, "decision_by": "2026-11-26"}, "2026-12-02", "check-in due"),
        ({"decision_by": "2026-12-10"}, "2026-12-14", "check-in due"),
        # The second, and the closing note, each a week after the one before.
        (ASKED, "2026-12-07T23:59", "second-check-in early"),
        (ASKED, "2026-12-08T09:00", "second-check-in due"),
        (ASKED, "2026-12-15T09:01", "second-check-in overdue"),
        ({**ASKED, "decision_by": "2026-12-11"}, "2026-12-14", "second-check-in early"),
        ({"previous": "check-in 2026-12-01, correction 2026-12-04"}, "2026-12-08", "second-check-in due"),
        (TWICE, "2026-12-14", "closing early"),
        (TWICE, "2026-12-15T09:00", "closing due"),
        ({"previous": "second-check-in 2026-12-08"}, "2026-12-15", "closing due"),
        ({"previous": "check-in 2026-12-01!, second-check-in 2026-12-08"}, "2026-12-15", "second-check-in due"),
        ({**DAY, "previous": "check-in 2026-11-10, check-in 2026-11-18"}, "2026-11-25", "send-thank-you due"),
        # Nothing more to say.
        (CLOSED, "2026-12-16", "nothing none"),
        (CLOSED, "2027-06-01", "nothing none"),
        ({**CLOSED, "interview": "2027-01-12"}, "2027-01-12", "send-thank-you due"),
        ({**DAY, "previous": "thank-you 2026-11-25, rejection-reply 2026-12-01!"}, "2027-01-12", "nothing none"),
        ({**DAY, "previous": "withdrawal 2026-11-24"}, "2026-11-24", "nothing none"),
        ({**DAY, "previous": "offer-reply 2026-11-26"}, "2026-12-24", "wait none"),
        # They wrote last.
        ({**DAY, "previous": "thank-you 2026-11-25!"}, "2026-12-24", "nothing none"),
        ({**DAY, "previous": "check-in 2026-12-01, closing 2026-12-15!"}, "2026-12-24", "nothing none"),
        ({**THANKED, "previous": "thank-you 2026-11-25!", "decision_by": "2026-12-10"}, "2026-12-13", "check-in early"),
        ({**THANKED, "previous": "thank-you 2026-11-25!", "decision_by": "2026-12-10"}, "2026-12-14", "check-in due"),
        ({**THANKED, "previous": "thank-you 2026-11-25!", "decision_by": "2026-11-20"}, "2026-12-14", "nothing none"),
        ({**DAY, "previous": "thank-you 2026-11-25!", "decision_by": "2026-11-25"}, "2026-12-01", "check-in early"),
        ({**DAY, "previous": "thank-you 2026-11-25!", "decision_by": "2026-11-24"}, "2026-12-01", "nothing none"),
        ({**DAY, "previous": "thank-you 2026-12-09!", "decision_by": "2026-12-10"}, "2026-12-15", "check-in early"),
        ({**DAY, "previous": "thank-you 2026-12-09!", "decision_by": "2026-12-10"}, "2026-12-16", "check-in due"),
        # A message of tomorrow has not been sent; a fact nobody gave is not made up.
        ({**DAY, "previous": "thank-you 2026-11-25"}, "2026-11-24T20:00", "send-thank-you due"),
        ({}, "2026-11-24", "nothing none"),
    ],
)
def test_what_comes_next(facts: dict[str, str], now: str, expected: str) -> None:
    step = next_step(context(facts), parse_moment(now))
    assert f"{step.action} {step.state}" == expected


@pytest.mark.parametrize(
    ("facts", "earliest", "latest", "reason"),
    [
        (TALK, "2026-11-24 11:30", "2026-11-25 11:00", "within 24 hours of the interview on Tue 24 November 11:00"),
        (DAY, "2026-11-24", "2026-11-25", "within 24 hours of the interview on Tue 24 November"),
        (THANKED, "2026-12-02 09:00", "2026-12-09 09:00", "a week after your thank-you of Wed 25 November"),
        ({**THANKED, "min_wait": "10bd"}, "2026-12-09 09:00", "2026-12-16 09:00", "10 working days after your thank"),
        (ASKED, "2026-12-08 09:00", "2026-12-15 09:00", "a week after your check-in of Tue 1 December"),
        (
            {**THANKED, "decision_by": "2026-12-10"},
            "2026-12-14 09:00",
            "2026-12-21 09:00",
            "2 working days after Thu 10 December, the date they gave",
        ),
        (
            {"interview": "2026-11-24T10:00 Europe/Berlin", "decision_by": "2026-12-10"},
            "2026-11-24 10:30 Europe/Berlin",
            "2026-11-25 10:00 Europe/Berlin",
            "Tue 24 November",
        ),
    ],
)
def test_from_when_until_when_and_why(facts: dict[str, str], earliest: str, latest: str, reason: str) -> None:
    step = next_step(context(facts), parse_moment("2026-12-01"))
    assert (str(step.earliest), str(step.latest)) == (earliest, latest)
    assert reason in step.reason


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({**DAY, "previous": "rejection-reply 2026-12-01"}, "you answered their no on Tue 1 December"),
        ({**DAY, "previous": "withdrawal 2026-11-24"}, "you withdrew on Tue 24 November"),
        (CLOSED, "you closed this on Tue 15 December; write again only if they do"),
        (
            {**DAY, "previous": "offer-reply 2026-11-26"},
            "you answered their offer on Thu 26 November; the next word is theirs",
        ),
        (
            {**DAY, "previous": "thank-you 2026-11-25!"},
            "they wrote last; answer if they asked you for something",
        ),
        ({}, "no date is known to count from"),
    ],
)
def test_why_nothing_is_sent(facts: dict[str, str], reason: str) -> None:
    step = next_step(context(facts), parse_moment("2026-12-20"))
    assert (step.reason, step.earliest, step.latest) == (reason, None, None)


def test_why_nothing_is_sent_names_the_year_once_it_is_over() -> None:
    assert "15 December 2026;" in next_step(context(CLOSED), parse_moment("2027-01-02")).reason


def test_public_holidays_hold_the_office_shut() -> None:
    pytest.importorskip("holidays")
    thanks = {"previous": "thank-you 2026-11-19", "min_wait": "5bd"}  # Thanksgiving is the 26th
    now = parse_moment("2026-11-20")
    assert str(next_step(context({**thanks, "region": "de"}), now).earliest) == "2026-11-26 09:00"
    assert str(next_step(context({**thanks, "region": "us"}), now).earliest) == "2026-11-27 09:00"
    # A week after Saturday the 9th of January is a Saturday before a Monday without work.
    saturday = {"previous": "thank-you 2027-01-09", "weekends": "skip"}
    assert (
        str(next_step(context({**saturday, "region": "de"}), now=parse_moment("2027-01-10")).earliest)
        == "2027-01-18 09:00"
    )
    assert (
        str(next_step(context({**saturday, "region": "us"}), now=parse_moment("2027-01-10")).earliest)
        == "2027-01-19 09:00"
    )


def test_what_a_message_is_called() -> None:
    assert {kind.value: called(kind) for kind in (*Kind, *Action) if called(kind) != kind} == {
        "second-check-in": "second check-in",
        "closing": "closing note",
        "send-thank-you": "thank-you",
        "competing-offer": "note on another offer",
        "offer-reply": "answer to their offer",
    }


def test_late_thanks_go_into_the_check_in() -> None:
    late = next_step(context(DAY), parse_moment("2026-12-10"))
    assert (late.action, late.reason) == (
        Action.CHECK_IN,
        "a week after the interview on Tue 24 November; begin with your thanks",
    )
    assert "thanks" not in next_step(context(THANKED), parse_moment("2026-12-10")).reason


def test_an_office_opens_in_the_zone_of_the_interview() -> None:
    facts = {"interview": "2026-10-20T10:00 Europe/Berlin", "previous": "thank-you 2026-10-20"}
    step = next_step(context(facts), parse_moment("2026-10-21T09:00+02:00"))
    assert str(step.earliest) == "2026-10-27 09:00 Europe/Berlin"
    assert str(step.latest) == "2026-11-03 09:00 Europe/Berlin"
    # Nine o'clock in Berlin is eight by UTC once the clocks have gone back.
    assert next_step(context(facts), parse_moment("2026-10-27T07:59Z")).state is State.EARLY
    assert next_step(context(facts), parse_moment("2026-10-27T08:00Z")).state is State.DUE


@pytest.mark.parametrize(
    ("moment", "now", "words", "day"),
    [
        ("2026-12-01T09:00", "2026-11-24", "Tue 1 December 09:00", "Tue 1 Dec"),
        ("2027-01-05T09:00", "2026-12-29", "Tue 5 January 2027 09:00", "Tue 5 Jan 2027"),
        ("2026-12-01", "2026-11-24", "Tue 1 December", "Tue 1 Dec"),
        ("2026-12-01T09:00+01:00", "2026-11-24T09:00+01:00", "Tue 1 December 09:00", "Tue 1 Dec"),
        ("2026-12-01T09:00+01:00", "2026-11-24T09:00-05:00", "Tue 1 December 09:00 UTC+0100", "Tue 1 Dec"),
    ],
)
def test_a_day_is_spelt_so_that_nobody_mistakes_it(moment: str, now: str, words: str, day: str) -> None:
    assert spell(parse_moment(moment), parse_moment(now)) == words
    assert spell_day(parse_moment(moment), parse_moment(now), short=True) == day


LADDER = (Kind.THANK_YOU, Kind.CHECK_IN, Kind.SECOND_CHECK_IN, Kind.CLOSING, Kind.INFORMATION, Kind.OFFER_REPLY)
START = datetime(2026, 3, 2, 9)  # noqa: DTZ001  (the clock on the wall is what is tried here)


@st.composite
def histories(draw: st.DrawFn) -> Context:
    def moment() -> Moment:
        minutes = draw(st.integers(0, 60 * 24 * 60))
        return Moment(START + timedelta(minutes=minutes), draw(st.booleans()))

    sent = [
        Earlier(draw(st.sampled_from(LADDER)), moment(), draw(st.booleans())) for _ in range(draw(st.integers(0, 4)))
    ]
    held = moment() if draw(st.booleans()) else None
    return Context(
        interview=Interval(held, held) if held else None,
        decision_by=moment() if draw(st.booleans()) else None,
        previous=tuple(sorted(sent, key=lambda item: item.date.at)),
    )


def moved(facts: Context, by: timedelta) -> Context:
    def later(moment: Moment) -> Moment:
        return Moment(moment.at + by, moment.has_time)

    held, promised = facts.interview, facts.decision_by
    return Context(
        interview=Interval(later(held.start), later(held.end)) if held else None,
        decision_by=later(promised) if promised else None,
        previous=tuple(Earlier(item.kind, later(item.date), item.answered) for item in facts.previous),
    )


@given(histories(), st.integers(0, 60 * 24 * 90), st.integers(-500, 500))
def test_the_calendar_page_does_not_matter(facts: Context, minutes: int, weeks: int) -> None:
    now, by = Moment(START + timedelta(minutes=minutes)), timedelta(weeks=weeks)
    here, there = next_step(facts, now), next_step(moved(facts, by), Moment(now.at + by))
    assert (here.action, here.state) == (there.action, there.state)
    assert (here.earliest is None) == (there.earliest is None)
    if here.earliest and there.earliest:
        assert there.earliest.at - here.earliest.at == by


@given(histories(), st.lists(st.integers(0, 60 * 24 * 150), min_size=2, max_size=6))
def test_a_step_is_early_then_due_then_overdue(facts: Context, minutes: list[int]) -> None:
    steps = [next_step(facts, Moment(START + timedelta(minutes=item))) for item in sorted(minutes)]
    order = [State.EARLY, State.DUE, State.OVERDUE]
    for one, two in pairwise(steps):
        if one.state in order and (one.action, one.earliest) == (two.action, two.earliest):
            assert order.index(one.state) <= order.index(two.state)
    for step, item in zip(steps, sorted(minutes), strict=True):
        now = Moment(START + timedelta(minutes=item))
        assert (step.state is State.EARLY) == bool(step.earliest and is_before(now, step.earliest))
        assert (step.state is State.OVERDUE) == bool(step.latest and is_before(step.latest, now))


TOO_EARLY = ("early-check-in", "before-promised-date", "follow-up-too-frequent")
RULES = tuple(rule for rule in built_in() if rule.name in TOO_EARLY)


def held_back(facts: Context, date: Moment) -> set[str]:
    """Return the rules about time that would hold back a check-in on a day."""
    message = read_message(b"Hello,\n\nis there any news?\n\nSam\n", "a.txt", {"kind": Fact(Kind.CHECK_IN, "test")})
    known = {"interview": facts.interview, "decision_by": facts.decision_by, "previous": facts.previous, "date": date}
    origins = {name: Fact(value, "test") for name, value in known.items() if value}
    message = type(message)(message.draft, merge({"kind": Fact(Kind.CHECK_IN, "test"), **origins}))
    return {item.rule for item in Linter(RULES, history=lambda same: same).lint(message).diagnostics}


@settings(deadline=None)  # the first of them loads rules
@given(histories(), st.integers(0, 90))
def test_the_rules_hold_back_nothing_that_is_possible(facts: Context, days: int) -> None:
    date = Moment(START + timedelta(days=days))
    past = Context(
        interview=facts.interview,
        decision_by=facts.decision_by,
        previous=tuple(item for item in facts.previous if not is_before(date, item.date)),
    )
    found = possible_from(past, date)
    if held_back(past, date):
        assert found is not None
        assert days_between(date, found[0]) > 0, "a rule holds it back, and no later day is named"
        assert not held_back(past, found[0]), "held back on the very day that was named"
