"""Line ends: which of them a writer meant, and which only wrap a long line."""

from __future__ import annotations

from itertools import pairwise

from followup_lint import patterns
from followup_lint.records import dataclass
from followup_lint.sentences.sides import FIRST_WORD
from followup_lint.sentences.words import opens_sentence, plain, words
from followup_lint.text import Lines, Span, trim

_NARROW = 55  # columns; hardly anybody wraps prose narrower than this, so a shorter line was ended on purpose
_GREETING_WORDS = 8  # "Good morning Dr. Li, Maria and the whole team," is as long as a greeting gets
_BULLET = patterns.lazy(r"(?:[*•‣◦▪●·+]|[-–—](?![-–—]))\s+(?=\S)")
_ORDINAL = patterns.lazy(r"\(?(?P<number>\d{1,3})[.)]\s+(?=\S)")
_LETTERED = patterns.lazy(r"\(?[a-hA-H]\)\s+(?=\S)")
_LABEL = patterns.lazy(r"[A-Z][\w-]*(?: [\w-]+){0,2}:(?:\s|$)")
_RULED = patterns.lazy(r"[-=_*~#]{3,}")
# Possessive, because a run of capitals or points could be cut anywhere: "ABCDEFGHIJKLMNOPQRSTUVWX and z" took seconds.
_TITLED = patterns.lazy(
    r"(?:(?:[^\W\d_a-z][\w'’.-]*+|[^\w\s]++|\d[\d()./-]*+|of|and|at|the|for|de|van|von)[,|]?+\s*+)+"
)
_LAST = patterns.lazy(r"([\w'’]+)\W*$")
_STOPPED = (".", "!", "?", "…", ":", ";", '"', "”", ")")


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span
    words: str

    @property
    def first(self) -> str:
        match = FIRST_WORD.match(self.words)
        return (match and match["word"]) or ""

    @property
    def last(self) -> str:
        match = _LAST.search(self.words[-60:])
        return match[1] if match else ""

    @property
    def number(self) -> int | None:
        match = _ORDINAL.match(self.words)
        return int(match["number"]) if match else None


def paragraphs(text: str, within: Span) -> list[Span]:
    """Return the stretches between blank lines, trimmed."""
    found: list[Span] = []
    start = end = -1
    for line in [*Lines(text).spans(within), Span(within.end, within.end)]:
        if line.of(text).strip():
            start, end = (line.start if start < 0 else start), line.end
        elif start >= 0:
            found.append(trim(text, Span(start, end)))
            start = -1
    return found


def segments(text: str, paragraph: Span) -> list[Span]:
    """Cut a paragraph at the line ends that its writer meant."""
    lines = [_Line(span, span.of(text).strip()) for span in Lines(text).spans(paragraph)]
    room = max(_NARROW, *(len(line.words) for line in lines))
    items = _items(lines)
    meant = [
        after.span.start
        for index, (before, after) in enumerate(pairwise(lines), start=1)
        if index in items or _ended(before, after, room)
    ]
    return [Span(*pair) for pair in pairwise([paragraph.start, *meant, paragraph.end])]


def _items(lines: list[_Line]) -> set[int]:
    """Return the indices of the lines that begin a list item."""
    bulleted = [index for index, line in enumerate(lines) if _BULLET.match(line.words)]
    numbers = {line.number for line in lines}
    found = {index for index, line in enumerate(lines) if _LETTERED.match(line.words)}
    for index, line in enumerate(lines):
        # "We start on June\n5. We" is no list: a list counts.
        if line.number is not None and (line.number == 1 or {line.number - 1, line.number + 1} & numbers):
            found.add(index)
    for index in bulleted:
        # One dash at the head of one line may be a dash in a wrapped sentence.
        stopped = index == 0 or lines[index - 1].words.endswith(_STOPPED)
        if stopped or len(bulleted) > 1 or lines[index].words[0] not in "-–—":
            found.add(index)
    return found


def _ended(line: _Line, after: _Line, room: int) -> bool:
    """Whether the end of `line` ends a sentence although no full stop says so."""
    if _RULED.fullmatch(line.words) or _RULED.fullmatch(after.words) or _stands_alone(line.words):
        return True
    if not (after.first[:1].isupper() or after.first[:1].isdigit()) or line.words.endswith((",", ";", "-", "–", "—")):
        return False
    if line.words.endswith(":") or _TITLED.fullmatch(line.words):
        return True
    if plain(line.last) in words().open_words:
        return False
    fits = len(line.words) + 1 + len(after.words.split(maxsplit=1)[0]) <= room
    opens = after.first[:1].isupper() and (opens_sentence(after.first) or _LABEL.match(after.words) is not None)
    return fits and opens


def _stands_alone(line: str) -> bool:
    """Whether a line is a greeting or a sign-off as a whole."""
    spelled = plain(line.rstrip(",.!:;-–— "))
    if spelled in words().sign_offs or spelled in words().greetings:
        return True
    greets = any(spelled.startswith(f"{greeting} ") for greeting in words().greetings)
    return greets and line.endswith((",", ":", "!")) and len(spelled.split()) <= _GREETING_WORDS
