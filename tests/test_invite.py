"""Invitations: read whole, found where they fit, and refused in one line where they are broken."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from icalendar import Calendar

from followup_lint.appointments import Invitation, invitations
from followup_lint.command import command
from followup_lint.errors import Problem
from followup_lint.invite import read
from followup_lint.reader import Message, read_message

TOKYO_OFFICE = """\
BEGIN:VTIMEZONE
TZID:The Office
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0900
TZOFFSETTO:+0900
END:STANDARD
END:VTIMEZONE
"""
BERLIN = TOKYO_OFFICE.replace("The Office", "Europe/Berlin").replace("+0900", "+0200")
PEOPLE = """\
ORGANIZER;CN="Okafor, Ines":mailto:ines@loomworks.example
ATTENDEE;CN=Tove Lund:MAILTO:tove@gmail.com
ATTENDEE;CUTYPE=ROOM;CN=Blue Room:mailto:blue@loomworks.example
ATTENDEE;CN=jan@loomworks.example:mailto:jan@loomworks.example
ATTENDEE;CN=Dr. Bo Ek:mailto:bo@loomworks.example
"""
WEDNESDAY = "DTSTART;TZID=Europe/Berlin:20260506T100000\nDTEND;TZID=Europe/Berlin:20260506T110000\n"
INTERVIEW = f"UID:1\nSUMMARY:Interview: Weaver\n{WEDNESDAY}{PEOPLE}"


def calendar(*events: str, top: str = "") -> bytes:
    inside = "".join(f"BEGIN:VEVENT\n{event}END:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//y//EN\n{top}{inside}END:VCALENDAR\n".replace(
        "\n", "\r\n"
    ).encode()


def one(data: bytes) -> Invitation:
    (found,) = invitations(data, "call.ics")
    return found


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This computer stands in Auckland, so that nothing is right by being in UTC."""
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    if hasattr(time, "tzset"):
        time.tzset()
    yield
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.mark.parametrize(
    ("times", "top", "shown"),
    [
        (WEDNESDAY, "", "2026-05-06 10:00 Europe/Berlin to 2026-05-06 11:00 Europe/Berlin"),
        (
            "DTSTART;TZID=W. Europe Standard Time:20260506T100000\nDURATION:PT45M\n",
            "",
            "2026-05-06 10:00 Europe/Berlin to 2026-05-06 10:45 Europe/Berlin",
        ),
        ("DTSTART;TZID=The Office:20260506T100000\n", TOKYO_OFFICE, "2026-05-06 10:00+09:00"),
        ("DTSTART:20260506T080000Z\n", "X-WR-TIMEZONE:Europe/Berlin\n", "2026-05-06 10:00 Europe/Berlin"),
        (
            "DTSTART:20260506T080000Z\nDTEND:20260506T090000Z\n",
            BERLIN,
            "2026-05-06 10:00 Europe/Berlin to 2026-05-06 11:00 Europe/Berlin",
        ),
        ("DTSTART:20260506T220000Z\n", "", "2026-05-07 10:00+12:00"),
        # A zone that nobody knows, or two of them, tell nothing of a time in UTC: it is shown as this computer has it.
        ("DTSTART:20260506T220000Z\n", TOKYO_OFFICE, "2026-05-07 10:00+12:00"),
        ("DTSTART:20260506T220000Z\n", f"X-WR-TIMEZONE:Asia/Tokyo\n{BERLIN}", "2026-05-07 10:00+12:00"),
        ("DTSTART:20260506T100000\n", "", "2026-05-06 10:00"),
        ("DTSTART:20260506T100000\nDTSTART:20260507T100000\n", "", "2026-05-06 10:00"),
        ("DTSTART:19000101T100000\n", "", "1900-01-01 10:00"),
        ("DTSTART:21991231T100000\n", "", "2199-12-31 10:00"),
        ("DTSTART;VALUE=DATE:20260506\n", "", "2026-05-06"),
        ("DTSTART;VALUE=DATE:20260506\nDTEND;VALUE=DATE:20260507\n", "", "2026-05-06"),
        ("DTSTART;VALUE=DATE:20260506\nDTEND;VALUE=DATE:20260508\n", "", "2026-05-06 to 2026-05-07"),
    ],
)
def test_the_time_is_read_in_its_zone(times: str, top: str, shown: str) -> None:
    if "220000Z" in times and not hasattr(time, "tzset"):
        pytest.skip("this system's zone cannot be set")
    assert str(one(calendar(times, top=top)).interval) == shown


