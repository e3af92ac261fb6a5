from __future__ import annotations

import importlib
import socket
import subprocess
import sys
from typing import Any, NoReturn

import pytest

from followup_lint import readability
from followup_lint.errors import Problem
from followup_lint.readability import grade

EASY = ["I saw the barn.", "It was big.", "Thank you."]
HARD = ["International environmental certification necessitates extraordinarily comprehensive documentation."]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> NoReturn:
        pytest.fail("the network was asked for")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr("nltk.download", refuse)
    monkeypatch.setattr("nltk.data.find", refuse)
    readability._syllables.cache_clear()  # noqa: SLF001  (each test must bind the counter anew)


def test_hard_words_in_long_sentences_ask_more_years() -> None:
    assert grade(EASY) < 3
    assert grade(HARD) > 18


def test_the_grade_follows_the_formula() -> None:
    # Ten words, twelve syllables, two sentences: 0.39 * 5 + 11.8 * 1.2 - 15.59.
    assert grade(["The cook gave us soup.", "We walked into the garden."]) == pytest.approx(0.52)


def test_every_sentence_counts_even_one_of_two_words() -> None:
    whole = "We saw the barn and the old red mill by the lake"
    assert grade([f"{whole}.", "Thank you."]) < grade([f"{whole} thank you."])


@pytest.mark.parametrize("sentences", [[], [""], ["…", "--", "!"]])
def test_without_words_the_grade_is_zero(sentences: list[str]) -> None:
    assert grade(sentences) == 0.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The mill—the old one—was shut.", "The mill the old one was shut."),
        ("The mill -- the old one -- was shut.", "The mill the old one was shut."),
        ("Bring bread and/or cheese.", "Bring bread and or cheese."),
        ("I don’t mind the noise.", "I don't mind the noise."),
        ("The mill was shut. … ", "The mill was shut."),
    ],
)
def test_signs_between_words_do_not_join_them(one: str, other: str) -> None:
    assert grade([one]) == pytest.approx(grade([other]))


def test_sentences_of_signs_alone_do_not_make_a_text_easier() -> None:
    assert grade([*HARD, "—", "…"]) == pytest.approx(grade(HARD))


def test_textstat_itself_is_left_as_it_was() -> None:
    # By name: the package has an attribute of the same name only by chance of its imports.
    counting = importlib.import_module("textstat.backend.counts._count_syllables")
    before = counting.get_cmudict, counting.count_syllables, counting.count_syllables.cache_info().currsize
    grade(HARD)
    assert before == (counting.get_cmudict, counting.count_syllables, counting.count_syllables.cache_info().currsize)


def test_unguarded_textstat_would_download() -> None:
    # If this passes no more, textstat needs no guard, and `readability` can be simpler.
    textstat: Any = importlib.import_module("textstat")
    with pytest.raises(pytest.fail.Exception):
        textstat.syllable_count("An unguarded question, never asked before.")


def counts_with_another_name(_text: str, _lang: str) -> int:
    raise AssertionError


@pytest.mark.parametrize("counter", [counts_with_another_name, None, len])
def test_an_unknown_textstat_is_a_problem_not_a_download(monkeypatch: pytest.MonkeyPatch, counter: Any) -> None:
    counting = importlib.import_module("textstat.backend.counts._count_syllables")
    monkeypatch.setattr(counting, "count_syllables", counter)
    with pytest.raises(Problem, match=r"textstat 0\.7\.13"):
        grade(HARD)


def test_a_textstat_without_that_module_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = importlib.import_module("textstat.backend.counts")
    monkeypatch.delattr(counts, "_count_syllables")
    monkeypatch.setitem(sys.modules, "textstat.backend.counts._count_syllables", None)
    with pytest.raises(Problem):
        grade(HARD)


def test_textstat_is_imported_only_when_asked() -> None:
    program = "import sys, followup_lint.readability; sys.exit('textstat' in sys.modules)"
    assert subprocess.call([sys.executable, "-c", program]) == 0
