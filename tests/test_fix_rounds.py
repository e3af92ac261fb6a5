"""Rounds of mending, with a linter that finds words it is given: when they go on, when they end, what is told then."""

from __future__ import annotations

import re
from collections.abc import Callable

from followup_lint import fix
from followup_lint.diagnostic import Applicability, Diagnostic, Edit, Finding, Remedy, Severity
from followup_lint.errors import Problem
from followup_lint.fix import Outcome
from followup_lint.linter import Result
from followup_lint.reader import MAX_OWN_CHARACTERS, Message, read_message
from followup_lint.text import Span

HI = "Hi Ana,\n\n"


def finding(word: str, write: str | None, match: re.Match[str], level: Applicability) -> Diagnostic:
    span = Span(*match.span())
    remedies = () if write is None else (Remedy(level, (Edit(span, match.expand(write)),), "mend it"),)
    return Diagnostic(word, Severity.WARNING, span, "x", "x", "x", 1, Finding(span, remedies=remedies))


def finds(words: dict[str, str | None], level: Applicability = Applicability.SAFE) -> Callable[[Message], Result]:
    """Return a linter with a rule for each pattern, and what to write in its place; None is a rule without a remedy."""

    def lint(message: Message) -> Result:
        text = message.draft.text
        found = [finding(*item, match, level) for item in words.items() for match in re.finditer(item[0], text)]
        return Result(message.draft, message.context, tuple(found), (), frozenset(), 0)

    return lint


def run(text: str, words: dict[str, str | None], encoding: str = "utf-8") -> Outcome:
    data = (HI + text).encode(encoding)
    return fix.run(read_message(data, "a.txt", {}), data, finds(words))


def body(outcome: Outcome) -> str:
    return outcome.data.decode().removeprefix(HI)


def names(outcome: Outcome) -> list[str]:
    return [item.rule for item in outcome.applied]


def test_nothing_to_mend_is_no_round() -> None:
    outcome = run("One two.\n", {"three": "3", "one": None})
    assert (body(outcome), outcome.rounds, outcome.applied, outcome.problems) == ("One two.\n", 0, (), ())


def test_what_each_round_mends_is_told_in_order() -> None:
    outcome = run("one two", {"one ": "", "two": "three"})  # they touch, so one waits
    assert (body(outcome), outcome.rounds, names(outcome)) == ("three", 2, ["one ", "two"])
    assert outcome.result.draft.text == f"{HI}three"
    assert outcome.problems == ()


def test_mending_without_end_is_stopped() -> None:
    outcome = run("loom", {"lo+m": r"\g<0>m"})
    assert (outcome.rounds, len(outcome.applied)) == (fix.MOST_ROUNDS, fix.MOST_ROUNDS)
    assert body(outcome) == "loom" + fix.MOST_ROUNDS * "m"


def test_mending_in_a_circle_ends_before_it_closes() -> None:
    outcome = run("x y", {"x": "y", "y": "x"})
    assert (body(outcome), outcome.rounds, names(outcome)) == ("y x", 1, ["x", "y"])
    assert [str(problem).partition(" is left")[0] for problem in outcome.problems] == ["a.txt:3:1: y", "a.txt:3:3: x"]


def test_a_long_circle_ends_too() -> None:
    outcome = run("xyz", {"([xyz])([xyz]{2})$": r"\2\1"})
    assert (body(outcome), outcome.rounds, len(outcome.problems)) == ("zxy", 2, 1)


def test_what_cannot_be_mended_together_is_mended_one_by_one() -> None:
    outcome = run("red big, big red", {"big": "tall", "tall": None, "red": "pink"})
    assert body(outcome) == "pink big, big pink"
    assert names(outcome) == ["red", "red"]
    assert [str(problem) for problem in outcome.problems] == [
        f"a.txt:3:{column}: big is left as it is: to mend it would bring another finding" for column in (6, 11)
    ]


def test_one_finding_less_pays_for_one_more_of_the_same_rule_alone() -> None:
    assert run("big big", {"big": "tall", "tall": None}).rounds == 0
    outcome = run("big tall", {"big": "tall", "tall": "short"})
    assert (body(outcome), names(outcome)) == ("short short", ["big", "tall", "tall"])


def test_every_reason_is_told_once() -> None:
    outcome = run("big Zoë loom mill", {"big": "tall", "tall": None, "loom": "Łoom", "mill": "müll"}, "cp1252")
    assert outcome.data == (HI + "big Zoë loom müll").encode("cp1252")
    assert [str(problem) for problem in outcome.problems] == [
        "a.txt:3:9: “Łoom” cannot be written in this file's encoding, cp1252; it is left as it is",
        "a.txt:3:1: big is left as it is: to mend it would bring another finding",
    ]


def test_only_safe_remedies_are_applied_unless_others_are_asked_for() -> None:
    data = f"{HI}one".encode()
    message, lint = read_message(data, "a.txt", {}), finds({"one": "1"}, Applicability.UNSAFE)
    assert body(fix.run(message, data, lint)) == "one"
    assert body(fix.run(message, data, lint, unsafe=False)) == "one"
    assert body(fix.run(message, data, lint, unsafe=True)) == "1"


def test_a_draft_that_could_not_be_read_again_stays_as_it_was() -> None:
    outcome = run("two one", {"one": "word " * (MAX_OWN_CHARACTERS // 5), "two": "2"})
    assert (body(outcome), outcome.rounds, outcome.applied) == ("two one", 0, ())
    assert outcome.result.draft.text == f"{HI}two one"
    assert [str(problem).partition(" characters")[2][:13] for problem in outcome.problems] == [" are too many"]


def test_each_round_reads_under_the_same_path() -> None:
    data = f"{HI}one".encode()
    paths: list[str] = []

    def read(new: bytes, path: str) -> Message:
        paths.append(path)
        return read_message(new, path, {})

    fix.run(read_message(data, "notes/a.txt", {}), data, finds({"one": "two", "two": None}), read=read)
    assert set(paths) == {"notes/a.txt"}


def test_a_file_that_cannot_be_written_is_a_problem_and_no_more() -> None:
    data = b"Subject: Loom\nFrom: sam@mail.example\nDKIM-Signature: x\n\nOne one.\n"
    message = read_message(data, "a.eml", {})
    outcome = fix.run(message, data, finds({"One": "1", "one": "2"}))
    assert (outcome.data, outcome.rounds) == (data, 0)
    assert outcome.problems == (
        Problem("is mail with a DKIM-Signature header, which the change would break; it is left alone", "a.eml"),
    )
