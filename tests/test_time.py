"""Time that is right: what is read, what is counted, and every boundary of the time rules, as tables."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_lint import catalog, workdays
from followup_lint.context import Context, Earlier, Fact, Kind, merge
from followup_lint.draft import Draft
from followup_lint.linter import Linter
from followup_lint.model import load
from followup_lint.reader import Message, read_message
from followup_lint.when import (
    Interval,
    Moment,
    Wait,
    add_hours,
    add_wait,
    at_midnight,
    business_days_between,
    days_between,
    hours_between,
    is_before,
    put,
)
from followup_lint.written_times import parse_interval, parse_moment, parse_wait

TIME_RULES = (
    *("late-thank-you", "too-soon-thank-you", "early-check-in", "before-promised-date"),
    *("follow-up-too-frequent", "too-many-follow-ups", "message-after-closing"),
)

READ = {
    "2026-05-06": "2026-05-06",
    "2026-5-6": "2026-05-06",
    "20260506": "2026-05-06",
    "2026-W19-3": "2026-05-06",
    "20260506T09": "2026-05-06 09:00",
    "2026-05-06 09": "2026-05-06 09:00",
    "2026-05-06 0905": "2026-05-06 09:05",
    "2026-05-06T00:00": "2026-05-06 00:00",
    "1900-01-01": "1900-01-01",
    "2199-12-31": "2199-12-31",
    "2026-05-06T09:05+14:00": "2026-05-06 09:05+14:00",  # from the Line Islands
    "2026-05-06T09:05-12:00": "2026-05-06 09:05-12:00",  # to a ship beside Baker Island
    "2026-05-06T09:05": "2026-05-06 09:05",
    "2026-05-06 9:05": "2026-05-06 09:05",
    "2026-05-06T09:05Z": "2026-05-06 09:05+00:00",
    "2026-05-06T09:05-03:30": "2026-05-06 09:05-03:30",
    "2026-05-06T09:05 Europe/Berlin": "2026-05-06 09:05 Europe/Berlin",
    "2026-05-06T09:05[europe/berlin]": "2026-05-06 09:05 Europe/Berlin",
    "2026-05-06T09:05 america/new york": "2026-05-06 09:05 America/New_York",
    "2026-05-06T09:05Z Europe/Berlin": "2026-05-06 11:05 Europe/Berlin",
    "2026-05-06 Asia/Tokyo": "2026-05-06",
    "2028-02-29": "2028-02-29",
    "6 May 2026": "2026-05-06",
    "Wednesday, 6th of May 2026": "2026-05-06",
    "May 6, 2026": "2026-05-06",
    "Sept. 6th 2026": "2026-09-06",
    "Wed, 6 May 2026 09:05:00 +0200": "2026-05-06 09:05+02:00",
    "Wed, 6 May 2026 09:05:00 -0000": "2026-05-06 09:05+00:00",
}
REFUSED = {
    "soon": "is not a date",
    "": "is not a date",
    "2026": "is not a date",
    "2026-02-29": "is not a date",
    "31 June 2026": "is not a date",
    "6 Foo 2026": "is not a date",
    "May 2026": "is not a date",
    "06/05/2026": "is not a date",
    "0226-05-06": "is not a date",
    "1899-12-31": "is not a date",
    "2200-01-01": "is not a date",
    "2026-05-06T09:05 am": "is not a date",
    "2026-05-06T09:05 AM": "is not a date",
    "2026-05-06T09:05 pm": "is not a date",
    "2026-05-06T09:05 PM": "is not a date",
    "2026-05-06T09:05+14:15": "no place is UTC+1415",
    "2026-05-06T09:05-12:15": "no place is UTC-1215",
    "2026-05-06T09:05 Europe/Berln": "did you mean Europe/Berlin?",
    "2026-05-06T09:05 Tokyo": "did you mean Asia/Tokyo?",
    "2026-05-06T09:05 Buenos Aires": "did you mean America/Argentina/Buenos_Aires?",
    "2026-05-06T09:05 CEST": "name a place",
    "2026-05-06T09:05 Bavaria/Munich": "name a place",
    "2026-05-06T09:05 GMT+2": "name a place",
    "2026-05-06T09:05 Europe": "is not a time zone",
    "2026-05-06T09:05[../../etc/passwd]": "is not a time zone",
    "2026-05-06T14:00-15:00": "an interval is written 10:00/11:00",
    "2026-03-29T02:30 Europe/Berlin": "does not exist in Europe/Berlin: the clocks skip it; did you mean 03:30?",
    "2026-03-08T02:00 America/New_York": "did you mean 03:00?",
    "2026-05-06T09:05-05:00 Europe/Berlin": "is UTC+0200 in Europe/Berlin, not UTC-0500",
}


@pytest.mark.parametrize(("words", "shown"), READ.items())
def test_a_moment_is_read(words: str, shown: str) -> None:
    assert str(parse_moment(words)) == shown


@pytest.mark.parametrize(("words", "advice"), REFUSED.items())
def test_what_is_no_moment_is_refused_with_advice(words: str, advice: str) -> None:
    with pytest.raises(ValueError, match=re.escape(advice)):
        parse_moment(words)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("2026-05-06T10:00/11:00", "2026-05-06 10:00 to 2026-05-06 11:00"),
        ("2026-05-06 9:00 / 10:00", "2026-05-06 09:00 to 2026-05-06 10:00"),
        ("2026-05-06T10:00/11:00+02:00", "2026-05-06 10:00+02:00 to 2026-05-06 11:00+02:00"),
        ("2026-05-06T10:00/11:00 Asia/Tokyo", "2026-05-06 10:00 Asia/Tokyo to 2026-05-06 11:00 Asia/Tokyo"),
        ("2026-05-06T23:00/2026-05-07T00:30", "2026-05-06 23:00 to 2026-05-07 00:30"),
        ("2026-05-06/2026-05-07", "2026-05-06 to 2026-05-07"),
        ("2026-05-06 9:00/9:30", "2026-05-06 09:00 to 2026-05-06 09:30"),
        ("2026-05-06/11:00", "2026-05-06 to 2026-05-06 11:00"),
        ("2026-05-06T10:00", "2026-05-06 10:00"),
    ],
)
def test_an_interval_is_read(words: str, shown: str) -> None:
    assert str(parse_interval(words)) == shown


@pytest.mark.parametrize("words", ["2026-05-06T11:00/10:00", "2026-05-06T10:00/", "2026-05-06/x", "/2026-05-06"])
def test_what_is_no_interval_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r"before it begins|not a date"):
        parse_interval(words)


@pytest.mark.parametrize(
    ("words", "wait"),
    [
        ("7d", Wait(7)),
        ("1 day", Wait(1)),
        (" 10 Days ", Wait(10)),
        ("5bd", Wait(5, working=True)),
        ("10 business days", Wait(10, working=True)),
        ("1 working day", Wait(1, working=True)),
        ("2w", Wait(14)),
        ("1 week", Wait(7)),
        ("3 Weeks", Wait(21)),
    ],
)
def test_a_wait_is_read(words: str, wait: Wait) -> None:
    assert parse_wait(words) == wait


@pytest.mark.parametrize("words", ["7", "0d", "-3d", "a week", "5 bananas", ""])
def test_what_is_no_wait_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="write 7d"):
        parse_wait(words)


def test_the_first_of_two_equal_hours_is_meant_unless_the_offset_says_otherwise() -> None:
    first, second = (parse_moment(f"2026-10-25T02:30{offset} Europe/Berlin") for offset in ("", "+01:00"))
    assert hours_between(first, second) == 1
    assert is_before(first, second)


@pytest.mark.parametrize(
    ("first", "second", "hours", "days"),
    [
        # The night the clocks go forward is an hour short, the one they go back an hour long.
        ("2026-03-28T10:00 Europe/Berlin", "2026-03-29T10:00 Europe/Berlin", 23, 1),
        ("2026-10-24T10:00 Europe/Berlin", "2026-10-25T10:00 Europe/Berlin", 25, 1),
        ("2026-03-28T10:00", "2026-03-29T10:00", 24, 1),
        # Days are counted where the first moment is.
        ("2026-05-06T23:30 Europe/Berlin", "2026-05-06T17:45 America/New_York", 0.25, 0),
        ("2026-05-06T23:30 Europe/Berlin", "2026-05-06T18:15 America/New_York", 0.75, 1),
        ("2026-05-06 Asia/Tokyo", "2026-05-06T15:30Z", None, 1),
        ("2026-05-06T10:00+02:00", "2026-05-06T11:00", 1, 0),
        ("2026-05-06T10:00", "2026-05-06T11:00 Asia/Tokyo", 1, 0),
        ("2026-05-06", "2026-05-07T00:10", None, 1),
        ("2027-12-31T23:59", "2028-01-01T00:01", 2 / 60, 1),
        ("2028-02-28", "2028-03-01", None, 2),
        ("2027-02-28", "2027-03-01", None, 1),
    ],
)
def test_hours_and_days_between(first: str, second: str, hours: float | None, days: int) -> None:
    one, two = parse_moment(first), parse_moment(second)
    assert hours_between(one, two) == (pytest.approx(hours) if hours is not None else None)
    assert days_between(one, two) == days
    assert is_before(one, two)


@pytest.fixture(params=["UTC", "Pacific/Auckland", "Pacific/Honolulu"])
def here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This computer stands somewhere in the world."""
    if not hasattr(time, "tzset"):
        pytest.skip("this system's zone cannot be set")
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("first", "second", "hours", "days"),
    [
        ("2026-05-06T10:00", "2026-05-06T22:00Z", 12, 0),
        ("2026-05-06T10:00Z", "2026-05-06T22:00", 12, 0),
        ("2026-05-06T02:00 Asia/Tokyo", "2026-05-06T23:00", 21, 0),
        ("2026-05-06T02:00", "2026-05-06T23:00", 21, 0),
        ("2026-05-06 Asia/Tokyo", "2026-05-06", None, 0),
        ("2026-05-06", "2026-05-06 Asia/Tokyo", None, 0),
        ("2026-05-06 Asia/Tokyo", "2026-05-06 America/New_York", None, 0),
        ("2026-05-06", "2026-05-07T01:00Z", None, 1),
    ],
)
def test_where_this_computer_stands_does_not_matter(first: str, second: str, hours: float | None, days: int) -> None:
    one, two = parse_moment(first), parse_moment(second)
    assert (hours_between(one, two), days_between(one, two)) == (hours, days)


