"""A draft: one message as it will be sent, cut into parts, every part an offset into the text as read."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property

from followup_lint.records import dataclass
from followup_lint.text import Lines, Span


class BlockKind(StrEnum):
    """What a stretch of the message is for."""

    GREETING = "greeting"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    SIGN_OFF = "sign-off"
    SIGNATURE = "signature"
    QUOTED = "quoted"
    FORWARDED = "forwarded"


BODY = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})
"""The writer's own prose: what the length, question and wording rules look at."""

OWN = BODY | {BlockKind.GREETING, BlockKind.SIGN_OFF, BlockKind.SIGNATURE}
"""All that the writer adds to the thread with this message."""


@dataclass(frozen=True, slots=True)
class Block:
    """One part of the message. Blocks do not overlap and stand in order."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Header:
    """A mail header or a `Subject:`-like line; `span` is that of the value, in the draft's text."""

    name: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a mail's text whose lines are counted on their own: its headers, or its decoded body.

    `raw_lines` holds, for each line of the part, the line of the file it came from; it is empty where lines of the
    decoded part do not answer to lines of the file (base64, HTML).
    """

    name: str
    span: Span
    raw_lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands, as a report says it: 1-based; `part` and `raw_line` only for mail."""

    line: int
    column: int
    part: str = ""
    raw_line: int = 0


@dataclass(frozen=True)
class Draft:
    """One message. `text` is the file as read, or, for mail, its headers and decoded text part."""

    path: str
    text: str
    blocks: tuple[Block, ...] = ()
    headers: tuple[Header, ...] = ()
    front_matter: Span | None = None
    parts: tuple[Part, ...] = ()
    attachments: tuple[str, ...] = ()
    is_mail: bool = False
    notes: tuple[str, ...] = ()

    @cached_property
    def lines(self) -> Lines:
        """Return the lines of the text."""
        return Lines(self.text)

    @cached_property
    def body(self) -> tuple[Block, ...]:
        """Return the writer's own prose, block by block."""
        return tuple(block for block in self.blocks if block.kind in BODY)

    def of_kind(self, kind: BlockKind) -> tuple[Block, ...]:
        """Return the blocks of one kind."""
        return tuple(block for block in self.blocks if block.kind == kind)

    def header(self, name: str) -> Header | None:
        """Return the first header of that name, whatever its case."""
        return next((header for header in self.headers if header.name.lower() == name.lower()), None)

    def place(self, offset: int) -> Place:
        """Return the line and column that a report shows for an offset."""
        at = self.lines.position(offset)
        for part in self.parts:
            if part.span.start <= offset <= part.span.end:
                line = at.line - self.lines.position(part.span.start).line + 1
                raw = part.raw_lines[line - 1] if line <= len(part.raw_lines) else 0
                return Place(line, at.column, part.name, raw)
        return Place(at.line, at.column)
