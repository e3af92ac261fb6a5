"""What went before a message: found in drafts, in mail headers and in mailboxes, each message once, replies counted."""

from __future__ import annotations

import mailbox
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_lint.catalog import built_in
from followup_lint.command import command
from followup_lint.context import Context, Kind
from followup_lint.linter import Linter
from followup_lint.reader import Message, read_message
from followup_lint.records import replace
from followup_lint.sources import mail_files as source
from followup_lint.sources.mailbox import read_letter, read_mailbox
from followup_lint.thread.conversations import conversations, gather
from followup_lint.thread.quoted import quoted_lines
from followup_lint.thread.records import Records
from followup_lint.thread.tree import drafts_under, is_draft

ME = "sam@post.example"
FACTS = "to: Ines Roy\ncompany: Dye Works\n"
THANKS = "Thank you for the hour in the dye house. I want this job."
ASK = "I wanted to ask whether there is any news on the dyer post."
CLOSE = "As I have not heard back, I take it that you have chosen somebody else. I will not write again."


def draft(folder: Path, name: str, facts: str, body: str = ASK) -> Message:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{facts}---\nHello,\n\n{body}\n\nSam Roe\n", encoding="utf-8")
    return read_message(path.read_bytes(), str(path), {})


def mail(sender: str, to: str, date: str, body: str = ASK, **more: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Date"] = sender, to, date
    for name, value in more.items():
        message[name.replace("_", "-")] = value
    message.set_content(f"Hello,\n\n{body}\n\nSam Roe\n")
    return message


def day(number: int, hour: int = 9) -> str:
    return f"{number} May 2026 {hour:02}:00:00 +0200"


def told(context: Context) -> list[str]:
    return [str(earlier).replace("+02:00", "") for earlier in context.previous]


def before(message: Message, records: Records | None = None) -> list[str]:
    return told((records or Records()).informed(message).context)


# Drafts around a draft


@pytest.mark.parametrize(
    ("mine", "theirs", "found"),
    [
        ("thread: dye\ndate: 2026-05-20\n", "kind: check-in\nthread: dye\ndate: 2026-05-12\n", True),
        ("thread: dye\ndate: 2026-05-20\n", "kind: check-in\nthread: DYE\ndate: 2026-05-12\n", True),
        ("thread: dye\ndate: 2026-05-20\n", "kind: check-in\nthread: wool\ndate: 2026-05-12\n", False),
        (f"{FACTS}date: 2026-05-20\n", f"kind: check-in\n{FACTS}date: 2026-05-12\n", True),
        (f"{FACTS}date: 2026-05-20\nthread: a\n", f"kind: check-in\n{FACTS}date: 2026-05-12\n", True),
        (f"{FACTS}date: 2026-05-20\nthread: a\n", f"kind: check-in\n{FACTS}date: 2026-05-12\nthread: b\n", False),
        (f"{FACTS}date: 2026-05-20\nrole: Dyer\n", f"kind: check-in\n{FACTS}date: 2026-05-12\nrole: Cook\n", False),
        (f"{FACTS}date: 2026-05-20\nrole: Dyer\n", f"kind: check-in\n{FACTS}date: 2026-05-12\nrole: dyer\n", True),
        (f"{FACTS}date: 2026-05-20\n", "kind: check-in\nto: Ines Roy\ncompany: Wool\ndate: 2026-05-12\n", False),
        (f"{FACTS}date: 2026-05-20\n", "kind: check-in\nto: Ola Ek\ncompany: Dye Works\ndate: 2026-05-12\n", False),
        ("to: Ines Roy\ndate: 2026-05-20\n", "kind: check-in\nto: Inés Roy\ndate: 2026-05-12\n", True),
        ("to: Ines\ndate: 2026-05-20\n", "kind: check-in\nto: Ines\ndate: 2026-05-12\n", False),
        ("date: 2026-05-20\n", "kind: check-in\ndate: 2026-05-12\n", False),
        ("thread: dye\ndate: 2026-05-20\n", "kind: check-in\nthread: dye\n", False),  # when it went nobody knows
        ("thread: dye\n", "kind: check-in\nthread: dye\ndate: 2026-05-12\n", False),
        ("thread: dye\ndate: 2026-05-12\n", "kind: check-in\nthread: dye\ndate: 2026-05-12\n", False),
        ("thread: dye\ndate: 2026-05-12T15:00\n", "kind: check-in\nthread: dye\ndate: 2026-05-12T09:00\n", True),
        ("thread: dye\ndate: 2026-05-10\n", "kind: check-in\nthread: dye\ndate: 2026-05-12\n", False),
    ],
)
def test_which_drafts_went_before(tmp_path: Path, mine: str, theirs: str, found: bool) -> None:  # noqa: FBT001
    draft(tmp_path, "one.txt", theirs)
    message = draft(tmp_path, "two.txt", f"kind: second-check-in\n{mine}")
    assert bool(before(message)) == found
    assert Records().informed(message).context.origins.get("previous", "") == (
        str(tmp_path / "one.txt") if found else ""
    )


THREAD = "thread: dye\ndate: 2026-05-{}\n"


def test_a_draft_is_not_its_own_predecessor_and_rings_do_no_harm(tmp_path: Path) -> None:
    listed = "previous:\n  - {{kind: check-in, date: 2026-05-1{0}, file: {1}}}\n"
    first = draft(tmp_path, "a.txt", "kind: check-in\n" + THREAD.format(12) + listed.format(4, "b.txt"))
    second = draft(tmp_path, "b.txt", "kind: second-check-in\n" + THREAD.format(20) + listed.format(2, "a.txt"))
    itself = draft(tmp_path, "c.txt", "kind: check-in\nthread: x\ndate: 2026-05-20\n" + listed.format(2, "c.txt"))
    assert before(first) == ["check-in 2026-05-14"]  # as it says itself
    assert before(second) == ["check-in 2026-05-12"]  # the first takes it to be earlier
    assert before(itself) == []


def test_a_message_told_of_twice_counts_once(tmp_path: Path) -> None:
    draft(tmp_path, "thanks.txt", "kind: thank-you\n" + THREAD.format("05"), THANKS)
    draft(tmp_path, "ask.txt", "kind: check-in\n" + THREAD.format("12"))
    draft(tmp_path, "ask-version-2.txt", "kind: check-in\n" + THREAD.format("12T10:00"))
    listed = "previous:\n  - {kind: thank-you, date: 2026-05-05, answered: true}\n"
    message = draft(tmp_path, "again.txt", "kind: second-check-in\n" + THREAD.format("20") + listed)
    assert before(message) == ["thank-you 2026-05-05 (answered)", "check-in 2026-05-12 10:00"]


def test_what_an_earlier_draft_lists_counts_too(tmp_path: Path) -> None:
    listed = "previous:\n  - {kind: thank-you, date: 2026-05-05}\n  - {kind: closing, date: 2026-06-05}\n"
    draft(tmp_path, "ask.txt", "kind: check-in\n" + THREAD.format("12") + listed)
    message = draft(tmp_path, "again.txt", "kind: second-check-in\n" + THREAD.format("20"))
    assert before(message) == ["thank-you 2026-05-05", "check-in 2026-05-12"]


def test_a_thread_reaches_over_the_folders_of_one_tree(tmp_path: Path) -> None:
    draft(tmp_path / "may", "ask.txt", "kind: check-in\n" + THREAD.format("12"))
    message = draft(tmp_path / "june", "again.txt", "kind: second-check-in\n" + THREAD.format("20"))
    assert before(message) == []
    assert before(message, Records(roots=(str(tmp_path),))) == ["check-in 2026-05-12"]
    (tmp_path / ".git").mkdir()
    known = Records().informed(message).context
    assert told(known) == ["check-in 2026-05-12"]
    assert known.previous[0].file == "../may/ask.txt"
    others = Records().others(Records().informed(message))
    assert [(Path(other.name).name, other.is_earlier, other.in_thread) for other in others] == [("ask.txt", True, True)]


def test_an_inferred_kind_is_weighed_again_with_what_went_before(tmp_path: Path) -> None:
    draft(tmp_path, "ask.txt", "kind: check-in\n" + THREAD.format("12"))
    message = draft(tmp_path, "again.txt", THREAD.format("20"))
    assert message.context.kind is Kind.CHECK_IN
    known = Records().informed(message).context
    assert (known.kind, known.origins["kind"][:8]) == (Kind.SECOND_CHECK_IN, "inferred")


def test_a_found_draft_that_could_be_anything_is_only_a_note(tmp_path: Path) -> None:
    draft(tmp_path, "x.txt", THREAD.format("12"), "The blue one came out darker than I said.")
    assert before(draft(tmp_path, "y.txt", THREAD.format("20"))) == ["information 2026-05-12"]


def test_rules_hear_of_it(tmp_path: Path) -> None:
    rules = [rule for rule in built_in() if rule.name in {"too-many-follow-ups", "follow-up-too-frequent"}]
    drafts = [draft(tmp_path, f"{day}.txt", "kind: check-in\n" + THREAD.format(day)) for day in (10, 17, 24)]
    assert [item.rule for item in Linter(rules).lint(drafts[-1]).diagnostics] == ["too-many-follow-ups"]
    hurried = draft(tmp_path, "hurry.txt", "kind: check-in\n" + THREAD.format("13"))
    assert [item.rule for item in Linter(rules).lint(hurried).diagnostics] == ["follow-up-too-frequent"]


def test_history_is_only_asked_for_when_needed(tmp_path: Path) -> None:
    message = draft(tmp_path, "a.txt", "kind: check-in\n" + THREAD.format("12"))

    def refuse(_: Message) -> Message:
        raise AssertionError("nobody asked")

    rules = {rule.name: rule for rule in built_in()}
    Linter([rules["emoji"]], history=refuse).lint(message)
    with pytest.raises(AssertionError):
        Linter([rules["too-many-follow-ups"]], history=refuse).lint(message)


# Mail headers


def eml(folder: Path, name: str, message: EmailMessage) -> Message:
    path = folder / name
    path.write_bytes(bytes(message))
    return read_message(path.read_bytes(), str(path), {})


def test_mails_in_the_folder_are_joined_by_their_ids(tmp_path: Path) -> None:
    eml(tmp_path, "1.eml", mail(f"Sam <{ME}>", "jobs@dye.example", day(5), THANKS, Message_ID="<1@a>"))
    eml(
        tmp_path,
        "2.eml",
        mail("Ola <ola@dye.example>", ME, day(6), "See you.", Message_ID="<2@b>", In_Reply_To="<1@a>"),
    )
    eml(
        tmp_path,
        "3.eml",
        mail(f"Sam <{ME}>", "Ola <ola@dye.example>", day(14), References="<1@a> <2@b>", Message_ID="<3@a>"),
    )
    message = eml(
        tmp_path, "4.eml", mail(f"Sam <{ME}>", "Ola <ola@dye.example>", day(25), References="<1@a> <2@b> <3@a>")
    )
    expected = ["thank-you 2026-05-05 09:00 (answered)", "check-in 2026-05-14 09:00"]
    assert before(message) == expected
    assert before(message, Records(me=frozenset({ME}))) == expected


def test_a_reply_without_a_date_still_follows_what_it_answers(tmp_path: Path) -> None:
    eml(tmp_path, "1.eml", mail(f"Sam <{ME}>", "ola@dye.example", day(5), THANKS, Message_ID="<1@a>"))
    answer = mail(f"Sam <{ME}>", "ola@dye.example", day(9), In_Reply_To="<1@a>")
    del answer["Date"]
    assert before(eml(tmp_path, "2.eml", answer)) == ["thank-you 2026-05-05 09:00"]


def test_quoted_words_are_a_hint_and_no_more(tmp_path: Path) -> None:
    text = mail(f"Sam <{ME}>", "ola@dye.example", day(20))
    text.set_content(f"Hello,\n\n{ASK}\n\nSam\n\nOn 12 May 2026 at 10:00, Sam <{ME}> wrote:\n> Any news?\n")
    message = eml(tmp_path, "a.eml", text)
    assert before(message) == []
    assert quoted_lines(message.draft) == (f"On 12 May 2026 at 10:00, Sam <{ME}> wrote:",)
    shown = CliRunner().invoke(command, [message.draft.path, "--show-context", "--exit-zero"])
    assert "hint             you are quoted below: “On 12 May" in shown.stderr


# Mailboxes

INES = "Ines Roy <ines@dye.example>"
HELD = f"{FACTS}interview: 2026-05-04\n"


def boxed(folder: Path, letters: Sequence[EmailMessage], *, maildir: bool = False) -> Records:
    path = folder / "Sent"
    box: mailbox.Mailbox[mailbox.Message] = mailbox.Maildir(path) if maildir else mailbox.mbox(path)
    for letter in letters:
        box.add(letter)
    box.flush()
    box.close()
    return Records(me=frozenset({ME}), boxes=(str(path),))


@pytest.mark.parametrize("maildir", [False, True])
def test_letters_to_the_reader_since_the_interview(tmp_path: Path, maildir: bool) -> None:  # noqa: FBT001
    letters = [
        mail(ME, INES, day(2), "May I come at ten?"),  # before the interview
        mail(ME, INES, day(5), THANKS),
        mail(ME, "Ola <ola@wool.example>", day(6)),
        mail("Ola <ola@wool.example>", ME, day(7)),
        mail("Ines <ines@dye.example>", ME, day(8), "Thanks, we will be in touch."),
        mail(f"Sam Roe <{ME.upper()}>", INES, day(15)),
        mail(ME, INES, day(29)),  # after this message
    ]
    records = boxed(tmp_path, letters, maildir=maildir)
    message = draft(tmp_path, "a.txt", f"kind: second-check-in\n{HELD}date: 2026-05-22\n")
    known = records.informed(message).context
    assert told(known) == ["thank-you 2026-05-05 09:00 (answered)", "check-in 2026-05-15 09:00"]
    assert known.origins["previous"] == str(tmp_path / "Sent")
    others = records.others(message)
    assert [(other.name, other.in_thread, other.is_earlier) for other in others] == [
        ("your mail of 5 May", True, True),
        ("your mail of 15 May", True, True),
    ]


@pytest.mark.parametrize(
    ("to", "found"),
    [
        ("Ines Roy <x@y.example>", True),
        ("Inés ROY <x@y.example>", True),
        ("Dr. Ines Roy <x@y.example>", True),
        ("ines.roy@dye.example", True),
        ("roy_ines@dye.example", True),
        ("Ines <x@y.example>", False),
        ("ines@dye.example", False),
        ("iroy@dye.example", False),
        ("Ines Royal <x@y.example>", False),
        ("undisclosed-recipients:;", False),
        ("Ola Ek <ola@y.example>, Ines Roy <x@y.example>", True),
    ],
)
def test_by_what_a_reader_is_known(tmp_path: Path, to: str, found: bool) -> None:  # noqa: FBT001
    records = boxed(tmp_path, [mail(ME, to, day(12))])
    assert bool(before(draft(tmp_path, "a.txt", f"{HELD}date: 2026-05-22\n"), records)) == found


def test_an_address_in_the_front_matter_is_known(tmp_path: Path) -> None:
    records = boxed(tmp_path, [mail(ME, "<ir77@dye.example>", day(12))])
    facts = "to: Ines <IR77@dye.example>\ninterview: 2026-05-04\ndate: 2026-05-22\n"
    message = draft(tmp_path, "a.txt", facts)
    assert (str(message.context.to[0]), before(message, records)) == ("Ines", ["check-in 2026-05-12 09:00"])


def test_without_an_interview_only_linked_letters_count(tmp_path: Path) -> None:
    letters = [mail(ME, INES, day(10), Message_ID="<1@a>"), mail(ME, INES, day(11), Message_ID="<2@a>")]
    records = boxed(tmp_path, letters)
    assert before(draft(tmp_path, "a.txt", f"{FACTS}date: 2026-05-22\n"), records) == []
    answer = eml(tmp_path, "b.eml", mail(ME, INES, day(22), In_Reply_To="<1@a>"))
    assert before(answer, records) == ["check-in 2026-05-10 09:00"]


@pytest.mark.parametrize(
    ("reply", "answered"),
    [
        (mail(INES, ME, day(13), "Not yet."), True),
        (mail("Tom Ek <tom@dye.example>", ME, day(13), "Not yet.", In_Reply_To="<1@a>"), True),
        (mail("Tom Ek <tom@dye.example>", ME, day(13), "Not yet."), False),
        (mail(INES, ME, day(13), "I am on holiday.", Auto_Submitted="auto-replied"), False),
        (mail("MAILER-DAEMON@post.example", ME, day(13), "Gone.", In_Reply_To="<1@a>"), False),
        (mail(INES, ME, day(25), "Not yet."), False),  # after this message
        (mail(INES, ME, day(11), "Come tomorrow."), False),  # before the first
    ],
)
def test_what_counts_as_an_answer(tmp_path: Path, reply: EmailMessage, answered: bool) -> None:  # noqa: FBT001
    records = boxed(tmp_path, [mail(ME, INES, day(12), Message_ID="<1@a>"), reply])
    message = draft(tmp_path, "a.txt", f"kind: check-in\n{HELD}date: 2026-05-22\n")
    known = records.informed(message).context
    assert [item.answered for item in known.previous] == [answered]
    assert len(known.unanswered) == (not answered)


def test_counters_start_anew_when_they_reply(tmp_path: Path) -> None:
    rules = [rule for rule in built_in() if rule.name in {"too-many-follow-ups", "message-after-closing"}]
    letters = [mail(ME, INES, day(10)), mail(ME, INES, day(14)), mail(ME, INES, day(18), CLOSE)]
    message = draft(tmp_path, "a.txt", f"kind: check-in\n{HELD}date: 2026-05-28\n")
    silent = boxed(tmp_path, letters)
    found = Linter(rules, others=silent.others, history=silent.informed).lint(message).diagnostics
    assert {item.rule for item in found} == {"too-many-follow-ups", "message-after-closing"}
    (tmp_path / "Sent").unlink()
    heard = boxed(tmp_path, [*letters, mail(INES, ME, day(20), "We would like to see you again.")])
    assert Linter(rules, others=heard.others, history=heard.informed).lint(message).diagnostics == ()


@pytest.mark.parametrize("date", ["date: 2026-05-12\n", "date: 2026-05-14\n", ""])
def test_a_draft_that_has_gone_out_is_not_before_itself(tmp_path: Path, date: str) -> None:
    body = f"{ASK} I have read up on woad since we met, and it is a marvel."
    letters = [mail(ME, INES, day(5), THANKS), mail(ME, INES, day(12), body), mail(ME, INES, day(27))]
    records = boxed(tmp_path, letters)
    message = draft(tmp_path, "a.txt", f"kind: check-in\n{HELD}{date}", body)
    assert before(message, records) == ["thank-you 2026-05-05 09:00"]


@pytest.mark.parametrize(
    ("held", "found"),
    [("2026-05-12", True), ("2026-05-12T17:00+02:00", True), ("2026-05-13", False), ("2026-05-11", True)],
)
def test_letters_count_from_the_day_of_the_interview_on(tmp_path: Path, held: str, found: bool) -> None:  # noqa: FBT001
    records = boxed(tmp_path, [mail(ME, INES, day(12))])
    message = draft(tmp_path, "a.txt", f"{FACTS}interview: {held}\ndate: 2026-05-22\n")
    assert before(message, records) == ["check-in 2026-05-12 09:00"] * found


def test_what_is_known_of_a_letter(tmp_path: Path) -> None:
    records = boxed(tmp_path, [mail(ME, INES, day(12))])
    message = draft(tmp_path, "a.txt", f"{HELD}date: 2026-05-22\n")
    box = str(tmp_path / "Sent")
    assert [item.file for item in records.informed(message).context.previous] == [box]
    (letter,) = records.others(message)
    assert (letter.draft.path, str(letter.context.date)) == (box, "2026-05-12 09:00+02:00")
    assert records.others(replace(message, draft=replace(message.draft, path="elsewhere.txt"))) == (letter,)


def test_a_letter_that_is_answered_counts_whoever_it_went_to(tmp_path: Path) -> None:
    letters = [
        mail(ME, "Tom Ek <tom@dye.example>", day(6), THANKS, Message_ID="<1@a>"),
        mail(ME, INES, day(8)),
        mail(ME, "Tom Ek <tom@dye.example>", day(9)),
        mail(ME, "Ines Roy <home@dye.example>", day(12), "A correction: it was the blue vat."),
    ]
    records = boxed(tmp_path, letters)
    answer = eml(tmp_path, "b.eml", mail(ME, INES, day(22), In_Reply_To="<1@a>"))
    held = read_message(b"---\ninterview: 2026-05-04\nto: Ines Roy\n---\n", "x.txt").context
    answer = replace(answer, context=replace(answer.context, interview=held.interview, to=held.to))
    assert before(answer, records) == [
        "thank-you 2026-05-06 09:00",
        "check-in 2026-05-08 09:00",
        "correction 2026-05-12 09:00",
    ]


@pytest.mark.parametrize(
    ("letter", "counts"),
    [
        (mail("Tom Ek <tom@dye.example>", INES, day(13), "I shall be late."), False),  # of one reader to another
        (mail(INES, ME, day(13), "Not yet."), True),
        (mail("Tom Ek <tom@dye.example>", f"{INES}, {ME}", day(13), "Not yet."), False),
    ],
)
def test_only_a_reader_answers(tmp_path: Path, letter: EmailMessage, counts: bool) -> None:  # noqa: FBT001
    records = boxed(tmp_path, [mail(ME, INES, day(12)), letter])
    message = draft(tmp_path, "a.txt", f"kind: check-in\n{HELD}date: 2026-05-22\n")
    assert [item.answered for item in records.informed(message).context.previous] == [counts]


def test_one_who_writes_to_oneself_too_writes_no_less_to_others(tmp_path: Path) -> None:
    records = boxed(tmp_path, [mail(ME, INES, day(12)), mail(ME, "Ola <ola@wool.example>", day(13))])
    facts = f"to: [Ines Roy <ines@dye.example>, Sam Roe <{ME}>]\ninterview: 2026-05-04\ndate: 2026-05-22\n"
    assert before(draft(tmp_path, "a.txt", facts), records) == ["check-in 2026-05-12 09:00"]


def test_letters_of_several_boxes_and_addresses_come_together(tmp_path: Path) -> None:
    old = [mail(ME, INES, day(5), THANKS), mail(INES, ME, day(6), "Thank you.")]
    for name, letters in {"old": old, "new": [mail("sam@work.example", INES, day(12))]}.items():
        (tmp_path / name).mkdir()
        boxed(tmp_path / name, letters)
    boxes = tuple(str(tmp_path / name / "Sent") for name in ("old", "new"))
    answer = eml(tmp_path, "b.eml", mail("sam@work.example", INES, day(22)))
    held = read_message(b"---\ninterview: 2026-05-04\n---\n", "x.txt").context
    answer = replace(answer, context=replace(answer.context, interview=held.interview))
    told = before(answer, Records(me=frozenset({ME}), boxes=boxes))
    assert told == ["thank-you 2026-05-05 09:00 (answered)", "check-in 2026-05-12 09:00"]
    assert before(answer, Records(boxes=boxes)) == ["check-in 2026-05-12 09:00"]


def test_a_draft_and_its_mail_are_one_message(tmp_path: Path) -> None:
    body = f"{ASK} I have read up on woad since we met, and it is a marvel."
    draft(tmp_path, "a.txt", f"kind: check-in\n{HELD}date: 2026-05-11\n", body)
    records = boxed(tmp_path, [mail(ME, INES, day(12), body), mail(ME, INES, day(5), THANKS)])
    message = draft(tmp_path, "b.txt", f"kind: second-check-in\n{HELD}date: 2026-05-25\n")
    known = records.informed(message).context
    assert told(known) == ["thank-you 2026-05-05 09:00", "check-in 2026-05-12 09:00"]
    assert known.origins["previous"] == f"{tmp_path / 'a.txt'}, {tmp_path / 'Sent'}"


def test_the_same_letter_in_two_mailboxes_counts_once(tmp_path: Path) -> None:
    letter = mail(ME, INES, day(12), Message_ID="<1@a>")
    one, two = boxed(tmp_path / "", [letter]), boxed(tmp_path, [letter])
    records = Records(me=one.me, boxes=(*one.boxes, *two.boxes))
    assert len(before(draft(tmp_path, "a.txt", f"{HELD}date: 2026-05-22\n"), records)) == 1


def test_broken_letters_are_left_out_with_a_note(tmp_path: Path) -> None:
    path = tmp_path / "Sent"
    good = bytes(mail(ME, INES, day(12)))
    head = b"From MAILER-DAEMON Mon May 11 09:00:00 2026\n"
    broken = [
        b"From: " + ME.encode() + b"\nTo: ines.roy@dye.example\nDate: soon\n\nhello\n",
        b"From: " + ME.encode() + b"\nTo: ines.roy@dye.example\n\nhello\n",
        b"To: ines.roy@dye.example\nDate: Mon, 11 May 2026 09:00:00 +0200\n\nhello\n",
        b"\x00\xff\xfe\n\n\x00\x01\n",
        b"\n",
        b"From: sam@post.example\nTo: =?utf-9?q?=ff?= <\nDate: Mon, 99 May 2026 09:00:00 +0200\n\n",
    ]
    path.write_bytes(b"\n".join(head + letter for letter in (*broken, good)))
    found = read_mailbox(str(path))
    assert [letter.date.day.day for letter in found.letters] == [12]
    assert sorted(found.notes) == [
        "1 mail left out: no sender",
        "2 mails left out: no headers",
        "3 mails left out: no date that can be read",
    ]
    message = draft(tmp_path, "a.txt", f"kind: check-in\n{HELD}date: 2026-05-22\n")
    flags = ["--sent", str(path), "--me", ME, "--show-context", "--exit-zero"]
    shown = CliRunner().invoke(command, [message.draft.path, *flags])
    assert "previous         1: check-in 2026-05-12 09:00+02:00" in shown.stderr
    assert f"{path}: note: 1 mail left out: no sender" in shown.stderr


def test_a_maildir_with_odd_entries(tmp_path: Path) -> None:
    records = boxed(tmp_path, [mail(ME, INES, day(12))], maildir=True)
    cur = tmp_path / "Sent" / "cur"
    (cur / "folder").mkdir()
    (cur / "dangling:2,S").symlink_to(tmp_path / "nowhere")
    (cur / "empty:2,S").touch()
    (cur / "unsent:2,DS").write_bytes(bytes(mail(ME, INES, day(13))))
    (cur / ".hidden").write_bytes(bytes(mail(ME, INES, day(14))))
    message = draft(tmp_path, "a.txt", f"{HELD}date: 2026-05-22\n")
    assert before(message, records) == ["check-in 2026-05-12 09:00"]
    assert [note.partition("note: ")[2] for note in records.notes] == ["1 mail left out: no headers"]


def test_a_letter_that_has_gone_since_is_left_out(tmp_path: Path) -> None:
    records = boxed(tmp_path, [mail(ME, INES, day(12))], maildir=True)
    assert records.post.boxes
    for file in (tmp_path / "Sent" / "new").iterdir():
        file.unlink()
    assert before(draft(tmp_path, "a.txt", f"{HELD}date: 2026-05-22\n"), records) == []


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--sent", "{0}/Sent"], "--sent needs --me"),
        (["--sent", "{0}/none", "--me", ME], "{0}/none: no such mbox file or Maildir"),
        (["--sent", "{0}/folder", "--me", ME], "{0}/folder: is no Maildir"),
        (["--sent", "{0}/a.txt", "--me", ME], "{0}/a.txt: is no mbox file"),
        (["--sent", "{0}/Sent", "--me", "sam"], "--me: 'sam' is no mail address"),
    ],
)
def test_what_is_no_mailbox_is_refused_in_words(tmp_path: Path, flags: list[str], said: str) -> None:
    boxed(tmp_path, [])
    (tmp_path / "folder").mkdir()
    draft(tmp_path, "a.txt", f"{HELD}date: 2026-05-22\n")
    run = CliRunner().invoke(command, [str(tmp_path / "a.txt"), *(flag.format(tmp_path) for flag in flags)])
    assert (run.exit_code, said.format(tmp_path) in run.stderr) == (2, True)


