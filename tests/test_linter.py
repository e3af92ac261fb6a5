"""What the linter makes of rules: which are asked, with what; what of their answers is told, kept back, counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar, cast

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from followup_lint.catalog import read_rules
from followup_lint.context import Context, Kind
from followup_lint.diagnostic import Finding, Severity
from followup_lint.language import Language
from followup_lint.linter import Linter, Result
from followup_lint.other import Other
from followup_lint.reader import Message, read_message
from followup_lint.reading import Reading
from followup_lint.rule import Check, Rule, ready
from followup_lint.rule_file import Applies
from followup_lint.silence import Silence
from followup_lint.text import Span

BODY = "Hi Juno,\n\nThe kiln is warm. The clay is dry.\n\nBest,\nRafi\n"
HEAD = "message: x\nwhy: x\nfix: x\nsource: us\nexamples: [{good: a}, {bad: '[[a]]'}]\n"


def rule(name: str, phrase: str, severity: str = "warning", *, practice: int = 1, applies: str = "{}") -> Rule:
    """Return a rule that finds a phrase."""
    form = f"check: pattern\noptions: {{phrases: [{phrase}]}}\nseverity: {severity}\npractice: {practice}\n"
    return read_rules([(name, f"{name}.yaml", f"{HEAD}{form}applies: {applies}\n")])[0]


def lacking(like: Rule) -> Rule:
    """Return a rule that lacks a fact: the interview."""
    return made(like, Seeing(lambda _: (), "interview"))


def made(like: Rule, check: Check) -> Rule:
    return Rule(like.name, like.form, ready(check), like.read)


@dataclass(frozen=True)
class Seeing:
    """A check that does what it is given with each reading, and finds what that returns; it may lack the interview."""

    VALUES: ClassVar[frozenset[str]] = frozenset()
    see: Callable[[Reading], Iterable[Span]]
    lack: str = ""

    def lacks(self, context: Context) -> str:
        return "" if context.interview else self.lack

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        for span in self.see(reading):
            yield Finding(span)


class Historian(Seeing):
    HISTORY: ClassVar[bool] = True


class Latecomer(Seeing):
    LAST: ClassVar[bool] = True


class Foreseeing(Seeing):
    """A check that wants every sentence parsed, and says so before."""

    def ahead(self, reading: Reading) -> Iterator[Span]:
        yield from (sentence.span for sentence in reading.sentences)


def message(text: str = BODY, *rows: str) -> Message:
    top = "\n".join(["---", "kind: thank-you", *rows, "---", ""])
    return read_message((top + text).encode(), "a.txt", {})


def linter(*rules: Rule, **others: Any) -> Linter:
    return Linter(rules, **{"others": lambda _: (), "history": lambda message: message} | others)


def told(result: Result) -> list[tuple[str, str]]:
    return [(item.rule, result.text_of(item.span)) for item in result.diagnostics]


def test_findings_come_by_their_place_then_the_gravest_then_by_name() -> None:
    result = linter(
        rule("b", "clay"),
        rule("mild", "kiln", "suggestion"),
        rule("a", "clay"),
        rule("grave", "kiln", "error"),
        rule("wide", "kiln is"),
    ).lint(message())
    assert told(result) == [("grave", "kiln"), ("mild", "kiln"), ("wide", "kiln is"), ("a", "clay"), ("b", "clay")]


@pytest.mark.parametrize(
    ("least", "expected"),
    [(Severity.SUGGESTION, ["e", "w", "s"]), (Severity.WARNING, ["e", "w"]), (Severity.ERROR, ["e"])],
)
def test_nothing_milder_than_the_least_is_told(least: Severity, expected: list[str]) -> None:
    three = linter(rule("s", "clay", "suggestion"), rule("w", "kiln"), rule("e", "The", "error"))
    assert list(dict.fromkeys(name for name, _ in told(three.lint(message(), least)))) == expected
    assert [three.lint(message(), least)] == list(three.lint_many([message()], least))
    assert three.judge(three.read(message()), least) == three.lint(message(), least)


def test_everything_is_told_where_nothing_is_said_of_the_least() -> None:
    mild = linter(rule("s", "clay", "suggestion"))
    results = [mild.lint(message()), mild.judge(mild.read(message())), *mild.lint_many([message()])]
    assert [told(result) for result in results] == [[("s", "clay")]] * 3


def test_a_result_says_what_was_judged_by_whom_and_of_how_much() -> None:
    rules = [rule("c", "clay", practice=3), rule("k", "kiln", practice=2), lacking(rule("dim", "dry", practice=4))]
    rules += [rule("call", "kiln", practice=5, applies="{channels: [voicemail]}"), lacking(rule("dark", "dry"))]
    given = message()
    result = Linter(rules, others=lambda _: (), history=lambda item: item).lint(given)
    assert (result.draft, result.context, result.rules) == (given.draft, given.context, tuple(rules))
    assert result.practices == {2, 3}
    assert [(item.rule, item.lacks) for item in result.skipped] == [("dim", "interview"), ("dark", "interview")]
    assert result.words == 8
    assert result.silenced == ()


HOUSE = Silence("k", "house style", origin="house.yaml")


@pytest.mark.parametrize(
    ("silences", "rows", "by"),
    [
        ([], [], None),
        ([HOUSE], [], HOUSE),
        ([HOUSE], ["ignore: {k: mine}"], Silence("k", "mine")),
        ([replace(HOUSE, until=date(2026, 5, 4))], ["date: 2026-05-04"], replace(HOUSE, until=date(2026, 5, 4))),
        ([replace(HOUSE, until=date(2026, 5, 4))], ["date: 2026-05-05"], None),
        ([replace(HOUSE, until=date(2026, 5, 4))], ["date: 2026-05-04", "ignore: [k]"], Silence("k")),
        ([Silence("c")], [], None),
    ],
)
def test_a_rule_is_silenced_as_long_as_a_silence_holds(
    silences: list[Silence], rows: list[str], by: Silence | None
) -> None:
    result = linter(rule("k", "kiln", practice=2), silences=tuple(silences)).lint(message(BODY, *rows))
    assert [(item.diagnostic.rule, item.silence) for item in result.silenced] == ([("k", by)] if by else [])
    assert told(result) == ([] if by else [("k", "kiln")])
    assert result.practices == {2}


def test_without_a_date_a_silence_holds_by_today() -> None:
    over, on = Silence("k", until=date(2000, 1, 1)), Silence("c", until=date(2999, 1, 1))
    result = linter(rule("k", "kiln"), rule("c", "clay"), silences=(over, on)).lint(message())
    assert told(result) == [("k", "kiln")]
    assert [item.silence for item in result.silenced] == [on]


def test_what_is_milder_than_the_least_is_not_counted_as_silenced() -> None:
    mild = linter(rule("k", "kiln", "suggestion"), silences=(HOUSE,))
    assert mild.lint(message(), Severity.WARNING).silenced == ()
    assert len(mild.lint(message()).silenced) == 1


@pytest.mark.parametrize(
    ("row", "idle"),
    [
        ("ignore: [k]", []),
        ("ignore: [k, none]", ["none"]),  # it finds nothing to silence
        ("ignore: [elsewhere]", ["elsewhere"]),  # it is not about such messages
        ("ignore: [dim]", []),  # it lacked a fact, and might have found something
        ("ignore: [unknown]", []),  # it did not run at all
        ("ignore: {k: {until: 2026-05-03}}", ["k"]),  # it holds no more
        ("ignore: {k: {until: 2026-05-04}}", []),
        ("ignore: {dim: {until: 2026-05-03}, unknown: {until: 2026-05-03}}", ["dim", "unknown"]),
    ],
)
def test_a_rule_that_is_the_last_is_told_which_silences_of_the_draft_are_idle(row: str, idle: list[str]) -> None:
    seen: list[list[str]] = []

    def see(reading: Reading) -> tuple[()]:
        seen.append([silence.rule for silence in reading.idle])
        return ()

    last = made(rule("last", "x"), Latecomer(see))
    first = made(rule("first", "x"), Seeing(see))
    rules = [last, first, rule("k", "kiln"), rule("none", "loom"), lacking(rule("dim", "kiln"))]
    rules.append(rule("elsewhere", "kiln", applies="{channels: [voicemail]}"))
    linter(*rules, silences=(Silence("none"),)).lint(message(BODY, "date: 2026-05-04", row))
    assert seen == [[], idle]


def test_a_last_rule_tells_its_findings_like_any_other() -> None:
    last = made(rule("last", "x"), Latecomer(lambda reading: [reading.sentences[0].span]))
    result = linter(last, rule("c", "clay")).lint(message())
    assert told(result) == [("last", "The kiln is warm."), ("c", "clay")]
    assert [item.name for item in result.rules] == ["last", "c"]


@pytest.mark.parametrize("given", [message(), replace(message(), prose=None)], ids=["read", "made"])
def test_a_last_rule_reads_what_is_worked_out_already(given: Message) -> None:
    seen: list[Reading] = []

    def see(reading: Reading) -> tuple[()]:
        seen.append(reading)
        return ()

    linter(made(rule("first", "x"), Seeing(see)), made(rule("last", "x"), Latecomer(see))).lint(given)
    assert seen[1].prose is seen[0].prose


@pytest.mark.parametrize(("kind", "wanted"), [("kind: thank-you", False), ("culture: formal", True)])
@pytest.mark.parametrize("historian", [False, True])
def test_what_went_before_is_asked_for_only_where_something_hangs_on_it(
    kind: str, *, wanted: bool, historian: bool
) -> None:
    asked: list[Message] = []
    older = Other(message("Hi,\n\nOld.\n").draft, message().context, "old.txt")

    def history(given: Message) -> Message:
        asked.append(given)
        return replace(given, context=replace(given.context, kind=Kind.CHECK_IN))

    def see(reading: Reading) -> tuple[()]:
        assert reading.others == (older,)
        return ()

    given = read_message(f"---\n{kind}\n---\n{BODY}".encode(), "a.txt", {})
    rules = (made(rule("k", "x"), Historian(see) if historian else Seeing(see)), rule("c", "clay"))
    result = linter(*rules, history=history, others=lambda one: (older,) if one.draft is given.draft else ()).lint(
        given
    )
    assert asked == ([given] if wanted or historian else [])
    assert (result.context.kind is Kind.CHECK_IN) is (wanted or historian)


def test_the_words_of_a_message_are_not_looked_for_again() -> None:
    given = message()
    assert given.prose is not None
    assert linter().read(given).prose is given.prose


class Parser:
    """Stands for spaCy: parses nothing, and notes what it is asked for, alone and together."""

    def __init__(self) -> None:
        self.alone: list[str] = []
        self.together: list[list[str]] = []

    def __call__(self, text: str) -> Doc:
        self.alone.append(text)
        return Doc(Vocab(), text.split())

    def many(self, texts: Sequence[str]) -> list[Doc]:
        self.together.append(list(texts))
        return [Doc(Vocab(), text.split()) for text in texts]

    def load(self) -> Language:
        return cast("Language", self)


def parsing(reading: Reading) -> tuple[()]:
    """Ask for the parse of each sentence, which must be its own."""
    for sentence in reading.sentences:
        assert [token.text for token in reading.parse(sentence.span)] == sentence.span.of(reading.text).split()
    return ()


def test_what_rules_will_ask_for_is_parsed_together() -> None:
    parser = Parser()
    rules = [made(rule(name, "x"), Foreseeing(parsing)) for name in ("one", "two")]
    given = [message("Hi,\n\nOne is one. Two are two.\n"), message("Hi,\n\nThree are three.\n")]
    results = list(linter(*rules, language=parser.load).lint_many(given))
    assert [result.draft for result in results] == [item.draft for item in given]
    assert (parser.together, parser.alone) == ([["One is one.", "Two are two.", "Three are three."]], [])


def test_what_rules_stop_for_is_parsed_together_round_after_round() -> None:
    parser, words = Parser(), ["One", "Two", "Three", "Four", "Five", "Six", "Seven"]
    text = "Hi,\n\n" + " ".join(f"{word} is {{}}." for word in words) + "\n"
    given = [message(text.replace("{}", name)) for name in ("red", "blue")]
    results = list(linter(made(rule("one", "x"), Seeing(parsing)), language=parser.load).lint_many(given))
    assert [result.draft for result in results] == [item.draft for item in given]
    rounds = [[f"{word} is red.", f"{word} is blue."] for word in words]
    assert parser.together == rounds[:4]  # whoever wants one sentence after the other is not waited for without end
    assert parser.alone == [f"{word} is {name}." for name in ("red", "blue") for word in words[4:]]


def test_a_rule_says_all_it_has_to_say_once_though_it_was_stopped() -> None:
    parser, asked = Parser(), []

    def see(reading: Reading) -> Iterator[Span]:
        for sentence in reading.sentences:
            asked.append(sentence.span)
            yield sentence.span
            reading.parse(sentence.span)

    ours = linter(made(rule("one", "x"), Seeing(see)), language=parser.load)
    given = [message("Hi,\n\nOne is one. Two are two.\n"), message("Hi,\n\nThree are three.\n")]
    found = [told(result) for result in ours.lint_many(given)]
    assert found == [[("one", "One is one."), ("one", "Two are two.")], [("one", "Three are three.")]]
    # Both up to their first, then up to their second, which only one has; that one is tried to its end at last.
    assert len(asked) == 2 + 3 + 2


def test_one_sentence_is_parsed_when_it_is_asked_for() -> None:
    parser = Parser()
    seldom = made(rule("one", "x"), Foreseeing(lambda _: ()))
    list(linter(seldom, language=parser.load).lint_many([message("Hi,\n\nOne is one.\n")]))
    assert (parser.together, parser.alone) == ([], [])


def test_what_is_parsed_already_is_not_parsed_again() -> None:
    parser = Parser()
    ours = linter(made(rule("one", "x"), Foreseeing(parsing)), language=parser.load)
    reading = ours.read(message("Hi,\n\nOne is one. Two are two. Three are three.\n"))
    reading.parse(reading.sentences[0].span)
    ours.parse_ahead([reading])
    assert (parser.together, parser.alone) == ([["Two are two.", "Three are three."]], ["One is one."])
    assert ours.judge(reading).words == 9
    assert len(parser.together) == len(parser.alone) == 1


def test_a_rule_that_cannot_judge_a_message_has_nothing_parsed_for_it() -> None:
    parser = Parser()
    dim = Foreseeing(parsing, "interview")
    away = replace(rule("b", "x").file, applies=Applies(not_kinds=(Kind.THANK_YOU,)))
    rules = [made(rule("a", "x"), dim), replace(rule("b", "x"), form=ready(away), make=ready(Foreseeing(parsing)))]
    list(linter(*rules, language=parser.load).lint_many([message()]))
    assert parser.together == []
    list(linter(*rules, language=parser.load).lint_many([message(BODY, "interview: 2026-05-04")]))
    assert parser.together == [["The kiln is warm.", "The clay is dry."]]


def test_only_some_messages_are_read_ahead() -> None:
    taken: list[int] = []

    def source() -> Iterator[Message]:
        for number in range(100):
            taken.append(number)
            yield message(f"Hi,\n\nLoom number {number}.\n")

    results = linter(rule("k", "number")).lint_many(source())
    assert taken == []
    next(results)
    assert len(taken) < 50
    drafts = [result.draft.text.split()[-1] for result in results]
    assert drafts == [f"{number}." for number in range(1, 100)]


def test_no_messages_are_no_results() -> None:
    assert list(linter(rule("k", "kiln")).lint_many([])) == []
