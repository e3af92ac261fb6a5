"""Reports without names: whatever is planted in a draft, no output of `--redact` holds it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from faults import PROGRAM
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_lint.reader import read_message
from followup_lint.redact import Redactor
from followup_lint.redact.inside import Inside
from followup_lint.reports.formats import FORMATS

DRAFT = """\
---
kind: thank-you
to: [Qyzandra Vorblund <q.vorblund@wexcorp.example>, brimhilt]
cc: Umstead Prell
interviewers: [{name: Dr Yolfgar Tindwhistle, aliases: [Yolly]}]
company: {name: Wexcorp Hatchery, aliases: [wexhat]}
my_employers: Glumford Mills
interview: 2026-05-06
previous: [{kind: thank-you, date: 2026-05-07, answered: true, file: snorvick-first.txt}]
ignore: {emoji: because Fenwhistle said so, demand: not in use at 84719}
---
Subject: Thanks from Ostrander Quill, 0170 5550199

Hi brimhilt,

Thank you for showing me the picking robots on Wednesday!! I spoke with Zbigniew Łukasiewicz, Тамара and JARNSAXA at
12 Puddlewick Street, 84719 Springbottom. qyzandra's talk and Tindwhistle-Prell's slides stay with me. Vorblund!!!
Please answer at your earliest convenience, call +49 170 5550199 or (0170) 555-0199, or write to me@ostrander.example,
see https://ostrander.example/quill?id=77881 and @quillpost. I want €84,719 in resume_quill.pdf. DROP\u200bSIE says hi.

- Marrowby asked whether I could start in 3 weeks at wexhatfarm
- WHY NOT ASK Hobblethwaite FOR IT

Best,
ostrander quill
tel 0170 5550199

On Mon, 4 May 2026, Grizelda Noakes <noakes@wexcorp.example> wrote:
> Dear Ostrander, come to Wexcorp on Wednesday. Grizelda
"""
MAIL = """\
From: Ostrander Quill <ostrander@quillpost.example>
To: Qyzandra Vorblund <q.vorblund@wexcorp.example>
Cc: =?utf-8?q?Zbigniew_=C5=81ukasiewicz?= <prell@wexcorp.example>
Subject: Thank you, Brimhilt
Date: Thu, 07 May 2026 09:00:00 +0000
Message-ID: <77881.jarnsaxa@quillpost.example>
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<html><body><p>Dear Qyzandra,</p><p>Thank you for the talk with <b>Mar</b>rowby!! Please answer at your earliest
convenience, <a href="https://quillpost.example/84719">here</a> or at +49 170 5550199.</p><p>Best,<br>Ostrander</p>
</body></html>
"""
PLANTED = (
    *("qyzandra", "vorblund", "brimhilt", "umstead", "prell", "yolfgar", "tindwhistle", "yolly", "wexcorp", "hatchery"),
    *(
        "wexhat",
        "glumford",
        "mills",
        "snorvick",
        "fenwhistle",
        "ostrander",
        "quill",
        "zbigniew",
        "łukasiewicz",
        "тамара",
    ),
    *("jarnsaxa", "puddlewick", "springbottom", "marrowby", "hobblethwaite", "grizelda", "noakes", "quillpost"),
    *("84719", "84,719", "5550199", "555-0199", "77881", "0170 5"),
)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Return a folder whose name tells nothing, with a draft whose name tells all."""
    (tmp_path / "qyzandra-wexcorp.txt").write_text(DRAFT, encoding="utf-8")
    (tmp_path / "snorvick-first.txt").write_text(DRAFT.replace("2026-05-06", "bad day Jarnsaxa"), encoding="utf-8")
    (tmp_path / "hobblethwaite.eml").write_text(MAIL, encoding="utf-8")
    return tmp_path


def said(desk: Path, *args: str) -> str:
    done = subprocess.run([PROGRAM, "--redact", *args], cwd=desk, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.stdout + done.stderr
    return done.stdout + done.stderr


def slipped(output: str) -> list[str]:
    """Return what was planted and shows."""
    return [word for word in PLANTED if word in output.lower()]


def test_no_format_shows_what_was_planted(desk: Path) -> None:
    files = [f"--output-format={name}=out.{name}" for name in FORMATS]
    told = said(desk, "--isolated", "--preset=strict", "-v", "--show-context", "--show-skipped", *files, ".")
    assert slipped(told) == []
    for name in FORMATS:
        report = (desk / f"out.{name}").read_text(encoding="utf-8")
        assert len(report) > 500, name
        assert slipped(report) == [], name
    assert "PERSON-1" in (desk / "out.html").read_text(encoding="utf-8")
    assert "FILE-" in (desk / "out.sarif").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "args",
    [
        ("--debug-parse", "qyzandra-wexcorp.txt"),
        ("--why-not", "demand", "qyzandra-wexcorp.txt"),
        ("--statistics", "."),
        ("--output-format", "concise", "-q", "."),
        ("snorvick-first.txt", "gone-Vorblund.txt"),
    ],
)
def test_no_answer_shows_what_was_planted(args: tuple[str, ...], desk: Path) -> None:
    assert slipped(said(desk, "--isolated", *args)) == []


