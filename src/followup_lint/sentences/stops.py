"""Full stops, question marks, faces and ruled lines: where in a line of prose a sentence may end."""

from __future__ import annotations

from followup_lint import patterns
from followup_lint.sentences.sides import REACH, look
from followup_lint.sentences.verdict import ends_sentence, opens_item

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from followup_lint.text import Span

_FACE = (
    r"(?:[\U0001F300-\U0001FAFF\u2600-\u27BF\u2B50\u2B55][\uFE0F\u200D\U0001F3FB-\U0001F3FF]*"
    r"|(?<!\w)[:;=][-o']?[)(DPp/\\|*3]+(?![\w/])|<3(?!\w))"
)
_STOP = patterns.lazy(
    rf"(?P<mark>\.(?:[ ]\.)+|[.!?…。！？]+(?:[ ][!?]+)*)(?P<close>[\"'”’»)\]*_]*)(?:[ \t]*{_FACE})*"
    rf"|{_FACE}(?:[ \t]*{_FACE})*"
)
_RULED = patterns.lazy(r"(?<!\S)[-=_*~#]{5,}(?!\S)")
_BRACKET = patterns.lazy(r"(?<![:;=\-])\([^()]{1,300}\)")


def cuts(text: str, segment: Span) -> list[int]:
    """Return, in order, the offsets inside a segment before which a sentence has ended."""
    ruled = (at for match in _RULED.finditer(text, segment.start, segment.end) for at in match.span())
    return sorted([*ruled, *_stops(text, segment)])


def _stops(text: str, segment: Span) -> Iterator[int]:
    brackets = _BRACKET.finditer(text, segment.start, segment.end)
    bracket = next(brackets, None)
    start, end = segment.start, _last_word(text, segment)
    for stop in _STOP.finditer(text, segment.start, end):
        while bracket and bracket.end() <= stop.start():
            bracket = next(brackets, None)
        if bracket and start < bracket.start() < stop.start() and stop.end() < bracket.end():
            continue  # an aside within a sentence
        if not any(map(str.isalnum, text[max(start, stop.start() - REACH) : stop.start()])):
            continue  # an ellipsis or a mark that opens the sentence
        sides = look(text, segment, start, stop)
        if opens_item(sides):
            start = stop.start() - len(sides.before)
            yield start
        elif ends_sentence(sides):
            start = stop.end()
            yield start


def _last_word(text: str, segment: Span) -> int:
    """Return the end of the last word; signs that follow it (a quote, a bracket) are no sentence."""
    return next((at + 1 for at in range(segment.end - 1, segment.start - 1, -1) if text[at].isalnum()), segment.start)
