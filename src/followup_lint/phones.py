"""Telephone numbers, in digits or read out: "555 0142", "five five five, oh one four two"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from followup_lint import patterns
from followup_lint.text import Span
from followup_lint.vocabulary import vocabulary

_FEWEST_DIGITS = 6
_BETWEEN = "-"
_TOKEN = patterns.lazy(r"(?<![+(])[+(]*+\d[\d)]*|[^\W\d_]+(?:['’][a-z]+)?")
_JOIN = patterns.lazy(r"[\s,.;:()/–—-]*+(?:…[\s,]*+)?")
# Dates, times and money are numbers too.
_NO_PHONE = patterns.lazy(
    r"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b\d{1,2}[:.]\d\d\b(?!\d)|[$€£]\s?\d[\d,.]*|\b\d{1,3}(?:,\d{3})+\b"
)


def phone_numbers(text: str, within: Span) -> list[tuple[Span, str]]:
    """Return the numbers of six digits or more in a stretch, each with its digits as far as they can be told."""
    words = _NO_PHONE.sub(lambda match: "~" * len(match.group()), within.of(text))
    found = []
    for run in _runs(words):
        while run and run[-1][1] == _BETWEEN:
            run.pop()
        digits = "".join(value for _, value in run if value != _BETWEEN)
        if len(digits) >= _FEWEST_DIGITS:
            found.append((Span(run[0][0].start(), run[-1][0].end()).shift(within.start), digits))
    return found


def _runs(words: str) -> Iterator[list[tuple[re.Match[str], str]]]:
    """Yield the longest stretches of digits with nothing but commas and the like between them."""
    run: list[tuple[re.Match[str], str]] = []
    for match, value in _tokens(words):
        if run and not (value and _JOIN.fullmatch(words, run[-1][0].end(), match.start())):
            yield run
            run = []
        if value and (run or value != _BETWEEN or match.group().lower() in vocabulary("parts")["repeats"]):
            run.append((match, value))
    yield run


def _tokens(words: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield every word with the digits it stands for: a sign for one that may stand between, nothing for any other."""
    names = vocabulary("parts")
    times = 1
    for match in _TOKEN.finditer(words):
        word = match.group().lower().replace("’", "'")
        value = ""
        if word.strip("+()").isdigit():
            value = word.strip("+()")
        elif word in names["repeats"]:
            times, value = 2 if word == "double" else 3, _BETWEEN
        elif word in names["digits"]:
            value, times = str(max(0, names["digits"].index(word) - 4))[:1] * times, 1
        elif word in names["tens"]:
            value, times = f"{names['tens'].index(word):02}", 1
        elif word in names["between_digits"]:
            value = _BETWEEN
        yield match, value
