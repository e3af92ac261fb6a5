"""How many questions a message puts: counted with a parse, and bounded without one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from followup_lint import patterns
from followup_lint.prose import Sentence
from followup_lint.reading import Reading
from followup_lint.text import Span, trim

_WH = r"(?:who|whom|whose|what|when|where|why|how|which)"
# "when and how" asks once in two words; "and if not, never mind" asks nothing.
_NOT_CLAUSE = patterns.lazy(
    rf"\b{_WH}\s*(?:,|and\b|or\b|/)|\bif\s+(?:not|so|possible|needed|necessary|any)\b", re.IGNORECASE
)
_QUESTION = patterns.lazy(
    rf"\s+(?:(?:in|about|of|on|me|us|to|know|exactly|just)\s+){{0,3}}(?:{_WH}|whether)\b", re.IGNORECASE
)
_NEXT = patterns.lazy(
    rf"(?:,|\band\b|\bor\b)\s+(?:(?:also|by|on|with|from|in|at|to)\s+)?(?:{_WH}|whether)\b", re.IGNORECASE
)


def wanted(reading: Reading, *, offers: bool) -> Iterator[Span]:
    """Yield the asks that want something of the reader; an offer does if it is put as a question."""
    from followup_lint.asks import Form

    for sentence in reading.sentences:
        for ask in reading.asks(sentence):
            asked = ask.span.of(reading.text).rstrip().endswith("?")
            if not reading.is_masked(ask.span) and (
                ask.form in {Form.DIRECT, Form.INDIRECT, Form.IMPERATIVE}
                or (offers and asked and ask.form is Form.OFFER)
            ):
                yield ask.span


def strung(reading: Reading, sentence: Sentence, frames: tuple[str, ...]) -> list[tuple[Span, int]]:
    """Return each thing asked in a sentence, and how many questions it strings together.

    What the parse of a long sentence misses, the words of `frames` may show: "it would help to know who …".
    """
    from followup_lint.asks import Form

    found = [
        (ask.span, ask.clauses)
        for ask in reading.questions(sentence)
        if ask.form in {Form.DIRECT, Form.INDIRECT} and not reading.is_masked(ask.span)
    ]
    for frame, end, count in _framed(reading, sentence, frames):
        same = [item for item in found if item[0].overlaps(frame)]
        if not same:
            found.append((trim(reading.text, Span(frame.start, end)), count))
        elif len(same) == 1 and same[0][1] < count:
            found[found.index(same[0])] = (same[0][0], count)
    return sorted(found)


def _framed(reading: Reading, sentence: Sentence, frames: tuple[str, ...]) -> Iterator[tuple[Span, int, int]]:
    """Yield each of `frames` that a question follows: its place, where that ends, and how many are strung together."""
    opened = reading.find(frames, sentence.span)
    for here, frame in enumerate(opened):
        end = opened[here + 1].start if here + 1 < len(opened) else sentence.span.end
        if _QUESTION.match(reading.masked, frame.end, end):
            yield frame, end, 1 + len(_NEXT.findall(reading.masked, frame.end, end))


def at_most(reading: Reading, frames: tuple[str, ...], top: int) -> bool:
    """Whether there are no more than `top` questions, found without parsing more sentences than it takes to know."""
    sure, most = bounds(reading, frames)
    total = sure + sum(most.values())
    for sentence in reading.parsed_first(most):
        if total <= top:
            return True
        total += _asked(reading, sentence, frames, most[sentence]) - most[sentence]
    return total <= top


def ahead(reading: Reading, frames: tuple[str, ...], top: int) -> Iterator[Span]:
    """Yield sentences that take a parse to know whether there are more than `top` questions.

    If none of them asks after all, what the rest can ask at most is not too much.
    """
    sure, most = bounds(reading, frames)
    total = sure + sum(most.values())
    for sentence in reading.parsed_first(most):
        if total <= top:
            return
        total -= most[sentence]
        if reading.has_parsed(sentence.span):
            total += _asked(reading, sentence, frames, most[sentence])
        else:
            yield sentence.span


def _asked(reading: Reading, sentence: Sentence, frames: tuple[str, ...], most: int) -> int:
    asked = sum(max(1, count) for _, count in strung(reading, sentence, frames))
    return min(most, asked + len(_offers(reading, sentence)))


def bounds(reading: Reading, frames: tuple[str, ...]) -> tuple[int, dict[Sentence, int]]:
    """Return how many questions are put by the words of `frames` alone, and how many the other sentences put at most.

    Those are the sentences that take a parse to know, the least likely to ask first. All that a quotation holds is
    somebody else's question.
    """

    def work() -> tuple[int, dict[Sentence, int]]:
        sure, most = 0, {}
        for sentence in reading.sentences:
            framed = sum(count for _, _, count in _framed(reading, sentence, frames))
            asked = reading.most_asks(sentence)
            if asked and not reading.is_masked(sentence.span):
                most[sentence] = asked + framed
            else:
                sure += framed
        likely = sorted(most.items(), key=lambda item: ("?" in item[0].span.of(reading.text), -item[1]))
        return sure, dict(likely)

    return reading.once(frames, work)


def _offers(reading: Reading, sentence: Sentence) -> list[Span]:
    """Return the offers that a sentence puts as questions."""
    spans = [ask.span for ask in reading.questions(sentence) if ask.form == "offer"]
    return [span for span in spans if span.of(reading.masked).rstrip().endswith("?")]


def questions(reading: Reading, frames: tuple[str, ...], courtesies: tuple[str, ...]) -> Iterator[Span]:
    """Yield each question put, as often as it asks; offers that ask are one in all, `courtesies` none."""
    offered = False
    for sentence in reading.sentences:
        for span, clauses in strung(reading, sentence, frames):
            if reading.search(courtesies, span):
                continue
            yield from [span] * max(1, clauses - len(_NOT_CLAUSE.findall(reading.masked, span.start, span.end)))
        offers = [span for span in _offers(reading, sentence) if not reading.search(courtesies, span)]
        if offers and not offered:
            offered = True
            yield offers[0]