@pytest.mark.parametrize(
    ("start", "wait", "day"),
    [
        ("2026-05-04T23:59", "7d", "2026-05-11"),
        ("2026-12-28", "7d", "2027-01-04"),
        ("2028-02-25", "7d", "2028-03-03"),
        ("2027-02-25", "7d", "2027-03-04"),
        ("2026-05-08T17:00", "5bd", "2026-05-15"),  # Friday evening to the next Friday
        ("2026-05-09", "5bd", "2026-05-15"),  # from a Saturday
        ("2026-05-10", "1bd", "2026-05-11"),
        ("2026-05-08", "10bd", "2026-05-22"),
        ("2026-03-27T23:30 Europe/Berlin", "2d", "2026-03-29"),
    ],
)
def test_a_wait_ends_on_a_day(start: str, wait: str, day: str) -> None:
    over = add_wait(parse_moment(start), parse_wait(wait))
    assert (str(over), over.has_time) == (day, False)


@pytest.mark.parametrize(
    ("start", "hours", "skip", "end"),
    [
        ("2026-05-08T17:00", 24, False, "2026-05-09 17:00"),
        ("2026-05-08T17:00", 24, True, "2026-05-11 17:00"),
        ("2026-05-09T11:00", 24, True, "2026-05-12 00:00"),
        ("2026-05-07T17:00", 48, True, "2026-05-11 17:00"),
        ("2026-05-08", 24, True, "2026-05-11"),
        ("2026-05-08", 24, False, "2026-05-09"),
        ("2026-05-08", 48, False, "2026-05-10"),
        ("2026-05-08", 25, False, "2026-05-10"),
        ("2026-05-08T00:00", 24, True, "2026-05-09 00:00"),  # all of a Friday, and no minute of Saturday
        ("2026-03-28T10:00 Europe/Berlin", 24, False, "2026-03-29 11:00 Europe/Berlin"),
        ("2026-10-24T10:00 Europe/Berlin", 24, False, "2026-10-25 09:00 Europe/Berlin"),
        # The hours of the Saturday and the Sunday do not count, and the Sunday has only 23.
        ("2026-03-27T17:00 Europe/Berlin", 24, True, "2026-03-30 17:00 Europe/Berlin"),
    ],
)
def test_hours_end_at_a_moment(start: str, hours: int, skip: bool, end: str) -> None:  # noqa: FBT001
    assert str(add_hours(parse_moment(start), hours, workdays.weekdays if skip else None)) == end


