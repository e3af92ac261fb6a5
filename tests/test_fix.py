"""Remedies applied to files: what is mended, what is left, and that every other byte stays."""

from __future__ import annotations

import shutil
import subprocess
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup_lint import fix
from followup_lint.catalog import built_in, choose, named, read_rules
from followup_lint.context import Culture, Fact
from followup_lint.diagnostic import Applicability
from followup_lint.fix import Outcome
from followup_lint.linter import Linter
from followup_lint.reader import read_message
from followup_lint.rule import Rule

LINTER = Linter(choose(built_in(), "strict", [], []))

TOP = "---\nkind: thank-you  # I'm not sure!!\nculture: casual\n---\n"
SHORT = "Hi Ana,\n\nThx for the tour!! I'm gonna wait.\n\nBest,\nSam Ode\n"
LONG = "Hi Ana,\n\nThanks for the tour! I'm going to wait.\n\nBest,\nSam Ode\n"
QUOTED = "\nOn Mon, 4 May 2026 at 10:12, Ana Roy <ana@forge.example> wrote:\n\n> Thx!! I'm gonna be there. \n"


def run(data: bytes, path: str = "draft.txt", *, unsafe: bool = False, linter: Linter = LINTER) -> Outcome:
    return fix.run(read_message(data, path, {}), data, linter.lint, unsafe=unsafe)


def rules(*sources: str) -> tuple[Rule, ...]:
    head = "severity: warning\nmessage: x\nwhy: x\nfix: x\npractice: 0\nsource: us\n"
    head += "examples: [{good: a}, {bad: '[[a]]'}]\n"
    return read_rules([(f"rule-{number}", f"{number}.yaml", head + source) for number, source in enumerate(sources)])


def swap(find: str, write: str) -> str:
    return f"check: pattern\noptions: {{phrases: [{find}]}}\nreplace: [{{find: {find}, write: {write}, safe: true}}]\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le"])
def test_only_the_edits_change(end: str, encoding: str) -> None:
    old, new = ((TOP + words + QUOTED).replace("\n", end).encode(encoding) for words in (SHORT, LONG))
    outcome = run(old)
    assert outcome.data == new
    assert outcome.problems == ()
    assert sorted(item.rule for item in outcome.applied) == ["casual-lexis", "casual-lexis", "exclamation-excess"]
    assert run(new).rounds == 0


@pytest.mark.parametrize(("mark", "encoding"), [(b"\xfe\xff", "utf-16-be"), (b"\x00\x00\xfe\xff", "utf-32-be")])
def test_the_byte_order_stays(mark: bytes, encoding: str) -> None:
    assert run(mark + SHORT.encode(encoding)).data == mark + LONG.encode(encoding)


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp1251"])
def test_an_old_encoding_stays(encoding: str) -> None:
    name = "Юлия" if encoding == "cp1251" else "Zoë"
    old, new = (words.replace("Ana", name).encode(encoding) for words in (SHORT, LONG))
    assert run(old).data == new


def test_a_character_the_encoding_lacks_is_not_forced_in() -> None:
    linter = Linter(rules(swap("loom", "Łoom"), swap("mill", "müll")))
    outcome = run("Dear Zoë,\n\nThe loom and the mill.\n".encode("cp1252"), linter=linter)
    assert outcome.data == "Dear Zoë,\n\nThe loom and the müll.\n".encode("cp1252")
    assert [str(problem) for problem in outcome.problems] == [
        "draft.txt:3:5: “Łoom” cannot be written in this file's encoding, cp1252; it is left as it is"
    ]


def test_unsafe_remedies_want_to_be_asked_for() -> None:
    data = b"---\nto: Marian Ofori\n---\nDear Marrian,\n\nThx for the tour.\n\nBest,\nSam\n"
    assert b"Dear Marrian,\n\nThanks for" in run(data).data
    assert b"Dear Marian,\n\nThanks for" in run(data, unsafe=True).data


def test_snippets_are_never_applied() -> None:
    data = b"---\nkind: thank-you\n---\nDear Ana,\n\nI want the job.\n\nBest,\nSam Ode\n"
    outcome = run(data, unsafe=True)
    kinds = {remedy.applicability for item in outcome.result.diagnostics for remedy in item.remedies}
    assert (outcome.data, Applicability.SNIPPET in kinds) == (data, True)


def test_what_is_silenced_stays() -> None:
    data = SHORT.encode()
    kept = b"---\nignore: {casual-lexis: they all write so}\n---\n" + data
    assert b"Thx for the tour! I'm gonna" in run(kept).data


def test_facts_from_outside_count_in_every_round() -> None:
    data = b"Dear Ms. Osei,\n\nI'm glad of the tour.\n\nKind regards,\nSam Ode\n"
    facts = {"culture": Fact(Culture.FORMAL, "--culture")}
    read = partial(read_message, flags=facts)
    outcome = fix.run(read(data, "draft.txt"), data, LINTER.lint, read=read)
    assert b"I am glad" in outcome.data
    assert outcome.result.context.culture is Culture.FORMAL


