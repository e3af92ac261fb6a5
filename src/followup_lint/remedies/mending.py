"""Every way of mending a finding, tried in order. A way's module is loaded when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from followup_lint.diagnostic import Finding, Remedy
from followup_lint.reading import Reading
from followup_lint.remedies.forms import Replacement, Snippet

_WAYS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "contractions": ("expand", "expanded"),
        "exclamations": ("marks", "fewer_exclamations"),
        "greeting": ("people", "right_greeting"),
        "line": ("lines", "without_line"),
        "name": ("people", "known_name"),
        "names": ("people", "by_name"),
        "reader": ("people", "right_reader"),
        "shouting": ("marks", "in_small_letters"),
        "sign": ("marks", "without_sign"),
        "trailing-blanks": ("lines", "without_blanks"),
    }
)
"""Each way's module and function."""


def remedies(
    reading: Reading, finding: Finding, way: str | None, words: Sequence[Replacement], snippet: Snippet | None
) -> tuple[Remedy, ...]:
    """Return what would mend a finding, the best first: a way of mending, words for words, a snippet."""
    found = [*finding.remedies]
    if way:
        found += _made(way)(reading, finding)
    if words:
        from followup_lint.remedies.replacing import replaced

        found += replaced(reading, finding, words)
    if snippet:
        from followup_lint.remedies.snippets import inserted

        found += inserted(reading, finding, snippet)
    return tuple(found)


@cache
def _made(way: str) -> Callable[[Reading, Finding], Iterator[Remedy]]:
    module, name = _WAYS[way]
    made: Callable[[Reading, Finding], Iterator[Remedy]] = getattr(
        importlib.import_module(f"followup_lint.remedies.{module}"), name
    )
    return made
