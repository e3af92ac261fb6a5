"""`--new`: a draft to begin with. Every sentence of it is a slot that the linter finds, and none could be sent."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_lint import catalog, new
from followup_lint.context import Channel, Culture, Kind
from followup_lint.errors import Problem
from followup_lint.front_matter import read_top
from followup_lint.linter import Linter, Result
from followup_lint.reader import read_message
from followup_lint.rule import Rule

PROGRAM = [sys.executable, "-c", "import sys; from followup_lint.cli import main; sys.exit(main())"]
SLOT = re.compile(r"\[([a-z -]+): [^\[\]]+\]")
FACTS = {"to": ["Petra Osei"], "company": "Halden Tiles", "role": "Kiln Hand", "interview": "2026-05-06T10:00/11:00"}


def run(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
    command = [*PROGRAM, *args]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=folder, env=environment, check=False)


def files(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(catalog.choose(catalog.built_in(), "recommended", [], []))


@cache
def _slots() -> Linter:
    return Linter(tuple(rule for rule in catalog.built_in() if rule.name == "template-placeholder"))


def lint(linter: Linter, text: str) -> Result:
    message = read_message(text.encode(), "draft.txt", {})
    assert not message.problems
    return linter.lint(message)


@pytest.mark.parametrize(("kind", "channel"), list(product(Kind, Channel)))
@pytest.mark.parametrize("culture", Culture)
def test_every_slot_of_every_skeleton_is_found_whole(kind: Kind, channel: Channel, culture: Culture) -> None:
    facts = {**FACTS, "kind": kind, "channel": channel, "culture": culture}
    text = new.skeleton(kind, channel, culture, facts)
    result = lint(_slots(), text)
    slots = [match.group() for match in SLOT.finditer(text)]
    assert [result.text_of(item.span) for item in result.diagnostics] == slots
    assert len(slots) > 2
    assert {str(item.severity) for item in result.diagnostics} == {"error"}
    assert (result.context.kind, result.context.channel, result.context.culture) == (kind, channel, culture)
    assert str(result.context.to[0]) == "Petra Osei"


@pytest.mark.parametrize(("kind", "channel"), list(product(Kind, Channel)))
def test_a_skeleton_is_no_prose(kind: Kind, channel: Channel) -> None:
    text = new.skeleton(kind, channel, Culture.NEUTRAL, {"kind": kind})
    body = text.split("---\n", 2)[2]
    assert not SLOT.sub("", body).replace("Subject:", "").strip()


@pytest.mark.parametrize("kind", Kind)
def test_a_fresh_skeleton_lacks_words_and_nothing_else(kind: Kind) -> None:
    found = lint(Linter(_rules()), new.skeleton(kind, Channel.EMAIL, Culture.NEUTRAL, {**FACTS, "kind": kind}))
    absurd = {item.rule for item in found.diagnostics if not re.search("missing|placeholder|undecided", item.rule)}
    assert absurd <= {"competing-offer-no-date", "withdrawal-unclear", "second-check-in-nothing-new"}


FILLED = {
    "subject": "Kiln hand, interview on 6 May",
    "greeting": "Dear Petra,",
    "leave": "Best regards,",
    "signature": "Ida Moe",
    "thanks": "Thank you for showing me the cracked kiln on Wednesday.",
    "moment": "I had not known that you cool the blue tiles under wet sacks.",
    "fit": "At the brickyard I stacked two ovens a day for three years.",
    "interest": "I would love to do this work with you as a kiln hand.",
    "offer": "I can send you references from the brickyard if they help.",
    "reminder": "We met on 6 May about the job as a kiln hand.",
    "question": "Could you tell me how things stand with the kiln hand job?",
    "news": "Since I wrote last I have passed the crane test.",
    "end": "This is my last note about the kiln hand job, and I will not ask again.",
    "door": "I wish you and the team all the best, and would be glad to hear from you one day.",
    "acceptance": "I understand and respect your decision about the kiln hand job.",
    "memory": "The hour at the cooling shed with your foreman will stay with me.",
    "future": "I would be glad to hear of another job at the kilns later.",
    "other offer": "Another firm has offered me a job.",
    "deadline": "They would like my answer by 20 May.",
    "decision": "I am happy to accept the job as a kiln hand.",
    "terms": "As agreed, I start on 1 June at the pay in your letter.",
    "withdrawal": "I would like to withdraw my application for the job as a kiln hand.",
    "reason": "I have decided to stay near my family.",
    "wishes": "I wish you well with the search for a good kiln hand.",
    "apology": "I am sorry for the slip in my note of this morning.",
    "correction": "The oven at the brickyard was gas fired, not oil fired.",
    "material": "Here is the list of glazes that you asked for: white, blue and a dull green.",
    "context": "You asked for it when we stood by the cooling shed.",
    "outcome": "I saw both kilns, and they asked me to stay for lunch.",
    "step": "They will ring me on Friday about a day at the kilns.",
    "hello": "Hello Petra,",
    "contact": "this is Ida Moe, on five five five, oh one four two.",
    "again": "Once more, Ida Moe, five five five, oh one four two.",
    "goodbye": "Thank you, and goodbye.",
    "opening": "Good morning Petra, this is Ida Moe; we met on 6 May about the job as a kiln hand.",
    "good time": "Is this a good time?",
}
SHORT = {"greeting": "Hi Petra,", "thanks": "Thank you for showing me the cracked kiln.", "signature": "Ida"}


@pytest.mark.parametrize(
    ("kind", "channel"),
    [
        *((kind, Channel.EMAIL) for kind in Kind),
        (Kind.THANK_YOU, Channel.LETTER),
        (Kind.THANK_YOU, Channel.LINKEDIN_NOTE),
        (Kind.THANK_YOU, Channel.LINKEDIN_MESSAGE),
        (Kind.CHECK_IN, Channel.VOICEMAIL),
        (Kind.CHECK_IN, Channel.PHONE_SCRIPT),
    ],
)
def test_a_skeleton_that_is_filled_in_is_clean(kind: Kind, channel: Channel) -> None:
    text = new.skeleton(kind, channel, Culture.NEUTRAL, {**FACTS, "kind": kind, "channel": channel})
    words = FILLED | (SHORT if "linkedin" in channel else {})
    result = lint(Linter(_rules()), SLOT.sub(lambda slot: words[slot[1]], text))
    found = [item for item in result.diagnostics if str(item.severity) != "suggestion"]
    assert not found, "\n".join(f"{item.rule}: {item.message}" for item in found)


def test_a_file_is_named_after_its_kind_and_company(tmp_path: Path) -> None:
    done = run(tmp_path, "--new", "thank-you", "--company", "Halden Tiles & Søn", "--to", "Petra Osei", "--to", "Bo Ek")
    name = "thank-you-halden-tiles-son.txt"
    assert (done.returncode, done.stdout, files(tmp_path)) == (0, f"{name}\n", [name])
    assert "9 slots" in done.stderr
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert "to: [Petra Osei, Bo Ek]\n" in text
    assert "company: Halden Tiles & Søn\n" in text


@pytest.mark.parametrize(
    ("args", "name", "line"),
    [
        (("--channel", "voicemail"), "check-in.voicemail.txt", "[hello: their name]"),
        (("--to", "Petra Osei"), "check-in-petra-osei.txt", "to: Petra Osei"),
        (("--culture", "formal"), "check-in.txt", "[greeting: their title and last name]"),
        (("notes.md",), "notes.md", "kind: check-in"),
        (("my.voicemail.txt",), "my.voicemail.txt", "channel: voicemail"),
        (("--company", "../../etc", "."), "check-in-etc.txt", 'company: "../../etc"'),
        (("--company", " "), "check-in.txt", "company:"),
    ],
)
def test_names_and_facts(args: tuple[str, ...], name: str, line: str, tmp_path: Path) -> None:
    assert run(tmp_path, "--new", "check-in", "-q", *args).stdout == f"{name}\n"
    assert line in (tmp_path / name).read_text(encoding="utf-8").split("\n")


def test_it_never_overwrites(tmp_path: Path) -> None:
    draft = tmp_path / "closing.txt"
    draft.write_text("mine", encoding="utf-8")
    done = run(tmp_path, "--new", "closing")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "followup-lint: closing.txt: exists already, and is left as it is; name another file\n"
    assert (draft.read_text(encoding="utf-8"), files(tmp_path)) == ("mine", ["closing.txt"])


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_dangling_link_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "closing.txt").symlink_to("nowhere.txt")
    assert run(tmp_path, "--new", "closing").returncode == 2
    assert files(tmp_path) == ["closing.txt"]


def test_without_links_it_still_never_overwrites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "note.txt"
    options: dict[str, str] = dict.fromkeys(
        ("kind", "channel", "culture", "to", "interviewers", "company", "role", "invite"), ""
    )
    options |= dict.fromkeys(("interview", "decision_by", "date", "topics", "region", "zone", "min_wait"), "")
    options["new"] = "closing"
    assert new.create((str(path),), options)[0] == str(path)
    before = path.read_bytes()
    with pytest.raises(Problem, match="exists already"):
        new.create((str(path),), options | {"new": "check-in"})
    assert (path.read_bytes(), files(tmp_path)) == (before, ["note.txt"])


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("x/y.txt",), "there is no folder x"),
        (("x/",), "there is no such folder"),
        (("a.eml",), "text files"),
        (("a.txt", "b.txt"), "one draft"),
        (("--kind", "closing"), "--kind goes with drafts that exist"),
        (("--interview", "soon"), "'soon' is not a date"),
        (("--invite", "none.ics"), "none.ics: no such file"),
        (("--company", "\udcff"), "no text in this system's encoding"),
    ],
)
def test_bad_input_is_told_in_one_line(args: tuple[str, ...], told: str, tmp_path: Path) -> None:
    done = run(tmp_path, "--new", "closing", *args)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert told in done.stderr
    assert files(tmp_path) == []


def test_an_invitation_fills_the_front_matter(tmp_path: Path) -> None:
    event = (
        "BEGIN:VCALENDAR,VERSION:2.0,PRODID:-//moe//kiln//EN,BEGIN:VEVENT,UID:kiln-1,DTSTAMP:20260501T080000Z,"
        "DTSTART;TZID=Europe/Oslo:20260506T100000,DTEND;TZID=Europe/Oslo:20260506T110000,SUMMARY:Interview,"
        "ORGANIZER;CN=Petra Osei:mailto:petra@halden-tiles.example,ATTENDEE;CN=Ida Moe:mailto:ida@gmail.com,"
        "END:VEVENT,END:VCALENDAR,"
    )
    (tmp_path / "call.ics").write_text(event.replace(",", "\r\n"), encoding="utf-8", newline="")
    done = run(tmp_path, "--new", "thank-you", "--invite", "call.ics", "note.txt", "-q")
    assert (done.returncode, done.stderr) == (0, "")
    text = (tmp_path / "note.txt").read_text(encoding="utf-8")
    assert "to: Petra Osei <petra@halden-tiles.example>\n" in text
    assert "interview: 2026-05-06T10:00/11:00+02:00\n" in text
    assert "--new" in run(tmp_path, "--invite", "call.ics", "note.txt").stderr


def test_a_dash_writes_to_standard_output(tmp_path: Path) -> None:
    done = run(tmp_path, "--new", "information", "-")
    assert done.stdout.startswith("---\nkind: information\n")
    assert files(tmp_path) == []


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_a_fact_comes_back_as_it_was_given(fact: str) -> None:
    text = new.skeleton(Kind.CLOSING, Channel.EMAIL, Culture.NEUTRAL, {"role": fact, "topics": [fact, "kiln"]})
    top = read_top(text, "draft.txt")
    assert not top.problems
    assert (top.facts["role"].value, top.facts["topics"].value) == (fact.strip(), (fact.strip(), "kiln"))


def test_it_starts_without_spacy(tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv[1:] = ['--new', 'closing']; from followup_lint.cli import main\n"
        "try: main()\nfinally: print({'spacy', 'textstat', 'icalendar'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=tmp_path, check=False
    )
    assert done.stdout == "closing.txt\nset()\n"