def test_an_empty_mbox_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "Sent").touch()
    assert read_mailbox(str(tmp_path / "Sent")).letters == ()


PARAGRAPHS = st.sampled_from(
    ["From here on I saw blue.", "From 10:00 to noon we dyed:", "any\n\nnews", "", "x" * 60, "From me: 9:30", "\n\n"]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(PARAGRAPHS, max_size=4), max_size=5), st.integers(1, 5_000), st.booleans())
def test_an_mbox_reads_the_same_however_it_is_cut(bodies: list[list[str]], piece: int, crlf: bool) -> None:  # noqa: FBT001
    import tempfile

    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        letters = [mail(ME, INES, day(1 + number), "\n\n".join(body)) for number, body in enumerate(bodies)]
        boxed(Path(folder), letters)
        path = Path(folder, "Sent")
        if crlf:
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        patch.setattr(source, "PIECE", piece)
        found = read_mailbox(str(path))
        assert [letter.date.day.day for letter in found.letters] == list(range(1, len(bodies) + 1))
        assert found.notes == ()
        for letter, sent in zip(found.letters, letters, strict=True):
            body = read_letter(letter).replace(b"\r\n", b"\n").split(b"\n\n", 1)[1].decode()
            assert body.strip() == sent.get_content().strip()


def test_an_unmarked_from_in_a_letter_starts_no_other(tmp_path: Path) -> None:
    path = tmp_path / "Sent"
    text = bytes(mail(ME, INES, day(12), "From 9:30 on\n\nFrom noon: 12:00 sharp\nwe dyed."))
    path.write_bytes(b"From sam Mon May 11 09:00:00 2026\n" + text)
    assert len(read_mailbox(str(path)).letters) == 1


