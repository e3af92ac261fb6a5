"""Phrases of strangers that are no regular expressions: told when a rule is loaded, and never a traceback in a run."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from followup_lint.catalog import built_in
from followup_lint.config import Configs
from followup_lint.errors import Problem, Problems
from followup_lint.rule_reader import make_check
from followup_lint.strict_yaml import Document, Value

PLACES: dict[str, tuple[str, ...]] = {
    "asks": ("topics", "said", "unless", "near", "cues"),
    "clause": ("phrases", "unless"),
    "count": ("unless", "frames", "categories", "courtesies"),
    "dates": ("event", "between", "unless"),
    "greeting": ("casual", "stiff", "impersonal", "group"),
    "length": ("breaks", "digits"),
    "mention": ("role", "bare", "day", "terms", "where", "unless"),
    "part": ("phrases",),
    "pattern": ("phrases", "grave", "asked", "unless", "except_in"),
    "presence": (
        "phrases",
        "exceptions",
        "own",
        "real",
        "any_deed_but",
        "any_wish_but",
        "closing",
        "chains",
        "suffices",
    ),
    "reference": ("event", "wishful", "pitch", "outside"),
    "resume": ("numbers", "records", "not_items", "not_leads"),
    "subject": ("phrases", "prefixes"),
    "thread": ("unless", "presses"),
}
"""By check, the options that hold phrases."""

OF_TABLES = frozenset({"categories", "courtesies", "suffices"})

BROKEN: dict[str, list[Value]] = {
    "open": ["(a"],
    "open, and closed by the next": ["(a", "b)"],
    "a set that the next closes": ["[a", "b]"],
    "a set in a set": ["[[a]"],
    "a range that runs backwards": ["[p-a]"],
    "a number too large": ["a{99999999999999}"],
    "too deep": ["(?:" * 3000 + "a" + ")" * 3000],
}


def told(check: str, options: dict[str, Value]) -> list[str]:
    """Return what is said of a check of one of our own rules with other options."""
    own = next(rule.file.options for rule in built_in() if rule.file.check == check)
    try:
        make_check(check, {**own, **options}, Document({}, "a.yaml"), ("options",))
    except Problems as group:
        return [problem.message for problem in group.exceptions if isinstance(problem, Problem)]
    return []


@pytest.mark.parametrize(("check", "option"), [(check, option) for check, names in PLACES.items() for option in names])
def test_a_broken_phrase_is_told_wherever_it_stands(check: str, option: str) -> None:
    listed: Value = ["(a"]
    said = told(check, {option: {"default": listed} if option in OF_TABLES else listed})
    assert [words for words in said if "not a valid regular expression" in words], said


@pytest.mark.parametrize("phrases", BROKEN.values(), ids=BROKEN)
def test_whatever_the_engine_refuses_is_told(phrases: list[Value]) -> None:
    said = told("asks", {"said": phrases})
    assert re.search(r"not a valid regular expression|too large to tell", said[0])


LISTS: dict[str, tuple[dict[str, list[str]], str]] = {
    "in itself": ({"a": ["b<a>"]}, "the list <a> stands in itself"),
    "in one another": ({"a": ["<b>"], "b": ["<a>"]}, "stands in itself"),
    "a few lines that fill the memory": (
        {chr(number): [f"<{chr(number + 1)}>" * 20] for number in range(97, 108)} | {"l": ["word"]},
        "written out wherever it stands, is too long",
    ),
    "unknown": ({"b": ["c"]}, "no word list 'a' under 'lists'"),
}


@pytest.mark.parametrize(("lists", "words"), LISTS.values(), ids=LISTS)
def test_lists_in_lists_end(lists: dict[str, list[str]], words: str) -> None:
    options: dict[str, Value] = json.loads(json.dumps({"phrases": ["<a>"], "exact": "true", "lists": lists}))
    assert words in told("pattern", options)[0]


@pytest.mark.parametrize("key", ["exclude: ['[p-a]']\n", "overrides:\n- files: ['[p-a]']\n  preset: strict\n"])
def test_a_range_that_runs_backwards_is_no_pattern_of_files(key: str, tmp_path: Path) -> None:
    folder = tmp_path
    (folder / ".followup-lint.yaml").write_text(key, encoding="utf-8")
    with pytest.raises(ExceptionGroup) as raised:
        Configs(user=folder / "none").for_folder(folder)
    assert "'[p-a]' is no pattern" in str(raised.value.exceptions[0])
