"""A draft as the program reads it, for those who write rules: parts, sentences, tokens, asks, kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from followup_lint.draft import BlockKind
from followup_lint.explain.scope import told
from followup_lint.kinds import weigh
from followup_lint.prose import Sentence
from followup_lint.reader import Message
from followup_lint.reading import Reading
from followup_lint.text import Span

if TYPE_CHECKING:
    from followup_lint.language import Language

_COLUMNS = ("word", "lemma", "tag", "dependency", "head", "entity")
_KINDS = 3


def render(message: Message, language: Callable[[], Language]) -> str:
    """Return the whole as plain text. `language` should hold a recogniser of names if entities are to be shown."""
    reading = Reading(message.draft, message.context, language)
    return "\n".join([*_facts(reading), "", *_parts(reading), *_sentences(reading)]) + "\n"


def _facts(reading: Reading) -> Iterator[str]:
    yield reading.draft.path
    yield f"  {told(reading.context, 'kind')}"
    verdict = weigh(reading.draft, reading.context)
    ranking = [f"{kind} {points:g}" for kind, points in verdict.ranking[:_KINDS]]
    yield f"  kind by its words: {', '.join(ranking)}"
    for clue in verdict.clues:
        points = ", ".join(f"{kind} {worth:+g}" for kind, worth in clue.points)
        place = f" in {clue.place}" if clue.place else ""
        yield f"    {clue.words}{place}: {points}"
    yield from (f"  {told(reading.context, name)}" for name in ("channel", "culture"))
    if masks := reading.masks.spans:
        yield "  masked: " + ", ".join(f"“{span.of(reading.text)}”" for span in masks)


def _parts(reading: Reading) -> Iterator[str]:
    yield "parts"
    lines = reading.draft.lines
    parts = [(f"header {header.name}", header.span) for header in reading.draft.headers]
    parts += [(block.kind.value, block.span) for block in reading.draft.blocks]
    if reading.draft.front_matter:
        parts.insert(0, ("front matter", reading.draft.front_matter))
    for name, span in parts:
        first, last = lines.position(span.start).line, lines.position(max(span.start, span.end - 1)).line
        shown = f"{first}" if first == last else f"{first}-{last}"
        yield f"  {shown:>7}  {name:<14} {_short(span.of(reading.text), 50)}"


def _sentences(reading: Reading) -> Iterator[str]:
    for number, sentence in enumerate(reading.sentences, 1):
        at = reading.draft.place(sentence.span.start)
        where = "" if reading.prose.in_prose(sentence) else f", {BlockKind.LIST_ITEM}"
        yield ""
        yield f"sentence {number} ({at.line}:{at.column}{where}): {_short(sentence.span.of(reading.text), 200)}"
        yield from _asks(reading, sentence)
        yield from _tokens(reading, sentence.span)


def _asks(reading: Reading, sentence: Sentence) -> Iterator[str]:
    for ask in reading.asks(sentence):
        at = reading.draft.place(ask.span.start)
        clauses = f", {ask.clauses} clauses" if ask.clauses > 1 else ""
        yield f"  ask: {ask.form}{clauses}, {at.line}:{at.column} “{_short(ask.span.of(reading.text), 60)}”"


def _tokens(reading: Reading, span: Span) -> Iterator[str]:
    rows: list[tuple[str, ...]] = [_COLUMNS]
    for token in reading.parse(span):
        if not token.is_space:
            entity = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else ""
            rows.append((token.text, token.lemma_, token.tag_, token.dep_, token.head.text, entity))
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS))]
    for row in rows:
        yield ("  " + "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))).rstrip()


def _short(words: str, room: int) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= room else flat[: room - 1].rstrip() + "…"