def test_a_long_mbox_is_read_in_pieces(tmp_path: Path) -> None:
    """A letter of 60 MB costs no more memory than one piece (measured in a process of its own)."""
    path = tmp_path / "Sent"
    with path.open("wb") as file:
        for number in (5, 12):
            file.write(b"From x Mon May 11 09:00:00 2026\n" + bytes(mail(ME, INES, day(number))))
            for _ in range(30):
                file.write((b"QUJD" * 18 + b"\n") * 13_700)
            file.write(b"\n")
    assert path.stat().st_size > 60_000_000
    code = (
        "import tracemalloc, sys\nfrom followup_lint.sources.mailbox import read_mailbox, read_letter\n"
        "tracemalloc.start()\nfound = read_mailbox(sys.argv[1])\n"
        "sizes = [len(read_letter(letter)) for letter in found.letters]\n"
        "print(len(sizes), max(sizes) <= 1_000_000, tracemalloc.get_traced_memory()[1] < 20_000_000)"
    )
    run = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr) == ("2 True True\n", "")


# Conversations


def keys_of(folder: Path, records: Records | None = None) -> list[tuple[str, list[str]]]:
    found = conversations([str(folder)], records)
    return [(item.key, [Path(message.draft.path).name for message in item.drafts]) for item in found]


