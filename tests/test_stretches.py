"""Stretches that do not overlap, against a look at each of them."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from followup_lint.checklist.evidence import longest
from followup_lint.stretches import Layers, Stretches
from followup_lint.text import Span

SPANS = st.builds(lambda start, size: Span(start, start + size), st.integers(0, 30), st.integers(1, 8))
PLACES = st.builds(lambda start, size: Span(start, start + size), st.integers(0, 30), st.integers(0, 8))
"""As well those between two letters."""


@settings(deadline=None)
@given(st.lists(SPANS, max_size=12), PLACES)
@example([Span(0, 3), Span(3, 5)], Span(3, 3))  # two that touch are two
def test_a_set_meets_what_one_of_it_overlaps(spans: list[Span], asked: Span) -> None:
    assert Stretches.of(spans).meets(asked) == any(asked.overlaps(span) for span in spans)


@given(st.lists(SPANS, max_size=12), SPANS)
def test_what_is_added_counts_whatever_the_order(spans: list[Span], asked: Span) -> None:
    found, kept = Stretches(), list[Span]()
    for span in spans:
        assert found.meets(span) == any(span.overlaps(other) for other in kept)
        if not found.meets(span):
            found.add(span)
            kept.append(span)
    assert found.meets(asked) == any(asked.overlaps(span) for span in kept)


@given(st.lists(SPANS, max_size=12), SPANS)
def test_layers_know_what_covers_a_place_and_what_lies_over_it(spans: list[Span], asked: Span) -> None:
    layers = Layers.of(spans)
    assert layers.cover(asked) == any(span.covers(asked) for span in spans)
    assert layers.over(asked) == [span for span in sorted(spans) if span.overlaps(asked)]


@given(st.lists(SPANS, max_size=12))
def test_the_longest_are_those_that_lie_in_no_other(spans: list[Span]) -> None:
    kept = [span for span in sorted(set(spans)) if not any(span != other and other.covers(span) for other in spans)]
    assert list(longest(spans)) == kept
