"""The line that says whose words follow: "On Monday, 4 May 2026, Dana Li wrote:"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_lint import patterns
from followup_lint.structure.lines import fold
from followup_lint.structure.words import anywhere, prefixes, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from followup_lint.structure.lines import Line

_LONGEST_LINE = 250
_MOST_LINES = 4
_CLOCK = patterns.lazy(r"\d{1,2}\s*[:.h]\s*\d\d\b|\d{1,2}\s*[ap]\.?m\b|\d時|\d시")
_ADDRESS = patterns.lazy(r"[\w.+%-]+@[\w.-]+|<[^<>]+>|\[(?:mailto|smtp):")
_DIGIT = patterns.lazy(r"\d")
_ENDS = patterns.lazy(r"[:：]\s*$")
_NEW_SENTENCE = patterns.lazy(r"[a-z]{3}[.?!]\s+[A-Z]")


def attribution_start(lines: Sequence[Line], last: int, *, quote_follows: bool) -> int | None:
    """Return the index of the first line of an attribution that ends with line `last`, or None.

    Without a `>` on the next line only a date with a clock time or an address makes a line with "wrote:" sure.
    """
    line = lines[last]
    if len(line.words) > _LONGEST_LINE or not _ENDS.search(line.words):
        return None
    best = None
    for first in range(last, max(-1, last - _MOST_LINES), -1):
        if first < last and lines[first].words.startswith(">"):
            break
        joined = " ".join(part.words for part in lines[first : last + 1])
        if len(joined) > _LONGEST_LINE or _NEW_SENTENCE.search(joined):
            break
        if _is_attribution(joined, quote_follows=quote_follows):
            if prefixes("attribution_starts").match(fold(joined)):
                return first
            best = last if best is None and not _is_tail(line.words) else best or first
        if lines[first].gap:
            break
    return best


def _is_tail(words: str) -> bool:
    """Whether the line cannot be the beginning: "wrote:", "> wrote:", "dana@a.example> wrote:"."""
    return len(words.split()) <= 2  # noqa: PLR2004


def _is_attribution(joined: str, *, quote_follows: bool) -> bool:
    folded = _ENDS.sub("", fold(joined)).rstrip()
    dated = bool(_DIGIT.search(joined))
    sure = bool(_ADDRESS.search(joined)) or (dated and bool(_CLOCK.search(joined)))
    verb = _last_verb(folded) or (dated and bool(anywhere("attribution_inside").search(folded)))
    if quote_follows:
        return verb or sure
    if dated and bool(_CLOCK.search(joined)) and bool(_ADDRESS.search(joined)):
        return verb or folded[-1] in ">)]"
    return verb and sure and not words_of("pronouns") & set(folded.split()[-2:])


def _last_verb(folded: str) -> bool:
    words = folded.split()
    # In Japanese and Chinese there is no space before the verb.
    return any(" ".join(words[-count:]) in words_of("attribution_last") for count in (1, 2, 3)) or (
        folded[-1:] > "\u3000" and any(folded.endswith(verb) for verb in words_of("attribution_last"))
    )
