"""A stop and the few words on either side of it."""

from __future__ import annotations

import re

from followup_lint import patterns
from followup_lint.records import dataclass
from followup_lint.sentences.words import opens_sentence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from followup_lint.text import Span

REACH = 40
"""Code points that are looked at on either side of a stop; it bounds the work on texts without spaces."""

OPENING = "\"'“‘«([*_¿¡#<"
"""What may stand before the first letter of a word."""

FIRST_WORD = patterns.lazy(r"\s*[\"'“‘«(\[*_¿¡#+]*(?P<word>\w[\w'’]{0,40})?(?P<dot>\.?)")


@dataclass(frozen=True, slots=True)
class Sides:
    """What the decision about one stop rests on."""

    mark: str  # the stop itself; empty for a smiling face
    close: str  # quotes and brackets that close right after it
    before: str  # the unbroken characters before it, without opening quotes
    after_colon: bool  # `before` follows a colon
    rest: str  # the unbroken characters after it; empty if white space follows
    after: str  # the next word; empty if the next thing is no word
    initial: bool  # the next word is one letter and a full stop
    so_far: str  # how the sentence begins that would end here

    @property
    def spaced(self) -> bool:
        """Whether white space or nothing follows."""
        return not self.rest

    @property
    def capital(self) -> bool:
        """Whether the next word has a capital."""
        return self.after[:1].isupper()

    @property
    def small(self) -> bool:
        """Whether the next word begins with a small letter."""
        return self.after[:1].islower()

    @property
    def number(self) -> bool:
        """Whether a number follows."""
        return self.after[:1].isdigit()

    @property
    def fresh(self) -> bool:
        """Whether the next word has a capital for no other reason than to open a sentence."""
        return self.capital and opens_sentence(self.after) and not self.initial


def look(text: str, segment: Span, start: int, stop: re.Match[str]) -> Sides:
    """Return what stands around a stop of the segment; `start` is where the present sentence begins."""
    left = text[max(segment.start, stop.start() - REACH) : stop.start()]
    pieces = left.split()
    rest = text[stop.end() : min(segment.end, stop.end() + REACH)]
    following = FIRST_WORD.match(text, stop.end(), segment.end)
    word = (following and following["word"]) or ""
    return Sides(
        mark=stop["mark"] or "",
        close=stop["close"] or "",
        before=pieces[-1].lstrip(OPENING) if pieces and not left[-1].isspace() else "",
        after_colon=len(pieces) > 1 and pieces[-2].endswith(":"),
        rest="" if not rest or rest[0].isspace() else rest.split()[0],
        after=word,
        initial=len(word) == 1 and bool(following and following["dot"]),
        so_far=text[start : min(stop.start(), start + REACH)].strip(),
    )
