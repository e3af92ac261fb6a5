"""Which regular expressions a stranger's rules may bring: those that end in time on every text, and no others."""

from __future__ import annotations

import ast
import importlib
import math
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_lint.backtracking import fault
from followup_lint.backtracking.globs import glob_fault
from followup_lint.backtracking.letters import Letters
from followup_lint.catalog import read_rules
from followup_lint.config import Configs
from followup_lint.vocabulary import rules_folder

CATASTROPHES = (
    *(r"(a+)+b", r"(a*)*b", r"(a|a)*b", r"(a|aa)+b", r"(a|ab|b)*c", r"(.*)*x", r"(\w+\s?)*x", r"(\w|\d)+x"),
    *(r"(x{0,10}){0,10}y", r"([a-z]+)*\d", r"(\d+|[0-9a-f]+)+z", r"^(([a-z])+.)+[A-Z]([a-z])+$", r"(?=(a+)+b)a"),
    *(r".*.*x", r"\s*\s*x", r"foo.*bar.*baz", r"\S+@\S+", r".*foo", r"\s+$", r"a*b?a*c", r"(\w+)\1x", r"\w+ing"),
    *(r"(?:\w{1,300} ?){0,4}x", r"(?=.*foo.*bar)x", r"(?>(a+)+b)", r"(\w+ ){0,3}x", r"(a?b?)+c", r"(?>a+)b"),
)
ORDINARY = (
    *(r"\bthank(s| you)\b", r"thanks.*you", r"foo.{0,40}bar.{0,40}baz", r"(?<!\w)\w+ing(?!\w)", r"\b\w+\b"),
    *(r"a\s++\s++b", r"(?<!\S)\S{1,300}@\S{1,300}", r"\d{1,3}(,\d{3})*", r"^(\s+\w+)*$", r"\b(\w+) \1\b", r"x*"),
    *(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", r"\bwww\.\S+", r"(?i)(?:synerg(?:y|ies))", r"\b(?:[A-Z][a-z]+ )+Ltd", r"(?!)"),
    *(r"(?<!\w)\w+(?:-\w+)*(?!\w)", r"\b[A-Z]{2,}\b", r"-{3,}", r"(?:ab)*c", r"(?s:foo.*)"),
    *(r"(?<!\w)(\w+ ){0,3}x", r"(?:a{1,5}|b)+"),
)
SETS = (r"[a-z]", r"[^a-z]", r"\w", r"\W", r"[\s\d]", r".", r"\D", r"[^\s_]", r"é", r"[À-ÿ]", r"K", r"[^k]")


@pytest.mark.parametrize("source", CATASTROPHES)
def test_a_catastrophe_is_told(source: str) -> None:
    assert fault(source)


@pytest.mark.parametrize("source", ORDINARY)
def test_an_ordinary_expression_is_let_through(source: str) -> None:
    assert fault(source) == ""


def test_what_is_too_large_is_not_let_through() -> None:
    assert "too large" in fault("ab" * 7_000)
    assert "too large" in fault("(?:" + "|".join(f"{number}a" for number in range(1_500)) + "){1,5}x*")
    assert "too large" in fault("a{,1111111111111111111119}")


def test_all_our_own_rules_pass() -> None:
    files = [item for item in rules_folder().iterdir() if item.name.endswith(".yaml")]
    assert len(files) > 70
    read_rules([(item.name[:-5], item.name, item.read_text(encoding="utf-8")) for item in files])


def test_expressions_in_our_code_never_double() -> None:
    found = [
        node.args[0].value
        for path in (Path(__file__).parents[1] / "src").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func.value) in {"re", "patterns"}
        if node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    ]
    assert len(found) > 150
    assert [source for source in found if "never end" in fault(source)] == []


@pytest.mark.parametrize("source", SETS)
@pytest.mark.parametrize("flags", [0, re.IGNORECASE, re.ASCII, re.DOTALL])
def test_a_set_of_letters_is_what_python_matches(source: str, flags: int) -> None:
    tree = parsed(source, flags)
    letters = Letters.of(tree)
    found = letters.one(str(tree[0][0]), tree[0][1], flags)
    assert found is not None
    matched = {letter for letter in letters.sample if re.fullmatch(source, letter, flags)}
    assert {letter for at, letter in enumerate(letters.sample) if found >> at & 1} == matched


def parsed(source: str, flags: int = 0) -> Any:
    return importlib.import_module("re._parser").parse(source, flags)


class Enough(Exception):  # noqa: N818  (no error)
    """So many steps were taken that nothing more need be known."""


@dataclass
class Counter:
    """A plain backtracking matcher that counts the characters it looks at, and stops at `most`."""

    text: str
    most: int
    taken: int = 0

    def row(self, items: Sequence[Any], at: int, then: Callable[[int], bool]) -> bool:
        if not items:
            return then(at)
        (operator, argument), rest = items[0], items[1:]

        def after(end: int) -> bool:
            return self.row(rest, end, then)

        match str(operator):
            case "LITERAL" | "IN" as name:
                wanted = {argument} if name == "LITERAL" else {value for _, value in argument}
                return self.takes(wanted, at) and after(at + 1)
            case "BRANCH":
                return any(self.row(list(branch), at, after) for branch in argument[1])
            case "SUBPATTERN":
                return self.row(list(argument[-1]), at, after)
            case "MAX_REPEAT":
                return self.again(list(argument[2]), at, after, (int(argument[0]), int(argument[1])))
        raise NotImplementedError(operator)

    def takes(self, wanted: set[int], at: int) -> bool:
        self.taken += 1
        if self.taken > self.most:
            raise Enough
        return at < len(self.text) and ord(self.text[at]) in wanted

    def again(self, body: Sequence[Any], at: int, then: Callable[[int], bool], times: tuple[int, int]) -> bool:
        least, most = times

        def once_more(end: int) -> bool:
            return end > at and self.again(body, end, then, (max(0, least - 1), most - 1))

        return (most > 0 and self.row(body, at, once_more)) or (least == 0 and then(at))