def test_drafts_are_gathered_into_conversations(tmp_path: Path) -> None:
    draft(tmp_path, "a.txt", "kind: check-in\nthread: dye\ndate: 2026-05-12\n")
    draft(tmp_path, "b.txt", "kind: thank-you\nthread: dye\ndate: 2026-05-05\n" + FACTS, THANKS)
    draft(tmp_path, "c.txt", "kind: second-check-in\n" + FACTS)  # whose readers are those of the thread
    draft(tmp_path / "sub", "d.txt", "to: Tom Ek\ncompany: Dye Works\ndate: 2026-05-05\n", THANKS)
    draft(tmp_path / "sub", "e.txt", "to: Tom Ek\ncompany: Wool Hall\ndate: 2026-05-06\n", THANKS)
    draft(tmp_path, "f.txt", "kind: thank-you\n", THANKS)
    assert keys_of(tmp_path) == [
        (str(tmp_path / "f.txt"), ["f.txt"]),
        ("Tom Ek · Dye Works", ["d.txt"]),
        ("Tom Ek · Wool Hall", ["e.txt"]),
        ("dye", ["b.txt", "a.txt", "c.txt"]),
    ]


def test_a_draft_that_fits_two_threads_joins_neither(tmp_path: Path) -> None:
    for name in ("one", "two"):
        draft(tmp_path, f"{name}.txt", f"thread: {name}\n{FACTS}")
    draft(tmp_path, "x.txt", FACTS)
    assert [names for _, names in keys_of(tmp_path)] == [["x.txt"], ["one.txt"], ["two.txt"]]


