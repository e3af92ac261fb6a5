"""Clauses: who does what, whether it is so, supposed, ordered or told of others; and the times that govern a deed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_lint import model
from followup_lint.clauses import Clause, Mood, Tense, Who, clauses

if TYPE_CHECKING:
    from followup_lint.language import Language


@pytest.fixture(scope="module")
def nlp() -> Language:
    return model.load("")


def clause(nlp: Language, sentence: str, verb: str) -> Clause:
    found = [item for item in clauses(nlp(sentence)) if item.verb == verb]
    assert found, f"no clause of {verb!r} in {[item.verb for item in clauses(nlp(sentence))]}"
    return found[0]


@pytest.mark.parametrize(
    ("sentence", "verb", "who"),
    [
        ("I sent the drawings.", "send", Who.SENDER),
        ("Marta and I sent the drawings.", "send", Who.SENDER),
        ("We met in the foundry.", "meet", Who.WE),
        ("You showed me the kiln.", "show", Who.READER),
        ("Your office called me twice.", "call", Who.READER),
        ("HR wrote to me.", "write", Who.READER),
        ("Nobody wrote to me.", "write", Who.NOBODY),
        ("No one has answered.", "answer", Who.NOBODY),
        ("The weather changed.", "change", Who.OTHER),
        ("Please answer this note.", "answer", Who.READER),
        ("I need you to decide.", "decide", Who.READER),
        ("I came early and waited outside.", "wait", Who.SENDER),
    ],
)
def test_who_does_it(nlp: Language, sentence: str, verb: str, who: Who) -> None:
    assert clause(nlp, sentence, verb).who is who


@pytest.mark.parametrize(
    ("sentence", "verb", "tense"),
    [
        ("I called the yard.", "call", Tense.PAST),
        ("I have called the yard.", "call", Tense.PERFECT),
        ("I will call the yard.", "call", Tense.FUTURE),
        ("I'm going to call the yard.", "call", Tense.FUTURE),
        ("I call the yard every week.", "call", Tense.PRESENT),
        ("I hope to call the yard.", "call", Tense.INFINITIVE),
    ],
)
def test_when_it_happens(nlp: Language, sentence: str, verb: str, tense: Tense) -> None:
    assert clause(nlp, sentence, verb).tense is tense


@pytest.mark.parametrize(
    ("sentence", "verb", "mood"),
    [
        ("Send me the plans.", "send", Mood.ORDER),
        ("Please send me the plans.", "send", Mood.ORDER),
        ("Reply today.", "reply", Mood.ORDER),
        ("Will you send me the plans?", "send", Mood.QUESTION),
        ("You sent me the plans.", "send", Mood.STATEMENT),
    ],
)
def test_how_it_is_put(nlp: Language, sentence: str, verb: str, mood: Mood) -> None:
    assert clause(nlp, sentence, verb).mood is mood


@pytest.mark.parametrize(
    ("sentence", "verb", "hypothetical"),
    [
        ("If I were hired, I would start with the reports.", "start", True),
        ("Should you choose me, I will move to Leeds.", "move", True),
        ("I hope to join the crew.", "join", True),
        ("When I join the crew, the ropes go first.", "join", False),
        ("I joined the crew in May.", "join", False),
    ],
)
def test_what_is_only_supposed(nlp: Language, sentence: str, verb: str, *, hypothetical: bool) -> None:
    assert clause(nlp, sentence, verb).hypothetical is hypothetical


@pytest.mark.parametrize(
    ("sentence", "verb", "reported"),
    [
        ("You said you would decide on Friday.", "decide", True),
        ("I know you will decide on Friday.", "decide", False),
        ("You said Monday, and it is now Thursday.", "be", False),
    ],
)
def test_what_others_said(nlp: Language, sentence: str, verb: str, *, reported: bool) -> None:
    assert clause(nlp, sentence, verb).reported is reported


@pytest.mark.parametrize(
    ("sentence", "verb", "negated"),
    [
        ("You have not answered my note.", "answer", True),
        ("Your team never got back to me.", "get back", True),
        ("I am no longer looking.", "look", True),
        ("You answered my note.", "answer", False),
    ],
)
def test_what_is_denied(nlp: Language, sentence: str, verb: str, *, negated: bool) -> None:
    assert clause(nlp, sentence, verb).negated is negated


@pytest.mark.parametrize(
    ("sentence", "verb", "limit"),
    [
        ("Please answer by Friday.", "answer", "by Friday"),
        ("I would appreciate a reply by the 12th.", "appreciate", "by the 12th"),
        ("I can send the plans by Friday noon.", "send", "by Friday noon"),
        ("I need you to decide before the end of next week.", "decide", "before the end of next week"),
        ("Let me know within two days.", "know", "within two days"),
        ("Please answer the question about the by-law.", "answer", None),
        ("I drove by the plant on Friday.", "drive", None),
    ],
)
def test_which_deed_a_time_limits(nlp: Language, sentence: str, verb: str, limit: str | None) -> None:
    found = clause(nlp, sentence, verb).limit
    assert (found.span.of(sentence) if found else None) == limit


def test_limit_belongs_to_one_deed(nlp: Language) -> None:
    sentence = "I will finish the plans by Friday and you can read them."
    assert clause(nlp, sentence, "finish").limit is not None
    assert clause(nlp, sentence, "read").limit is None


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.sampled_from("Iyou we nedby Friday.,?!’'\n😀é"), max_size=80))
def test_spans_lie_inside_the_sentence(text: str) -> None:
    doc = model.load("")(text)
    for item in clauses(doc):
        for span in (item.core, item.span, *item.own, *(place for _, place in item.objects)):
            assert 0 <= span.start <= span.end <= len(text)
