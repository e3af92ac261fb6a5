"""How far the words of a text can pull its formality at most: never less than a parse finds."""

from __future__ import annotations

import pytest
from corpus import language, readings
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_lint.reading import Reading
from followup_lint.text import Span
from followup_lint.tone import CASUAL, STIFF, Piece, Unparsed, bound, score

SIDES = ((CASUAL, -1), (STIFF, 1))


def parsed(reading: Reading) -> Reading:
    """Return a reading whose sentences were parsed together."""
    spans = [sentence.span for sentence in reading.sentences if not reading.has_parsed(sentence.span)]
    for span, doc in zip(spans, language().many([reading.spoken(span) for span in spans]), strict=True):
        reading.expect(span, doc)
    return reading


def test_no_draft_is_pulled_further() -> None:
    pulled = 0
    for reading in readings()[::2]:
        tone = parsed(reading).formality
        for features, sign in SIDES:
            assert reading.pull.most(features, sign) + 1e-9 >= tone.pull(features) * sign, reading.text
            pulled += tone.pull(features) != 0
    assert pulled > 50


_WORDS = st.sampled_from(
    [
        *(
            "lol",
            "Hey",
            "hey",
            "gonna",
            "don't",
            "Don’t",
            "it's",
            "dogs'",
            "STOP",
            "NASA",
            "THE",
            "PLAN",
            "i",
            "I",
            "u",
        ),
        *("kindly", "Sincerely", "herewith", "esteemed", "sooo", "guys", "Guy", "thx", "stuff", "the", "plan", "yard"),
        *("!", "!!", "?!", "...", "…", ":)", "😀", "-", "’", "'", "\n", "\t", "_", "42", "wow,", "a.m."),
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(_WORDS, max_size=9).map(" ".join), min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 40), st.integers(1, 12)), max_size=4),
)
def test_no_text_with_masks_is_pulled_further(texts: list[str], cuts: list[tuple[int, int, int]]) -> None:
    masks: list[list[Span]] = [[] for _ in range(3)]
    for which, start, length in cuts:
        masks[which].append(Span(start, start + length))
    docs = language().many(texts)
    tone = score(Piece(doc, 0, masked) for doc, masked in zip(docs, masks, strict=False))
    most = bound([Unparsed(text, masked) for text, masked in zip(texts, masks, strict=False)])
    for features, sign in SIDES:
        assert most.most(features, sign) + 1e-9 >= tone.pull(features) * sign


@pytest.mark.parametrize("text", ["", " \n", "42", "…"])
def test_a_text_without_words_pulls_nowhere(text: str) -> None:
    assert bound([]).most(CASUAL, -1) == 0
    assert bound([Unparsed(text)]).most(STIFF, 1) == 0


def test_words_pull_one_way() -> None:
    most = bound([Unparsed("Kindly find herewith the aforementioned plan.")])
    assert most.most(STIFF, 1) > 0
    assert most.most(STIFF, -1) == most.most(CASUAL, -1) == 0