PEOPLE = {"me": f"Sam <{ME}>", "ines": INES, "tom": "Tom Ek <tom@dye.example>"}


def between(sender: str, to: str, number: int, body: str = ASK) -> Message:
    """Return a mail of one thread of that day of May, or a draft for it, without a date where the day is 0."""
    if sender == "draft":
        date = f"date: 2026-05-{number:02}T09:00+02:00\n" if number else ""
        text = f"---\nto: {PEOPLE[to]}\n{date}---\nHello,\n\n{body}\n"
        return read_message(text.encode(), f"{number}.txt")
    top = f"From: {PEOPLE[sender]}\nTo: {PEOPLE[to]}\nMessage-ID: <{number}@a>\nReferences: <0@a>\n"
    return read_message(f"{top}Date: {day(number)}\n\n{body}\n".encode(), f"{number}.eml")


@pytest.mark.parametrize("most", [3, 2])
def test_drafts_of_a_conversation_know_each_other_where_they_are_few(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("followup_lint.thread.conversations._MOST_JOINED", most)
    messages = [between("me", "ines", 5, THANKS), between("ines", "me", 6, "Thank you."), between("me", "ines", 14)]
    (found,) = gather(messages)
    expected = ["thank-you 2026-05-05 09:00 (answered)", "check-in 2026-05-14 09:00"]
    assert [str(item).replace("+02:00", "") for item in found.history] == expected
    assert told(found.drafts[1].context) == (expected[:1] if most == 3 else [])
    (plain,) = gather(messages, joined=False)
    assert (plain.history, told(plain.drafts[1].context)) == (found.history, [])


def test_whoever_writes_in_a_thread_but_oneself_answers_in_it() -> None:
    messages = [between("me", "ines", 5, THANKS), between("tom", "me", 6, "Thank you."), between("me", "ines", 14)]
    (known,) = gather(messages, Records(me=frozenset({ME})))
    assert [(item.date.day.day, item.answered) for item in known.history] == [(5, True), (14, False)]
    assert len(known.drafts) == 2
    (last,) = gather(messages[:2], Records(me=frozenset({ME})))  # they wrote last
    assert [(item.date.day.day, item.answered) for item in last.history] == [(5, True)]
    # Where nobody said whose address is whose, only those who were written to answer.
    (unknown,) = gather(messages)
    assert [(item.date.day.day, item.answered) for item in unknown.history] == [(5, False), (6, False), (14, False)]


@pytest.mark.parametrize(
    ("letters", "own"),
    [
        # Day, who wrote, and to whom; `draft` is one that nobody sent. A `!` is behind what was answered.
        ("5 me ines, 14 me ines", "5 14"),
        ("5 me ines, 6 ines me, 14 me ines", "5! 14"),
        ("5 me ines, 6 ines me, 14 me ines, 15 ines me, 20 me ines", "5! 14! 20"),
        ("4 ines me, 5 me ines", "5"),
        ("4 ines me, 5 me ines, 6 ines me, 20 me ines", "5! 20"),
        ("20 me ines, 14 me ines, 6 ines me, 5 me ines", "5! 14 20"),
        # With a draft it is known who writes to whom, also where they wrote last.
        ("5 me ines, 6 ines me, 0 draft ines", "5!"),
        ("5 me ines, 6 ines me, 7 draft ines, 8 ines me", "5! 7!"),
        ("6 ines me, 7 draft ines", "7"),
    ],
)
def test_who_wrote_what_in_a_folder_of_mails(letters: str, own: str) -> None:
    told = [letter.split() for letter in letters.split(",")]
    messages = [between(sender, to, int(number)) for number, sender, to in told]
    (found,) = gather(messages)
    assert " ".join(f"{item.date.day.day}{'!' * item.answered}" for item in found.history) == own
    assert len(found.drafts) == len([letter for letter in told if letter[1] != "ines"])


def test_what_cannot_be_read_is_in_no_conversation(tmp_path: Path) -> None:
    draft(tmp_path, "a.txt", FACTS)
    (tmp_path / "b.txt").write_bytes(b"\x00\xff" * 50)
    assert keys_of(tmp_path) == [("Ines Roy · Dye Works", ["a.txt"])]


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        ("to: Ines Roy\n", "Ines Roy"),
        ("to: [Ines Roy, Tom Ek]\ncompany: Dye Works\n", "Ines Roy, Tom Ek · Dye Works"),
        (f"thread: dye\n{FACTS}", "dye"),
        ("company: Dye Works\n", "sub/a.txt"),
    ],
)
def test_by_what_a_conversation_is_known(facts: str, key: str) -> None:
    (found,) = gather([read_message(f"---\n{facts}---\nHello,\n\n{ASK}\n".encode(), "sub/a.txt")])
    assert found.key == key


