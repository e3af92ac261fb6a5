"""What a sentence must hold for a clause of some kind: a sentence with such a clause always does."""

from __future__ import annotations

from functools import cache

import pytest
from corpus import Read, sentences

from followup_lint.catalog import built_in
from followup_lint.checks.clause import Check, _worded
from followup_lint.clauses import Clause, Who
from followup_lint.clauses.limits import may_limit
from followup_lint.clauses.signs import may_order, signs_of, signs_of_any
from followup_lint.frames import Frame


@cache
def frames() -> tuple[tuple[str, Frame], ...]:
    """Return the frames of all rules, each with its rule's name."""
    checks = [(rule.name, rule.check) for rule in built_in()]
    return tuple((name, frame) for name, check in checks if isinstance(check, Check) for frame in check.frames)


@cache
def clauses() -> tuple[tuple[Read, tuple[Clause, ...]], ...]:
    return tuple((read, tuple(read.reading.clauses(read.reading.sentences[read.number]))) for read in sentences())


def test_a_sentence_with_a_clause_of_a_kind_may_have_one() -> None:
    fitting, lost = 0, []
    for name, frame in frames():
        for read, listed in clauses():
            if not any(frame.fits(one) and _worded(frame, one, read.reading, read.number) for one in listed):
                continue
            fitting += 1
            held = read.reading.pieces(read.reading.whole)
            if not (frame.may_stand(read.reading, held) and frame.may_fit(read.reading, read.number)):
                lost.append((name, frame.case, read.text))
    assert fitting > len(frames())
    assert lost == []


def test_the_signs_alone_lose_no_clause() -> None:
    lost = [
        (name, frame.case, read.text)
        for name, frame in frames()
        for read, listed in clauses()
        if any(read.reading.pieces(read.reading.sentences[read.number].span).isdisjoint(each) for each in frame.signs)
        and any(map(frame.fits, listed))
    ]
    assert lost == []


@pytest.mark.parametrize("side", Who)
def test_a_subject_on_a_side_shows(side: Who) -> None:
    signs = signs_of(side)
    lost = [
        (read.text, one.subject)
        for read, listed in clauses()
        for one in listed
        if one.who is side
        and one.mood.value != "order"
        and signs
        and signs.isdisjoint(read.reading.pieces(read.reading.sentences[read.number].span))
    ]
    assert lost == []


def test_sides_together_show_only_where_each_does() -> None:
    assert signs_of_any([Who.SENDER, Who.WE]) == signs_of(Who.SENDER) | signs_of(Who.WE)
    assert signs_of_any([Who.SENDER, Who.OTHER]) == frozenset()
    assert signs_of_any([]) == frozenset()


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("please answer by friday", True),
        ("answer me", True),
        ("you answer me", False),
        ("the answer", False),
        ("to answer", False),
        ("to answer, answer", True),
        ("", False),
    ],
)
def test_an_order_has_nothing_before_it_that_holds_it(text: str, *, may: bool) -> None:
    assert may_order(text, frozenset({"answer"})) is may


def test_a_limit_shows() -> None:
    limited = [read.doc.text for read, listed in clauses() if any(one.limit for one in listed)]
    assert [text for text in limited if not may_limit(text)] == []
    assert len(limited) > 20
    assert not may_limit("Thank you for the tour.")
