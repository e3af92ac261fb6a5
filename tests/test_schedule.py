"""The schedule of a folder, its three forms, and the verdict line that names a day."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from icalendar import Calendar

from followup_lint.catalog import built_in
from followup_lint.diagnostic import Severity
from followup_lint.due import Action, State
from followup_lint.linter import Linter
from followup_lint.reader import Message, read_message
from followup_lint.reports import full, schedule_full, schedule_ics, schedule_json
from followup_lint.reports.verdict import verdict
from followup_lint.schedule import Entry, from_now, schedule
from followup_lint.thread.conversations import gather
from followup_lint.when import Moment, is_before
from followup_lint.written_times import parse_moment

NOW = parse_moment("2026-11-24T14:00")
ASK = "Is there any news on the loom fixer post? My references are ready whenever they help.\n"


def note(name: str, facts: str, body: str = ASK) -> Message:
    return read_message(f"---\n{facts}---\nHello,\n\n{body}\nKind regards,\nIda Moe\n".encode(), name, {})


def to(whom: str, *facts: str) -> str:
    return "".join(f"{line}\n" for line in (f"to: {whom}", *facts))


FOLDER = [
    note("spin/1.txt", to("Per Aas", "company: Spin", "kind: thank-you", "date: 2026-11-20", "interview: 2026-11-19")),
    note("spin/2.txt", to("Per Aas", "company: Spin", "kind: check-in")),
    note("weave.txt", to("Mia Orr", "company: Weave", "kind: thank-you", "interview: 2026-11-23T18:00/19:00")),
    note("dye.txt", to("Lev Oz", "kind: check-in", "date: 2026-11-02T10:00")),
    note("felt.txt", to("Ana Paz", "kind: closing", "date: 2026-11-03")),
    note("knit.txt", to("Jo Umi", "kind: thank-you", "interview: 2026-11-20T09:00")),
    note("lace.txt", "kind: check-in\n"),
    note(
        "silk.txt",
        to("Bo Tan", "kind: check-in", "previous:", "  - {kind: thank-you, date: 2026-11-10, answered: true}"),
    ),
    note("tuft.txt", to("Sy Lam", "kind: thank-you", "interview: 2026-12-01T09:00")),
]


def entries(drafts: list[Message] | None = None, now: Moment = NOW) -> list[Entry]:
    return schedule(gather(FOLDER if drafts is None else drafts), now)


def test_every_conversation_has_a_row_and_the_most_urgent_is_on_top() -> None:
    found = [(item.who, item.owes.value, item.step.action.value, item.step.state.value) for item in entries()]
    assert found == [
        ("Jo Umi", "you", "send-thank-you", "overdue"),
        ("Lev Oz", "they", "second-check-in", "overdue"),
        ("Mia Orr", "you", "send-thank-you", "due"),
        ("Per Aas", "they", "check-in", "early"),
        ("Sy Lam", "nobody", "send-thank-you", "early"),
        ("Ana Paz", "nobody", "nothing", "none"),
        ("Bo Tan", "you", "nothing", "none"),
        ("lace.txt", "nobody", "nothing", "none"),
    ]


def test_a_row_knows_the_last_message_and_what_is_ready() -> None:
    row = next(item for item in entries() if item.who == "Per Aas")
    assert (row.company, row.ready) == ("Spin", ("spin/2.txt",))
    assert row.last is not None
    assert (row.last.kind.value, str(row.last.date)) == ("thank-you", "2026-11-20")
    assert str(row.step.earliest) == "2026-11-27 09:00"


def test_a_draft_is_sent_once_its_day_has_come() -> None:
    draft = note("a.txt", to("Per Aas", "kind: check-in", "date: 2026-11-25", "interview: 2026-11-02"))
    assert entries([draft])[0].step.action is Action.CHECK_IN
    assert entries([draft], parse_moment("2026-11-25T08:00"))[0].step.action is Action.SECOND_CHECK_IN


def test_a_second_round_begins_anew() -> None:
    first = to("Per Aas", "kind: thank-you", "date: 2026-11-03", "interview: 2026-11-02")
    second = to("Per Aas", "kind: thank-you", "interview: 2026-11-24T10:00")
    found = entries([note("a.txt", first), note("b.txt", second)])
    assert [(item.step.action, item.step.state) for item in found] == [(Action.SEND_THANK_YOU, State.DUE)]


def test_the_later_interview_counts_in_whatever_order_the_drafts_stand() -> None:
    coming = to("Per Aas", "kind: information", "date: 2026-11-23", "interview: 2026-11-25T10:00")
    left_over = to("Per Aas", "kind: thank-you", "interview: 2026-11-02")
    (found,) = entries([note("a.txt", coming), note("b.txt", left_over)])
    assert (found.step.action, str(found.step.earliest)) == (Action.SEND_THANK_YOU, "2026-11-25 10:30")


def test_each_draft_of_a_conversation_may_tell_something_of_it() -> None:
    first = to("Per Aas", "kind: thank-you", "date: 2026-11-20", "decision_by: 2026-12-10", "role: Spinner")
    second = to("Per Aas", "kind: check-in", "min_wait: 5bd")
    (found,) = entries([note("a.txt", first), note("b.txt", second)])
    assert (found.role, str(found.step.earliest)) == ("Spinner", "2026-12-14 09:00")
    second = to("Per Aas", "kind: check-in", "min_wait: 20bd")
    (found,) = entries([note("a.txt", first), note("b.txt", second)])
    assert str(found.step.earliest) == "2026-12-18 09:00"


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        (to("Per Aas", "company: Spin", "role: Dyer"), ("Per Aas · Spin", "Per Aas", "Spin", "Dyer")),
        ("to: [Per Aas, Ida Moe]\n", ("Per Aas, Ida Moe", "Per Aas, Ida Moe", "", "")),
        ("company: Spin\n", ("a.txt", "", "Spin", "")),
        ("thread: spin\n", ("spin", "spin", "", "")),
        ("kind: check-in\n", ("a.txt", "a.txt", "", "")),
    ],
)
def test_by_what_a_conversation_is_called(facts: str, shown: tuple[str, ...]) -> None:
    (found,) = entries([note("a.txt", facts)])
    assert (found.key, found.who, found.company, found.role) == shown


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # By what is soonest over, among what is due: thanks for yesterday have hours left, a check-in has days.
        (
            to("Zoe Ek", "kind: thank-you", "interview: 2026-11-23T18:00/19:00"),
            to("Ada Ek", "kind: thank-you", "date: 2026-11-13", "interview: 2026-11-12"),
        ),
        # By what is soonest possible, among what is early.
        (
            to("Zoe Ek", "kind: thank-you", "date: 2026-11-18", "interview: 2026-11-17"),
            to("Ada Ek", "kind: thank-you", "date: 2026-11-19", "interview: 2026-11-17"),
        ),
        # What was missed last, among what is overdue.
        (
            to("Zoe Ek", "kind: thank-you", "interview: 2026-11-22"),
            to("Ada Ek", "kind: thank-you", "interview: 2026-11-21"),
        ),
        # By name, where the time does not tell.
        (to("Ada Ek", "kind: closing", "date: 2026-11-21"), to("Zoe Ek", "kind: closing", "date: 2026-11-03")),
        (to("Ada Ek", "kind: thank-you", "interview: 2026-11-22"), to("Zoe Ek", "interview: 2026-11-22")),
    ],
)
def test_what_is_more_urgent(first: str, second: str) -> None:
    one, two = note("a.txt", first), note("b.txt", second)
    assert [item.ready or item.key for item in entries([two, one])] == [
        item.ready or item.key for item in (*entries([one]), *entries([two]))
    ]


@pytest.mark.parametrize(
    ("now", "moment", "away"),
    [
        ("2026-11-24T14:00", "2026-11-25T13:00", timedelta(hours=23)),
        ("2026-11-24T14:00+01:00", "2026-11-24T14:00Z", timedelta(hours=1)),
        ("2026-11-24T14:00", "2026-11-25", timedelta(days=1)),
        ("2026-11-24", "2026-11-25T13:00", timedelta(days=1)),
        ("2026-11-24", "2026-11-22", timedelta(days=-2)),
        ("2026-11-24T14:00", "2026-11-24T13:00", timedelta(hours=-1)),
    ],
)
def test_how_far_off_a_moment_is(now: str, moment: str, away: timedelta) -> None:
    assert from_now(parse_moment(now), parse_moment(moment)) == away


def test_two_drafts_that_tell_of_one_message_count_it_once() -> None:
    listed = ("previous:", "  - {kind: check-in, date: 2026-11-10}")
    drafts = [
        note("a.txt", to("Per Aas", "kind: check-in", "date: 2026-11-10T09:00")),
        note("b.txt", to("Per Aas", "kind: second-check-in", *listed)),
        note("c.txt", to("Per Aas", "kind: closing", *listed)),
    ]
    assert [item.step.action for item in entries(drafts)] == [Action.SECOND_CHECK_IN]


def test_the_table_fits_eighty_columns_and_says_when() -> None:
    wide = note(
        "w.txt", to("北京大学织造研究所人力资源部", "company: " + "Very Long Name " * 6, "interview: 2026-11-23")
    )
    table = schedule_full.render(entries([*FOLDER, wide]), NOW, full.plain, reasons=True)
    from rich.cells import cell_len

    assert max(map(cell_len, table.split("\n"))) <= 80
    for words in (
        "as of Tue 24 November 2026 14:00",
        "thank-you due in 5 h",
        "by Tue 24 Nov 19:00",
        "check-in possible",
        "from Fri 27 Nov 09:00",
        "since Sat 21 Nov 09:00",
        "a week after your check-in of Mon 2 November",
        "draft: spin/2.txt",
        "9 conversations: 2 overdue, 2 due, 2 early, 3 with nothing to send",
    ):
        assert words in table


def test_no_conversations_are_said_to_be_none() -> None:
    assert "0 conversations\n" in schedule_full.render([], NOW, full.plain)


def test_json_gives_times_as_programs_read_them() -> None:
    rows = {row["who"]: row for row in json.loads(schedule_json.render(entries()))}
    assert len(rows) == 8
    assert rows["Mia Orr"]["earliest"] == "2026-11-23T19:30:00"
    assert rows["Per Aas"]["last"] == {
        "kind": "thank-you",
        "date": "2026-11-20",
        "answered": False,
        "file": "spin/1.txt",
    }
    assert rows["Ana Paz"]["earliest"] is None
    assert rows["Jo Umi"]["state"] == "overdue"


def events(found: list[Entry], now: Moment = NOW) -> dict[str, dict[str, object]]:
    calendar = Calendar.from_ical(schedule_ics.render(found, now))
    return {
        str(event["summary"]): {name: event.decoded(name) for name in ("uid", "dtstart", "dtend", "dtstamp")}
        for event in calendar.walk("VEVENT")
    }


def test_a_calendar_reads_the_events_back() -> None:
    found = events(entries())
    assert set(found) == {
        "Send thank-you: Jo Umi",
        "Send second check-in: Lev Oz",
        "Send thank-you: Mia Orr, Weave",
        "Send check-in: Per Aas, Spin",
        "Send thank-you: Sy Lam",
    }
    early, late = found["Send check-in: Per Aas, Spin"], found["Send thank-you: Jo Umi"]
    assert early["dtstart"] == datetime(2026, 11, 27, 9)  # noqa: DTZ001  (on every clock)
    assert early["dtend"] == datetime(2026, 11, 27, 9, 30)  # noqa: DTZ001
    assert late["dtstart"] == NOW.at, "what is overdue is put to now, not into the past"
    assert len({str(event["uid"]) for event in found.values()}) == 5


def test_events_keep_their_identity_while_their_time_moves() -> None:
    later = events(entries(now=parse_moment("2026-11-25T08:00")), parse_moment("2026-11-25T08:00"))
    name = "Send check-in: Per Aas, Spin"
    assert later[name]["uid"] == events(entries())[name]["uid"]
    assert later[name]["dtstamp"] != events(entries())[name]["dtstamp"]


@pytest.mark.parametrize(
    ("facts", "now", "start"),
    [
        ("interview: 2026-12-01T10:00+02:00", "2026-11-24T10:00", datetime(2026, 12, 1, 8, 30, tzinfo=UTC)),
        ("interview: 2026-12-01T10:00 Europe/Berlin", "2026-11-24", datetime(2026, 12, 1, 9, 30, tzinfo=UTC)),
        ("interview: 2026-12-01", "2026-11-24", date(2026, 12, 1)),
        ("interview: 2026-11-23", "2026-11-24T10:00+01:00", datetime(2026, 11, 24, 9, tzinfo=UTC)),
    ],
)
def test_an_event_has_the_zone_it_is_known_to_have(facts: str, now: str, start: date) -> None:
    moment = parse_moment(now)
    found = events(entries([note("a.txt", to("Per Aas", facts, "kind: thank-you"))], moment), moment)
    event = found["Send thank-you: Per Aas"]
    assert event["dtstart"] == start
    lasts = timedelta(minutes=30) if isinstance(start, datetime) else timedelta(days=1)
    assert event["dtend"] == start + lasts


def test_names_cannot_break_out_of_an_event_and_no_word_of_a_message_is_in_it() -> None:
    name = r'"Per; Aas, \\n é \r\nATTENDEE:mailto:x@example.org\r\nEND:VEVENT"'
    facts = to(name, "kind: thank-you", "interview: 2026-11-24")
    draft = note("a.txt", facts, "The secret of the loom is wax.\n")
    written = schedule_ics.render(entries([draft]), NOW)
    events_read = list(Calendar.from_ical(written).walk("VEVENT"))
    assert len(events_read) == 1
    assert "attendee" not in events_read[0]
    assert "Per; Aas, \\n é" in str(events_read[0]["summary"])
    assert "wax" not in written
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))


def judged(facts: str, body: str = ASK) -> str:
    message = note("a.txt", "kind: check-in\n" + facts, body)
    return verdict(Linter(RULES, history=lambda same: same).lint(message))


RULES = tuple(
    rule
    for rule in built_in()
    if rule.name
    in {
        *("early-check-in", "before-promised-date", "follow-up-too-frequent", "too-many-follow-ups"),
        *("message-after-closing", "template-placeholder"),
    }
)
THANKED = "previous:\n  - {kind: thank-you, date: 2026-11-24T16:00}\n"
TWICE = "previous:\n  - {kind: check-in, date: 2026-11-10}\n  - {kind: check-in, date: 2026-11-24}\n"
CLOSED = "previous:\n  - {kind: closing, date: 2026-11-03}\n"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (
            "date: 2026-11-27\n" + THANKED,
            "hold until Tue 1 December 09:00: a week after your thank-you of Tue 24 November",
        ),
        ("date: 2026-12-01\n" + THANKED, "good to send"),
        (THANKED, "good to send"),
        ("", "good to send"),
        (
            "date: 2026-12-29\ninterview: 2026-12-28\n",
            "hold until Mon 4 January 2027 09:00: a week after the interview on Mon 28 December",
        ),
        (
            "date: 2026-11-27\nmin_wait: 10bd\n" + THANKED,
            "hold until Tue 8 December 09:00: 10 working days after your thank-you of Tue 24 November",
        ),
        (
            "date: 2026-12-03\ndecision_by: 2026-12-10\n" + THANKED,
            "hold until Mon 14 December 09:00: 2 working days after Thu 10 December, the date they gave",
        ),
        ("date: 2026-12-14\ndecision_by: 2026-12-10\n" + THANKED, "good to send"),
        ("date: 2026-12-20\n" + TWICE, "send a closing note instead: 2 check-ins of yours are unanswered"),
        (TWICE, "send a closing note instead: 2 check-ins of yours are unanswered"),
        (
            "date: 2026-11-27\n" + TWICE,
            "send a closing note instead, not before Tue 1 December 09:00: 2 check-ins of yours are unanswered",
        ),
        (
            "date: 2026-11-24\n" + CLOSED,
            "do not send: you closed this thread on Tue 3 November, and they have not written since",
        ),
    ],
)
def test_the_verdict_says_what_to_do_and_names_the_day(facts: str, expected: str) -> None:
    assert judged(facts) == expected


def test_what_else_is_wrong_is_told_beside_the_day() -> None:
    body = "Is there any news on the [role] post?\n"
    held = judged("date: 2026-11-27\n" + THANKED, body)
    assert held.startswith("hold until Tue 1 December 09:00: ")
    assert held.endswith("; mend 1 error too")
    assert judged("", body) == "mend first: 1 error"
    assert "mend" not in judged("date: 2026-11-24\n" + CLOSED, body)


def test_the_day_in_the_verdict_is_one_on_which_nothing_holds_it_back() -> None:
    held = judged("date: 2026-11-27\n" + THANKED)
    assert "Tue 1 December 09:00" in held
    assert judged("date: 2026-12-01T09:00\n" + THANKED) == "good to send"


def test_the_report_wraps_the_verdict() -> None:
    message = note("a.txt", "kind: check-in\ndate: 2026-11-27\n" + TWICE)
    result = Linter(RULES, history=lambda same: same).lint(message)
    assert any(item.severity is not Severity.SUGGESTION for item in result.diagnostics)
    lines = full.render(result).rstrip().split("\n")
    assert max(map(len, lines)) <= 80
    assert lines[-2].startswith("  send a closing note instead, not before Tue 1 December 09:00")


PROGRAM = [sys.executable, "-c", "import sys; from followup_lint.cli import main; sys.exit(main())"]


def run(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*PROGRAM, *args], capture_output=True, text=True, cwd=cwd, check=False, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(f"---\n{to('Per Aas', 'interview: 2026-11-23T18:00')}---\nHello,\n\nThank you.\n")
    return tmp_path


def test_the_program_makes_a_schedule(folder: Path) -> None:
    result = run("--schedule", ".", "--now", "2026-11-24T14:00", cwd=folder)
    assert (result.returncode, result.stderr) == (0, "")
    assert "thank-you due in 4 h" in result.stdout
    ics = run("--schedule", ".", "--now", "2026-11-24T14:00", "--output-format", "ics", cwd=folder)
    assert len(list(Calendar.from_ical(ics.stdout).walk("VEVENT"))) == 1
    rows = json.loads(run("--schedule", "a.txt", "--output-format", "json", cwd=folder).stdout)
    assert rows[0]["who"] == "Per Aas"


def test_now_is_in_the_zone_that_is_named(folder: Path) -> None:
    draft = folder / "a.txt"
    draft.write_text(draft.read_text().replace("18:00", "18:00+01:00"))
    result = run("--schedule", ".", "--now", "2026-11-24T10:00", "--zone", "America/New_York", cwd=folder)
    assert "thank-you due in 2 h" in result.stdout


def test_what_cannot_be_read_is_named_and_the_rest_is_shown(folder: Path) -> None:
    (folder / "b.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    result = run("--schedule", ".", "--now", "2026-11-24T14:00", cwd=folder)
    assert result.returncode == 2
    assert "b.txt" in result.stderr
    assert "Per Aas" in result.stdout


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--schedule"], "name a draft or a folder"),
        (["--schedule", ".", "--output-format", "concise"], "one form: full, json, ics"),
        (["a.txt", "--output-format", "ics"], "goes with --schedule"),
        (["--schedule", ".", "--now", "soon"], "--now: 'soon' is not a date"),
        (["--schedule", "missing"], "missing"),
    ],
)
def test_wrong_calls_are_told_in_a_line(args: list[str], words: str, folder: Path) -> None:
    result = run(*args, cwd=folder)
    assert result.returncode == 2
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_a_schedule_never_loads_spacy(folder: Path) -> None:
    code = "import sys\nfrom followup_lint.cli import main\ntry:\n    main()\nexcept SystemExit:\n    pass\n"
    code += "assert not {'spacy', 'thinc', 'textstat'} & set(sys.modules), 'heavy import'"
    args = ["--schedule", str(folder), "--now", "2026-11-24T14:00"]
    result = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    assert "Per Aas" in result.stdout


def test_two_hundred_conversations_come_out_whole_and_in_order() -> None:
    drafts = [
        note(
            f"{number}/{kind}.txt",
            to(f"Pat Nr{chr(97 + number // 26)}{chr(97 + number % 26)}", f"kind: {kind}", f"date: {day:%Y-%m-%d}"),
        )
        for number in range(200)
        for kind, day in (
            ("thank-you", date(2026, 9, 1) + timedelta(days=number % 80)),
            ("check-in", date(2026, 9, 9) + timedelta(days=number % 90)),
        )
    ]
    found = entries(drafts)
    assert len(found) == 200
    ranks = [list(State).index(item.step.state) for item in found]
    assert ranks == sorted(ranks)
    early = [item.step.earliest for item in found if item.step.state is State.EARLY and item.step.earliest]
    assert len(early) > 5
    assert not any(is_before(two, one) for one, two in pairwise(early))
