"""What shows that a sentence may ask: never less than what its parse finds."""

from __future__ import annotations

import pytest
from corpus import Read, sentences

from followup_lint.asks import Ask, Form, asks
from followup_lint.asks.signs import most_asks
from followup_lint.literals import folded

ASKING = frozenset({Form.DIRECT, Form.INDIRECT, Form.OFFER})

MISTAKEN = ("where every def has a test", "which was the one thing that you were not sure of")
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


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("Thank you for the tour of the yard.", 0, 0),
        ("Sign both copies, please.", 0, 0),
        ("Could you send me the date?", 1, 2),
        ("Let me know what you decide.", 1, 1),
        ("I wonder whether, when and where the panel meets.", 3, 4),
        ("Still no news.", 1, 1),
        ("", 0, 0),
        ("???", 1, 9),
    ],
)
def test_how_much_may_be_asked(text: str, least: int, most: int) -> None:
    assert least <= most_asks(folded(text)) <= most