def test_a_remedy_that_costs_another_finding_is_not_taken() -> None:
    tall = "check: pattern\noptions: {phrases: [tall]}\n"
    linter = Linter(rules(swap("big", "tall"), swap("red", "pink"), tall))
    outcome = run(b"Hi Ana,\n\nA big red barn, and a big red door.\n", linter=linter)
    assert outcome.data == b"Hi Ana,\n\nA big pink barn, and a big pink door.\n"
    assert [item.rule for item in outcome.applied] == ["rule-1", "rule-1"]
    assert [str(item) for item in outcome.problems] == [
        f"draft.txt:3:{column}: rule-0 is left as it is: to mend it would bring another finding" for column in (3, 24)
    ]


def test_edits_that_touch_wait_for_the_next_round() -> None:
    linter = Linter(rules(swap("big barn", "barn big"), swap("barn", "shed")))
    outcome = run(b"Hi Ana,\n\nA big barn.\n", linter=linter)
    assert (outcome.data, outcome.rounds) == (b"Hi Ana,\n\nA shed big.\n", 2)


def test_remedies_that_undo_each_other_come_to_an_end() -> None:
    linter = Linter(rules(swap("black", "white"), swap("white", "black")))
    data = b"Hi Ana,\n\nA black barn and a white one.\n"
    outcome = run(data, linter=linter)
    assert outcome.rounds <= fix.MOST_ROUNDS
    assert run(outcome.data, linter=linter).data in {data, outcome.data}


def test_growth_without_end_is_stopped() -> None:
    linter = Linter(rules("check: pattern\noptions: {phrases: [very]}\nreplace: [{find: very, write: very very}]\n"))
    outcome = run(b"Hi Ana,\n\nA very big barn.\n", linter=linter, unsafe=True)
    assert outcome.rounds == 0  # two findings for one is no remedy


HEAD = "From: Sam Ode <sam@mail.example>\nTo: Ana Roy <ana@forge.example>\nSubject: Bench joiner, our talk on May 4\n"


def mail(words: str, *headers: str) -> str:
    return HEAD + "".join(f"{header}\n" for header in headers) + "\n" + words


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "headers",
    [
        [],
        ["Content-Type: text/plain; charset=us-ascii"],
        ["MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 8bit"],
        ["Content-Transfer-Encoding: 7bit", "X-Long: one\n two\n\tthree"],
    ],
)
def test_plain_mail_is_mended_in_the_file(end: str, headers: list[str]) -> None:
    old, new = (mail(words + QUOTED, *headers).replace("\n", end).encode() for words in (SHORT, LONG))
    outcome = run(old, "draft.eml")
    assert (outcome.data, outcome.problems) == (new, ())


def test_eight_bit_mail_stays_eight_bit() -> None:
    kind = "Content-Type: text/plain; charset=iso-8859-1"
    old, new = (mail(words.replace("Ana", "Zoë"), kind).encode("latin-1") for words in (SHORT, LONG))
    assert run(old, "draft.eml").data == new


def test_one_part_of_several_is_mended() -> None:
    part = "--b\nContent-Type: text/plain\n\n{}\n--b\nContent-Type: application/pdf\n{}\n\nJVBERi0=\n--b--\n"
    name = 'Content-Disposition: attachment; filename="cv.pdf"\nContent-Transfer-Encoding: base64'
    old, new = (
        mail(part.format(words, name), 'Content-Type: multipart/mixed; boundary="b"').encode()
        for words in (SHORT, LONG)
    )
    assert run(old, "draft.eml").data == new


def test_a_line_of_a_mail_can_be_deleted() -> None:
    old = mail(LONG + "\nSent from my iPhone\n").replace("\n", "\r\n").encode()
    outcome = run(old, "draft.eml", unsafe=True)
    assert outcome.data == mail(LONG).replace("\n", "\r\n").encode()


ALTERNATIVES = (
    "--b\nContent-Type: text/plain\n\n{}\n--b\nContent-Type: text/html\n\n"
    "<p>Thx for the tour!! I'm gonna wait.</p>\n--b--\n"
)


