"""How many years of school a text asks of its reader; counted by textstat, and never with the network's help."""

from __future__ import annotations

import importlib
from functools import cache
from types import FunctionType
from typing import TYPE_CHECKING, Any

from followup_lint import patterns
from followup_lint.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LANGUAGE = "en_US"
_DICTIONARY = "get_cmudict"
# textstat deletes dashes and slashes and so joins the words beside them; a hyphenated word stays one, as it should.
_BETWEEN_WORDS = patterns.lazy(r"[–—/]|--+")


def grade(sentences: Sequence[str]) -> float:
    """Return the Flesch-Kincaid grade of sentences (US school years; 0.0 without a word).

    Syllables come from pyphen's hyphenation, which finds somewhat fewer than a pronouncing dictionary would: grades
    are about a year too low, so give thresholds a margin of a year and a half. Raises `Problem` if the installed
    textstat cannot be kept off the network.
    """
    texts = [_BETWEEN_WORDS.sub(" ", text).replace("’", "'") for text in sentences]
    counts = [(_words()(text), _syllables()(text, _LANGUAGE)) for text in texts]
    counts = [(words, syllables) for words, syllables in counts if words]
    if not counts:
        return 0.0
    words = sum(count for count, _ in counts)
    syllables = sum(count for _, count in counts)
    # textstat's own formula divides by its own sentence count, which drops "Thank you." and merges others.
    return 0.39 * words / len(counts) + 11.8 * syllables / words - 15.59


@cache
def _words() -> Callable[[str], int]:
    textstat: Any = importlib.import_module("textstat")  # its functions are made at run time
    counter: Callable[[str], int] = textstat.lexicon_count
    return counter


@cache
def _syllables() -> Callable[[str, str], int]:
    """Return textstat's syllable counter, without its pronouncing dictionary.

    For English, textstat looks words up in a dictionary that it has nltk download at first use. A linter of private
    mail opens no connection; and a grade must not depend on whether some other program has downloaded the dictionary.
    So the same code is bound to a lookup that knows no language, upon which textstat falls back on hyphenation.
    textstat itself, which the rest of the process may use, stays as it is, results in its caches included.
    """
    try:
        from textstat.backend.counts import _count_syllables

        counted = _count_syllables.count_syllables
    except (ImportError, AttributeError) as error:
        raise _moved() from error
    function = getattr(counted, "__wrapped__", counted)
    if not isinstance(function, FunctionType) or _DICTIONARY not in function.__code__.co_names:
        raise _moved()
    return FunctionType(function.__code__, {**function.__globals__, _DICTIONARY: _no_dictionary})


def _no_dictionary(_language: str) -> None:
    return None


def _moved() -> Problem:
    return Problem("this version of textstat counts syllables in an unknown way; install textstat 0.7.13")
