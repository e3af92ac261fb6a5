"""The writer's prose: paragraphs and list items."""

from __future__ import annotations

from followup_lint import patterns
from followup_lint.draft import Block, BlockKind
from followup_lint.structure.lines import cover

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from followup_lint.structure.lines import Line

_BULLET = patterns.lazy(
    r"(?P<mark>[-*+–—•‣◦▪●○■□◆✓✔✅☑➢➤→»·]|o(?=\s)|\(?\d{1,2}[.)]|\(?[a-zA-Z]\)|\([ivx]{1,4}\)|[ivx]{1,4}\))(?P<space>\s+|(?=[^\W\d]))",
)
_NEEDS_NO_SPACE = frozenset("•‣◦▪●○■□◆✓✔✅☑➢➤»·")
_FULL_LINE = 50
_ITEM_LINES = 4


def prose(lines: Sequence[Line]) -> list[Block]:
    """Return the paragraphs and list items of a stretch of own lines."""
    starts: list[tuple[int, BlockKind]] = []
    kind = BlockKind.PARAGRAPH
    for index, line in enumerate(lines):
        fresh = not index or line.gap
        if _is_item(lines, index, fresh=fresh, listed=not fresh and kind is BlockKind.LIST_ITEM):
            kind = BlockKind.LIST_ITEM
        elif fresh or (kind is BlockKind.LIST_ITEM and not _continues(lines, index)):
            kind = BlockKind.PARAGRAPH
        else:
            continue
        starts.append((index, kind))
    ends = [*(index for index, _ in starts), len(lines)][1:]
    return [Block(kind, cover(lines[start:end])) for (start, kind), end in zip(starts, ends, strict=True)]


def _is_item(lines: Sequence[Line], index: int, *, fresh: bool, listed: bool) -> bool:
    mark = _mark(lines[index])
    if mark is None:
        return False
    spaced = mark[1]
    paired = (listed and _kin_of(lines[index - 1], mark[0])) or _has_kin_below(lines, index, mark[0])
    if not spaced and mark[0] not in _NEEDS_NO_SPACE:
        return paired and mark[0] in "-*"
    return fresh or listed or paired or lines[index - 1].ends_sentence


def _mark(line: Line) -> tuple[str, bool] | None:
    found = _BULLET.match(line.words[:12])
    return (found["mark"], bool(found["space"])) if found else None


def _has_kin_below(lines: Sequence[Line], index: int, mark: str) -> bool:
    """Whether another item of the same list follows, a few lines on at most."""
    for line in lines[index + 1 : index + 1 + _ITEM_LINES]:
        if line.gap:
            return False
        if _kin_of(line, mark):
            return True
    return False


def _kin_of(line: Line, one: str) -> bool:
    other = _mark(line)
    if other is None:
        return False
    two = other[0]
    return one == two or (one[-1] == two[-1] and any(map(str.isalnum, one)) and any(map(str.isalnum, two)))


def _continues(lines: Sequence[Line], index: int) -> bool:
    """Whether a line goes on with the list item above it: indented, or run over from a full line."""
    line, above = lines[index], lines[index - 1]
    return (
        line.indent >= above.indent + 2 or line.indent > 0 or len(above.words) >= _FULL_LINE or line.words[0].islower()
    )