def test_people_have_their_names_and_addresses() -> None:
    found = one(calendar(f"UID:1\nSUMMARY:Interview\\, part 1\n{WEDNESDAY}{PEOPLE}"))
    assert found.title == "Interview, part 1"
    assert [(person.name, person.title, person.address) for person in found.people] == [
        ("Ines Okafor", "", "ines@loomworks.example"),
        ("Tove Lund", "", "tove@gmail.com"),
        ("Dr. Bo Ek", "Dr", "bo@loomworks.example"),
    ]


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        ("ATTENDEE;CN=Bo Ek:mailto:bo@x.example\n", ["Bo Ek"]),
        ("ATTENDEE;CN=Xaver Felix:mailto:xf@x.example\n", ["Xaver Felix"]),
        ("ORGANIZER:mailto:bo@x.example\nATTENDEE:mailto:ida@x.example\n", []),  # nobody who has a name
        ("ATTENDEE;CN=\"'Bo Ek'\":mailto:bo@x.example\n", ["Bo Ek"]),
        ('ATTENDEE;CN="Ek, Bo":mailto:bo@x.example\n', ["Bo Ek"]),
        ('ATTENDEE;CN="Ek,":mailto:bo@x.example\n', ["Ek,"]),
        ('ATTENDEE;CN="Ek, Bo, PhD":mailto:bo@x.example\n', ["Ek, Bo, PhD"]),
        ("ATTENDEE;CUTYPE=RESOURCE;CN=Beamer:mailto:b@x.example\n", []),
        ("ATTENDEE;CUTYPE=INDIVIDUAL;CN=Bo Ek:mailto:bo@x.example\n", ["Bo Ek"]),
        # One address is one person, and the organizer comes first.
        ("ATTENDEE;CN=B. Ek:mailto:BO@x.example\nORGANIZER;CN=Bo Ek:mailto:bo@x.example\n", ["Bo Ek"]),
        ("ATTENDEE;CN=Bo Ek:\nATTENDEE;CN=Ida Moe:\n", ["Bo Ek", "Ida Moe"]),
    ],
)
def test_who_is_invited(lines: str, people: list[str]) -> None:
    assert [person.name for person in one(calendar(f"UID:1\n{WEDNESDAY}{lines}")).people] == people


def test_an_event_is_known_by_all_that_it_says() -> None:
    words = "SUMMARY:Talk\\nand  tour\nSUMMARY:no\nLOCATION:Dye Works\nDESCRIPTION:Bring a\\n\\n loom.\n"
    found = one(calendar(f"UID:1\n{WEDNESDAY}{words}"))
    assert (found.title, found.words) == ("Talk and tour", "Talk and tour Dye Works Bring a loom.")
    bare = one(calendar(WEDNESDAY))
    assert (bare.title, bare.words.strip(), bare.uid, bare.people) == ("", "", "", ())


def days(*events: str, top: str = "") -> list[int]:
    return [item.interval.start.day.day for item in invitations(calendar(*events, top=top), "call.ics")]


def on(day: int, *lines: str) -> str:
    return "".join(f"{line}\n" for line in lines) + WEDNESDAY.replace("0506", f"05{day:02}")


