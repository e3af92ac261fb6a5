"""The days that a message names: which are tied to the interview, and which of these are wrong."""

from __future__ import annotations

import pytest

from followup_lint import model
from followup_lint.checks.dates import Check
from followup_lint.context import Context, Earlier, Fact, Kind, merge
from followup_lint.diagnostic import Finding
from followup_lint.draft import Draft
from followup_lint.reader import read_message
from followup_lint.reading import Reading
from followup_lint.written_times import parse_interval, parse_moment

CHECK = Check(
    {"thank-you": ("(our|your) (talk|visit)", "(met|saw|showing) (you|me)"), "default": ("interviewed",)},
    between=("(about|before|will)",),
    unless=("look forward",),
    reach=4,
)


def found(text: str, context: Context) -> list[Finding]:
    draft = read_message(f"Dear Ines,\n\n{text}\n\nBest,\nTove Lund\n".encode(), "note.txt", {}).draft
    return [*CHECK(Reading(draft, context, model.load))]


def known(held: str, sent: str = "", **more: object) -> Context:
    facts: dict[str, object] = {"kind": Kind.THANK_YOU, "interview": parse_interval(held), **more}
    facts |= {"date": parse_moment(sent)} if sent else {}
    return merge({name: Fact(value, "test") for name, value in facts.items()})


