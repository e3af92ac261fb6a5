"""What may be written at a place in the front matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lsprotocol import types

from followup_lint.lsp import explanation, words
from followup_lint.lsp.documents import Document
from followup_lint.lsp.top import Spot, region, spot
from followup_lint.rule import Rule
from followup_lint.text import Lines


def completions(
    document: Document, offset: int, rules: Mapping[str, Rule], *, is_markdown: bool
) -> list[types.CompletionItem]:
    """Return keys, values and names of rules that fit where the cursor is; nothing outside the front matter."""
    within = region(document.text)
    if within is None or not within.start <= offset <= within.end:
        return []
    at = spot(document.text, offset, within)
    there = document.buffer.range(at.word)
    return [item(name, about, suffix, kind, there, is_markdown=is_markdown)
            for name, about, suffix, kind in _fitting(document.text, at, rules)]  # fmt: skip


def item(  # noqa: PLR0913  (one thing to show has as many sides)
    name: str, about: str, suffix: str, kind: types.CompletionItemKind, there: types.Range, *, is_markdown: bool
) -> types.CompletionItem:
    """Return one completion, with its documentation."""
    told = explanation.content(about, is_markdown=is_markdown) if about else None
    return types.CompletionItem(
        name, kind=kind, documentation=told, filter_text=name, text_edit=types.TextEdit(there, name + suffix)
    )


def _fitting(
    text: str, at: Spot, rules: Mapping[str, Rule]
) -> Iterator[tuple[str, str, str, types.CompletionItemKind]]:
    key, value = types.CompletionItemKind.Property, types.CompletionItemKind.EnumMember
    top = at.above[0] if at.above else at.key
    colon = "" if text[at.word.end : at.word.end + 1] == ":" else ": "
    if top in words.SILENCING:
        if len(at.above) > 1 and not at.key:
            yield from ((name, about, colon, key) for name, about in words.SILENCE_KEYS.items())
        elif len(at.above) <= 1 and (not at.key or not at.above):
            is_mapping = bool(at.above) and not at.is_item
            suffix = colon if is_mapping else ""
            kind = types.CompletionItemKind.Reference
            yield from ((name, explanation.rule(rule), suffix, kind) for name, rule in rules.items())
    elif at.key:
        yield from ((name, about, "", value) for name, about in words.values(at.key).items())
    elif at.above:
        yield from ((name, "", colon, key) for name in words.INNER.get(at.above[-1], ()))
    else:
        used = _used(text, at)
        yield from ((name, about, colon, key) for name, about in words.keys().items() if name not in used)


def _used(text: str, at: Spot) -> set[str]:
    """Return the keys that stand there already, but for the one under the cursor."""
    lines = Lines(text)
    here = lines.position(at.word.start).line
    within = region(text)
    found = set()
    for span in lines.spans(within):
        name, colon, _ = span.of(text).partition(":")
        if colon and name and not name[0].isspace() and lines.position(span.start).line != here:
            found.add(name.strip())
    return found