@pytest.mark.parametrize(
    ("events", "left"),
    [
        ([on(6, "UID:1", "SEQUENCE:1"), on(7, "UID:1", "SEQUENCE:2")], [7]),
        ([on(7, "UID:1", "SEQUENCE:2"), on(6, "UID:1", "SEQUENCE:1")], [7]),
        ([on(7, "UID:1", "SEQUENCE:1"), on(6, "UID:1")], [7]),  # one that was never changed bears no number
        ([on(6, "UID:1"), on(7, "UID:1", "SEQUENCE:0")], [7]),  # of two with one number the later one stands
        ([on(6, "UID:1"), on(5, "UID:2")], [5, 6]),
        ([on(6), on(5), on(7)], [5, 6, 7]),  # without a name, each is an event of its own
        ([on(6), on(7, "UID:1"), on(8)], [6, 7, 8]),
        # Of a series, one occurrence may have been moved.
        ([on(6, "UID:1"), on(8, "UID:1", "RECURRENCE-ID:20260513T100000")], [6, 8]),
        ([on(6, "UID:1", "STATUS:CANCELLED"), on(7, "UID:2")], [7]),
        ([on(6, "UID:1", "status:Cancelled"), on(7, "UID:2"), on(8, "UID:3", "STATUS:CONFIRMED")], [7, 8]),
    ],
)
def test_which_events_still_hold(events: list[str], left: list[int]) -> None:
    assert days(*events) == left


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b"\r\n", b"  \n\t", b"\xef\xbb\xbf\r\n"])
def test_what_stands_before_a_calendar_does_no_harm(before: bytes) -> None:
    text = calendar(INTERVIEW)
    for data in (text, text.replace(b"VCALENDAR", b"vcalendar").replace(b"BEGIN", b"begin"), text + b"\r\n \n"):
        assert one(before + data).title == "Interview: Weaver"


def event(*lines: str, top: str = "") -> str:
    return "\n".join(
        ["BEGIN:VCALENDAR", *([top] if top else []), "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"]
    )


@pytest.mark.parametrize("number", ["²", "x", "-1", "9" * 5000])
def test_a_count_of_changes_that_is_none_counts_as_the_first(number: str) -> None:
    assert one(calendar(f"UID:1\nSEQUENCE:{number}\n{WEDNESDAY}")).sequence == 0


BROKEN = {
    "": "is no calendar file: it does not begin with BEGIN:VCALENDAR",
    "Dear Ines,": "is no calendar file: it does not begin with BEGIN:VCALENDAR",
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:2026": "is cut short: it does not end with END:VCALENDAR",
    "BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR": "holds no event",
    event("UID:1", "SUMMARY:Talk"): "the event of “Talk” has no start",
    event("UID:1"): "the event has no start",
    event("DTSTART:20261306T100000"): "the event has a broken DTSTART: 20261306T100000",
    event("DTSTART:16010101T000000"): "the event has a broken DTSTART: ",
    event("DTSTART:18991231T000000"): "the event has a broken DTSTART: ",
    event("DTSTART:22000101T000000"): "the event has a broken DTSTART: ",
    event("SUMMARY:Talk", "DTSTART:20261306T100000"): "the event of “Talk” has a broken DTSTART: 20261306T100000",
    event("SUMMARY:Talk", "DTSTART:20260506T100000", "DTEND:soon"): "the event of “Talk” has a broken DTEND: soon",
    event("DTSTART:20260506T100000Z", "DURATION:long"): "the event has a broken DURATION",
    event("SUMMARY:Talk", "DTSTART:20260506T100000Z", "DURATION:long"): "the event of “Talk” has a broken DURATION",
    event("DTSTART:20260506", "DTEND:20260501"): "the event ends before it begins",
    event("SUMMARY:Talk", "DTSTART:20260506", "DTEND:20260501"): "the event of “Talk” ends before it begins",
    event("DTSTART:20260506T100000", top="METHOD:CANCEL"): "the event was cancelled",
    event("DTSTART:20260506T100000", "STATUS:CANCELLED"): "the event was cancelled",
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\nEND:VCALENDAR": "the event has no start",
    event("DTSTART:20260506", "DURATION:P99999999D"): "the event has a broken DURATION",
    event("DTSTART:20260506", "DURATION:P99999D"): "the event has a broken DURATION",
}


@pytest.mark.parametrize(("text", "words"), BROKEN.items())
def test_a_broken_invitation_is_one_line(text: str, words: str) -> None:
    with pytest.raises(Problem) as raised:
        invitations(text.encode(), "call.ics")
    told = str(raised.value)
    assert told.removeprefix("call.ics: ").startswith(words) if words.endswith(": ") else told == f"call.ics: {words}"
    assert "\n" not in told


