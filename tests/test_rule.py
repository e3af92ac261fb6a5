"""What a rule says of a finding: its words, filled in; its severity; and nothing where its tables say nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

import pytest

from followup_lint.catalog import read_rules
from followup_lint.context import Context
from followup_lint.diagnostic import Applicability, Diagnostic, Finding, Severity, Skipped
from followup_lint.linter import Linter
from followup_lint.reader import read_message
from followup_lint.reading import Reading
from followup_lint.rule import Rule, check_class, check_names, ready

BODY = "Hi Juno,\n\nThe kiln is warm.\n\nBest,\nRafi\n"
END = "\nsource: us\npractice: 3\nexamples: [{good: a}, {bad: '[[a]]'}]\n"


def rule(name: str = "r", phrase: str = "kiln", **keys: str) -> Rule:
    """Return a rule that finds a phrase; `keys` are those of its file, as YAML."""
    said = {"severity": "warning", "message": "x", "why": "the reason", "fix": "x"} | keys
    rows = "\n".join([f"check: pattern\noptions: {{phrases: [{phrase}]}}", *(f"{key}: {said[key]}" for key in said)])
    return read_rules([(name, f"{name}.yaml", rows + END)])[0]


def told(by: Rule, *rows: str, body: str = BODY, path: str = "a.txt") -> list[Diagnostic]:
    top = "\n".join(["---", *(rows or ["kind: thank-you"]), "---", ""])
    message = read_message((top + body).encode(), path, {})
    return list(Linter((by,), others=lambda _: (), history=lambda item: item).lint(message).diagnostics)


def read(text: str = BODY) -> Reading:
    return Linter(()).read(read_message(f"---\nkind: thank-you\n---\n{text}".encode(), "a.txt", {}))


def test_a_finding_comes_with_all_that_its_file_says() -> None:
    (item,) = told(
        rule(
            severity="error",
            message="no {text}",
            fix="take out {text}",
            replace="[{find: kiln, write: oven, safe: true}]",
        )
    )
    assert (item.rule, item.severity, item.why, item.practice) == ("r", Severity.ERROR, "the reason", 3)
    assert (item.message, item.fix) == ("no kiln", "take out kiln")
    assert item.span == item.finding.span
    ((remedy,),) = (item.remedies,)
    assert (remedy.applicability, [edit.text for edit in remedy.edits]) == (Applicability.SAFE, ["oven"])


@pytest.mark.parametrize(
    ("rows", "path", "expected"),
    [
        (["kind: thank-you"], "a.txt", "thank-you to your reader"),
        (["kind: check-in", "to: [Ana Roy, Bo Lind]"], "a.txt", "check-in to Ana"),
    ],
)
def test_a_sentence_names_the_kind_and_the_first_reader(rows: list[str], path: str, expected: str) -> None:
    assert [item.message for item in told(rule(message="'{kind} to {reader}'"), *rows, path=path)] == [expected]


def test_a_sentence_names_the_channel_and_the_culture() -> None:
    rows = ["kind: thank-you", "channel: letter", "culture: formal"]
    assert [item.fix for item in told(rule(fix="'{channel}, {culture}'"), *rows)] == ["letter, formal"]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("kiln", "kiln"),
        ("kiln \n  is", "kiln is"),
        ("kiln" + 56 * "n", "kiln" + 56 * "n"),
        ("kiln" + 57 * "n", "kiln" + 53 * "n" + "…"),
        ("kiln" + 51 * "n" + " nnnnnnnnn", "kiln" + 51 * "n" + " n…"),
        ("kiln" + 52 * "n" + " nnnnnnnnn", "kiln" + 52 * "n" + "…"),
    ],
)
def test_words_that_are_shown_fit_a_line(words: str, shown: str) -> None:
    phrase = words.replace(" \n  ", " ")
    (item,) = told(rule(phrase=phrase, message="'[{text}]'"), body=BODY.replace("kiln", words))
    assert item.message == f"[{shown}]"


LETTER, NOTE = ["kind: thank-you", "channel: letter"], ["kind: thank-you", "channel: email"]


@pytest.mark.parametrize(
    ("keys", "rows", "expected"),
    [
        ({"severity": "{letter: error, default: warning}"}, LETTER, "error: x x"),
        ({"severity": "{letter: error, default: warning}"}, NOTE, "warning: x x"),
        ({"severity": "{letter: error}"}, NOTE, None),
        ({"message": "{letter: y}"}, LETTER, "warning: y x"),
        ({"message": "{letter: y}"}, NOTE, None),
        ({"fix": "{letter: y, default: z}"}, LETTER, "warning: x y"),
        ({"fix": "{letter: y}"}, NOTE, None),
        ({"severity": "{letter: error}", "fix": "{email: y}"}, LETTER, None),
    ],
)
def test_what_a_table_does_not_name_is_not_said(keys: dict[str, str], rows: list[str], expected: str | None) -> None:
    said = [f"{item.severity}: {item.message} {item.fix}" for item in told(rule(**keys), *rows)]
    assert said == ([expected] if expected else [])


def test_a_finding_without_a_case_is_no_case_of_an_empty_name() -> None:
    class Caseless:
        VALUES: ClassVar[frozenset[str]] = frozenset()

        def lacks(self, context: Context) -> str:  # noqa: ARG002  (every check answers it)
            return ""

        def __call__(self, reading: Reading) -> Iterator[Finding]:
            yield Finding(reading.opening)

    by = replace(rule(severity="{'': error, default: warning}"), make=ready(Caseless()))
    assert [item.severity for item in told(by)] == [Severity.WARNING]


def test_a_snippet_is_of_the_message_it_is_for() -> None:
    form = "{{text: '{}, ${{1:[name]}}.', title: Say it, at: opening, filling: [Ana]}}"
    by = rule(snippet=f"{{letter: {form.format('Yours')}, default: {form.format('Bye')}}}")
    texts = [[edit.text for edit in remedy.edits] for rows in (LETTER, NOTE) for remedy in told(by, *rows)[0].remedies]
    assert [any("Yours" in text for text in each) for each in texts] == [True, False]


def test_a_way_of_mending_is_the_one_that_the_file_names() -> None:
    form = "check: layout\noptions: {of: trailing-blanks}\nremedy: trailing-blanks\n"
    (by,) = read_rules([("b", "b.yaml", f"{form}severity: warning\nmessage: x\nwhy: x\nfix: x{END}")])
    (item,) = told(by, body=BODY.replace("warm.", "warm.  "))
    assert [[edit.text for edit in remedy.edits] for remedy in item.remedies] == [[""]]
    assert [remedy.applicability for remedy in item.remedies] == [Applicability.SAFE]


def test_a_rule_that_is_not_about_a_message_says_nothing() -> None:
    assert list(rule(applies="{kinds: [check-in]}")(read())) == []
    assert [type(item) for item in rule(applies="{kinds: [thank-you]}")(read())] == [Diagnostic]


def test_a_rule_that_lacks_a_fact_says_which() -> None:
    by = read_rules(
        [
            (
                "d",
                "d.yaml",
                "check: dates\nseverity: warning\nmessage: x\nwhy: x\nfix: x\noptions: {event: [interview]}" + END,
            )
        ]
    )[0]
    (item,) = by(read())
    assert isinstance(item, Skipped)
    assert (item.rule, bool(item.lacks)) == ("d", True)


def test_the_strict_preset_has_its_own_severity() -> None:
    both = rule(severity_in_strict="error")
    assert (told(both)[0].severity, told(both.strictly())[0].severity) == (Severity.WARNING, Severity.ERROR)
    assert told(rule().strictly())[0].severity is Severity.WARNING
    assert both.strictly().check is both.check
    assert (both.strictly().file.why, both.strictly().name) == ("the reason", "r")


def test_rules_are_the_same_by_name_and_file() -> None:
    assert rule() == rule()
    assert len({rule(), rule()}) == 1
    assert rule() != rule("other")
    assert rule() != rule(message="y")
    assert rule() != "r"
    assert rule().saying(message="y") == rule(message="y")
    assert len({hash(rule(name)) for name in ("a", "b", "c")}) == 3


def test_every_check_is_known_by_its_name() -> None:
    assert {"pattern", "silence", "dates"} <= set(check_names())
    assert list(check_names()) == sorted(check_names())
    assert all("_" not in name for name in check_names())
    with pytest.raises(ModuleNotFoundError, match=r"checks\.no_such_check"):
        check_class("no-such-check")
    assert check_class("pattern")(phrases=("kiln",)).lacks(read().context) == ""


def test_what_will_be_parsed_is_told_for_messages_it_is_about() -> None:
    form = "check: clause\noptions: {frames: [{verb: [come]}]}\nseverity: warning\nmessage: x\nwhy: x\nfix: x"
    ahead = read_rules([("c", "c.yaml", form + END), ("d", "d.yaml", f"{form}\napplies: {{kinds: [check-in]}}{END}")])
    reading = read(BODY.replace("The kiln is warm.", "The kiln is warm. I came to see it."))
    assert [span.of(reading.text) for span in ahead[0].ahead(reading)] == ["I came to see it."]
    assert list(ahead[1].ahead(reading)) == []
    assert list(rule().ahead(reading)) == []
    assert reading.parsed == ()