@pytest.mark.parametrize(
    ("start", "end"),
    [("2026-05-07T17:00", "2026-05-10 17:00"), ("2026-05-07", "2026-05-10"), ("2026-05-08T12:00", "2026-05-11 00:00")],
)
def test_hours_of_days_off_do_not_count_whichever_days_are_off(start: str, end: str) -> None:
    def works(day: date) -> bool:
        return day.weekday() not in {4, 5}  # Friday and Saturday

    assert str(add_hours(parse_moment(start), 24, works)) == end


def test_a_day_without_a_time_is_one_moment_however_it_comes_about() -> None:
    for words in ("2026-05-06", "20260506", "6 May 2026", "Wed, May 6, 2026"):
        assert parse_moment(words) == at_midnight(date(2026, 5, 6))
    tokyo = ZoneInfo("Asia/Tokyo")
    there = Moment(datetime(2026, 5, 6, tzinfo=tokyo), has_time=False)
    assert parse_moment("2026-05-06 Asia/Tokyo") == put(at_midnight(date(2026, 5, 6)), tokyo) == there


def test_public_holidays_are_no_working_days() -> None:
    pytest.importorskip("holidays")
    good_friday, monday = date(2026, 4, 3), date(2026, 4, 6)
    thursday, tuesday = parse_moment("2026-04-02"), parse_moment("2026-04-07")
    assert not workdays.works_in("de")(good_friday)
    assert not workdays.works_in("de")(monday)
    assert workdays.works_in("us")(monday)
    assert business_days_between(thursday, tuesday, workdays.works_in("de")) == 1
    assert business_days_between(thursday, tuesday, workdays.works_in("us")) == 3
    assert str(add_wait(thursday, Wait(5, working=True), workdays.works_in("uk-eng"))) == "2026-04-13"
    assert not workdays.works_in("de-by")(date(2026, 6, 4))  # Corpus Christi, in Bavaria
    assert workdays.works_in("de-be")(date(2026, 6, 4))
    assert workdays.told("de-by") == "weekends and the public holidays of de-by"
    assert (workdays.knows_holidays("de-by"), workdays.knows_holidays("atlantis")) == (True, False)
    assert workdays.told("atlantis") == "weekends only: no public holidays are known for atlantis"


