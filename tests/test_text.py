"""Offsets and lines against the plainest way to say what they are: sets of offsets, and a walk through the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_lint.text import Lines, Position, Span, trim, visible, visible_lines

PIECES = st.sampled_from(["\n", "\r", "\r\n", "a", "bc ", " ", "\t", "\x0c", "\u2028", "é", "😊"])
TEXTS = st.lists(PIECES, max_size=12).map("".join)
SPANS = st.builds(lambda start, size: Span(start, start + size), st.integers(0, 9), st.integers(0, 9))


def inside(span: Span) -> set[int]:
    return set(range(span.start, span.end))


def walked(text: str) -> list[tuple[int, str, str]]:
    """Return where each line begins, its words and its end, by a walk from character to character."""
    found, start, at = [], 0, 0
    while at < len(text):
        end = text[at : at + 2] if text[at : at + 2] == "\r\n" else text[at]
        if end in {"\n", "\r", "\r\n"}:
            found.append((start, text[start:at], end))
            start = at + len(end)
        at += len(end)
    return [*found, (start, text[start:], "")]


@settings(deadline=None)
@given(SPANS, SPANS)
def test_a_span_is_the_offsets_in_it(one: Span, other: Span) -> None:
    if one.start < one.end and other.start < other.end:
        assert one.overlaps(other) == bool(inside(one) & inside(other))
        assert one.covers(other) == (inside(other) <= inside(one))


@pytest.mark.parametrize(
    ("place", "covered", "overlapped"), [(2, False, False), (3, True, False), (4, True, True), (5, True, False)]
)
def test_a_place_between_two_letters_is_covered_at_the_edge_but_overlaps_only_inside(
    place: int, *, covered: bool, overlapped: bool
) -> None:
    assert Span(3, 5).covers(Span(place, place)) is covered
    assert Span(3, 5).overlaps(Span(place, place)) is overlapped


@settings(deadline=None)
@given(TEXTS, SPANS, st.integers(-9, 9))
def test_a_shifted_span_holds_as_many_offsets_further_on(text: str, span: Span, by: int) -> None:
    assert inside(span.shift(by)) == {offset + by for offset in inside(span)}
    assert span.of(text) == "".join(text[offset] for offset in sorted(inside(span)) if offset < len(text))


@settings(deadline=None)
@given(TEXTS)
def test_every_offset_stands_in_its_line(text: str) -> None:
    lines = Lines(text)
    expected = [
        Position(number, offset - start + 1)
        for number, (start, words, end) in enumerate(walked(text), 1)
        for offset in range(start, start + len(words + end))
    ]
    at_the_end = Position(len(walked(text)), len(walked(text)[-1][1]) + 1)
    assert [lines.position(offset) for offset in range(len(text) + 1)] == [*expected, at_the_end]


@settings(deadline=None)
@given(TEXTS)
def test_a_line_has_its_words_without_their_end(text: str) -> None:
    lines = Lines(text)
    expected = [Span(start, start + len(words)) for start, words, _ in walked(text)]
    assert [lines.span(number) for number in range(1, len(lines.starts) + 1)] == expected


@settings(deadline=None)
@given(TEXTS, SPANS)
def test_the_lines_of_a_stretch_are_those_of_its_words(text: str, within: Span) -> None:
    where = Span(min(within.start, len(text)), min(within.end, len(text)))
    told = walked(where.of(text))
    # What ends with a line end has no empty line after it; what is empty is one line.
    expected = told if len(told) == 1 or told[-1][1] else told[:-1]
    assert Lines(text).spans(where) == [
        Span(start, start + len(words)).shift(where.start) for start, words, _ in expected
    ]
    assert Lines(text).first(where) == Lines(text).spans(where)[0]
    if where == Span(0, len(text)):
        assert Lines(text).spans() == Lines(text).spans(where)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [""]),
        ("\n", [""]),
        ("a", ["a"]),
        ("a\n", ["a"]),
        ("a\n\nb", ["a", "", "b"]),
        ("a\r\nb\rc", ["a", "b", "c"]),
    ],
)
def test_all_lines_of_a_text(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in Lines(text).spans()] == expected


@settings(deadline=None)
@given(TEXTS, SPANS)
def test_what_is_trimmed_lies_inside_and_loses_white_space_alone(text: str, within: Span) -> None:
    where = Span(min(within.start, len(text)), min(within.end, len(text)))
    words = trim(text, where)
    assert words.of(text) == where.of(text).strip()
    assert where.covers(words)


@pytest.mark.parametrize(
    ("span", "expected"), [(Span(1, 4), Span(2, 3)), (Span(2, 2), Span(2, 2)), (Span(0, 2), Span(2, 2))]
)
def test_what_is_only_white_space_is_trimmed_to_its_end(span: Span, expected: Span) -> None:
    assert trim("  a  ", span) == expected


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a\nb\tc", "a b c"),
        ("\x1b[31mred\x9b0m", " [31mred 0m"),
        ("\u202eabc\u2069 d\u200ee\u061cf", " abc  d e f"),
        ("name\udc9b.txt", "name .txt"),
        ("Zoë 😊 name\udce9.txt", "Zoë 😊 name\udce9.txt"),
    ],
)
def test_what_would_move_a_terminal_is_a_blank(words: str, shown: str) -> None:
    assert visible(words) == shown
    assert len(shown) == len(words)


def test_several_lines_stay_several_lines() -> None:
    assert visible_lines("a\x1b\n\n\tb\r\n") == "a \n\n b \n"
