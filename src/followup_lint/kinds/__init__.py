"""What a message is for, weighed from its words and its facts when nobody said. Every point can be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from followup_lint import model
from followup_lint.context import Context, Kind
from followup_lint.draft import Draft
from followup_lint.kinds.cues import Cue, lists
from followup_lint.kinds.known import told
from followup_lint.kinds.places import Line, lines
from followup_lint.kinds.verdict import Clue, Verdict
from followup_lint.prose import Prose
from followup_lint.reading import Reading
from followup_lint.text import Span

INFERRED = "inferred"
"""How the origin of a kind begins that nobody gave."""


def infer(draft: Draft, known: Context) -> tuple[Kind, str]:
    """Return the likeliest kind and the clues that decided it, in words."""
    return weigh(draft, known).in_words


def is_inferred(context: Context) -> bool:
    """Whether the kind of a message was worked out by `infer`, not given."""
    return context.origins.get("kind", "").startswith(INFERRED)


def weigh(draft: Draft, known: Context, prose: Prose | None = None) -> Verdict:
    """Weigh all cues of a draft and of the facts known about it; a kind among those facts has no say.

    `prose` is what was worked out of the draft already, and takes up what is worked out here.
    """
    reading = Reading(draft, known, model.load, known=prose)  # nothing here parses, so the model is never loaded
    facts = (Clue("fact", words, tuple(points.items())) for words, points in told(known))
    clues = (*_written(reading), *facts)
    totals = dict(lists().start)
    for clue in clues:
        for kind, points in clue.points:
            totals[kind] += points
    return Verdict(tuple(sorted(totals.items(), key=lambda item: -item[1])), clues)


def _written(reading: Reading) -> Iterator[Clue]:
    """Yield each cue once, where it weighs most. Words that spoke for one cue do not speak for a later one."""
    places = lines(reading, lists().courtesies)
    claimed: list[Span] = []
    for cue in lists().cues:
        if not reading.living(cue.words):
            continue
        # In this order: of the places, few hold the words.
        said = [(line, spans) for line in places if (spans := reading.find(cue.words, line.span))]
        found = [
            (span, line)
            for line, spans in said
            if cue.weight(line.place)
            for span in _counting(reading, cue, line, spans)
            if not _overlaps(span, claimed)
        ]
        claimed += [span for span, _ in found]
        if found and cue.points:
            span, line = max(found, key=lambda pair: cue.weight(pair[1].place))
            words = f"“{' '.join(span.of(reading.text).split())}”"
            points = tuple((kind, worth * cue.weight(line.place)) for kind, worth in cue.points.items())
            yield Clue(cue.name, words, points, span, line.place)


def _counting(reading: Reading, cue: Cue, line: Line, spans: Iterable[Span]) -> list[Span]:
    """Return those of a cue's words in a line that nothing there makes void, if it asks where the cue must ask."""
    void = reading.find(cue.unless, line.span)
    if cue.asks and all(_overlaps(span, void) for span in reading.find(lists().asks, line.span)):
        return []
    return [span for span in spans if not _overlaps(span, void)]


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


__all__ = ["INFERRED", "Clue", "Verdict", "infer", "is_inferred", "weigh"]
