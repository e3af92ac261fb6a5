"""Taking leave without a closing phrase of its own line: a name under the last words, or behind them."""

from __future__ import annotations

import re

from followup_lint.structure.leave import Leave, is_greeted, last_sentence, upward
from followup_lint.structure.lines import fold, paragraphs
from followup_lint.structure.names import is_contact, is_name, is_small_name, is_title, opens_with_name
from followup_lint.structure.phrases import closing_then_name, is_closing, is_loose_closing
from followup_lint.structure.words import words_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from followup_lint.structure.lines import Line

_MOST_PARAGRAPHS = 4
_MOST_LINES = 14
_LONGEST_SAYING = 300
_OPENING, _CLOSING = '"“„«', '"”“»'


def by_name(lines: Sequence[Line], greeted: frozenset[str], *, reply: bool) -> Leave | None:
    """Look for a name in the last paragraphs, with nothing but titles and addresses under it."""
    at = len(lines)
    found: Leave | None = None
    for paragraph in reversed(paragraphs(lines)[-_MOST_PARAGRAPHS:]):
        at -= len(paragraph)
        if found:
            # "Tim" alone above "Tim Ash | +44 ...".
            if len(paragraph) > 1 or not at or not is_name(paragraph[0].words):
                return found
            found = _leave_at(lines, at)
            continue
        first = max(0, len(paragraph) - _MOST_LINES)
        signs = (
            here for here in range(at + first, at + len(paragraph)) if _signs(lines, here, at + len(paragraph), greeted)
        )
        found = next((leave for here in signs if here or reply for leave in (_leave_at(lines, here),) if leave), None)
        if found and found.start != paragraph[0].span.start:
            return found
        if not found and not _may_follow_name(paragraph):
            return None
    return found


def _signs(lines: Sequence[Line], here: int, end: int, greeted: frozenset[str]) -> bool:
    """Whether a line is a name with only titles and addresses between it and the end of its paragraph."""
    line = lines[here]
    if not _may_follow_name(lines[here + 1 : end]):
        return False
    small = here == len(lines) - 1 and lines[0].words[0].islower() and is_small_name(line.words)
    return (small or opens_with_name(line.words)) and (line.gap or not is_greeted(line.words, greeted))


def _may_follow_name(lines: Sequence[Line]) -> bool:
    """Whether lines can stand under a name: titles and addresses, and a saying at the end."""
    quoted = next((at for at, line in enumerate(lines) if line.words[0] in _OPENING), len(lines))
    saying = " ".join(line.words for line in lines[quoted:])
    if quoted < len(lines) and not (len(saying) <= _LONGEST_SAYING and any(mark in saying[1:] for mark in _CLOSING)):
        return False
    return all(is_title(line.words) or is_contact(line.words) for line in lines[:quoted])


def _leave_at(lines: Sequence[Line], here: int) -> Leave | None:
    """Return the leave whose name is line `here`, if the line above lets it be one."""
    line = lines[here]
    before = lines[here - 1] if here else None
    fresh = before is not None and here > 1 and (before.gap or lines[here - 2].ends_sentence)
    if before and fresh and is_loose_closing(before.words, apart=line.gap):
        return Leave(upward(lines, here - 1, None), line.span.start)
    if before is None or line.gap or before.ends_sentence:
        return Leave(line.span.start, line.span.start)
    return None


def by_last_words(lines: Sequence[Line], greeted: frozenset[str]) -> Leave | None:
    """Look for a name after the last sentence of the last line: "... Glad we met. Kofi"."""
    tail = last_sentence(lines[-1].words) if lines else 0
    last = lines[-1].words[tail:] if tail else ""
    if not last or is_greeted(last, greeted):
        return None
    start = lines[-1].at + tail
    name = closing_then_name(last)
    if name and not is_greeted(last[name:], greeted):
        return Leave(start, start + name)
    if is_closing(last):
        firm = words_of("closing_thanks").isdisjoint(re.findall(r"\w+", fold(last)))
        return Leave(start, lines[-1].span.end) if firm else None
    if not is_name(last) or last[-1] in ".!":
        return None
    # "... by Friday. Thanks. Lynn"
    before = last_sentence(lines[-1].words[:tail].rstrip())
    closed = is_closing(lines[-1].words[before:tail]) and (before or len(lines) > 1)
    return Leave(lines[-1].at + before if closed else start, start)
