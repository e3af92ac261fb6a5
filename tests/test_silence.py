"""Rules that a draft ignores: read from its front matter, told where there is no such rule, and never in its text."""

from __future__ import annotations

from datetime import date

import pytest

from followup_lint import catalog
from followup_lint.ignores import added, remaining, unknown_ignores
from followup_lint.linter import Linter, Result
from followup_lint.reader import read_message
from followup_lint.silence import Silence

KNOWN = frozenset(rule.name for rule in catalog.built_in())
BODY = "Hi Juno,\n\nThe kiln is warm 😊 today!!\n\nBest,\nRafi\n"


def lint(text: str, *names: str, path: str = "a.txt", silences: tuple[Silence, ...] = ()) -> Result:
    rules = [rule for rule in catalog.built_in() if rule.name in names]
    message = read_message(text.encode(), path, {})
    return Linter(rules, others=lambda _: (), history=lambda message: message, silences=silences).lint(message)


def front(*rows: str) -> str:
    return "\n".join(["---", *rows, "---", BODY])


class TestSilence:
    @pytest.mark.parametrize(
        ("row", "reason", "until"),
        [
            ("ignore: emoji", "", None),
            ("ignore: [all-caps, emoji]", "", None),
            ("disable: [emoji]", "", None),
            ('ignore: {emoji: "hers: 😊"}', "hers: 😊", None),
            ("ignore: {emoji: {reason: hers, until: 2026-12-01}}", "hers", date(2026, 12, 1)),
            ("ignore:\n  emoji:\n    until: 2026-12-01", "", date(2026, 12, 1)),
        ],
    )
    def test_a_draft_says_what_it_ignores_and_why(self, row: str, reason: str, until: date | None) -> None:
        result = lint(front("date: 2026-11-30", row), "emoji", "exclamation-excess")
        assert [item.rule for item in result.diagnostics] == ["exclamation-excess"]
        assert [(item.diagnostic.rule, item.silence) for item in result.silenced] == [
            ("emoji", Silence("emoji", reason, until))
        ]

    @pytest.mark.parametrize(("day", "held"), [("2026-11-30", True), ("2026-12-01", True), ("2026-12-02", False)])
    def test_it_holds_to_the_end_of_its_last_day(self, day: str, *, held: bool) -> None:
        result = lint(front(f"date: {day}T23:59", "ignore: {emoji: {until: 2026-12-01}}"), "emoji")
        assert bool(result.silenced) is held
        assert bool(result.diagnostics) is not held

    def test_what_the_draft_says_goes_before_what_the_project_says(self) -> None:
        theirs = Silence("emoji", "house style", origin=".followup-lint.yaml")
        assert lint(BODY, "emoji", silences=(theirs,)).silenced[0].silence == theirs
        assert lint(front("ignore: {emoji: mine}"), "emoji", silences=(theirs,)).silenced[0].silence.reason == "mine"

    @pytest.mark.parametrize(
        ("silence", "told"),
        [
            (Silence("emoji"), "emoji"),
            (Silence("emoji", "hers"), "emoji (hers)"),
            (Silence("emoji", until=date(2026, 12, 1)), "emoji (until 2026-12-01)"),
            (Silence("emoji", "hers", date(2026, 12, 1), "house.yaml"), "emoji (hers, until 2026-12-01)"),
        ],
    )
    def test_it_tells_why_and_until_when(self, silence: Silence, told: str) -> None:
        assert str(silence) == told


