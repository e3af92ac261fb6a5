"""Where in a front matter the cursor stands, also in one that is only half written and no YAML yet."""

from __future__ import annotations

from followup_lint import patterns
from followup_lint.records import dataclass
from followup_lint.text import Lines, Span

_OPEN = patterns.lazy(r"---[ \t]*")
_CLOSE = patterns.lazy(r"(?:---|\.\.\.)[ \t]*")
_LINE = patterns.lazy(r"(?P<indent>[ ]*)(?P<dash>-[ ]+|-$)?(?P<key>[\w-]*)(?P<colon>[ ]*:(?:[ ]|$))?")
_NAME = patterns.lazy(r"[\w-]*")
_ENTRY = patterns.lazy(r"[{\[,]\s*([\w-]*)$")
_KEY_OF_VALUE = patterns.lazy(r"[{,]\s*([\w-]+):\s*[\w-]*$")


@dataclass(frozen=True)
class Spot:
    """A place in YAML. `above` are the keys it stands under, outermost first; `word` is the word at it.

    `key` is the key whose value it is in, empty where it is a key itself, or an item of a list under the last `above`.
    """

    above: tuple[str, ...]
    key: str
    word: Span
    is_item: bool = False


def region(text: str) -> Span | None:
    """Return what stands between the marks of the front matter, up to the first blank line if it is not closed."""
    lines = Lines(text).spans()
    if not lines or not _OPEN.fullmatch(lines[0].of(text).removeprefix("\ufeff")):
        return None
    inside = lines[1:]
    closing = next((span for span in inside if _CLOSE.fullmatch(span.of(text))), None)
    blank = next((span for span in inside if not span.of(text).strip()), None)
    start = inside[0].start if inside else len(text)
    if closing:
        return Span(start, closing.start)
    return Span(start, blank.end if blank else len(text))


def spot(text: str, offset: int, within: Span) -> Spot:
    """Return where an offset inside a stretch of YAML is."""
    lines = Lines(text)
    number = lines.position(offset).line
    line = lines.span(number)
    match = _LINE.match(text, line.start, line.end)
    if match is None:  # every part may be empty
        return Spot((), "", Span(offset, offset))
    depth = len(match["indent"]) + len(match["dash"] or "")
    rows = [lines.span(row) for row in range(number - 1, 0, -1) if lines.span(row).start >= within.start]
    above = _above(text, rows, len(match["indent"]), is_item=bool(match["dash"]))
    word = _word(text, offset, line)
    if match["colon"] is None or offset <= match.start("colon"):
        is_item = bool(match["dash"])
        return Spot(above, "", word, is_item) if depth or is_item else Spot((), "", word)
    key = match["key"]
    before = text[match.end() : offset]
    if _depth(before):
        inner = _KEY_OF_VALUE.search(before)
        if inner and not _ENTRY.search(before):
            return Spot((*above, key), inner[1], word)
        return Spot((*above, key), "", word, before.rfind("[") > before.rfind("{"))
    return Spot(above, key, word)


def _depth(before: str) -> bool:
    return before.count("{") > before.count("}") or before.count("[") > before.count("]")


def _word(text: str, offset: int, line: Span) -> Span:
    start = offset
    while start > line.start and _NAME.fullmatch(text[start - 1]):
        start -= 1
    end = _NAME.match(text, offset, line.end)
    return Span(start, end.end() if end else offset)


def _above(text: str, rows: list[Span], indent: int, *, is_item: bool) -> tuple[str, ...]:
    """Return the keys that a line is indented under; `rows` are the lines before it, the last first."""
    found: list[str] = []
    for span in rows:
        match = _LINE.match(text, span.start, span.end)
        if match is None or not match["key"] or match["colon"] is None:
            continue
        start = len(match["indent"]) + len(match["dash"] or "")
        # The items of a list may stand as far left as the key they belong to.
        if start < indent or (is_item and start == indent and not match["dash"]):
            found.insert(0, match["key"])
            indent, is_item = start, False
            if match["dash"]:
                indent, is_item = len(match["indent"]), True
    return tuple(found)
