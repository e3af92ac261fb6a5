"""The line that says whose words follow: "On Monday, 4 May 2026, Dana Li wrote:"."""

from __future__ import annotations

from followup_lint import patterns
from followup_lint.structure.lines import fold
from followup_lint.structure.words import anywhere, prefixes, words_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from followup_lint.structure.lines import Line

_LONGEST_LINE = 250
_MOST_LINES = 4
_CLOCK = patterns.lazy(r"\d{1,2}\s*[:.h]\s*\d\d\b|\d{1,2}\s*[ap]\.?m\b|\d時|\d시")
_ADDRESS = patterns.lazy(r"[\w.+%-]+@[\w.-]+|<[^<>]+>|\[(?:mailto|smtp):")
_DIGIT = patterns.lazy(r"\d")
_ENDS = patterns.lazy(r"[:：]\s*$")
# The name or address stands right before the verb, or begins the line.
_TOLD = patterns.lazy(r"^\W*+\w[\w.+%-]*+@|[>)\]][\s,]*+\w[\w()/-]*+(?:\s\w[\w()/-]*+){0,2}$")
_DATE_AND_ADDRESS = patterns.lazy(r"^\d{4}([/.-])\d{1,2}\1\d{1,2}\s[^<>]{2,}<[^<>\s@]+@[^<>\s@]+>$")
_DASHES = 3
_NEW_SENTENCE = patterns.lazy(r"[a-z]{3}[.?!]\s+[A-Z]")


def attribution_start(lines: Sequence[Line], last: int, *, quote_follows: bool) -> int | None:
    """Return the index of the first line of an attribution that ends with line `last`, or None.

    Without a `>` on the next line only a date with a clock time or an address makes a line with "wrote:" sure.
    """
    line = lines[last]
    if len(line.words) > _LONGEST_LINE:
        return None
    if not _ENDS.search(line.words):
        without_colon = quote_follows and _is_without_colon(line.words)
        return last if without_colon or _is_between_dashes(line.words, quote_follows=quote_follows) else None
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
            best = first if first < last and _begins_above(lines[first], line) else best
        if lines[first].gap:
            break
    return best


def _begins_above(above: Line, line: Line) -> bool:
    """Whether an attribution begins in a line above: its address was torn, or its date stands there."""
    is_torn = line.words.count(">") > line.words.count("<") and "<" in above.words
    return is_torn or bool(above.gap and _CLOCK.search(above.words) and not _CLOCK.search(line.words))


def _is_tail(words: str) -> bool:
    """Whether the line cannot be the beginning: "wrote:", "> wrote:", "dana@a.example> wrote:"."""
    return len(words.split()) <= 2  # noqa: PLR2004


def _is_without_colon(words: str) -> bool:
    """Whether a line above a quotation is its attribution, though no colon says so."""
    folded = fold(words)
    begun = _DIGIT.search(words) and prefixes("attribution_starts").match(folded)
    return bool(_DATE_AND_ADDRESS.match(words)) or bool(begun and _last_verb(folded))


def _is_between_dashes(words: str, *, quote_follows: bool) -> bool:
    """Whether it is an attribution with dashes on both sides, as some programs draw them: "---- On ... wrote ----"."""
    inner = words.strip("-")
    dashes = (len(words) - len(words.lstrip("-")), len(words) - len(words.rstrip("-")))
    inner = inner.strip(" :\xa0")
    return bool(inner) and min(dashes) >= _DASHES and _is_attribution(inner, quote_follows=quote_follows)


def _is_attribution(joined: str, *, quote_follows: bool) -> bool:
    folded = _ENDS.sub("", fold(joined)).rstrip()
    dated = bool(_DIGIT.search(joined))
    sure = bool(_ADDRESS.search(joined)) or (dated and bool(_CLOCK.search(joined)))
    verb = _last_verb(folded) or (dated and bool(anywhere("attribution_inside").search(folded)))
    if quote_follows:
        return verb or sure
    if dated and bool(_CLOCK.search(joined)) and bool(_ADDRESS.search(joined)):
        return verb or folded[-1] in ">)]"
    # In prose an address may stand anywhere before the verb.
    told = dated or bool(_TOLD.search(folded))
    return verb and sure and told and not words_of("pronouns") & set(folded.split()[-2:])


def _last_verb(folded: str) -> bool:
    words = folded.split()
    # In Japanese and Chinese there is no space before the verb.
    return any(" ".join(words[-count:]) in words_of("attribution_last") for count in (1, 2, 3)) or (
        folded[-1:] > "\u3000" and any(folded.endswith(verb) for verb in words_of("attribution_last"))
    )