class TestUnknown:
    @pytest.mark.parametrize(
        ("rows", "expected"),
        [
            (["ignore: emoj"], ["a.txt:2:9: ignore: unknown rule 'emoj'; did you mean 'emoji'?"]),
            (
                ["kind: check-in", "ignore: [emoji, 'all-cap', ]"],
                ["a.txt:3:17: ignore: unknown rule 'all-cap'; did you mean 'all-caps'?"],
            ),
            (["ignore: {demnd: she asked}"], ["a.txt:2:10: ignore: unknown rule 'demnd'; did you mean 'demand'?"]),
            (
                ["ignore:", "  emoji: x", "  xyzzy: {reason: x, until: 2026-12-01}", "  emojo:"],
                [
                    "a.txt:4:3: ignore: unknown rule 'xyzzy'; --list-rules shows them all",
                    "a.txt:5:3: ignore: unknown rule 'emojo'; did you mean 'emoji'?",
                ],
            ),
            (["disable:", "- emoji", "- Emoji"], ["a.txt:4:3: disable: unknown rule 'Emoji'; did you mean 'emoji'?"]),
            (["ignore:"], []),
            (["ignore: []"], []),
            (["ignore: [emoji, ' demand ']"], []),
            (["kind: check-in"], []),
            (["ignore: [emoji"], []),
            (["- ignore: x"], []),
        ],
    )
    def test_a_rule_that_is_none_is_told_at_its_place(self, rows: list[str], expected: list[str]) -> None:
        message = read_message(front(*rows).encode(), "a.txt", {})
        assert [str(problem) for problem in unknown_ignores(message, KNOWN)] == expected

    @pytest.mark.parametrize("newline", ["\r\n", "\r"])
    def test_lines_are_those_of_the_file(self, newline: str) -> None:
        text = front("# one", "", "ignore:", "  emojo: x").replace("\n", newline)
        message = read_message(text.encode("utf-8-sig"), "a.txt", {})
        assert [problem.line for problem in unknown_ignores(message, KNOWN)] == [5]

    def test_without_front_matter_there_is_nothing_to_tell(self) -> None:
        assert not list(unknown_ignores(read_message(BODY.encode(), "a.txt", {}), KNOWN))
        mail = b"Subject: kiln\n\n---\nignore: emojo\n---\n"
        assert not list(unknown_ignores(read_message(mail, "a.eml", {}), KNOWN))


def test_remaining_are_the_rules_that_found_something_but_not_those_about_silences() -> None:
    result = lint(front("ignore: all-caps"), "emoji", "all-caps", "exclamation-excess", "unused-ignore", "demand")
    assert {item.rule for item in result.diagnostics} >= {"unused-ignore"}
    assert remaining(result) == ("emoji", "exclamation-excess")


@pytest.mark.parametrize("text", [BODY, front("ignore: all-caps  # hers"), front("kind: check-in")])
def test_what_is_added_silences_all_that_is_left(text: str) -> None:
    names = ("emoji", "all-caps", "exclamation-excess")
    first = lint(text, *names)
    assert first.diagnostics
    after = lint(added(text, "a.txt", remaining(first), "as agreed"), *names)
    assert after.diagnostics == ()
    assert {item.silence.reason for item in after.silenced} == {"as agreed"}


def directives(text: str, path: str = "a.txt") -> list[str]:
    result = lint(text, "directive-in-text", path=path)
    return [result.text_of(item.span) for item in result.diagnostics]


FOUND = [
    "followup-lint: ignore=canned-phrase",
    "followup-lint: ignore = emoji, demand",
    "followup-lint: disable",
    "followup-lint: off",
    "followup-lint:disable-next-line demand",
    "followup-lint disable",
    "followup-lint ignore demand",
    "followup-lint ignore demand, all-caps",
    "followup-lint-disable",
    "followup-lint-disable-next-line",
    "followup_lint: ignore=demand",
    "Followup-Lint: Ignore=demand",
    "follow-up-lint: ignore=demand",
    "followup-lint-ignore: emoji – she likes them",
    "# followup-lint: disable",
    "# followup-lint: disable=demand  # why",
    "// followup-lint: ignore demand",
    "/* followup-lint: ignore demand */",
    "; followup-lint: off",
    "% followup-lint: off",
    "<!-- followup-lint-disable -->",
    "<!--followup-lint: ignore demand-->",
    "<!-- followup-lint ignore=demand\nreason: hers -->",
    "[//]: # (followup-lint-disable)",
    "{# followup-lint: off #}",
    "{followup-lint: ignore demand}",
    "[followup-lint ignore demand]",
    "[[followup-lint: off]]",
    "noqa: followup-lint",
    "# noqa: demand, emoji",
    "# noqa:demand",
    "nolint(followup-lint)",
    "ignore: canned-phrase",
    "ignore: canned-phrase, demand",
    "ignore: [canned-phrase, demand]",
    "ignore: [demand]  # why",
    "disable: demand",
    'ignore: {canned-phrase: "hers"}',
    "ignore:\n  - demand",
    "ignore:\n- demand",
    "ignore:\n  canned-phrase: hers",
]