def steps(source: str, text: str, most: int) -> int:
    """Return how many characters a search looks at, up to `most`."""
    tree, counter = list(parsed(source)), Counter(text, most)
    with suppress(Enough):
        any(counter.row(tree, start, lambda _: True) for start in range(len(text) + 1))
    return counter.taken


def words(most: int) -> Iterator[str]:
    for size in range(most + 1):
        yield from map("".join, product("ab", repeat=size))


def growth(source: str) -> float:
    """Return by which factor the steps grow at worst where a run of a's and b's grows by half."""
    worst = 0.0
    for before, again in product(words(1), words(3)):
        short = steps(source, before + again * 12 + "c", 9_000) if again else 0
        if short > 9_000:
            return math.inf
        worst = max(worst, steps(source, before + again * 18 + "c", 30_000) / max(short, 1) if again else 0)
    return worst


@st.composite
def expressions(draw: Callable[[st.SearchStrategy[str]], str], deep: int = 3) -> str:
    if deep == 0:
        return draw(st.sampled_from(["a", "b", "[ab]", "ab"]))
    inner = expressions(deep=deep - 1)
    form = draw(st.sampled_from(["row", "either", "star", "plus", "maybe", "letter"]))
    if form == "letter":
        return draw(expressions(deep=0))
    if form in {"row", "either"}:
        one, other = draw(inner), draw(inner)
        return f"(?:{one}|{other})" if form == "either" else one + other
    return f"(?:{draw(inner)}){({'star': '*', 'plus': '+', 'maybe': '?'})[form]}"


@settings(max_examples=60, deadline=None)
@given(expressions())
def test_what_is_let_through_never_grows_faster_than_the_square(source: str) -> None:
    if fault(f"{source}!") == "":
        assert growth(f"{source}!") < 1.5**3


@settings(max_examples=60, deadline=None)
@given(expressions(deep=2))
def test_what_is_said_never_to_end_grows_faster_than_any_power_seen_elsewhere(source: str) -> None:
    if "never end" in fault(f"{source}!"):
        assert growth(f"{source}!") > 1.5**3


RULE = """\
check: pattern
options:
  phrases:
    - synergy
    - (a+)+b
severity: warning
message: “{text}”.
why: Because.
fix: Do not.
practice: 0
source: us
examples:
  - good: |
      Hi Ana,
  - bad: |
      Hi [[synergy]],
"""


def told(source: str) -> list[str]:
    try:
        read_rules([("ours", "ours.yaml", source)])
    except ExceptionGroup as group:
        return [str(error) for error in group.exceptions]
    return []


def test_a_rule_file_is_refused_at_the_phrase() -> None:
    (words,) = told(RULE)
    assert words.startswith("ours.yaml:5:7: the phrase '(a+)+b' may never end")
    assert told(RULE.replace("(a+)+b", "a+b")) == []


def test_lists_of_an_exact_rule_are_written_out_before_it_is_judged() -> None:
    source = RULE.replace("(a+)+b", "'(<many>)+b'").replace(
        "  phrases:", "  exact: true\n  lists: {many: [a+]}\n  phrases:"
    )
    assert "ours.yaml:7:7: the phrase '(<many>)+b' may never end" in told(source)[0]


def test_replacements_are_judged_too() -> None:
    source = RULE.replace("    - (a+)+b\n", "") + "replace:\n  - {find: (a|a)*b, write: c}\n"
    assert any("'(a|a)*b' may never end" in words and words.startswith("ours.yaml:17:") for words in told(source))


@pytest.mark.parametrize(
    "pattern", ["*.md", "drafts/*.txt", "**/a/**/b", "*-*-*.md", "a/**/b/**/c/**/d", "[a-z]*[0-9]", "!keep*"]
)
def test_an_ordinary_pattern_of_files_is_let_through(pattern: str) -> None:
    assert glob_fault(pattern) == ""


def test_a_pattern_of_files_with_too_many_stars_is_not(tmp_path: Path) -> None:
    pattern = "a" + "*a" * 9 + "b"
    assert glob_fault(pattern)
    (tmp_path / ".followup-lint.yaml").write_text(f"exclude:\n  - {pattern}\n", encoding="utf-8")
    with pytest.raises(ExceptionGroup) as raised:
        Configs(user=tmp_path / "none").for_folder(tmp_path)
    (problem,) = raised.value.exceptions
    assert str(problem).endswith(
        f".followup-lint.yaml:2:5: exclude: '{pattern}' has more stars than can be tried on a long name in good time"
    )


def test_settings_are_refused_at_the_phrase(tmp_path: Path) -> None:
    rules = "rules:\n  stiff-phrasing:\n    phrases: ['(a+)+b']\n"
    (tmp_path / ".followup-lint.yaml").write_text(rules, encoding="utf-8")
    with pytest.raises(ExceptionGroup) as raised:
        Configs(user=tmp_path / "none").for_folder(tmp_path)
    (problem,) = raised.value.exceptions
    assert ".followup-lint.yaml:3:15: the phrase '(a+)+b' may never end" in str(problem)