# 4 May 2026 is a Monday.
SAID = [
    # (interview, date, words, whether they are wrong)
    ("2026-05-04", "2026-05-04T18:00", "today", False),
    ("2026-05-04", "2026-05-04T18:00", "this Morning", False),
    ("2026-05-04", "2026-05-05", "today", True),
    ("2026-05-04", "2026-05-05T01:00", "today", False),  # not yet in bed
    ("2026-05-04", "2026-05-05T04:59", "today", False),
    ("2026-05-04", "2026-05-05T05:00", "today", True),
    ("2026-05-04", "2026-05-05", "yesterday", False),
    ("2026-05-04", "2026-05-05", "last night", False),
    ("2026-05-04", "2026-05-06T01:00", "yesterday", False),
    ("2026-05-04", "2026-05-06", "yesterday", True),
    ("2026-05-04", "2026-05-07", "yesterday", True),
    ("2026-05-04", "2026-05-06", "the day before yesterday", False),
    ("2026-05-04", "2026-05-05", "the day before yesterday", True),
    # People count loosely: days by one, a week by three, a month by fifteen, and by one more for each further unit.
    ("2026-05-04", "2026-05-04", "two days ago", True),
    ("2026-05-04", "2026-05-05", "two days ago", False),
    ("2026-05-04", "2026-05-07", "two days ago", False),
    ("2026-05-04", "2026-05-08", "two days ago", True),
    ("2026-05-04", "2026-05-04", "a few days ago", True),
    ("2026-05-04", "2026-05-05", "a few days ago", False),
    ("2026-05-04", "2026-05-11", "a few days ago", False),
    ("2026-05-04", "2026-05-12", "a few days ago", True),
    ("2026-05-04", "2026-05-08", "a couple of days ago", False),
    ("2026-05-04", "2026-05-09", "a couple of days ago", True),
    ("2026-05-04", "2026-05-09", "a couple\nof  days ago", True),
    ("2026-05-04", "2026-05-09", "A Couple of days ago", True),
    ("2026-05-04", "2026-05-07", "a week ago", True),
    ("2026-05-04", "2026-05-08", "a week ago", False),
    ("2026-05-04", "2026-05-14", "a week ago", False),
    ("2026-05-04", "2026-05-15", "a week ago", True),
    ("2026-05-04", "2026-05-13", "2 weeks ago", True),
    ("2026-05-04", "2026-05-14", "2 weeks ago", False),
    ("2026-05-04", "2026-05-22", "two Weeks ago", False),
    ("2026-05-04", "2026-05-23", "two weeks ago", True),
    ("2026-05-04", "2026-05-18", "a month ago", True),
    ("2026-05-04", "2026-05-19", "a month ago", False),
    ("2026-05-04", "2026-06-18", "a month ago", False),
    ("2026-05-04", "2026-06-19", "a month ago", True),
    ("2026-05-04", "2026-05-10", "this week", False),
    ("2026-05-04", "2026-05-10", "last week", False),  # a Sunday: for some a new week
    ("2026-05-04", "2026-05-12", "this week", True),
    ("2026-05-04", "2026-05-12", "last week", False),
    ("2026-05-04", "2026-05-12", "Last Week", False),
    ("2026-05-04", "2026-05-19", "last week", True),
    ("2026-05-02", "2026-05-04", "this week", True),  # a Saturday: the week before for all
    ("2026-05-02", "2026-05-04", "last week", False),
    ("2026-05-03", "2026-05-04", "this week", False),
    ("2026-05-04", "2026-05-20", "this month", False),
    ("2026-05-04", "2026-05-20", "last month", True),
    ("2026-05-04", "2026-06-01", "this month", True),
    ("2026-05-04", "2026-06-01", "last Month", False),
    ("2026-12-29", "2027-01-05", "last month", False),
    ("2026-12-29", "2027-02-05", "last month", True),
    ("2025-12-29", "2026-12-30", "this month", True),
    ("2026-05-04", "2026-05-04", "last Monday", True),
    ("2026-05-04", "2026-05-05", "last Monday", False),
    ("2026-05-04", "2026-05-17", "last Monday", False),
    ("2026-05-04", "2026-05-18", "last Monday", True),
    ("2026-05-04", "2026-05-12", "last Friday", True),
    ("2026-05-05", "2026-05-12", "last Tuesday", False),
    ("2026-05-06", "2026-05-12", "last Wednesday", False),
    ("2026-05-07", "2026-05-12", "last thurs", False),
    # Without the date of sending, nothing that counts from it can be wrong.
    ("2026-05-04", "", "last week", False),
    ("2026-05-04", "", "yesterday", False),
    ("2026-05-04", "", "today", False),
    ("2026-05-04", "", "the day before yesterday", False),
    ("2026-05-04", "", "two days ago", False),
    ("2026-05-04", "", "last Tuesday", True),
    # Days by their names and numbers; all that is said must be so.
    ("2026-05-04", "", "Monday", False),
    ("2026-05-04", "", "Tuesday", True),
    ("2026-05-04", "", "4 May", False),
    ("2026-05-04", "", "5 May", True),
    ("2026-05-04", "", "4 June", True),
    ("2026-05-04", "", "the 4th of May", False),
    ("2026-05-04", "", "the 4th", False),
    ("2026-05-04", "", "the 5th", True),
    ("2026-05-04", "", "May 4", False),
    ("2026-05-04", "", "May the 5th", True),
    ("2026-05-04", "", "Monday, May 4", False),
    ("2026-05-04", "", "Monday, May 5", True),
    ("2026-05-04", "", "Tuesday, 4 May", True),
    ("2026-05-04", "", "Monday, 4 May", False),
    ("2026-05-04", "", "Monday, 5 May", True),
    ("2026-05-04", "", "Monday, 4 June", True),
    ("2026-06-04", "", "4 June", False),
    ("2026-09-04", "", "Sept. 4", False),
    ("2026-12-04", "", "4 December 2026", False),
    ("2026-05-04", "", "May 4, 2026", False),
    ("2026-05-04", "", "May 4, 2025", True),
    # An interview over several days, in several zones, or somewhere in the world.
    ("2026-05-04/2026-05-05", "", "Tuesday", False),
    ("2026-05-04/2026-05-05", "", "Sunday", True),
    ("2026-05-04/2026-05-05", "", "Wednesday", True),
    ("2026-05-04T23:00Z", "", "Tuesday", False),  # a morning in Sydney
    ("2026-05-04T23:00Z", "", "Monday", False),
    ("2026-05-04T18:00Z", "", "Tuesday", False),
    ("2026-05-04T17:59Z", "", "Tuesday", True),
    ("2026-05-04T07:59Z", "", "Sunday", False),  # an evening in Hawaii
    ("2026-05-04T08:00Z", "", "Sunday", True),
    ("2026-05-04T07:00Z", "", "Tuesday", True),
    ("2026-05-04T07:00Z", "", "Monday", False),
    ("2026-05-04T23:00+01:00", "", "Tuesday", True),
    ("2026-05-04 UTC", "", "Sunday", True),
    ("2026-05-04T23:00 Europe/Berlin", "2026-05-05T09:00+10:00", "Tuesday", False),
    ("2026-05-04T23:00 Europe/Berlin", "2026-05-05T09:00+10:00", "Monday", False),
    ("2026-05-04T23:00 Europe/Berlin", "2026-05-05T09:00", "Tuesday", True),
    ("2026-05-04T23:00", "2026-05-05T09:00+10:00", "Tuesday", True),
]


@pytest.mark.parametrize(("held", "sent", "words", "wrong"), SAID)
def test_a_day_in_words_is_counted_from_the_date(held: str, sent: str, words: str, *, wrong: bool) -> None:
    assert bool(found(f"Thank you for our talk {words} by the loom.", known(held, sent))) == wrong


@pytest.mark.parametrize("words", ["Tuesday", "12 May", "the 12th", "20 May"])
def test_a_day_that_is_known_from_elsewhere_is_not_wrong(words: str) -> None:
    previous = (Earlier(Kind.THANK_YOU, parse_moment("2026-05-12")),)
    context = known("2026-05-04", previous=previous, decision_by=parse_moment("2026-05-20"))
    assert found(f"Since our talk {words} I have been weaving.", context) == []
    assert found(f"Since our talk {words} I have been weaving.", known("2026-05-04")) != []