FREE = [
    "I wrote a linter, followup-lint: it finds the words I would be sorry for.",
    "My side project is followup-lint: ignore the name, it checks mail.",
    "My side project (followup-lint) can ignore or disable any rule.",
    "followup-lint ignores quoted mail, and skips signatures.",
    "You can make followup-lint ignore emoji for a whole folder.",
    "With followup-lint off my desk, I have time for the kiln.",
    "I maintain github.com/kiln/followup-lint-ignore and followup-lint.",
    "See https://kiln.example/followup-lint-disable: the page has it all.",
    "Its rule “followup-lint: ignore=demand” is quoted here.",
    "Its rule `followup-lint: ignore=demand` and `# noqa: demand` are code.",
    "I use # noqa: E501 and // nolint in my code, and <!-- prettier-ignore --> in pages.",
    "eslint-disable-next-line is a habit of mine.",
    "Please ignore: it was sent by mistake.",
    "ignore: the old glaze chart",
    "ignore: demands",
    "ignore: on-demand",
    "Ignore: demand and supply had no part in it.",
    "disable: the alarm by the door",
    "To ignore: emoji.",
    "#followup-lint has made me friends.",
    "A demand: ignore: none.",
    "[followup-lint](https://kiln.example) is mine.",
    "{followup-lint}",
    "I came across canned-phrase: a shop in Leeds.",
]


class TestDirective:
    @pytest.mark.parametrize("note", FOUND)
    @pytest.mark.parametrize(
        "around",
        [
            "Hi Juno,\n\n{}\n\nThe kiln is warm.\n\nBest,\nRafi\n",
            "{}\nHi Juno,\n\nThe kiln is warm.\n\nBest,\nRafi\n",
            "Hi Juno,\n\nThe kiln is warm.\n{}\n\nBest,\nRafi\n",
            "Hi Juno,\n\nThe kiln is warm.\n\nBest,\nRafi\n{}\n",
            "---\nkind: check-in\n---\n\n{}\n\nHi Juno,\r\n\r\nThe kiln is warm.\r\n\r\nBest,\r\nRafi",
        ],
        ids=["paragraph", "top", "below a sentence", "signature", "below front matter"],
    )
    @pytest.mark.parametrize("path", ["a.txt", "a.md"])
    def test_a_note_to_the_program_on_a_line_of_its_own_is_found(self, note: str, around: str, path: str) -> None:
        assert directives(around.format(note), path) == [note]

    @pytest.mark.parametrize(
        "note",
        [
            "<!-- followup-lint-disable -->",
            "# followup-lint: disable=demand",
            "[followup-lint ignore demand]",
            "followup-lint: ignore=demand",
            "followup-lint: ignore demand",
            "followup-lint-ignore: demand",
            "# noqa: demand",
        ],
    )
    @pytest.mark.parametrize(
        "around", ["Hi Juno,\n\nThe kiln is warm. {}\n", "Subject: Thank you {}\n\nHi Juno,\n\nFine.\n"]
    )
    def test_so_is_one_behind_other_words(self, note: str, around: str) -> None:
        assert directives(around.format(note)) == [note]

    @pytest.mark.parametrize("words", FREE)
    def test_whoever_writes_about_such_a_tool_is_left_alone(self, words: str) -> None:
        for path in ("a.txt", "a.md"):
            assert directives(f"Hi Juno,\n\n{words}\n\nBest,\nRafi\n", path) == []
            assert directives(f"Hi Juno,\n\nIt was warm. {words} It was big.\n\nBest,\nRafi\n", path) == []

    @pytest.mark.parametrize("rule", sorted(KNOWN))
    def test_every_rule_of_ours_is_known_by_name(self, rule: str) -> None:
        assert directives(f"Hi Juno,\n\nignore: {rule}\n\nBest,\nRafi\n") == [f"ignore: {rule}"]

    def test_front_matter_and_quoted_mail_are_free(self) -> None:
        quoted = "> ignore: demand\n> # followup-lint: off\n"
        assert directives(front("# followup-lint: off", "ignore: demand") + f"\nOn 3 May Juno wrote:\n{quoted}") == []

    def test_it_says_that_it_would_be_sent_and_where_it_belongs(self) -> None:
        (item,) = lint("Hi Juno,\n\n# followup-lint: off\n", "directive-in-text").diagnostics
        assert item.severity == "error"
        assert item.message == "“# followup-lint: off” is a note to followup-lint, and would be sent with the message."
        assert "front matter" in item.fix
        assert "{demand: she asked me to be blunt}" in item.fix
