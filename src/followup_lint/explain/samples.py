"""A rule's examples, cut down to the part that shows the rule."""

from __future__ import annotations

import re

from followup_lint.context import Kind
from followup_lint.draft import Draft
from followup_lint.reader import read_message
from followup_lint.rule import Rule
from followup_lint.testing import unmark
from followup_lint.text import Span

_ROOM = 170


def bad(rule: Rule, kind: Kind) -> str:
    """Return the marked part of a bad example, marks included, of this kind of message where there is one."""
    source = _nearest([item.bad for item in rule.file.examples if item.bad], kind)
    before, _, rest = source.partition("[[")
    marked, _, after = rest.partition("]]")
    before = re.split(r"\n\s*\n|\n---\n", before)[-1]
    after = re.split(r"\n\s*\n", after)[0]
    head, tail = _flat(before), _flat(after)
    marked = _flat(marked)
    spare = max(30, (_ROOM - len(marked)) // 2)
    if len(head) > spare:
        head = "…" + head[-spare:].partition(" ")[2]
    if len(tail) > spare:
        tail = tail[:spare].rpartition(" ")[0] + "…"
    space = " " if before[-1:].isspace() and head else ""
    gap = " " if after[:1].isspace() and tail else ""
    return f"{head}{space}[[{_short(marked)}]]{gap}{tail}"


def good(rule: Rule, kind: Kind) -> str:
    """Return the part of a good example that answers to the marked part of the bad one."""
    shown = _nearest([item.bad for item in rule.file.examples if item.bad], kind)
    text, spans = unmark(shown)
    draft = read_message(text.encode(), "example.txt", {}).draft
    part = _part(draft, spans[0]) if spans else ""
    other = read_message(
        _nearest([item.good for item in rule.file.examples if item.good], kind).encode(), "example.txt", {}
    ).draft
    header = other.header(part)
    blocks = [block for block in other.blocks if block.kind == part] or other.body
    words = [f"{header.name}: {header.value}"] if header else [block.span.of(other.text) for block in blocks]
    return _short(_flat(" ".join(words) or other.text))


def triggers(rule: Rule) -> list[str]:
    """Return the marked words of the bad examples, the shortest first."""
    found = {_flat(span.of(text)) for item in rule.file.examples if item.bad for text, spans in [unmark(item.bad)]
             for span in spans}  # fmt: skip
    return sorted(found, key=lambda words: (len(words), words))


def _part(draft: Draft, span: Span) -> str:
    for block in draft.blocks:
        if span.overlaps(block.span):
            return "" if block in draft.body else block.kind
    return next((header.name for header in draft.headers if span.overlaps(header.span)), "")


def _nearest(sources: list[str], kind: Kind) -> str:
    return min(sources, key=lambda source: (f"kind: {kind}\n" not in source, len(source)))


def _flat(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()


def _short(words: str) -> str:
    return words if len(words) <= _ROOM else words[:_ROOM].rpartition(" ")[0] + " …"
