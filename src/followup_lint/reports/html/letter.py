"""The message as it will be read, with marks: every character of the draft once, in order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import groupby, pairwise

from followup_lint import patterns
from followup_lint.draft import BlockKind, Draft
from followup_lint.records import dataclass, replace
from followup_lint.reports.html.markup import Html, joined, shown, tag
from followup_lint.text import Span

_ENVELOPE = frozenset({"from", "to", "cc", "subject", "date"})
_NAME = patterns.lazy(r"[\w-]+:")
_ROOM = 84  # characters on a line of the sheet, more or less
_THEIRS = frozenset({BlockKind.QUOTED, BlockKind.FORWARDED})


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch to mark. `note` is the id of what is said about it, `id` its own; `sign` is what its link shows.

    `kind` is a severity, `related` or `evidence`; of a `pinned` one only the place counts.
    """

    span: Span
    id: str
    kind: str
    note: str = ""
    sign: str = ""
    label: str = ""
    pinned: bool = False


class Zone(StrEnum):
    """What a line of the file is to its reader."""

    FACTS = "facts"
    ENVELOPE = "envelope"
    ROUTE = "route"
    BODY = "body"
    THREAD = "thread"


_FOLDED = {
    Zone.FACTS: "Facts for the check, not part of the message",
    Zone.ROUTE: "More headers of the mail",
    Zone.THREAD: "The earlier messages below",
}


def letter(draft: Draft, marks: Sequence[Mark]) -> tuple[Html, dict[str, int]]:
    """Return the message, and for each mark's id the row on which it begins, as far as rows can be foretold."""
    rows: dict[str, int] = {}
    pieces: list[str] = []
    row = 1
    lines = _lines(draft)
    lying = _Lying.of([_placed(mark, lines[-1][0]) for mark in marks], [span for span, _ in lines])
    for zone, group in groupby(lines, key=lambda item: item[1]):
        spans = [span for span, _ in group]
        here = [mark for span in spans for mark in lying.begun.get(span, ())]
        edges = _blank_edges(draft, spans, lying)
        drawn = [_line(draft, span, zone, lying, "line edge" if span in edges else "line") for span in spans]
        is_open = any(mark.kind not in {"related", "evidence"} for mark in here)
        folded = zone in _FOLDED
        row += folded
        for span in spans:
            rows.update((mark.id, row) for mark in lying.begun.get(span, ()))
            row += _height(span.of(draft.text)) if (is_open or not folded) and span not in edges else 0
        body = tag("div", *drawn, class_=f"zone {zone}")
        if folded:
            # `open` has no value of its own.
            body = tag("details", tag("summary", _FOLDED[zone]), body, class_="fold", open="" if is_open else None)
        pieces.append(body)
    return joined(pieces), rows


def _placed(mark: Mark, last: Span) -> Mark:
    """Return a pin at the very end of the text as one on the last line."""
    beyond = mark.pinned and mark.span.start >= last.end
    return replace(mark, span=Span(last.start, last.start)) if beyond else mark


def _blank_edges(draft: Draft, lines: Sequence[Span], lying: _Lying) -> set[Span]:
    """Return the blank lines at either end, which only part what stands above from what stands below."""
    full = [place for place, line in enumerate(lines) if line.of(draft.text).strip()]
    edges = [*lines[: full[0]], *lines[full[-1] + 1 :]] if full else lines[1:]
    return {line for line in edges if line not in lying.begun}


@dataclass(frozen=True)
class _Lying:
    """Which marks begin on a line, and which of those that have words cross it."""

    begun: Mapping[Span, Sequence[Mark]]
    crossing: Mapping[Span, Sequence[Mark]]

    @classmethod
    def of(cls, marks: Sequence[Mark], lines: Sequence[Span]) -> _Lying:
        starts = [line.start for line in lines]
        begun: dict[Span, list[Mark]] = {}
        crossing: dict[Span, list[Mark]] = {}
        for mark in marks:
            first = bisect_right(starts, mark.span.start) - 1
            line = lines[first]
            if mark.span.start < max(line.end, line.start + 1):
                begun.setdefault(line, []).append(mark)
            if mark.span.start < mark.span.end and not mark.pinned:
                for crossed in lines[first : bisect_left(starts, mark.span.end)]:
                    if mark.span.start < crossed.end:
                        crossing.setdefault(crossed, []).append(mark)
        return cls(begun, crossing)


