"""A telephone call as it is written down: who speaks when, and what is done rather than said."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet

from followup_lint import patterns
from followup_lint.draft import OWN, BlockKind, Draft
from followup_lint.people import fold
from followup_lint.records import dataclass
from followup_lint.structure.lines import Line, filled_lines
from followup_lint.text import Span
from followup_lint.vocabulary import vocabulary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Speaker = Literal["me", "them", "either", "section", "name", ""]

_DIRECTION = patterns.lazy(r"\[(?P<square>[^\[\]]{0,300})\]|\((?P<round>[^()]{0,60})\)")
_LABEL = patterns.lazy(
    r"[\s>*_#•–-]*(?P<who>[^\W\d_][^\r\n:.!?,;()\[\]*]{0,40}?)\s*"
    r"(?:\([^()\r\n]{0,40}\)|\[[^\[\]\r\n]{0,60}\])?[\s*_]*:[*_]*(?=\s|$)"
)
_NAME = patterns.lazy(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2}")
_WORDS = patterns.lazy(r"[a-z]+")
_FEWEST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """What one of the two says until the other speaks; `span` begins at the label ("Me:"), `start` after it."""

    span: Span
    start: int
    is_mine: bool

    @property
    def words(self) -> Span:
        """Return the stretch that is said, directions and all."""
        return Span(self.start, self.span.end)


def directions(text: str, within: Span) -> Iterator[Span]:
    """Yield what stands in brackets for the speaker to do: "[smile]", "(pause)"."""
    for match in _DIRECTION.finditer(text, within.start, within.end):
        aside = match["round"]
        if aside is None or _begins(aside, vocabulary("phone")["cues"]):
            yield Span(*match.span())


def turns(draft: Draft, known: Collection[str]) -> tuple[Turn, ...]:
    """Cut the script of a call into turns, by its labels or else by its paragraphs; `known` are names of the called.

    A direction to wait or to listen ends a turn too. What stands above the first speaker's name is no turn.
    """
    blocks = [block for block in draft.blocks if block.kind in OWN]
    lines = [line for block in blocks for line in filled_lines(draft.text, block.span)]
    greeting = [block.span.end for block in blocks if block.kind is BlockKind.GREETING]
    names = {fold(name) for name in known}
    labels = [_label(line.span.of(draft.text), names) for line in lines]
    spoken = _settled([who for who, _ in labels])
    is_dialogue = bool({"me", "them"} & set(spoken))
    begun: list[tuple[int, int, bool]] = []
    for number, (line, who, (_, length)) in enumerate(zip(lines, spoken, labels, strict=True)):
        after_greeting = bool(number) and any(lines[number - 1].span.end <= end <= line.span.start for end in greeting)
        if who:
            begun.append((line.span.start, line.span.start + length, who != "them"))
        elif not is_dialogue and (not begun or (line.gap and not after_greeting)):
            begun.append((line.span.start, line.span.start, True))
    return tuple(turn for whole in _joined(begun, lines) for turn in _handed_over(draft.text, whole))


def _joined(begun: Sequence[tuple[int, int, bool]], lines: Sequence[Line]) -> Iterator[Turn]:
    """Yield a turn for each beginning, up to the last line before the next."""
    stops = [at for at, _, _ in begun[1:]] + [lines[-1].span.end] if begun else []
    starts = [line.span.start for line in lines]
    for (at, start, is_mine), stop in zip(begun, stops, strict=True):
        end = lines[bisect_left(starts, stop) - 1].span.end
        yield Turn(Span(at, end), min(start, end), is_mine)


def _handed_over(text: str, turn: Turn) -> Iterator[Turn]:
    """Cut a turn of the caller's where a direction lets the other speak."""
    at, start = turn.span.start, turn.start
    for direction in directions(text, turn.words) if turn.is_mine else ():
        if set(_WORDS.findall(direction.of(text).lower())) & set(vocabulary("phone")["handovers"]):
            if text[start : direction.start].strip():
                yield Turn(Span(at, direction.start), start, turn.is_mine)
            at = start = direction.end
    if text[start : turn.span.end].strip():
        yield Turn(Span(at, turn.span.end), start, turn.is_mine)


def _label(line: str, names: AbstractSet[str]) -> tuple[Speaker, int]:
    """Return whose words a line announces, and how long the announcement is."""
    match = _LABEL.match(line)
    if not match:
        return "", 0
    who = fold(match["who"]).strip()
    words = vocabulary("phone")
    if who in words["callers"]:
        return "me", match.end()
    if who in words["called"] or names & set(who.replace(".", "").split()):
        return "them", match.end()
    if who in words["either"]:
        return "either", match.end()
    if who in words["sections"] or _begins(who, words["conditions"]):
        return "section", match.end()
    return ("name", match.end()) if _NAME.fullmatch(match["who"].strip()) else ("", 0)


def _settled(found: Sequence[Speaker]) -> list[Speaker]:
    """Return each line's speaker, now that all labels are known: "You" and bare names depend on the others."""
    has_me, has_you = "me" in found, "either" in found
    you: Speaker = "them" if has_me else "me"
    named: Speaker = ""
    if has_me or has_you or "them" in found or found.count("name") >= _FEWEST_NAMED:
        named = "them" if has_me or has_you else "me"
    return [you if who == "either" else named if who == "name" else who for who in found]


def _begins(words: str, with_one_of: Collection[str]) -> bool:
    said = " ".join(words.lower().split())
    return any(re.match(rf"{re.escape(cue)}\b", said) for cue in with_one_of)