@pytest.mark.parametrize("length", [5, 10, 11, 12, 500])
def test_what_the_reader_of_calendars_has_to_say_is_shown_up_to_a_limit(length: int) -> None:
    data = f"BEGIN:VCALENDAR\n{'x' * length}\nEND:VCALENDAR".encode()
    with pytest.raises(ValueError, match="x") as theirs:
        Calendar.from_ical(data)
    whole = str(theirs.value)
    with pytest.raises(Problem) as ours:
        invitations(data, "call.ics")
    told = whole if len(whole) <= 80 else f"{whole[:79]}…"
    assert str(ours.value) == f"call.ics: is a broken calendar file: {told}"


@pytest.mark.parametrize("cut", range(0, 400, 7))
def test_an_invitation_cut_anywhere_is_a_problem(cut: int) -> None:
    whole = calendar(f"UID:1\nSUMMARY:Interview\n{WEDNESDAY}{PEOPLE}")
    with pytest.raises(Problem, match=r"^call\.ics: "):
        invitations(whole[:cut], "call.ics")


# --- beside a draft --------------------------------------------------------------------------------------------------

NOTE = "---\n{front}\n---\n{greeting}\n\nThank you for showing me the loom.\n\nBest,\nTove Lund\n"


def note(folder: Path, front: str = "date: 2026-05-07", greeting: str = "Hello,", name: str = "note.txt") -> Message:
    path = folder / name
    path.write_text(NOTE.format(front=front, greeting=greeting), encoding="utf-8")
    return read_message(path.read_bytes(), str(path), {})


def test_a_named_invitation_gives_time_people_and_origin(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "call.ics").write_bytes(calendar(INTERVIEW))
    message = note(tmp_path, "invite: in/call.ics\ndate: 2026-05-07")
    context = message.context
    assert message.problems == ()
    assert str(context.interview) == "2026-05-06 10:00 Europe/Berlin to 2026-05-06 11:00 Europe/Berlin"
    assert [person.name for person in context.interviewers] == ["Ines Okafor", "Dr. Bo Ek"]
    assert context.origins["interview"] == "call.ics, “Interview: Weaver”"


def test_what_the_draft_says_itself_wins(tmp_path: Path) -> None:
    (tmp_path / "call.ics").write_bytes(calendar(INTERVIEW))
    context = note(tmp_path, "invite: call.ics\ninterview: 2026-05-05\ninterviewers: Mo").context
    assert str(context.interview) == "2026-05-05"
    assert [person.name for person in context.interviewers] == ["Mo"]


@pytest.mark.parametrize(
    ("front", "greeting", "found"),
    [
        ("to: Ines Okafor", "Hello,", True),
        ("to: Ines", "Hello,", True),
        ("to: {name: The Loom, address: bo@loomworks.example}", "Hello,", True),
        ("interviewers: Bo Ek", "Hello,", True),
        ("company: Loomworks", "Hello,", True),
        ("company: Loomworks Ltd", "Hello,", True),
        ("role: Weaver", "Hello,", True),
        ("date: 2026-05-07", "Dear Ines,", True),
        ("date: 2026-05-07", "Dear Dr Ek,", True),
        ("date: 2026-05-07", "Dear Sir or Madam,", False),
        ("date: 2026-05-07", "Dear Tove,", False),  # the writer is no reader
        ("to: Mo Farr\ncompany: Wheel\nrole: Turner", "Dear Mo,", False),
        ("date: 2026-05-05", "Dear Ines,", False),  # the interview is still to come
        ("interview: 2026-05-01\ndate: 2026-05-02", "Dear Ines,", False),
    ],
)
def test_an_invitation_beside_the_draft_is_taken_if_it_fits(
    front: str,
    greeting: str,
    found: bool,  # noqa: FBT001
    tmp_path: Path,
) -> None:
    (tmp_path / "call.ics").write_bytes(calendar(INTERVIEW))
    (tmp_path / "other.ics").write_bytes(calendar(f"UID:9\nSUMMARY:Dentist\n{WEDNESDAY}"))
    message = note(tmp_path, front, greeting)
    assert ("call.ics beside the draft" in message.context.origins.get("interview", "")) == found
    assert (message.problems, message.draft.notes) == ((), ())


