"""What is on record around a message: drafts in its folder and in others, what they list, mails, and who wrote them."""

from __future__ import annotations

import mailbox
import os
from email.message import EmailMessage
from pathlib import Path

import pytest

from followup_lint.context import Context
from followup_lint.errors import Problem
from followup_lint.reader import Message, read_message
from followup_lint.records import replace
from followup_lint.thread import tree
from followup_lint.thread.beside import Beside
from followup_lint.thread.keys import keys_of
from followup_lint.thread.neighbours import other
from followup_lint.thread.records import Records, listed_by, others
from followup_lint.thread.tree import Forest, plant, roots_of

ME, INES = "sam@post.example", "ines@dye.example"
ASK = "I wanted to ask whether there is any news on the dyer post."
WOAD = f"{ASK} I have read up on woad since we met, and it is a marvel."


def draft(folder: Path, name: str, facts: str, body: str = ASK) -> Message:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{facts}---\nHello,\n\n{body}\n\nSam Roe\n", encoding="utf-8")
    return read_message(path.read_bytes(), str(path))


def mail(sender: str, to: str, number: int, body: str = ASK, **more: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Date"] = sender, to, f"{number} May 2026 09:00:00 +0200"
    for name, value in more.items():
        message[name.replace("_", "-")] = value
    message.set_content(f"Hello,\n\n{body}\n\nSam Roe\n")
    return message


def eml(folder: Path, name: str, message: EmailMessage) -> Message:
    (folder / name).write_bytes(bytes(message))
    return read_message(bytes(message), str(folder / name))


def boxed(folder: Path, *letters: EmailMessage) -> Records:
    box = mailbox.mbox(folder / "Sent")
    for letter in letters:
        box.add(letter)
    box.close()
    return Records(me=frozenset({ME}), boxes=(str(folder / "Sent"),))


def told(context: Context) -> list[str]:
    return [str(item).replace("+02:00", "") for item in context.previous]


THREAD = "thread: dye\ndate: 2026-05-{:02}\n"


@pytest.mark.parametrize(
    ("sender", "me", "reply"),
    [
        ("", "", False),
        (INES, "", True),
        ("tom@dye.example", "", False),
        (ME, "", False),
        (INES, ME, True),
        ("tom@dye.example", ME, True),
        (ME, ME, False),
        ("", ME, False),
        ("sam@work.example", f"{ME} sam@work.example", False),
    ],
)
def test_who_answers_a_message(sender: str, me: str, reply: bool) -> None:  # noqa: FBT001
    mine = read_message(f"From: {ME}\nTo: {INES}\n\nHello,\n\n{ASK}\n".encode(), "a.eml")
    top = f"From: {sender}\n" if sender else ""
    theirs = read_message(f"{top}To: {ME}\n\nHello,\n\nNot yet.\n".encode(), "b.eml")
    assert Records(me=frozenset(me.split())).is_reply(theirs, keys_of(mine.draft, mine.context)) == reply


def test_drafts_of_the_thread_in_other_folders_are_compared_once(tmp_path: Path) -> None:
    draft(tmp_path / "may", "ask.txt", THREAD.format(12))
    draft(tmp_path / "may", "other.txt", "thread: wool\ndate: 2026-05-12\n")
    draft(tmp_path / "june", "close.txt", THREAD.format(28))
    draft(tmp_path / "june", "note.txt", "kind: thank-you\n")
    (tmp_path / "far").mkdir()
    draft(tmp_path / "far", "later.txt", THREAD.format(30))
    message = draft(tmp_path / "june", "again.txt", THREAD.format(20))
    records = Records(roots=(str(tmp_path),))
    found = [(item.name, item.is_earlier, item.in_thread) for item in records.others(message)]
    june = tmp_path / "june"
    assert found == [
        ("close.txt", False, True),
        ("note.txt", False, False),
        (str(june / "../far/later.txt").replace("june/../", ""), False, True),
        (str(june / "../may/ask.txt").replace("june/../", ""), True, True),
    ]
    assert [(item.name, item.is_earlier) for item in others(message)] == [("close.txt", False), ("note.txt", False)]


def test_an_answer_in_another_folder_is_no_message_to_compare_with(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    eml(tmp_path / "in", "answer.eml", mail(INES, ME, 14, "Not yet."))
    message = draft(tmp_path / "out", "again.txt", f"to: Ines Roy <{INES}>\ndate: 2026-05-20\nkind: check-in\n")
    draft(tmp_path / "out", "ask.txt", f"to: Ines Roy <{INES}>\ndate: 2026-05-12\nkind: check-in\n")
    records = Records(roots=(str(tmp_path),))
    assert [item.name for item in records.others(message)] == ["ask.txt"]
    known = records.informed(message).context
    assert told(known) == ["check-in 2026-05-12 (answered)"]


def test_it_is_told_where_earlier_messages_were_found(tmp_path: Path) -> None:
    draft(tmp_path, "ask.txt", "kind: check-in\n" + THREAD.format(12))
    message = draft(tmp_path, "a.txt", THREAD.format(20) + "previous: [{kind: thank-you, date: 2026-05-05}]\n")
    known = Records().informed(message)
    assert known.context.origins["previous"] == f"front matter, line 4, {tmp_path / 'ask.txt'}"
    assert Records().informed(known) is known
    # A kind that was inferred is weighed anew, and what it was weighed by is told anew, too.
    assert message.context.origins["kind"] == "inferred from “any news” and you have thanked them before"
    cue = "your check-in of 2026-05-12 is unanswered"
    assert known.context.origins["kind"] == f"inferred from “any news” and {cue}"
    assert known.verdict is None


def test_a_draft_that_lists_itself_is_not_told_to_be_a_place(tmp_path: Path) -> None:
    draft(tmp_path, "ask.txt", "kind: check-in\n" + THREAD.format(12))
    listed = "previous: [{kind: check-in, date: 2026-05-20, file: a.txt}]\n"
    known = Records().informed(draft(tmp_path, "a.txt", THREAD.format(20) + listed)).context
    assert (told(known), known.origins["previous"]) == (["check-in 2026-05-12"], str(tmp_path / "ask.txt"))


def test_a_mail_without_a_date_was_sent_nobody_knows_when(tmp_path: Path) -> None:
    for name, sender, to in (("1.eml", ME, INES), ("2.eml", INES, ME)):
        undated = mail(sender, to, 5, Message_ID=f"<{name}@a>")
        del undated["Date"]
        eml(tmp_path, name, undated)
    message = eml(tmp_path, "3.eml", mail(ME, INES, 20, References="<1.eml@a> <2.eml@a>"))
    assert told(Records().informed(message).context) == []


def test_before_a_draft_without_a_date_is_all_that_was_sent(tmp_path: Path) -> None:
    records = boxed(tmp_path, mail(ME, INES, 5, "Thank you for the hour in the dye house."), mail(ME, INES, 12))
    message = draft(tmp_path, "a.txt", f"to: Ines Roy <{INES}>\ninterview: 2026-05-04\n", WOAD)
    assert told(records.informed(message).context) == ["thank-you 2026-05-05 09:00", "check-in 2026-05-12 09:00"]


def test_a_folder_is_looked_into_again_when_it_changed(tmp_path: Path) -> None:
    message = draft(tmp_path, "a.txt", "to: Ines Roy\n")
    assert others(message) == ()
    draft(tmp_path, "b.txt", "to: Ines Roy\n", "one two")
    assert [item.name for item in others(message)] == ["b.txt"]
    status = (tmp_path / "b.txt").stat()
    draft(tmp_path, "b.txt", "to: Ines Roy\n", "six two")
    os.utime(tmp_path / "b.txt", ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    assert "six two" in others(message)[0].draft.text
    draft(tmp_path, "b.txt", "to: Ines Roy\n", "seven two")
    os.utime(tmp_path / "b.txt", ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    assert "seven two" in others(message)[0].draft.text


@pytest.mark.parametrize(("number", "counts"), [(12, False), (15, False), (9, False), (16, True), (8, False)])
def test_a_mail_of_the_same_words_some_days_off_is_the_draft_itself(tmp_path: Path, number: int, counts: bool) -> None:  # noqa: FBT001
    records = boxed(tmp_path, mail(ME, f"Ines Roy <{INES}>", 12, WOAD))
    facts = f"kind: check-in\nto: Ines Roy\ninterview: 2026-05-04\ndate: 2026-05-{number:02}\n"
    message = draft(tmp_path, "a.txt", facts, WOAD)
    assert told(records.informed(message).context) == ["check-in 2026-05-12 09:00"] * counts


def test_a_mail_with_the_id_of_the_message_is_the_message_whatever_its_words(tmp_path: Path) -> None:
    sent = mail(ME, INES, 12, "Quite other words.", Message_ID="<9@a>", References="<1@a>")
    first = mail(ME, INES, 5, ASK, Message_ID="<1@a>")
    records = boxed(tmp_path, first, sent)
    message = eml(tmp_path, "a.eml", mail(ME, INES, 22, WOAD, Message_ID="<9@a>", References="<1@a>"))
    assert told(records.informed(message).context) == ["check-in 2026-05-05 09:00"]


def test_a_history_puts_together_what_several_drafts_know(tmp_path: Path) -> None:
    lists = "previous:\n  - {{kind: {}, date: 2026-05-{:02}{}}}\n"
    facts = f"to: Ines Roy <{INES}>\ninterview: 2026-05-04\n"
    drafts = [
        draft(tmp_path, "a.txt", f"kind: check-in\n{facts}date: 2026-05-14\n" + lists.format("thank-you", 5, ""), WOAD),
        draft(tmp_path, "b.txt", f"{facts}" + lists.format("correction", 6, "")),
        draft(tmp_path, "c.txt", f"{facts}" + lists.format("check-in", 16, ", file: a.txt")),
    ]
    records = boxed(tmp_path, mail(ME, INES, 20, "The blue one came out darker."))
    answers = [eml(tmp_path, "r.eml", mail(INES, ME, 7, "Thanks."))]
    found = records.history(drafts, answers)
    assert [str(item).replace("+02:00", "") for item in found] == [
        "thank-you 2026-05-05",
        "correction 2026-05-06 (answered)",
        "check-in 2026-05-16",  # as the draft says that names the file
        "information 2026-05-20 09:00",
    ]
    records = boxed(tmp_path, mail(ME, INES, 15, WOAD))
    assert found[2].file == os.path.relpath(os.path.realpath(tmp_path / "a.txt"))
    bare = draft(tmp_path, "d.txt", f"to: Ines Roy <{INES}>\n")  # which knows of no interview, and so of no mail
    alone = records.history([drafts[0], bare], [])
    assert [(str(item).replace("+02:00", ""), Path(item.file).name) for item in alone] == [
        ("thank-you 2026-05-05", ""),
        ("check-in 2026-05-15 09:00", "a.txt"),  # a draft and its mail are one message, sent when the mail was
        ("information 2026-05-20 09:00", "Sent"),
    ]


def test_a_listed_file_is_known_by_where_it_lies(tmp_path: Path) -> None:
    listed = "previous:\n  - {kind: check-in, date: 2026-05-12, file: ../may/ask.txt}\n"
    listed += "  - {kind: closing, date: 2026-05-14}\n"
    message = draft(tmp_path / "june", "again.txt", listed)
    (tmp_path / "link").symlink_to(tmp_path / "june")
    beside = replace(message, draft=replace(message.draft, path=str(tmp_path / "link" / "again.txt")))
    for item in (message, beside):
        assert [sent.path for sent in listed_by(item)] == [os.path.realpath(tmp_path / "may" / "ask.txt"), ""]
        assert {sent.origin for sent in listed_by(item)} == {item.draft.path}


@pytest.mark.parametrize(
    ("mine", "theirs", "same"),
    [
        ("company: Dye\ninterview: 2026-05-04T10:00\n", "company: DYE\ninterview: 2026-05-04T14:00\n", True),
        ("company: Dye\ninterview: 2026-05-04\n", "company: Dye\ninterview: 2026-05-05\n", False),
        ("company: Dye\ninterview: 2026-05-04\n", "company: Wool\ninterview: 2026-05-04\n", False),
        ("interview: 2026-05-04\n", "interview: 2026-05-04\n", False),
        ("company: Dye\ninterviewers: [Ines, Tom]\n", "company: Dye\ninterviewers: Tom\n", True),
        ("company: Dye\ninterviewers: Ines\n", "company: Dye\ninterviewers: Tom\n", False),
        ("company: Dye\ninterview: 2026-05-04\ninterviewers: Tom\n", "company: Dye\ninterviewers: Tom\n", True),
        ("company: Dye\ninterview: 2026-05-04\n", "company: Dye\ninterviewers: Tom\n", False),
        ("company: Dye\n", "company: Dye\n", False),
    ],
)
def test_when_two_drafts_are_about_one_interview(mine: str, theirs: str, same: bool) -> None:  # noqa: FBT001
    one, two = (read_message(f"---\n{facts}---\nHello,\n\n{ASK}\n".encode(), "a.txt") for facts in (mine, theirs))
    assert other(one, two, "b.txt", listed=False).same_interview == same
    assert other(two, one, "b.txt", listed=False).same_interview == same


def test_drafts_that_are_given_stand_to_a_message_like_those_on_a_disk() -> None:
    files = {"a.txt": "kind: check-in\n" + THREAD.format(12), "b.txt": THREAD.format(28), "c.txt": "thread: wool\n"}
    beside = Beside({name: f"---\n{facts}---\nHello,\n\n{ASK}\n" for name, facts in files.items()})
    listed = "previous: [{kind: check-in, date: 2026-05-12, file: c.txt}]\n"
    message = read_message(f"---\n{THREAD.format(20)}---\nHello,\n\n{ASK}\n".encode(), "me.txt")
    found = [(item.name, item.is_earlier, item.in_thread) for item in beside.others(message)]
    assert found == [("a.txt", True, True), ("b.txt", False, True), ("c.txt", False, False)]
    assert told(beside.informed(message).context) == ["check-in 2026-05-12"]
    message = read_message(f"---\n{listed}---\nHello,\n\n{ASK}\n".encode(), "me.txt")
    found = [(item.name, item.is_earlier, item.in_thread) for item in beside.others(message)]
    assert found == [("a.txt", False, False), ("b.txt", False, False), ("c.txt", True, True)]


# Trees of drafts


def test_the_widest_folder_that_is_named_or_a_repository_is_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    deep = tmp_path / "jobs" / "dye" / "may"
    deep.mkdir(parents=True)
    note = str(deep / "a.txt")
    assert roots_of(note, []) == []
    (tmp_path / ".git").mkdir()
    assert roots_of(note, []) == []  # a home folder may be a repository too
    (tmp_path / "jobs" / "dye" / ".git").touch()
    assert roots_of(note, []) == [str(tmp_path / "jobs" / "dye")]
    (tmp_path / "jobs" / ".git").mkdir()
    assert roots_of(note, []) == [str(tmp_path / "jobs" / "dye")]  # the closest one
    named = [str(deep), str(tmp_path / "jobs"), str(tmp_path / "elsewhere")]
    assert roots_of(note, named) == [str(tmp_path / "jobs" / "dye"), str(tmp_path / "jobs"), str(deep)]


def test_trees_are_kept_while_they_are_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = [tmp_path / name for name in "abcd"]
    for folder in folders:
        for name in ("1.txt", "2.txt"):
            draft(folder, name, "to: Ines Roy\n")
    forest = Forest()
    first = forest.around(str(folders[0] / "1.txt"))
    assert [Path(leaf.path).name for leaf in first.leaves] == ["1.txt", "2.txt"]
    assert forest.around(str(folders[0] / "2.txt")) is first
    monkeypatch.setattr(tree, "_MOST_TREES", 3)
    for folder in folders[1:3]:
        forest.around(str(folder / "1.txt"))
    assert forest.around(str(folders[0] / "1.txt")) is first
    forest.around(str(folders[3] / "1.txt"))
    assert forest.around(str(folders[0] / "1.txt")) is not first
    monkeypatch.setattr(tree, "_MOST_TREES", 9)
    monkeypatch.setattr(tree, "_MOST_LEAVES", 6)
    forest = Forest()
    kept = [forest.around(str(folder / "1.txt")) for folder in folders[:3]]
    assert [len(item.leaves) for item in kept] == [2, 2, 2]
    assert [forest.around(str(folder / "1.txt")) is item for folder, item in zip(folders, kept, strict=False)] == [
        True
    ] * 3
    forest.around(str(folders[3] / "1.txt"))
    assert forest.around(str(folders[2] / "1.txt")) is kept[2]
    assert forest.around(str(folders[0] / "1.txt")) is not kept[0]


def test_as_many_trees_are_forgotten_as_a_large_one_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a/1.txt", "b/1.txt", "c/1.txt", *(f"d/{number}.txt" for number in range(5))):
        draft(tmp_path, name, "to: Ines Roy\n")
    monkeypatch.setattr(tree, "_MOST_LEAVES", 6)
    forest = Forest()
    kept = {name: forest.around(str(tmp_path / name / "1.txt")) for name in "abcd"}
    assert [forest.around(str(tmp_path / name / "1.txt")) is kept[name] for name in "dc"] == [True, True]
    assert [forest.around(str(tmp_path / name / "1.txt")) is kept[name] for name in "ba"] == [False, False]
    monkeypatch.setattr(tree, "_MOST_TREES", 1)
    forest = Forest()
    first = forest.around(str(tmp_path / "a" / "1.txt"))
    assert forest.around(str(tmp_path / "b" / "1.txt")) is forest.around(str(tmp_path / "b" / "1.txt"))
    assert forest.around(str(tmp_path / "a" / "1.txt")) is not first


def test_below_a_root_that_is_too_large_the_next_one_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("1.txt", "jobs/may/2.txt", "jobs/june/3.txt"):
        draft(tmp_path, name, "to: Ines Roy\n")
    monkeypatch.setattr(tree, "MAX_DRAFTS", 2)
    forest = Forest((str(tmp_path), str(tmp_path / "jobs")))
    for name in ("may/2.txt", "june/3.txt"):
        found = forest.around(str(tmp_path / "jobs" / name))
        assert [Path(leaf.path).name for leaf in found.leaves] == ["3.txt", "2.txt"]


def test_drafts_in_other_folders_are_named_from_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft(tmp_path / "may", "ask.txt", THREAD.format(12))
    draft(tmp_path / "june", "again.txt", THREAD.format(20))
    monkeypatch.chdir(tmp_path)
    message = read_message(Path("june/again.txt").read_bytes(), "june/again.txt")
    records = Records(roots=(str(tmp_path),))
    assert [item.name for item in records.others(message)] == ["may/ask.txt"]
    known = records.informed(message).context
    assert (known.previous[0].file, known.origins["previous"]) == ("../may/ask.txt", "may/ask.txt")


def test_a_root_that_is_too_large_is_walked_once_and_the_folder_is_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("may/1.txt", "may/2.txt", "june/3.txt"):
        draft(tmp_path, name, "to: Ines Roy\n")
    walked: list[str] = []
    walk = tree.drafts_under
    monkeypatch.setattr(tree, "MAX_DRAFTS", 2)

    def counted(root: str) -> list[str] | None:
        walked.append(root)
        return walk(root)

    monkeypatch.setattr(tree, "drafts_under", counted)
    forest = Forest((str(tmp_path), str(tmp_path / "may")))
    for name in ("may/1.txt", "may/2.txt", "june/3.txt", "june/3.txt"):
        found = forest.around(str(tmp_path / name))
        assert [Path(leaf.path).parent.name for leaf in found.leaves] == [name.split("/")[0]] * len(found.leaves)
        assert found.leaves
    assert walked == [str(tmp_path), str(tmp_path / "may")]


def test_what_cannot_be_skimmed_is_no_leaf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft(tmp_path, "good.txt", "to: Ines Roy\n", "x")
    monkeypatch.setattr(tree, "MAX_BYTES", (tmp_path / "good.txt").stat().st_size)
    draft(tmp_path, "long.txt", "to: Ines Roy\n", "x" * 200)
    eml(tmp_path, "long.eml", mail(ME, INES, 12, "x" * 200))
    (tmp_path / "binary.txt").write_bytes(b"\x00\xff" * 50)
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    names = ["good.txt", "long.txt", "long.eml", "binary.txt", "pipe.txt", "gone.txt"]
    planted = plant([str(tmp_path / name) for name in names])
    assert [Path(leaf.path).name for leaf in planted.leaves] == ["good.txt", "long.eml"]
    assert [tree.read(str(tmp_path / name)) is not None for name in names] == [True, False, True, False, False, False]


def test_a_mailbox_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    records = Records(me=frozenset({ME}), boxes=(str(tmp_path / "none"),))
    assert records.notes == ()  # not looked at so far
    with pytest.raises(Problem, match="none: cannot be read"):
        records.informed(draft(tmp_path, "a.txt", f"to: Ines Roy <{INES}>\n"))