@pytest.mark.parametrize("words", ["today", "yesterday", "the day before yesterday", "last week", "two days ago"])
def test_a_day_counted_from_the_date_is_wrong_whatever_else_is_known(words: str) -> None:
    previous = (Earlier(Kind.THANK_YOU, parse_moment("2026-05-12")),)
    assert found(f"Thank you for our talk {words}.", known("2026-05-04", "2026-06-20", previous=previous)) != []
    # Without the date it is neither wrong nor right.
    assert [item.span for item in found(f"Thank you for our talk {words}, our visit Tuesday.", known("2026-05-04"))]


@pytest.mark.parametrize(
    ("sentences", "marked"),
    [
        ("Thank you for our talk on [Tuesday].", ["Tuesday"]),
        ("Thank you for our long and good talk.", []),
        ("Thank you for our talk and the long good tour on [Tuesday].", []),
        ("Thank you for our talk and the tour on [Tuesday].", ["Tuesday"]),
        ("Thank you for our talk and the long tour on [Tuesday].", []),
        ("Thank you for our talk\n\n[Tuesday] suits me, too.", []),
        ("On [Tuesday] we met you.", ["Tuesday"]),
        ("On [Tuesday] at ten we met you.", []),
        ("[Tuesday]'s talk was good; so was your visit.", []),
        # Right behind the day, with a word in between at most.
        ("I liked [Tuesday]'s our talk.", ["Tuesday"]),
        ("I liked [Tuesday]’s long our talk.", ["Tuesday"]),
        ("I liked [Tuesday] our talk.", ["Tuesday"]),
        ("I liked [Tuesday], our talk.", []),
        ("I liked [Tuesday] and then our talk.", []),
        # Words in between that tie it to something else; a stop; another deed.
        ("Since our talk about [Tuesday] I have been weaving.", []),
        ("I liked our talk; [Tuesday] is fine.", []),
        ("I liked our talk (on [Tuesday]).", ["Tuesday"]),
        ("I liked our talk ( on [Tuesday]).", []),
        ("The plan of our talk came through [Tuesday].", []),
        ("The plan of our talk comes through [Tuesday].", []),
        ("The plans of our talk come [Tuesday].", []),
        ("The plan of our talk might arrive [Tuesday].", []),
        ("The plan of our talk came, and our visit on [Tuesday] was good.", ["Tuesday"]),
        ("I look forward to our talk on [Tuesday].", []),
        # A day that is right anywhere shows that the writer knows it.
        ("Thank you for our talk on Monday. Since our talk on [Tuesday] I have been weaving.", []),
        ("Thank you for our talk on [Tuesday]. After your visit [Friday] I wove.", ["Tuesday", "Friday"]),
        ("I liked our talk on [Tuesday], our visit [Friday] and our talk [Sunday].", ["Tuesday", "Friday", "Sunday"]),
        ("I interviewed on [Tuesday].", []),  # which is no event in a thank-you
    ],
)
def test_which_days_are_tied_to_the_interview(sentences: str, marked: list[str]) -> None:
    findings = found(sentences.replace("[", "").replace("]", ""), known("2026-05-04"))
    text = f"Dear Ines,\n\n{sentences}".replace("[", "").replace("]", "")
    spans = [span for item in findings for span in (item.span, *item.related)]
    assert [span.of(text) for span in spans] == marked
    assert [dict(item.values) for item in findings] == [{"day": "Monday, 4 May"}] * bool(marked)


def test_the_words_for_the_event_hang_on_the_kind() -> None:
    assert found("I interviewed on Tuesday.", known("2026-05-04", kind=Kind.CHECK_IN)) != []
    assert found("I liked our talk on Tuesday.", known("2026-05-04", kind=Kind.CHECK_IN)) == []


BROKEN = ("(",)


@pytest.mark.parametrize(
    "check", [Check(BROKEN), Check({"default": BROKEN}), Check((), between=BROKEN), Check((), unless=BROKEN)]
)
def test_a_broken_phrase_is_told(check: Check) -> None:
    CHECK.verify()
    with pytest.raises(ValueError, match="not a valid regular expression"):
        check.verify()


def test_without_the_day_of_the_interview_nothing_is_said() -> None:
    context = merge({"kind": Fact(Kind.THANK_YOU, "test")})
    assert found("Thank you for our talk on Tuesday.", context) == []
    assert (CHECK.lacks(context), CHECK.lacks(known("2026-05-04"))) == ("interview", "")
    assert [*CHECK(Reading(Draft("note.txt", "Tuesday"), context, model.load))] == []