def test_a_conversation_tells_what_was_answered(tmp_path: Path) -> None:
    draft(tmp_path, "a.txt", f"kind: check-in\n{HELD}date: 2026-05-12\n")
    draft(tmp_path, "b.txt", f"kind: second-check-in\n{HELD}")
    eml(tmp_path, "reply.eml", mail("Ines Roy <ines.roy@dye.example>", ME, day(14), "Not yet."))
    records = boxed(tmp_path / "", [mail(ME, INES, day(5), THANKS), mail(ME, INES, day(20))])
    (found,) = conversations([str(tmp_path)], records)
    assert [Path(message.draft.path).name for message in found.drafts] == ["a.txt", "b.txt"]
    assert [str(item).replace("+02:00", "") for item in found.history] == [
        "thank-you 2026-05-05 09:00",
        "check-in 2026-05-12 (answered)",
        "check-in 2026-05-20 09:00",
    ]
    assert told(found.drafts[0].context) == ["thank-you 2026-05-05 09:00"]


def test_two_hundred_conversations_take_seconds(tmp_path: Path) -> None:
    for number in range(200):
        facts = f"to: Ann{chr(97 + number % 26)} Lee{number}\ncompany: Firm {number}\ninterview: 2026-05-04\n"
        for step, (kind, body) in enumerate([("thank-you", THANKS), ("check-in", ASK), ("second-check-in", ASK)]):
            draft(
                tmp_path / f"{number % 7}",
                f"{number}-{step}.txt",
                f"kind: {kind}\n{facts}date: 2026-05-{5 + 8 * step:02}\n",
                body,
            )
    letters = [mail(ME, f"Ann{chr(97 + n % 26)} Lee{n} <a{n}@f.example>", day(5), THANKS) for n in range(0, 200, 10)]
    box = boxed(tmp_path, letters)
    code = (
        "import sys, time\nfrom pathlib import Path\n"
        "from followup_lint.thread.records import Records\n"
        "from followup_lint.thread.conversations import conversations\n"
        "start = time.monotonic()\n"
        f"records = Records(frozenset({{{ME!r}}}), {box.boxes!r}, (Path(sys.argv[1]),))\n"
        "found = conversations([sys.argv[1]], records)\n"
        "assert [len(item.history) for item in found] == [3] * 200, len(found)\n"
        "for item in found:\n    for place, message in enumerate(item.drafts):\n"
        "        assert len(records.informed(message).context.previous) == place\n"
        "assert 'spacy' not in sys.modules\nprint(time.monotonic() - start)"
    )
    run = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=False)
    assert run.stderr == ""
    assert float(run.stdout) < 60  # takes 2 s


