"""A way of taking leave, and the small questions that settle where it begins."""

from __future__ import annotations

import re

from followup_lint import patterns
from followup_lint.records import dataclass
from followup_lint.structure.lines import EMOJI, fold
from followup_lint.structure.phrases import is_closing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from followup_lint.structure.lines import Line

_INLINE = 110
_BREAK = patterns.lazy(rf"(?<=[^\s.][.!?…)])[\"”’']?\s+|(?<={EMOJI})\s*|(?<=:\))\s+")


@dataclass(frozen=True, slots=True)
class Leave:
    """A way of taking leave: the sign-off from offset `start` on, the signature from `name` on (equal: none)."""

    start: int
    name: int


def upward(lines: Sequence[Line], at: int, start: int | None) -> int:
    """Return where the first of several sign-off lines begins ("Thanks again," / "Best regards,")."""
    begin = lines[at].span.start if start is None else start
    while at and begin == lines[at].span.start and at > 1 and _goes_on(lines[at - 1]):
        at -= 1
        begin = lines[at].span.start
    return begin


def _goes_on(line: Line) -> bool:
    """Whether a closing phrase runs on into the next line: "Thank you." is a sentence of its own."""
    return is_closing(line.words) and not line.ends_sentence


def last_sentence(words: str) -> int:
    """Return where whatever stands after its last sentence begins; 0 if that is all of it."""
    from_here = max(0, len(words) - _INLINE)
    breaks = [found.end() for found in _BREAK.finditer(words, from_here) if found.end() < len(words)]
    breaks = [
        at
        for at in breaks
        if not re.search(r"(?:^|\s)(?:[A-Z]|Mrs?|Ms|Dr|Prof|St|Rev)\.\s*$", words[max(0, at - 6) : at])
    ]
    return breaks[-1] if breaks else 0


def is_greeted(words: str, greeted: frozenset[str]) -> bool:
    """Whether the words name the reader and nobody else: "Thanks, Dana" to Dana."""
    named = {fold(word) for word in re.findall(r"\w[\w'’-]+", words)}
    return bool(named) and named <= greeted
