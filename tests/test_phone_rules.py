"""The telephone: what a message may hold, how often name and number are said, who speaks when in a script."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_lint import catalog
from followup_lint.diagnostic import Diagnostic
from followup_lint.linter import Linter
from followup_lint.reader import read_message
from followup_lint.reading import Reading
from followup_lint.text import Span

EXAMPLES = Path(__file__).parents[1] / "examples"
VOICEMAIL = "kind: check-in\nchannel: voicemail"
SCRIPT = "kind: check-in\nchannel: phone-script"


@cache
def _linter(name: str) -> Linter:
    return Linter(tuple(rule for rule in catalog.built_in() if rule.name == name))


def told(rule: str, facts: str, text: str) -> list[Diagnostic]:
    message = read_message(f"---\n{facts}\n---\n{text}\n".encode(), "draft.txt", {})
    assert not message.problems
    return list(_linter(rule).lint(message).diagnostics)


def reading(text: str, facts: str = SCRIPT) -> Reading:
    return Linter(()).read(read_message(f"---\n{facts}\n---\n{text}\n".encode(), "draft.txt", {}))


def said(text: str, facts: str = SCRIPT) -> list[str]:
    """Return the turns of a script as "me: words" or "them: words"."""
    read = reading(text, facts)
    return [f"{'me' if turn.is_mine else 'them'}: {' '.join(turn.words.of(read.text).split())}" for turn in read.turns]


@pytest.mark.parametrize(
    ("words", "severity"),
    [(75, ""), (76, "warning"), (110, "warning"), (111, "error")],
)
def test_a_voicemail_is_long_from_its_76th_word_and_far_too_long_from_its_111th(words: int, severity: str) -> None:
    found = told("voicemail-too-long", VOICEMAIL, " ".join(["kiln"] * (words - 1) + ["kiln."]))
    assert [str(item.severity) for item in found] == ([severity] if severity else [])


def test_the_speaking_time_is_told() -> None:
    (found,) = told("voicemail-too-long", VOICEMAIL, " ".join(["kiln"] * 130))
    assert found.message.startswith("130 words, about 52 seconds at 150 words a minute")


@pytest.mark.parametrize(
    "free",
    [
        "five five five, oh one four two",
        "plus four four, two oh, seven nine four six",
        "020 7946 0958",
        "five-five-five, oh-one-four-two",
        "kiln [pause here, and breathe]",
        "kiln (pause for a breath)",
        "kiln (smile)",
    ],
)
def test_a_number_is_one_word_and_a_direction_none(free: str) -> None:
    filler = " ".join(["kiln"] * 74)
    assert not told("voicemail-too-long", VOICEMAIL, f"{filler} {free}")
    assert told("voicemail-too-long", VOICEMAIL, f"{filler} {free} kiln")


def test_an_aside_is_spoken() -> None:
    assert told("voicemail-too-long", VOICEMAIL, " ".join(["kiln"] * 74) + " (I have one too)")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hello, this is Ida Moe. Any news? Thanks.", "this is Ida Moe. Any news? Thanks."),
        ("Hello, this is Ida Moe. You have my number.", "have my number"),
        ("Hello, this is Ida Moe. Call me on this phone.", "Call me on"),
        ("Ida Moe here. I came on 2026-05-04 at 10:30 and asked for $30,000.", "Ida Moe here."),
        ("Ida Moe here, five five five, oh one four two.", ""),
        ("Ida Moe here, on double five, treble seven, nine.", ""),
        ("Ida Moe here. (555) 010-4242.", ""),
        ("Ida Moe here. Eight hundred, five five five, twelve twelve.", ""),
        ("Ida Moe here. +47 22 33 44 55.", ""),
    ],
)
def test_phone_number_missing(text: str, words: str) -> None:
    read = reading(text, VOICEMAIL)
    found = [item.span.of(read.text) for item in told("phone-number-missing", VOICEMAIL, text)]
    assert [item[: len(words)] for item in found] == ([words] if words else [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("This is Ida Moe on 555 0142. Any news? Again, Ida Moe, 555 0142.", ""),
        ("This is Ida Moe on 555 0142. Any news? Again, Ida Moe, five five five, oh one four two.", ""),
        ("This is Ida Moe on 555 0142, that's 555 0142. Any news? Ida Moe.", ""),
        ("This is Ida Moe, M-O-E, I. D. A. M. O. E. 555 0142. Again, 555 0142.", ""),
        ("Any news? No number here, this is Ida Moe.", ""),
        ("This is Ida Moe on 555 0142. Any news? Ida Moe.", "The number, “555 0142”, is said only once."),
        ("This is Ida Moe on 555 0142. Any news? 555 0142.", "“Ida Moe” is said only once."),
        ("This is Ida Moe on 555 0142. News?", "Your name and the number, “555 0142”, are said only once."),
    ],
)
def test_name_and_number_are_said_twice(text: str, message: str) -> None:
    assert [item.message for item in told("contact-once", VOICEMAIL, text)] == ([message] if message else [])


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        (
            "Me: Hello, Ida here.\nThem: Hello!\nMe: Any news?",
            ["me: Hello, Ida here.", "them: Hello!", "me: Any news?"],
        ),
        ("**Me:** Hello.\n\n**You:** Hello!\nHow are you?", ["me: Hello.", "them: Hello! How are you?"]),
        ("You: Hello.\nRecruiter: Yes?\nYou: News?", ["me: Hello.", "them: Yes?", "me: News?"]),
        ("Me (smiling): Hello.\nBo Ek: Yes?", ["me: Hello.", "them: Yes?"]),
        ("Bo: Ek.\nI: Hello, Ida here.", ["them: Ek.", "me: Hello, Ida here."]),
        ("Ida: Hello.\nBo: Yes?\nIda: News?", ["me: Hello.", "them: Yes?", "me: News?"]),
        ("A script for Bo\n\nMe: Hello.", ["me: Hello."]),
        ("Hello Bo, Ida here.\n\nAny news?", ["me: Hello Bo, Ida here.", "me: Any news?"]),
        ("Hello Bo,\n\nIda here.\n\nAny news?", ["me: Hello Bo, Ida here.", "me: Any news?"]),
        ("Ida here. [wait for the answer] Any news?", ["me: Ida here.", "me: Any news?"]),
        ("Ida here. [smile] Any news?", ["me: Ida here. [smile] Any news?"]),
        ("Ida here.\nIf she is busy: May I ring later?", ["me: Ida here.", "me: May I ring later?"]),
        ("Opening: Ida here.\nQuestion: News?", ["me: Ida here.", "me: News?"]),
        ("Ida here, on one matter: the kiln.", ["me: Ida here, on one matter: the kiln."]),
    ],
)
def test_the_turns_of_a_script(text: str, turns: list[str]) -> None:
    assert said(text, f"{SCRIPT}\nto: Bo Ek") == turns


def test_only_in_a_script_their_words_are_masked() -> None:
    text = "Me: Hello.\nThem: Yes?"
    assert [span.of(text) for span in _masks(text, SCRIPT)] == ["Them: Yes?"]
    assert _masks(text, VOICEMAIL) == _masks(text, "kind: check-in") == []


def _masks(text: str, facts: str) -> list[Span]:
    read = reading(text, facts)
    return [span.shift(text.index("Me") - read.text.index("Me")) for span in read.masks.spans]


@given(st.text(alphabet="Me: Tthm.[]()\nIf \ryou,?", max_size=120))
def test_turns_never_overlap_and_lie_in_the_text(text: str) -> None:
    read = reading(text)
    ends = [0]
    for turn in read.turns:
        assert ends[-1] <= turn.span.start <= turn.start <= turn.span.end <= len(read.text)
        ends.append(turn.span.end)


KILN = " ".join(["kiln"] * 57)


@pytest.mark.parametrize(
    ("text", "is_long"),
    [
        (f"Ida Moe here. {KILN}", False),
        (f"Ida Moe here. {KILN} kiln", True),
        (f"Hello Bo,\n\nIda Moe here. {KILN}", True),  # the greeting is spoken too
        (f"Me: Ida Moe here. {KILN}\nThem: Hm.\nMe: {KILN} {KILN}", False),
        (f"Them: {KILN} {KILN}\nMe: Ida Moe here.", False),
        (f"Them: Ek.\nMe: Ida Moe here, {KILN} kiln.", True),
        (f"Ida Moe here. Is this a good time? {KILN}", False),
        (f"Ida Moe here. Do you have two minutes? Thank you. {KILN} kiln kiln", True),
        (f"Ida Moe here.\n\n{KILN} {KILN}", False),
        (f"Ida Moe here. [if yes] {KILN} kiln", False),
        (f"Ida Moe here. [slowly] {KILN}", False),
        (f"Ida Moe on five five five, oh one four two. {KILN[:-15]}", False),
    ],
)
def test_phone_script_opening_long(text: str, is_long: bool) -> None:  # noqa: FBT001
    assert bool(told("phone-script-opening-long", SCRIPT, text)) == is_long


@pytest.mark.parametrize(
    "asked",
    [
        "Is this a good time?",
        "Is now a convenient moment?",
        "Is this an okay time to talk?",
        "Did I catch you at a bad moment?",
        "I hope this isn't a bad time.",
        "Have you got a minute?",
        "Do you have some minutes for me?",
        "Would you have a moment to speak?",
        "Could you spare me half a minute?",
        "Can you talk right now?",
        "Are you free to talk?",
        "May I take two minutes of your time?",
        "Am I disturbing you?",
        "Do I disturb you?",
        "Does this time suit you?",
        "Is it all right if I ask you something?",
        "If you're in a meeting, I can call back.",
        "Shall I ring again after lunch?",
        "Good time?",
        "When would be a better time?",
        "I am calling at ten as we agreed.",
        "You asked me to call you today.",
        "I hope I'm not interrupting you.",
        "Got two minutes?",
    ],
)
def test_any_way_to_ask_whether_they_can_talk_will_do(asked: str) -> None:
    assert not told("good-time-missing", SCRIPT, f"Ida Moe here. {asked} I came about the kiln.")


@pytest.mark.parametrize(
    "text",
    [
        "Ida Moe here. I came about the kiln on Monday. Is there any news?",
        "Ida Moe here. I'll be brief. Has the panel met?",
        "Ida Moe here. Is Friday a good time to bring the samples?",
        "Ida Moe here. I had a good time at the kiln. Who decides?",
        "Me: Ida Moe here.\nThem: Is this a good time for the news?\nMe: It is.",
        "[ask: is this a good time?] Ida Moe here. Any news?",
    ],
)
def test_good_time_missing(text: str) -> None:
    assert told("good-time-missing", SCRIPT, text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Is this a good time? Has the panel met? When will you choose?", 0),
        ("Is this a good time? Has the panel met? When will you choose? Who decides?", 1),
        (
            "Me: Has the panel met?\nThem: Who is this? When did you come? Which post? Why?\nMe: When will you choose?",
            0,
        ),
    ],
)
def test_questions_in_a_script(text: str, count: int) -> None:
    assert len(told("too-many-questions", SCRIPT, text)) == count


def test_what_they_say_and_what_is_only_done_is_no_evidence() -> None:
    script = "Me: Ida here.\nThem: You need to call by Friday at the latest, ASAP.\nMe: [urgent!] Thank you."
    assert not told("reader-deadline", SCRIPT, script)
    assert not told("urgency-word", SCRIPT, script)


@pytest.mark.parametrize("name", ["check-in.voicemail.txt", "phone-script.txt"])
def test_the_examples_for_the_telephone_are_clean(name: str) -> None:
    code = "import sys; from followup_lint.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", code, "--output-format", "json", str(EXAMPLES / name)]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (run.returncode, json.loads(run.stdout)) == (0, []), run.stderr