def test_of_two_that_fit_none_is_taken(tmp_path: Path) -> None:
    later = INTERVIEW.replace("UID:1", "UID:2").replace("0506T", "0508T")
    (tmp_path / "one.ics").write_bytes(calendar(INTERVIEW))
    (tmp_path / "two.ics").write_bytes(calendar(later))
    assert note(tmp_path, "date: 2026-05-09", "Dear Ines,").context.interview is None
    # … unless only one of them has been held.
    assert str(note(tmp_path, "date: 2026-05-07", "Dear Ines,").context.interview).startswith("2026-05-06")


def test_two_states_of_one_event_are_one(tmp_path: Path) -> None:
    (tmp_path / "one.ics").write_bytes(calendar("SEQUENCE:0\n" + INTERVIEW))
    (tmp_path / "update.ics").write_bytes(calendar("SEQUENCE:1\n" + INTERVIEW.replace("T11", "T12")))
    assert str(note(tmp_path, greeting="Dear Ines,").context.interview).endswith("12:00 Europe/Berlin")


def test_of_several_events_in_a_named_file_the_last_held_is_taken(tmp_path: Path) -> None:
    later = INTERVIEW.replace("UID:1", "UID:2").replace("0506T", "0513T")
    (tmp_path / "call.ics").write_bytes(calendar(INTERVIEW, later))
    assert str(note(tmp_path, "invite: call.ics\ndate: 2026-05-12").context.interview).startswith("2026-05-06")
    assert str(note(tmp_path, "invite: call.ics\ndate: 2026-05-14").context.interview).startswith("2026-05-13")
    (problem,) = note(tmp_path, "invite: call.ics").problems
    assert "holds 2 events; say which is the interview" in str(problem)


def test_a_time_in_utc_is_shown_in_the_writers_zone(tmp_path: Path) -> None:
    (tmp_path / "call.ics").write_bytes(calendar("UID:1\nDTSTART:20260506T013000Z\n"))
    context = note(tmp_path, "invite: call.ics\nzone: Asia/Tokyo\ndate: 2026-05-07T10:30").context
    assert str(context.interview) == "2026-05-06 10:30 Asia/Tokyo"


def test_a_named_invitation_that_is_missing_or_broken_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "bad.ics").write_text("nothing", encoding="utf-8")
    (tmp_path / "folder.ics").mkdir()
    for name, words in {"no.ics": "no such file", "bad.ics": "is no calendar", "folder.ics": "is no file"}.items():
        message = note(tmp_path, f"kind: thank-you\ninvite: {name}")
        (problem,) = message.problems
        assert (problem.line, words in str(problem), name in str(problem)) == (3, True, True)
        assert message.draft.body


def test_a_broken_invitation_nobody_named_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "bad.ics").write_text("BEGIN:VCALENDAR", encoding="utf-8")
    (tmp_path / "call.ics").write_bytes(calendar(INTERVIEW))
    message = note(tmp_path, greeting="Dear Ines,")
    assert message.problems == ()
    assert "bad.ics: is cut short" in message.draft.notes[0]
    assert message.context.interview is not None


def test_the_others_are_still_linted_and_the_origin_is_shown(tmp_path: Path) -> None:
    (tmp_path / "call.ics").write_bytes(calendar(INTERVIEW))
    note(tmp_path, "kind: thank-you\ninvite: no.ics", name="a.txt")
    note(tmp_path, "kind: thank-you\ninvite: call.ics\ndate: 2026-05-07T11:30", name="b.txt")
    ran = CliRunner().invoke(
        command, [str(tmp_path), "--select", "late-thank-you", "--show-context", "--output-format", "concise"]
    )
    assert ran.exit_code == 2
    assert "a.txt:3:1: invite: " in ran.output
    assert "b.txt:8:1" in ran.output
    assert "call.ics, “Interview: Weaver”" in ran.output


def test_reading_a_file_names_it(tmp_path: Path) -> None:
    path = tmp_path / "call.ics"
    path.write_bytes(calendar(INTERVIEW))
    assert [item.title for item in read(path)] == ["Interview: Weaver"]
    with pytest.raises(Problem, match=re.escape(f"{path}x: no such file")):
        read(Path(f"{path}x"))
