"""Every way of mending a finding, tried in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from followup_lint.diagnostic import Finding, Remedy
from followup_lint.reading import Reading
from followup_lint.remedies.expand import expanded
from followup_lint.remedies.forms import Replacement, Snippet, Way
from followup_lint.remedies.lines import without_blanks, without_line
from followup_lint.remedies.marks import fewer_exclamations, in_small_letters, without_sign
from followup_lint.remedies.people import by_name, known_name, right_greeting, right_reader
from followup_lint.remedies.replacing import replaced
from followup_lint.remedies.snippets import inserted

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
