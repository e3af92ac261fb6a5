"""Entries under `ignore`, written into the front matter's YAML as it stands.

Comments, order and quotes stay, and whatever is not about `ignore` keeps every byte.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import yaml

from followup_lint import patterns
from followup_lint.diagnostic import Edit
from followup_lint.front_matter import Top
from followup_lint.records import dataclass
from followup_lint.strict_yaml import compose
from followup_lint.text import Lines, Span

KEYS = ("ignore", "disable")
"""The key, and what it was called before."""

_LINE_END = patterns.lazy(r"\r\n|\n|\r")
_DASH = patterns.lazy(r"-[ \t]*\Z")


def inside(text: str, front_matter: Span) -> Span:
    """Return what stands between the two lines that mark the front matter."""
    lines = Lines(text).spans(front_matter)
    return Span(lines[1].start, lines[-1].start) if len(lines) > 1 else front_matter


def with_entries(text: str, path: str, top: Top, entries: Sequence[str]) -> str:
    """Return the text with entries like `rule: "reason"` under `ignore`, in front matter that is made if need be.

    A shape that is not known stays as it is or comes out wrong: read it again before you use it. Raises Problem for
    broken YAML.
    """
    newline = found[0] if (found := _LINE_END.search(text)) else "\n"
    if top.front_matter is None:
        return newline.join(["---", "ignore:", *(f"  {entry}" for entry in entries), "---", text])
    within = inside(text, top.front_matter)
    node = compose(within.of(text), path, first_line=2)
    if node is None or (isinstance(node, yaml.MappingNode) and not node.flow_style):
        edits = _in_block(_Place(text, newline), node, entries, within.end)
    elif isinstance(node, yaml.MappingNode):
        edits = _in_flow(_Place(text, newline), node, entries)
    else:
        edits = []
    for edit in reversed(sorted(edits, key=lambda edit: edit.span)):  # noqa: C413  (of two at one place, the first stays first)
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


@dataclass(frozen=True)
class _Place:
    """Where the nodes of the front matter stand in the text."""

    text: str
    newline: str

    @cached_property
    def lines(self) -> Lines:
        """Return the lines of the text."""
        return Lines(self.text)

    def __call__(self, mark: yaml.Mark) -> int:
        """Return the offset of a mark; the nodes' first line is the second of the file."""
        return self.lines.starts[mark.line + 1] + mark.column

    def span(self, node: yaml.Node) -> Span:
        """Return where a node stands."""
        return Span(self(node.start_mark), self(node.end_mark))

    def below(self, node: yaml.Node, rows: Sequence[str]) -> Edit:
        """Return the edit that writes rows below the line on which a node ends."""
        end = _last(node).end_mark
        at = self(end)
        if not end.column and end.line > _last(node).start_mark.line:  # the text under `|` ends with its line
            return Edit(Span(at, at), "".join(row + self.newline for row in rows))
        at = self.lines.span(end.line + 2).end
        return Edit(Span(at, at), "".join(self.newline + row for row in rows))


def _last(node: yaml.Node) -> yaml.Node:
    """Return the last node inside a block: the block's own end may lie beyond comments and blank lines."""
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return node
    last = node.value[-1]
    return _last(last[1] if isinstance(last, tuple) else last)


def _listed(node: yaml.MappingNode) -> tuple[yaml.Node, yaml.Node] | None:
    """Return the key and value that count: the last one that is not empty, as the facts are read."""
    pairs = [(key, value) for key, value in node.value if key.value in KEYS]
    said = [(key, value) for key, value in pairs if value.value or not isinstance(value, yaml.ScalarNode)]
    return next(reversed(said or pairs), None)


def _in_block(place: _Place, node: yaml.MappingNode | None, entries: Sequence[str], end: int) -> list[Edit]:
    pair = _listed(node) if node else None
    column = node.start_mark.column if node else 0
    if pair is None:
        rows = [" " * column + "ignore:", *(" " * (column + 2) + entry for entry in entries)]
        return [Edit(Span(end, end), "".join(row + place.newline for row in rows))]
    value = pair[1]
    if isinstance(value, yaml.ScalarNode) and place.span(value).start == place.span(value).end:
        return [place.below(value, [" " * (column + 2) + entry for entry in entries])]
    if not isinstance(value, yaml.CollectionNode) or value.flow_style:
        return _flow(place, value, entries)
    inner = value.start_mark.column
    edits = []
    if isinstance(value, yaml.SequenceNode):
        shift = 0 if inner > column else 2
        inner += shift
        for item in value.value:
            span = place.span(item)
            dash = _DASH.search(place.text, 0, span.start)
            edits.append(Edit(Span(dash.start() if dash else span.start, span.start), " " * shift))
            edits.append(Edit(Span(span.end, span.end), ': ""'))
    return [*edits, place.below(value, [" " * inner + entry for entry in entries])]


def _in_flow(place: _Place, node: yaml.MappingNode, entries: Sequence[str]) -> list[Edit]:
    pair = _listed(node)
    return _flow(place, pair[1], entries) if pair else _flow(place, node, [f"ignore: {{{', '.join(entries)}}}"])


def _flow(place: _Place, value: yaml.Node, entries: Sequence[str]) -> list[Edit]:
    """Return the edits that add entries to a list or mapping in brackets, or make one of a single word."""
    span, rows = place.span(value), ", ".join(entries)
    if isinstance(value, yaml.ScalarNode):
        first = f'{span.of(place.text)}: "", ' if value.value else ""
        return [Edit(span, f"{' ' * (span.start == span.end)}{{{first}{rows}}}")]
    edits = []
    if isinstance(value, yaml.SequenceNode):
        edits = [Edit(Span(span.start, span.start + 1), "{"), Edit(Span(span.end - 1, span.end), "}")]
        edits += [Edit(Span(place.span(item).end, place.span(item).end), ': ""') for item in value.value[:-1]]
        at = place.span(value.value[-1]).end if value.value else span.start + 1
        return [*edits, Edit(Span(at, at), f': "", {rows}' if value.value else rows)]
    at = place.span(value.value[-1][1]).end if value.value else span.start + 1
    return [Edit(Span(at, at), f", {rows}" if value.value else rows)]