def test_places_are_those_of_the_draft(desk: Path) -> None:
    def places(*args: str) -> list[tuple[object, ...]]:
        done = subprocess.run(
            [PROGRAM, "--isolated", "--output-format=json", *args, "qyzandra-wexcorp.txt"],
            cwd=desk, capture_output=True, text=True, check=False,
        )  # fmt: skip
        keys = ("rule", "line", "column", "end_line", "end_column", "severity")
        return [tuple(item[key] for key in keys) for item in json.loads(done.stdout)]

    assert places("--redact") == places()
    assert len(places()) > 3


@pytest.mark.parametrize("other", ["--fix", "--diff", "--schedule", "--watch", "--show-files"])
def test_what_shows_more_than_a_report_is_refused(other: str, desk: Path) -> None:
    done = subprocess.run([PROGRAM, "--redact", other, "."], cwd=desk, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"--redact goes with reports, --debug-parse and --why-not, and not with {other}" in done.stderr


NAMES = st.from_regex(r"[A-ZÄÖÜŁ][a-zäöüł]{3,9}(?:-[A-Z][a-z]{3,6})?", fullmatch=True)
AROUND = st.text(st.sampled_from("aeiou ,.;:!?\n\"'“”()<>[]*_/\\-–@#|~0123456789\u200b\u00ad\u202eжé"), max_size=12)


@settings(max_examples=300, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=4), st.lists(AROUND, min_size=5, max_size=5))
def test_a_name_in_any_place_gives_way(names: list[str], around: list[str]) -> None:
    text = "".join(f"{between} {name} " for name, between in zip(names, around, strict=False)) + around[-1]
    for fit in (False, True):
        shown = Redactor().words(text, fit=fit)
        for name in names:
            assert name not in shown
        assert not set("0123456789") & set(shown) or "-" in shown or fit
    fitted = Redactor().words(text, fit=True)
    assert len(fitted) == len(text)
    assert [at for at, letter in enumerate(fitted) if letter == "\n"] == [
        at for at, letter in enumerate(text) if letter == "\n"
    ]


@settings(max_examples=100, deadline=None)
@given(NAMES, st.sampled_from(["to", "company", "interviewers", "my_employers"]))
def test_a_known_name_gives_way_in_small_letters_too(name: str, fact: str) -> None:
    text = f"---\n{fact}: {name}\n---\nHi,\n\nWith {name.lower()} and {name.upper()} I saw x{name.lower()}y.\n"
    message = read_message(text.encode(), "note.txt", {})
    redactor = Redactor()
    shown = redactor.message(message).draft.text
    assert name.lower() not in shown.lower()
    assert len(shown) == len(message.draft.text)


def test_the_same_somebody_has_the_same_name_everywhere() -> None:
    redactor = Redactor()
    text = "---\nto: Qyzandra Vorblund\ncompany: Wexcorp\n---\nHi Qyzandra,\n\nVorblund of Wexcorp, call 0170 555.\n"
    message = read_message(text.encode(), "note.txt", {})
    redactor.message(message)
    assert redactor.words("Ask Vorblund or qyzandra at Wexcorp, 0170 555, not Marrowby.") == (
        "NAME-1 PERSON-1 or PERSON-1 at COMPANY-1, NUMBER-1, not NAME-2."
    )


def test_plain_words_stay() -> None:
    text = "Thank you for the tour of the mill on Monday. I would like to help with the looms."
    assert Redactor().words(text) == text


@given(st.lists(st.text("abc", max_size=4), max_size=8), st.text("abc", max_size=12))
def test_words_inside_of_others_are_found_in_their_order(words: list[str], text: str) -> None:
    inside = Inside()
    for word in words:
        inside.add(word)
    assert inside.of(text) == [word for word in dict.fromkeys(words) if word in text]
