"""What would mend a finding. Rules name it, checks know nothing of it, and only `fix` and editors apply it.

A wrong remedy is worse than none. Safe is what one would let run over one's own message unseen: it says the same, and
reads right wherever it is put.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from followup_lint.diagnostic import Finding, Remedy
from followup_lint.reading import Reading
from followup_lint.remedies.expand import expanded
from followup_lint.remedies.lines import without_blanks, without_line
from followup_lint.remedies.marks import fewer_exclamations, in_small_letters, without_sign
from followup_lint.remedies.people import by_name, known_name, right_greeting, right_reader
from followup_lint.remedies.replacing import Replacement, replaced
from followup_lint.remedies.snippets import Snippet, SnippetTable, filled, inserted

__all__ = ["Replacement", "Snippet", "SnippetTable", "Way", "filled", "remedies"]

Way = Literal[
    "contractions",
    "exclamations",
    "greeting",
    "line",
    "name",
    "names",
    "reader",
    "shouting",
    "sign",
    "trailing-blanks",
]
"""The ways of mending that are more than words for words: what a rule file may name."""

_WAYS: Mapping[str, Callable[[Reading, Finding], Iterator[Remedy]]] = MappingProxyType(
    {
        "contractions": expanded,
        "exclamations": fewer_exclamations,
        "greeting": right_greeting,
        "line": without_line,
        "name": known_name,
        "names": by_name,
        "reader": right_reader,
        "shouting": in_small_letters,
        "sign": without_sign,
        "trailing-blanks": without_blanks,
    }
)


def remedies(
    reading: Reading, finding: Finding, way: Way | None, words: Sequence[Replacement], snippet: Snippet | None
) -> tuple[Remedy, ...]:
    """Return what would mend a finding, the best first: a way of mending, words for words, a snippet."""
    found = [*finding.remedies]
    if way:
        found += _WAYS[way](reading, finding)
    found += replaced(reading, finding, words)
    if snippet:
        found += inserted(reading, finding, snippet)
    return tuple(found)
