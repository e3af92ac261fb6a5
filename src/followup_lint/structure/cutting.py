"""The cut itself: quoted mail first, then the greeting, then the leave, and what remains is prose."""

from __future__ import annotations

from itertools import groupby

from followup_lint.draft import Block, BlockKind
from followup_lint.structure.body import prose
from followup_lint.structure.closing import find_leave
from followup_lint.structure.footer import (
    footer_start,
    is_afterthought,
    is_delimiter,
    is_postscript,
    words_of_names,
)
from followup_lint.structure.greeting import find_greeting
from followup_lint.structure.lines import between, cover, filled_lines, paragraphs
from followup_lint.structure.names import is_contact, is_name
from followup_lint.structure.quotes import threads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from followup_lint.structure.lines import Line
    from followup_lint.text import Span


def cut(text: str, within: Span) -> tuple[Block, ...]:
    """Return the parts of the message that `within` delimits, in order.

    Spans are trimmed, half-open offsets into `text`, in code points. They do not overlap, and every character of the
    message that is not white space is in exactly one of them. Addresses and a date above a letter's greeting come out
    as a signature. Never raises; a message without any words has no parts.
    """
    lines = filled_lines(text, within)
    kinds = threads(lines)
    runs: list[tuple[BlockKind | None, list[Line]]] = [
        (kind, [line for _, line in run])
        for kind, run in groupby(zip(kinds, lines, strict=True), key=lambda pair: pair[0])
    ]
    blocks: list[Block] = []
    greeted: frozenset[str] | None = None
    last = _last_own(runs)
    for number, (kind, run) in enumerate(runs):
        if kind is not None:
            blocks.append(Block(kind, cover(run)))
            continue
        rest: Sequence[Line] = run
        if greeted is None:
            opening, rest = _greet(text, run)
            blocks += opening
            named = [block.span.of(text) for block in opening if block.kind is BlockKind.GREETING]
            greeted = words_of_names(" ".join(named))
        blocks += _own(text, rest, greeted, surely=number != last, reply=number > 0)
    return tuple(blocks)


def _last_own(runs: Sequence[tuple[BlockKind | None, list[Line]]]) -> int:
    """Return the number of the stretch in which the writer takes leave: the last that is not all footer."""
    own = [number for number, (kind, run) in enumerate(runs) if kind is None and footer_start(run)]
    return own[-1] if own else -1


def _greet(text: str, lines: Sequence[Line]) -> tuple[list[Block], Sequence[Line]]:
    index, length = find_greeting(lines)
    if not length:
        return [], lines
    above = [
        Block(BlockKind.PARAGRAPH if paragraph[-1].ends_sentence else BlockKind.SIGNATURE, cover(paragraph))
        for paragraph in paragraphs(lines[:index])
    ]
    line = lines[index]
    cut_at = line.at + length
    greeting = cover(between(text, [line], line.span.start, cut_at))
    return [*above, Block(BlockKind.GREETING, greeting)], between(text, lines[index:], cut_at, lines[-1].span.end)


def _own(text: str, lines: Sequence[Line], greeted: frozenset[str], *, surely: bool, reply: bool) -> list[Block]:
    foot = footer_start(lines)
    core, footer = lines[:foot], lines[foot:]
    leave = find_leave(core, greeted, surely=surely, reply=reply)
    if not leave:
        return [*prose(core), *_signature([], footer)]
    body = between(text, core, 0, leave.start)
    sign_off = between(text, core, leave.start, leave.name)
    # Some put the sign-off itself under the "--".
    kept = len(body) - 1 if body and is_delimiter(body[-1]) else len(body)
    return [
        *prose(body[:kept]),
        *_signature([], body[kept:]),
        *(Block(BlockKind.SIGN_OFF, cover(part)) for part in paragraphs(sign_off)),
        *_signature(between(text, core, leave.name, len(text)), footer),
    ]


def _signature(lines: Sequence[Line], footer: Sequence[Line]) -> list[Block]:
    """Return the signature, in which an afterthought is the writer's prose again."""
    found: list[tuple[BlockKind, list[Line]]] = []
    after = False
    for paragraph in paragraphs([*lines, *footer]):
        in_footer = bool(footer) and paragraph[0].span.start >= footer[0].span.start
        prosaic = (after and not _is_footing(paragraph)) or (bool(found) and is_afterthought(paragraph))
        kind = BlockKind.PARAGRAPH if prosaic and not in_footer else BlockKind.SIGNATURE
        for number, line in enumerate(paragraph):
            begins = is_postscript(line)
            if begins:
                kind, after = BlockKind.PARAGRAPH, True
            elif footer and line.span.start == footer[0].span.start:
                kind = BlockKind.SIGNATURE
            begins = begins or (kind is BlockKind.PARAGRAPH and not number)
            if begins or not found or found[-1][0] is not kind:
                found.append((kind, []))
            found[-1][1].append(line)
    return [Block(kind, cover(part)) for kind, part in found]


def _is_footing(paragraph: Sequence[Line]) -> bool:
    return all(is_name(line.words) or is_contact(line.words) for line in paragraph)