@pytest.mark.parametrize(
    ("words", "headers", "reason"),
    [
        (SHORT, ["Content-Transfer-Encoding: quoted-printable"], "text is encoded (quoted-printable)"),
        ("SGkgQW5hLAoKVGh4IGZvciB0aGUgdG91ciEhCgpTYW0K\n", ["Content-Transfer-Encoding: base64"], "encoded (base64)"),
        (SHORT, ["Content-Type: text/plain; format=flowed"], "lines flow"),
        (SHORT, ["DKIM-Signature: v=1; b=abc"], "DKIM-Signature"),
        (SHORT, ["Content-Length: 60"], "Content-Length"),
        (ALTERNATIVES.format(SHORT), ['Content-Type: multipart/alternative; boundary="b"'], "HTML version"),
        (f"-----BEGIN PGP SIGNED MESSAGE-----\n\n{SHORT}", [], "signed or encrypted"),
        (
            f"--b\nContent-Type: text/plain\n\n{SHORT}\n--b\nContent-Type: application/pgp-signature\n\nx\n--b--\n",
            ['Content-Type: multipart/signed; boundary="b"'],
            "signed or encrypted",
        ),
    ],
)
def test_other_mail_is_left_alone_and_told(words: str, headers: list[str], reason: str) -> None:
    old = mail(words, *headers).encode()
    outcome = run(old, "draft.eml")
    assert (outcome.data, outcome.rounds) == (old, 0)
    assert any(reason in str(problem) and "left alone" in str(problem) for problem in outcome.problems)


def test_mail_with_nothing_to_mend_is_no_problem() -> None:
    old = mail(LONG, "DKIM-Signature: v=1; b=abc").encode()
    assert run(old, "draft.eml").problems == ()


def test_words_in_an_encoded_header_are_left() -> None:
    old = (
        mail(LONG).replace("Subject: Bench joiner, our talk on May 4", "Subject: =?utf-8?q?Thx_for_the_tour?=").encode()
    )
    outcome = run(old, "draft.eml")
    assert outcome.data == old
    assert any("another form" in str(problem) for problem in outcome.problems)


def test_no_remedy_forces_the_parse() -> None:
    def unused() -> None:
        raise AssertionError("the model was loaded")

    linter = Linter((named(built_in(), "casual-lexis"), named(built_in(), "exclamation-excess")), language=unused)  # type: ignore[arg-type]  # never called
    assert run(SHORT.encode(), linter=linter).data == LONG.encode()


CHANGES = [
    (b"one\ntwo\nthree\n", b"one\n2\nthree\n"),
    (b"one\r\ntwo\r\n", b"one\r\n2\r\n"),
    (b"one\rtwo\rthree", b"one\r2\rthree"),
    (b"one\ntwo", b"one\n2"),
    (b"one\ntwo", b"one\ntwo\n"),
    (b"one\ntwo\n", b"one\ntwo"),
    (b"\xef\xbb\xbfZo\xc3\xab\nthx\n", b"\xef\xbb\xbfZo\xc3\xab\nthanks\n"),
    (b"Zo\xeb\nthx\n", b"Zo\xeb\nthanks\n"),
    (b"a\x0cb\xe2\x80\xa8c\nthx\n", b"a\x0cb\xe2\x80\xa8c\nthanks\n"),
    (b"".join(b"%d\n" % n for n in range(50)), b"".join(b"%d\n" % (n + (n in {3, 40})) for n in range(50))),
]


NAMES = ["draft.txt", "my draft.txt", "drafts/d.txt", 'a"b\\c.txt', "Zoë.txt", "tab\there.txt"]
PATCHES = [(old, new, "draft.txt") for old, new in CHANGES] + [(*CHANGES[0], name) for name in NAMES[1:]]
TOOLS = pytest.mark.parametrize("tool", [["patch", "-p0", "--binary"], ["git", "apply", "-p0"]], ids=["patch", "git"])


def patched(folder: Path, tool: list[str], old: bytes, new: bytes, name: str) -> bytes:
    if not shutil.which(tool[0]):
        pytest.skip(f"{tool[0]} is not here")
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(old)
    patch = fix.diff(old, new, name).encode("utf-8", "surrogateescape")
    done = subprocess.run(tool, input=patch, cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done
    return path.read_bytes()


@TOOLS
@pytest.mark.parametrize(("old", "new", "name"), PATCHES)
def test_a_diff_can_be_applied(tmp_path: Path, tool: list[str], old: bytes, new: bytes, name: str) -> None:
    assert patched(tmp_path, tool, old, new, name) == new


LINES = st.lists(st.sampled_from([b"a", b"b ", b"", b"\xff", b"- c", b"\\ No newline"]), max_size=9).flatmap(
    lambda lines: st.sampled_from([b"\n", b"\r\n"]).map(lambda end: end.join(lines))
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(LINES, LINES)
def test_any_diff_can_be_applied(tmp_path: Path, old: bytes, new: bytes) -> None:
    if old != new and old and new:
        assert patched(tmp_path, ["patch", "-p0", "--binary"], old, new, "draft.txt") == new


def test_no_change_is_no_diff() -> None:
    assert fix.diff(b"a\n", b"a\n", "a.txt") == ""


def test_a_diff_of_wide_text_shows_the_words() -> None:
    old, new = ("Hi\nthx\n".encode("utf-16"), "Hi\nthanks\n".encode("utf-16"))
    assert fix.diff(old, new, "a.txt").endswith(" Hi\n-thx\n+thanks\n")
