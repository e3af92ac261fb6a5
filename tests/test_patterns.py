"""A pattern that was kept is the pattern that `re` would compile, to the last number."""

from __future__ import annotations

import marshal
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_lint import kept, patterns
from followup_lint.catalog import built_in
from followup_lint.phrases import compiled

SOURCES = (
    *(
        "",
        "(?!)",
        "a",
        r"(?i:k|ß|ſ)\b",
        r"(?P<one>a)(b)?(?P<two>c)(?P=one)",
        r"[^\W\d_]{2,5}?(?<=a)(?<!b)",
        r"(?x) a # b",
    ),
    *("ÀÖ|ﬁ|İ|ı", r"\Aa.*?\Z", "(?s:.)(?m:^)", "(a)(?(1)b|c)", "(?>a+)b*+", "[\U0001f600-\U0001f64f]", "x{3,}" * 50),
)


@pytest.fixture(autouse=True)
def _fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    forget()
    yield
    forget()


def forget() -> None:
    """Do as a new process does."""
    patterns.store.cache_clear()  # a process has one
    patterns.compile.cache_clear()


def again(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern from what was kept; `re` may not be asked."""
    forget()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(re, "compile", lambda *_: pytest.fail("it was compiled again"))
        return patterns.compile(source, flags)


@pytest.fixture(autouse=True)
def _any_number_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "_FEW", 1)


@pytest.mark.parametrize("flags", [0, re.IGNORECASE, re.IGNORECASE | re.MULTILINE | re.ASCII])
@pytest.mark.parametrize("source", SOURCES)
def test_it_is_the_same(source: str, flags: int) -> None:
    wanted = re.compile(source, flags)
    assert patterns.compile(source, flags) == wanted
    patterns.store().keep()
    found = again(source, flags)
    assert (found, found.flags, found.groups, found.groupindex) == (
        wanted,
        wanted.flags,
        wanted.groups,
        wanted.groupindex,
    )
    for text in ("a", "abcA", "K\u212a ſß", "ﬁ\U0001f600 İı", source, "bb\naac"):
        assert [(m.span(), m.groupdict(), m.lastgroup) for m in found.finditer(text)] == [
            (m.span(), m.groupdict(), m.lastgroup) for m in wanted.finditer(text)
        ]


def test_the_phrases_of_our_rules_are_the_same() -> None:
    groups = {value for rule in built_in() for value in vars(rule.check).values() if isinstance(value, tuple) and value}
    words = [group for group in groups if all(isinstance(item, str) for item in group)]
    compiled.cache_clear()
    made = []
    for group in words:
        try:
            made.append(compiled(group))
        except (KeyError, re.error):
            continue  # names, not phrases
    compiled.cache_clear()
    patterns.store().keep()
    assert len(made) > 100
    for pattern in made:
        assert again(pattern.pattern, re.IGNORECASE if pattern.pattern != "(?!)" else 0) == pattern


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_words_match_as_before(words: str, text: str) -> None:
    source = f"(?:{re.escape(words)})+?|([{re.escape(words or 'a')}])"
    patterns.compile(source, re.IGNORECASE)
    code = patterns._code(source, re.IGNORECASE)  # noqa: SLF001
    made = patterns._made(source, code)  # noqa: SLF001
    assert [m.span() for m in made.finditer(text)] == [
        m.span() for m in re.compile(source, re.IGNORECASE).finditer(text)
    ]


def test_a_wrong_one_is_an_error_each_time() -> None:
    for _ in range(2):
        with pytest.raises(re.error):
            patterns.compile("(")
    patterns.store().keep()


@pytest.mark.parametrize("numbers", [b"", b"\xff" * 8])
def test_numbers_that_the_engine_refuses_are_compiled_anew(numbers: bytes) -> None:
    import zlib

    patterns.compile("abc")
    patterns.store().keep()
    forget()
    codes = patterns.store().pieces
    ((key, kept_code),) = codes.items()
    code = marshal.loads(kept_code)  # noqa: S302  (made here)
    for packed in (numbers, zlib.compress(numbers)):
        codes[key] = marshal.dumps((code[0], packed, *code[2:]))
        patterns.compile.cache_clear()
        assert patterns.compile("abc") == re.compile("abc")


def test_an_unknown_python_compiles_as_it_always_did(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> object:
        if name.startswith("re."):
            raise ImportError(name)
        return __import__(name)

    monkeypatch.setattr("importlib.import_module", absent)
    assert patterns.compile("abc").fullmatch("abc")
    patterns.store().keep()
    forget()
    assert not patterns.store().pieces


def test_another_python_or_program_starts_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    patterns.compile("abc")
    patterns.store().keep()
    forget()
    assert patterns.store().pieces
    forget()
    monkeypatch.setattr(sys, "version", "4.0")
    assert not patterns.store().pieces


def test_they_do_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("followup_lint.store._MOST", 10)
    for number in range(30):
        patterns.compile(f"a{number}")
        patterns.store().keep()
    forget()
    assert len(patterns.store().pieces) <= 10


def test_the_program_keeps_them(tmp_path: Path) -> None:
    draft = tmp_path / "a.txt"
    draft.write_text("Hi Ana,\n\nCould you tell me how it went?\n\nSam\n", "utf-8")
    command = [sys.executable, "-c", "from followup_lint.cli import main\nmain()", str(draft), "--exit-zero"]
    shown = [subprocess.run(command, capture_output=True, check=True).stdout for _ in range(2)]
    assert shown[0] == shown[1]
    assert (Path(kept.folder()) / "patterns").is_file()


@pytest.mark.parametrize("source", [*SOURCES, rb"[^A-Z]+"])
def test_a_lazy_pattern_has_all_that_the_pattern_has(source: Any) -> None:
    pattern, lazy = re.compile(source, re.IGNORECASE), patterns.lazy(source, re.IGNORECASE)
    text = b"aBc" if isinstance(source, bytes) else "aBc aac"
    for ask in ("search", "match", "fullmatch", "findall", "split"):
        for _ in range(2):
            assert repr(getattr(lazy, ask)(text)) == repr(getattr(pattern, ask)(text))
    assert (lazy.pattern, lazy.flags, lazy.groups, lazy.groupindex) == (
        pattern.pattern,
        pattern.flags,
        pattern.groups,
        pattern.groupindex,
    )


def test_a_lazy_pattern_is_compiled_when_it_is_tried_and_not_before() -> None:
    lazy = patterns.lazy("(?P<b>a)(?P<b>b)")
    with pytest.raises(re.error, match="redefinition of group name"):
        lazy.search("ab")


def test_importing_a_module_compiles_nothing() -> None:
    code = """
import followup_lint.run.lint, followup_lint.patterns as patterns
print(patterns.compile.cache_info().currsize)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr) == ("0\n", "")


def test_no_group_is_taken_whole() -> None:
    """Up to Python 3.11.4, a group that is repeated with `*+` keeps what its last, failed try had taken."""
    top = Path(__file__).parents[1]
    files = [*(top / "src").rglob("*.py"), *(top / "rules").rglob("*.yaml")]
    taken = re.compile(r"\)(?:[*+?]|\{[\d,]+\})\+|\(\?>")
    found = [path.name for path in files if "backtracking" not in path.parts and taken.search(path.read_text("utf-8"))]
    assert found == []