@pytest.mark.parametrize("folder", [".git", ".venv", "node_modules", "__pycache__", "env", "sub/env"])
def test_folders_that_hold_no_letters_are_not_walked(tmp_path: Path, folder: str) -> None:
    draft(tmp_path / "sub", "ask.txt", FACTS)
    hidden = draft(tmp_path / folder, "x.txt", FACTS)
    if folder.endswith("env"):
        Path(hidden.draft.path).with_name("pyvenv.cfg").touch()
    assert drafts_under(str(tmp_path)) == [str(tmp_path / "sub" / "ask.txt")]


@pytest.mark.parametrize(
    ("name", "is_one"), [("a.txt", True), ("a.TXT", True), ("a.eml", True), (".a.txt", False), ("a.png", False)]
)
def test_what_may_be_a_draft(name: str, is_one: bool) -> None:  # noqa: FBT001
    assert is_draft(name) == is_one


@pytest.mark.parametrize(("entries", "drafts", "walked"), [(6, 3, True), (5, 3, False), (6, 2, False), (7, 4, True)])
def test_how_large_a_tree_may_be(
    tmp_path: Path,
    entries: int,
    drafts: int,
    walked: bool,  # noqa: FBT001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("one.txt", "sub/two.txt", "sub/deep/three.txt"):
        draft(tmp_path, name, FACTS)
    (tmp_path / "picture.png").touch()  # with the two folders these are six
    monkeypatch.setattr("followup_lint.thread.tree.MAX_ENTRIES", entries)
    monkeypatch.setattr("followup_lint.thread.tree.MAX_DRAFTS", drafts)
    found = drafts_under(str(tmp_path))
    assert (found is not None) == walked
    if found is not None:
        assert [Path(path).name for path in found] == ["one.txt", "two.txt", "three.txt"]


def test_a_tree_that_is_too_large_is_not_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft(tmp_path / "may", "ask.txt", "kind: check-in\n" + THREAD.format("12"))
    draft(tmp_path / "june", "first.txt", "kind: check-in\n" + THREAD.format("14"))
    message = draft(tmp_path / "june", "again.txt", "kind: second-check-in\n" + THREAD.format("20"))
    monkeypatch.setattr("followup_lint.thread.tree.MAX_DRAFTS", 2)
    assert before(message, Records(roots=(str(tmp_path),))) == ["check-in 2026-05-14"]


# Reports


def test_places_in_other_files_are_reported(tmp_path: Path) -> None:
    draft(tmp_path, "ask.txt", "kind: check-in\n" + THREAD.format("12"))
    message = draft(tmp_path, "again.txt", "kind: second-check-in\n" + THREAD.format("25"))
    flags = [message.draft.path, "--select", "near-duplicate-note", "--exit-zero"]
    shown = CliRunner().invoke(command, flags).stdout
    assert f"see  {tmp_path / 'ask.txt'}:8" in shown.replace("\n          │      ", "")
    import json

    (row,) = json.loads(CliRunner().invoke(command, [*flags, "--output-format", "json"]).stdout)
    assert row["elsewhere"] == [{"path": str(tmp_path / "ask.txt"), "line": 8}]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=6), st.integers(-400, 400))
def test_moving_all_dates_changes_nothing_but_the_dates(days: list[int], shift: int) -> None:
    def run(start: datetime) -> list[list[tuple[str, bool]]]:
        dates = [f"{start + timedelta(days=day):%Y-%m-%d}" for day in days]
        texts = [f"---\nkind: check-in\nthread: x\ndate: {date}\n---\nAny news?\n" for date in dates]
        (found,) = gather(read_message(text.encode(), f"{name}.txt", {}) for name, text in enumerate(texts))
        return [[(item.kind, item.answered) for item in message.context.previous] for message in found.drafts]

    first = datetime(2026, 5, 1)  # noqa: DTZ001
    assert run(first) == run(first + timedelta(days=shift))
