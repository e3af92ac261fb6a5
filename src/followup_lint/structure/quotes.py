"""Which lines of a message are quoted or forwarded, and which are the writer's own."""

from __future__ import annotations

import re
from itertools import pairwise

from followup_lint import patterns
from followup_lint.draft import BlockKind
from followup_lint.structure.attribution import attribution_start
from followup_lint.structure.headers import header_block, headers_end, marker

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from followup_lint.structure.lines import Line

# "> text", ">> text", "DL> text", "|> text", "＞ text"; not "> 5 years" alone in the middle, nor "->", nor ">:(".
_MARKED = patterns.lazy(r"^(?:[A-Za-z]{1,3}|[|:])?[>＞](?![:_.;]?[(<])")
_NAMED = patterns.lazy(r"^[A-Z][a-z]{2,11}> ")
_GROUPWISE = patterns.lazy(r"^>{3}\s.*\d.*>{3}\s*$")
# Only an attribution line just above makes these a quotation.
_WEAKLY_MARKED = patterns.lazy(r"^(?:[|:\]}]|[*#%]\s)")
_WRAPPED_LINE = 60
_TORN_LINK = patterns.lazy(r"[(<]https?://[^\s()<>]*$")
_SPILLED_WORDS = 6
_LONGEST_LINK = 300


def threads(lines: Sequence[Line]) -> list[BlockKind | None]:
    """Return for every line QUOTED, FORWARDED, or None for the writer's own.

    A file that is nothing but a forwarded message is that message: only the headers above it are FORWARDED.
    """
    kinds = _threads(lines)
    nothing_own = bool(kinds) and all(kind is not None for kind in kinds)
    if nothing_own and not _MARKED.match(lines[0].words[:8]) and (start := headers_end(lines)):
        return [*kinds[:start], *_threads(lines[start:])]
    return kinds


def _threads(lines: Sequence[Line]) -> list[BlockKind | None]:
    kinds: list[BlockKind | None] = [BlockKind.QUOTED if _MARKED.match(line.words[:8]) else None for line in lines]
    _mark_named(lines, kinds)
    for index, line in enumerate(lines):
        if kinds[index] is not None:
            if _GROUPWISE.match(line.words[:200]):
                return _to_the_end(kinds, index, BlockKind.QUOTED)
            continue
        if kind := marker(line):
            return _to_the_end(kinds, _above(lines, index), kind)
        start = header_block(lines, index)
        if start is not None:
            return _to_the_end(kinds, start, BlockKind.QUOTED)
        _spill(lines, kinds, index)
        quoted = index + 1 < len(lines) and kinds[index + 1] is BlockKind.QUOTED
        weak = not quoted and index + 1 < len(lines) and bool(_WEAKLY_MARKED.match(lines[index + 1].words[:4]))
        first = attribution_start(lines, index, quote_follows=quoted or weak)
        if first is None:
            continue
        if not quoted and not weak:
            return _to_the_end(kinds, first, BlockKind.QUOTED)
        kinds[first : index + 1] = [BlockKind.QUOTED] * (index + 1 - first)
        if weak:
            _mark_weak(lines, kinds, index + 1)
    _wrapped_tails(lines, kinds)
    return kinds


def _to_the_end(kinds: list[BlockKind | None], start: int, kind: BlockKind) -> list[BlockKind | None]:
    return [*kinds[:start], *[kind] * (len(kinds) - start)]


def _above(lines: Sequence[Line], index: int) -> int:
    """Return where a marker's block begins: a rule drawn above it belongs to it."""
    return (
        index - 1 if index and re.match(r"^[\s*_=-]{5,}$", lines[index - 1].words) and not lines[index].gap else index
    )


def _spill(lines: Sequence[Line], kinds: list[BlockKind | None], index: int) -> None:
    """Count a few words between two quoted lines as quoted, if the line above was too long for somebody's mailer.

    So was one that ends inside a link.
    """
    if not 0 < index < len(lines) - 1 or lines[index].gap or lines[index + 1].gap:
        return
    around = kinds[index - 1] is kinds[index + 1] is BlockKind.QUOTED
    above = lines[index - 1].words
    ran_over = len(above) >= _WRAPPED_LINE or bool(_TORN_LINK.search(above[-_LONGEST_LINK:]))
    if around and ran_over and len(lines[index].words.split()) <= _SPILLED_WORDS:
        kinds[index] = BlockKind.QUOTED


def _mark_named(lines: Sequence[Line], kinds: list[BlockKind | None]) -> None:
    """Quote lines behind a whole name, "Dana> text", where two stand together."""
    names = [name[0] if (name := _NAMED.match(line.words[:16])) else "" for line in lines]
    for index, (one, two) in enumerate(pairwise(names)):
        if one and one == two:
            kinds[index : index + 2] = [BlockKind.QUOTED] * 2


def _mark_weak(lines: Sequence[Line], kinds: list[BlockKind | None], start: int) -> None:
    mark = lines[start].words[0]
    for index in range(start, len(lines)):
        if not lines[index].words.startswith(mark):
            return
        kinds[index] = BlockKind.QUOTED


def _wrapped_tails(lines: Sequence[Line], kinds: list[BlockKind | None]) -> None:
    """Quote the first half of an attribution whose second half begins with `>`: "On ... <dana@a" / "> wrote:"."""
    for index in range(1, len(lines)):
        if kinds[index] is BlockKind.QUOTED and kinds[index - 1] is None and not lines[index].gap:
            tail = lines[index].words
            if len(tail) <= len("> ha scritto il seguente:") and tail.endswith(":"):
                first = attribution_start(lines, index, quote_follows=True)
                if first is not None:
                    kinds[first:index] = [BlockKind.QUOTED] * (index - first)