def _height(line: str) -> int:
    return max(1, -(-len(line) // _ROOM))


def _lines(draft: Draft) -> list[tuple[Span, Zone]]:
    """Return the lines, each with its line end and its zone."""
    starts = [*draft.lines.starts, len(draft.text)]
    spans = [Span(first, last) for first, last in pairwise(starts)]
    first = min((block.span.start for block in draft.blocks), default=len(draft.text))
    quoted = [block.span for block in draft.blocks if block.kind in _THEIRS]
    own_end = max((block.span.end for block in draft.blocks if block.kind not in _THEIRS), default=0)
    thread = min((span.start for span in quoted if span.start >= own_end), default=len(draft.text) + 1)
    found: list[tuple[Span, Zone]] = []
    for span in spans:
        if draft.front_matter and span.start < draft.front_matter.end:
            zone = Zone.FACTS
        elif span.start < first and draft.headers and span.start <= max(header.span.end for header in draft.headers):
            zone = _header_zone(draft, span, found)
        else:
            zone = Zone.THREAD if span.start >= thread else Zone.BODY
        found.append((span, zone))
    return found


def _header_zone(draft: Draft, span: Span, before: list[tuple[Span, Zone]]) -> Zone:
    line = span.of(draft.text)
    name = _NAME.match(line)
    if not name:  # a blank line, or the rest of a folded header
        return before[-1][1] if before and before[-1][1] is not Zone.FACTS else Zone.ENVELOPE
    return Zone.ENVELOPE if name[0][:-1].lower() in _ENVELOPE else Zone.ROUTE


def _line(draft: Draft, span: Span, zone: Zone, lying: _Lying, kind: str) -> Html:
    text = draft.text
    pinned = [mark for mark in lying.begun.get(span, ()) if mark.pinned]
    drawn = lying.crossing.get(span, ())
    inside = [Span(*(_cut(text, edge, span) for edge in (mark.span.start, mark.span.end))) for mark in drawn]
    cuts = {span.start, span.end, *(edge for part in inside for edge in (part.start, part.end))}
    name = _NAME.match(span.of(text)) if zone is Zone.ENVELOPE else None
    if name:
        cuts.add(span.start + name.end())
    edges = sorted(cuts)
    over_at = _over(inside, edges)
    pieces: list[str] = [tag("span", *map(_badge, pinned), class_="pins")] if pinned else []
    for start, end in pairwise(edges):
        piece = Span(start, end)
        over = [drawn[place] for place in over_at[start]]
        words: str = piece.of(text)
        if name and end <= span.start + name.end():
            words = tag("span", words, class_="field")
        pieces.append(_marked(words, over, start))
        pieces += [_badge(mark) for mark in over if _ends(mark, piece, text)]
    return tag("div", *pieces, class_=kind, dir="auto")


def _over(parts: Sequence[Span], edges: Sequence[int]) -> Mapping[int, Sequence[int]]:
    """Return, for each edge, the places of the parts that the piece after it lies in; every part ends at an edge."""
    opened: dict[int, list[int]] = {}
    closed: dict[int, list[int]] = {}
    for place, part in enumerate(parts):
        if part.start < part.end:
            opened.setdefault(part.start, []).append(place)
            closed.setdefault(part.end, []).append(place)
    over: set[int] = set()
    found: dict[int, Sequence[int]] = {}
    for edge in edges:
        over = (over - {*closed.get(edge, ())}) | {*opened.get(edge, ())}
        found[edge] = sorted(over)
    return found


def _cut(text: str, edge: int, line: Span) -> int:
    """Return where to cut a line for the edge of a mark: inside of it, and never through its line end."""
    edge = min(max(edge, line.start), line.end)
    return edge + 1 if text[max(0, edge - 1) : edge + 1] == "\r\n" else edge


def _ends(mark: Mark, piece: Span, text: str) -> bool:
    """Whether a mark ends with this piece; a line end alone is not the end."""
    return bool(mark.note) and not Span(piece.end, mark.span.end).of(text).strip() and bool(piece.of(text).strip())


def _marked(words: str, over: Sequence[Mark], start: int) -> str:
    inner: str = words
    for mark in over:
        if mark.kind == "evidence" and mark.span.start == start:  # where it begins; its later lines need no id
            inner = tag("span", inner, id=mark.id, class_="evidence")
    told = [mark for mark in over if mark.note]
    if told:
        order = ["error", "warning", "suggestion"]
        kind = min((mark.kind for mark in told), key=order.index)
        twice = " twice" if len(told) > 1 else ""
        return tag("mark", inner, class_=f"{kind}{twice}", aria_describedby=" ".join(mark.note for mark in told))
    if any(mark.kind == "related" for mark in over) and shown(words).strip():
        return tag("span", inner, class_="related")
    return inner


def _badge(mark: Mark) -> Html:
    kind = f"badge {'pin ' if mark.pinned else ''}{mark.kind}"
    # Its sign is drawn by the style sheet: whoever copies the message copies the message alone.
    return tag("a", id=mark.id, class_=kind, href=f"#{mark.note}", data_sign=mark.sign, aria_label=mark.label)