@pytest.fixture
def no_library(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def forget() -> None:
        workdays.works_in.cache_clear()
        workdays._calendar.cache_clear()  # noqa: SLF001

    forget()
    monkeypatch.setitem(sys.modules, "holidays", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    yield
    forget()


@pytest.mark.usefixtures("no_library")
def test_without_the_library_weekends_are_left_out_and_it_is_said() -> None:
    works = workdays.works_in("de")
    assert works(date(2026, 4, 6))
    assert not works(date(2026, 4, 5))
    assert not workdays.works_in("il")(date(2026, 4, 3))
    assert workdays.works_in("il")(date(2026, 4, 5))
    assert "pip install 'followup-lint[holidays]'" in workdays.told("de")
    message = written("kind: check-in\nregion: de\nmin_wait: 5bd")
    assert message.draft.notes == (f"min_wait counts {workdays.told('de')}",)


def test_a_region_that_nobody_named_has_no_holidays() -> None:
    independence_day = date(2026, 7, 3)
    assert Context().works(independence_day)
    assert workdays.told("") == "weekends; name a region to leave out its public holidays"
    assert not workdays.knows_holidays("")


def test_the_weekends_we_know_by_heart_are_those_of_the_library() -> None:
    library = pytest.importorskip("holidays")
    for region in workdays._FRIDAY_FIRST:  # noqa: SLF001
        assert set(library.country_holidays(region.upper()).weekend) == {4, 5}


# --- the rules -------------------------------------------------------------------------------------------------------

BODY = "---\n\nDear Ines,\n\nI have a question about the loom.\n\nBest,\nTove Lund\n"


def written(front: str, path: str = "note.txt", flags: dict[str, Fact] | None = None) -> Message:
    return read_message(f"---\n{front}\n{BODY}".encode(), path, flags or {})


@cache
def rules(*names: str) -> Linter:
    def no_parse() -> object:
        raise AssertionError("the time rules parse nothing")

    wanted = [rule for rule in catalog.built_in() if rule.name in (names or TIME_RULES)]
    return Linter(wanted, load if names else no_parse)  # type: ignore[arg-type]


def verdicts(message: Message) -> dict[str, str]:
    return {item.rule: f"{item.severity} {item.finding.case}".strip() for item in rules().lint(message).diagnostics}


THANKS, CHECK, SECOND, CLOSE = ("kind: " + kind for kind in ("thank-you", "check-in", "second-check-in", "closing"))
LATE, FAR, STALE = ({"late-thank-you": f"warning {case}"} for case in ("over", "far", "stale"))
SOON = {"too-soon-thank-you": "suggestion over"}
EARLY, TOO_EARLY = {"early-check-in": "warning over"}, {"early-check-in": "error far"}
OFTEN, BEFORE, AFTER = (
    {"follow-up-too-frequent": "warning over"},
    {"before-promised-date": "error before"},
    {"before-promised-date": "warning over"},
)
OK: dict[str, str] = {}

# (what is known, when it goes, what is said)
TABLE = [
    # a thank-you within 24 hours of the end
    (f"{THANKS}\ninterview: 2026-05-06T10:00/11:00", "2026-05-07T10:59", OK),
    (f"{THANKS}\ninterview: 2026-05-06T10:00/11:00", "2026-05-07T11:00", OK),
    (f"{THANKS}\ninterview: 2026-05-06T10:00/11:00", "2026-05-07T11:01", LATE),
    (f"{THANKS}\ninterview: 2026-05-06T10:00/11:00", "2026-05-08T11:00", LATE),
    (f"{THANKS}\ninterview: 2026-05-06T10:00/11:00", "2026-05-08T11:01", FAR),
    (f"{THANKS}\ninterview: 2026-05-06T10:00/11:00", "2026-05-13T11:01", FAR),
    (f"{THANKS}\ninterview: 2026-05-06T10:00/11:00", "2026-05-14T09:00", STALE),
    (f"{THANKS}\ninterview: 2026-05-06T10:00/11:00", "2026-05-06T11:29", SOON),
    (f"{THANKS}\ninterview: 2026-05-06T10:00/11:00", "2026-05-06T11:30", OK),
    (f"{THANKS}\ninterview: 2026-05-06T10:00/11:00\ndecision_by: 2026-05-06", "2026-05-06T11:05", OK),
    # days alone: only what has certainly passed
    (f"{THANKS}\ninterview: 2026-05-06", "2026-05-07", OK),
    (f"{THANKS}\ninterview: 2026-05-06", "2026-05-07T23:59", OK),
    (f"{THANKS}\ninterview: 2026-05-06", "2026-05-08", LATE),
    (f"{THANKS}\ninterview: 2026-05-06", "2026-05-09", FAR),
    (f"{THANKS}\ninterview: 2026-05-06T10:00", "2026-05-07", OK),
    (f"{THANKS}\ninterview: 2026-05-06T10:00", "2026-05-08", LATE),
    (f"{THANKS}\ninterview: 2026-05-06", "2026-05-06", OK),
    # an interview on Friday at 17:00
    (f"{THANKS}\ninterview: 2026-05-08T17:00", "2026-05-09T17:00", OK),
    (f"{THANKS}\ninterview: 2026-05-08T17:00", "2026-05-11T09:00", FAR),
    (f"{THANKS}\ninterview: 2026-05-08T17:00\nweekends: skip", "2026-05-10T12:00", OK),
    (f"{THANKS}\ninterview: 2026-05-08T17:00\nweekends: skip", "2026-05-11T17:00", OK),
    (f"{THANKS}\ninterview: 2026-05-08T17:00\nweekends: skip", "2026-05-11T17:01", LATE),
    (f"{THANKS}\ninterview: 2026-05-08T17:00\nweekends: skip", "2026-05-12T17:01", FAR),
    (f"{THANKS}\ninterview: 2026-05-08\nweekends: skip", "2026-05-11", OK),
    (f"{THANKS}\ninterview: 2026-05-08\nweekends: skip", "2026-05-12", LATE),
    (f"{THANKS}\ninterview: 2026-05-09T10:00\nweekends: skip", "2026-05-11T23:59", OK),
    (f"{CHECK}\ninterview: 2026-05-08T17:00", "2026-05-14T23:59", EARLY),
    (f"{CHECK}\ninterview: 2026-05-08T17:00", "2026-05-15T09:00", OK),
    # the nights the clocks change: real hours count
    (f"{THANKS}\ninterview: 2026-03-28T10:00 Europe/Berlin", "2026-03-29T11:00 Europe/Berlin", OK),
    (f"{THANKS}\ninterview: 2026-03-28T10:00 Europe/Berlin", "2026-03-29T11:01 Europe/Berlin", LATE),
    (f"{THANKS}\ninterview: 2026-10-24T10:00 Europe/Berlin", "2026-10-25T09:00 Europe/Berlin", OK),
    (f"{THANKS}\ninterview: 2026-10-24T10:00 Europe/Berlin", "2026-10-25T09:01 Europe/Berlin", LATE),
    (f"{THANKS}\ninterview: 2026-03-07T15:00 America/Denver", "2026-03-08T16:00", OK),
    (f"{CHECK}\ninterview: 2026-03-25T23:30 Europe/Berlin", "2026-04-01T00:10 Europe/Berlin", OK),
    (f"{CHECK}\ninterview: 2026-03-25T23:30 Europe/Berlin", "2026-03-31T23:50 Europe/Berlin", EARLY),
    # two zones
    (f"{THANKS}\ninterview: 2026-05-06T10:00 Europe/Berlin", "2026-05-07T04:00 America/New_York", OK),
    (f"{THANKS}\ninterview: 2026-05-06T10:00 Europe/Berlin", "2026-05-07T04:01 America/New_York", LATE),
    (f"{THANKS}\nzone: Asia/Tokyo\ninterview: 2026-05-06T10:00", "2026-05-07T01:00Z", OK),
    (f"{THANKS}\nzone: Asia/Tokyo\ninterview: 2026-05-06T10:00", "2026-05-07T01:01Z", LATE),
    (f"{CHECK}\ninterview: 2026-05-06T23:30 Europe/Berlin", "2026-05-12T17:59 America/New_York", EARLY),
    (f"{CHECK}\ninterview: 2026-05-06T23:30 Europe/Berlin", "2026-05-12T18:00 America/New_York", OK),
    # the seventh day is the first to write on, from its first minute
    (f"{CHECK}\ninterview: 2026-05-06T10:00", "2026-05-06T18:00", TOO_EARLY),
    (f"{CHECK}\ninterview: 2026-05-06T10:00", "2026-05-08T23:59", TOO_EARLY),
    (f"{CHECK}\ninterview: 2026-05-06T10:00", "2026-05-09T00:00", EARLY),
    (f"{CHECK}\ninterview: 2026-05-06T01:00", "2026-05-12T23:59", EARLY),  # 6 days and 23 hours
    (f"{CHECK}\ninterview: 2026-05-06T10:00", "2026-05-13T09:00", OK),  # 6 days and 23 hours, but the seventh day
    (f"{CHECK}\ninterview: 2026-05-06T10:00", "2026-05-13T10:00", OK),
    (f"{CHECK}\ninterview: 2026-05-06", "2026-05-12", EARLY),
    (f"{CHECK}\ninterview: 2026-05-06", "2026-05-13", OK),
    (f"{CHECK}\ninterview: 2026-05-06\nprevious: [{{kind: thank-you, date: 2026-05-07}}]", "2026-05-13", EARLY),
    (f"{CHECK}\ninterview: 2026-05-06\nprevious: [{{kind: thank-you, date: 2026-05-07}}]", "2026-05-14", OK),
    # leap day, year end
    (f"{CHECK}\ninterview: 2028-02-23", "2028-02-29", EARLY),
    (f"{CHECK}\ninterview: 2028-02-23", "2028-03-01", OK),
    (f"{CHECK}\ninterview: 2027-02-23", "2027-03-01", EARLY),
    (f"{CHECK}\ninterview: 2027-02-23", "2027-03-02", OK),
    (f"{THANKS}\ninterview: 2028-02-28T16:00", "2028-02-29T16:01", LATE),
    (f"{THANKS}\ninterview: 2026-12-31T16:00", "2027-01-01T16:00", OK),
    (f"{THANKS}\ninterview: 2026-12-31T16:00", "2027-01-01T16:01", LATE),
    (f"{CHECK}\ninterview: 2026-12-28", "2027-01-03", EARLY),
    (f"{CHECK}\ninterview: 2026-12-28", "2027-01-04", OK),
    # the user's own measure
    (f"{CHECK}\ninterview: 2026-05-08\nmin_wait: 5bd", "2026-05-14", EARLY),
    (f"{CHECK}\ninterview: 2026-05-08\nmin_wait: 5bd", "2026-05-15", OK),
    (f"{CHECK}\ninterview: 2026-05-08\nmin_wait: 10bd", "2026-05-21", EARLY),
    (f"{CHECK}\ninterview: 2026-05-08\nmin_wait: 10bd", "2026-05-22", OK),
    (f"{CHECK}\ninterview: 2026-05-08\nmin_wait: 14d", "2026-05-21", EARLY),
    (f"{SECOND}\nprevious: [{{kind: check-in, date: 2026-05-08}}]\nmin_wait: 10bd", "2026-05-21", OFTEN),
    (f"{SECOND}\nprevious: [{{kind: check-in, date: 2026-05-08}}]\nmin_wait: 10bd", "2026-05-22", OK),
    # a promised date, Friday the 22nd
    (f"{CHECK}\ninterview: 2026-05-06\ndecision_by: 2026-05-22", "2026-05-21T23:59", BEFORE),
    (f"{CHECK}\ninterview: 2026-05-06\ndecision_by: 2026-05-22", "2026-05-22T09:00", AFTER),
    (f"{CHECK}\ninterview: 2026-05-06\ndecision_by: 2026-05-22", "2026-05-25T23:59", AFTER),
    (f"{CHECK}\ninterview: 2026-05-06\ndecision_by: 2026-05-22", "2026-05-26T00:00", OK),
    (f"{CHECK}\ninterview: 2026-05-06\ndecision_by: 2026-05-22\nmin_wait: 10bd", "2026-05-26", OK),
    # messages before
    (f"{SECOND}\nprevious: [{{kind: check-in, date: 2026-05-08T09:00}}]", "2026-05-14T23:59", OFTEN),
    (f"{SECOND}\nprevious: [{{kind: check-in, date: 2026-05-08T09:00}}]", "2026-05-15T08:00", OK),
    (f"{CLOSE}\nprevious: [{{kind: check-in, date: 2026-05-08, answered: yes}}]", "2026-05-09", OK),
    # what goes before its interview is told as a wrong fact, not as a wrong time
    (f"{THANKS}\ninterview: 2026-05-06T10:00", "2026-05-06T09:00", OK),
    (f"{CHECK}\ninterview: 2026-05-06", "2026-05-01", OK),
    # without a date nothing is said
    (f"{THANKS}\ninterview: 2026-05-06", "", OK),
    (f"{CHECK}\ninterview: 2026-05-06\ndecision_by: 2026-05-07", "", OK),
    (f"{SECOND}\nprevious: [{{kind: check-in, date: 2026-05-08}}]", "", OK),
    (THANKS, "2026-05-06", OK),
]


@pytest.mark.parametrize(("facts", "now", "said"), TABLE)
def test_every_boundary(facts: str, now: str, said: dict[str, str]) -> None:
    assert verdicts(written(facts + (f"\ndate: {now}" if now else ""))) == said


@pytest.mark.parametrize(("facts", "now", "said"), TABLE)
def test_the_time_of_sending_may_come_as_a_flag(facts: str, now: str, said: dict[str, str]) -> None:
    flags = {"date": Fact(parse_moment(now), "--now")} if now else {}
    assert verdicts(written(facts, flags=flags)) == said


def test_holidays_of_a_named_region_lengthen_the_wait() -> None:
    pytest.importorskip("holidays")
    facts = f"{CHECK}\ninterview: 2026-03-30\nmin_wait: 5bd\ndate: 2026-04-07\nregion: "
    assert verdicts(written(facts + "us")) == OK
    assert verdicts(written(facts + "de")) == EARLY
    (found,) = rules().lint(written(facts + "de")).diagnostics
    assert "Only 4 working days after" in found.message
    assert "wait at least 5 working days" in found.message
    assert "until Wednesday, 8 April" in found.fix


moments = st.datetimes(datetime(2024, 1, 1), datetime(2028, 12, 31)).map(lambda at: at.replace(second=0, microsecond=0))  # noqa: DTZ001
zones = st.sampled_from([None, UTC, timezone(timedelta(hours=2)), timezone(timedelta(hours=-7))])
soon = st.integers(0, 40 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


@st.composite
def known(draw: st.DrawFn) -> Context:
    place = draw(zones)
    held = draw(moments).replace(tzinfo=place)
    clock = draw(st.booleans())

    def after() -> Moment:
        return Moment(held + draw(soon), clock)

    kinds = st.sampled_from([Kind.CHECK_IN, Kind.SECOND_CHECK_IN, Kind.THANK_YOU, Kind.CLOSING, Kind.INFORMATION])
    earlier = [Earlier(draw(kinds), after(), draw(st.booleans())) for _ in range(draw(st.integers(0, 3)))]
    facts: dict[str, object] = {
        "kind": draw(kinds),
        "interview": Interval(Moment(held, clock), Moment(held + timedelta(hours=1) * clock, clock)),
        "date": after(),
        "previous": tuple(sorted(earlier, key=lambda item: item.date.at)),
        "weekends": draw(st.sampled_from(["count", "skip"])),
        "min_wait": draw(st.sampled_from([None, Wait(7), Wait(5, working=True), Wait(10, working=True)])),
        "decision_by": draw(st.sampled_from([None, after()])),
    }
    return merge({name: Fact(value, "here") for name, value in facts.items() if value is not None})


def moved(value: object, span: timedelta) -> object:
    if isinstance(value, Moment):
        return Moment(value.at + span, value.has_time)
    if isinstance(value, Interval):
        return Interval(
            Moment(value.start.at + span, value.start.has_time), Moment(value.end.at + span, value.end.has_time)
        )
    if isinstance(value, tuple):
        return tuple(moved(item, span) for item in value)
    if isinstance(value, Earlier):
        return Earlier(value.kind, Moment(value.date.at + span, value.date.has_time), value.answered)
    return value


def told(context: Context) -> dict[str, str]:
    return verdicts(Message(Draft("note.txt", "Any news?"), context))


@given(known(), st.integers(-100, 100).filter(bool))
@settings(max_examples=150, deadline=None)
def test_moving_every_date_by_whole_weeks_changes_no_verdict(context: Context, weeks: int) -> None:
    names = [*context.origins]
    shifted = merge({name: Fact(moved(getattr(context, name), timedelta(weeks=weeks)), "here") for name in names})
    assert told(shifted) == told(context)


@given(known(), st.integers(-500, 500).filter(bool))
@settings(max_examples=150, deadline=None)
def test_moving_every_date_by_whole_days_changes_only_what_counts_working_days(context: Context, days: int) -> None:
    names = [name for name in context.origins if name not in {"weekends", "min_wait", "decision_by"}]
    plain = merge({name: Fact(getattr(context, name), "here") for name in names})
    shifted = merge({name: Fact(moved(getattr(context, name), timedelta(days=days)), "here") for name in names})
    assert told(shifted) == told(plain)


@given(moments, zones, st.booleans(), st.sampled_from(["7d", "5bd", "10bd", "1d", "30d"]))
@settings(max_examples=100, deadline=None)
def test_a_check_in_is_early_until_the_wait_ends_and_not_later(
    at: datetime,
    place: timezone | None,
    clock: bool,  # noqa: FBT001
    wait: str,
) -> None:
    held = Moment(at.replace(tzinfo=place), clock)
    day = add_wait(held, parse_wait(wait))
    for step, early in ((-1, True), (0, False), (1, False)):
        sent = Moment(day.at + timedelta(days=step), has_time=False)
        if days_between(held, sent) >= 0:
            facts = {
                "kind": Kind.CHECK_IN,
                "interview": Interval(held, held),
                "date": sent,
                "min_wait": parse_wait(wait),
            }
            context = merge({name: Fact(value, "here") for name, value in facts.items()})
            assert ("early-check-in" in told(context)) == early


# --- facts that are wrong --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("front", "line", "words"),
    [
        ("interview: 2026-03-29T02:30 Europe/Berlin", 2, "the clocks skip it"),
        ("interview: 2026-03-29T02:30\nzone: Europe/Berlin", 2, "the clocks skip it"),
        ("kind: check-in\nprevious:\n- {kind: check-in, date: 2026-03-29T02:30}\nzone: Europe/Berlin", 4, "skip it"),
        ("kind: check-in\nzone: Europe/Brlin", 3, "did you mean Europe/Berlin?"),
        ("kind: check-in\nmin_wait: soon", 3, "write 7d"),
        ("kind: check-in\nweekends: sometimes", 3, "is none of count, skip"),
        ("kind: thank-you\ninterview: 2026-05-09\ndate: 2026-05-06", 3, "one of the dates is wrong"),
        ("kind: check-in\ninterview: 2026-05-06T11:00\ndate: 2026-05-06T10:00", 3, "one of the dates is wrong"),
    ],
)
def test_a_wrong_fact_is_told_with_its_line_and_the_rest_counts(front: str, line: int, words: str) -> None:
    message = written(front)
    (problem,) = message.problems
    assert words in str(problem)
    assert (problem.path, problem.line) == ("note.txt", line)
    assert message.draft.body


@pytest.mark.parametrize("kind", ["withdrawal", "correction", "information", "competing-offer"])
def test_some_messages_may_well_go_before_the_interview(kind: str) -> None:
    assert written(f"kind: {kind}\ninterview: 2026-05-09\ndate: 2026-05-06").problems == ()


def test_an_interview_after_a_message_of_a_kind_we_guessed_is_only_noted() -> None:
    text = (
        b"---\ninterview: 2026-05-09\ndate: 2026-05-06\n---\nDear Ines,\n\nThank you for meeting me.\n\nBest,\nTove\n"
    )
    message = read_message(text, "note.txt", {})
    assert message.problems == ()
    assert "one of the dates is wrong" in message.draft.notes[0]


def test_a_zone_given_as_a_flag_holds_for_the_front_matter_too() -> None:
    flags = {"zone": Fact(ZoneInfo("Asia/Tokyo"), "--zone")}
    assert str(written("date: 2026-05-06T10:00", flags=flags).context.date) == "2026-05-06 10:00 Asia/Tokyo"
    flags = {"zone": Fact(ZoneInfo("Europe/Berlin"), "--zone")}
    message = written("date: 2026-03-29T02:30", flags=flags)
    assert message.context.date is None
    assert str(message.problems[0]).startswith("note.txt: date (front matter, line 2): 02:30 on 2026-03-29")
