"""A draft made by hand: which parts are the writer's, which header answers to a name, where a report says it is."""

from __future__ import annotations

import pytest

from followup_lint.draft import Block, BlockKind, Draft, Header, Part, Place
from followup_lint.reader import read_message
from followup_lint.text import Span

TEXT = "Subject: A\nsubject: B\n\nHi Ana,\r\n\r\nFine.\nAll well.\n"
HEAD, BODY = Span(0, 21), Span(23, len(TEXT))
"""The headers, and what is below them. The blank line between belongs to neither."""


def draft(*parts: Part) -> Draft:
    headers = (Header("Subject", "A", Span(9, 10)), Header("subject", "B", Span(20, 21)))
    kinds = [
        (BlockKind.GREETING, Span(23, 30)),
        (BlockKind.PARAGRAPH, Span(34, 38)),
        (BlockKind.QUOTED, Span(38, 39)),
        (BlockKind.LIST_ITEM, Span(40, 43)),
        (BlockKind.PARAGRAPH, Span(44, 49)),
    ]
    return Draft("a.eml", TEXT, tuple(Block(*item) for item in kinds), headers, None, parts)


def test_the_body_is_the_prose_of_the_writer_in_order() -> None:
    assert [block.kind for block in draft().body] == ["paragraph", "list-item", "paragraph"]


@pytest.mark.parametrize(("kind", "places"), [("paragraph", [34, 44]), ("greeting", [23]), ("signature", [])])
def test_blocks_of_a_kind_come_in_order(kind: str, places: list[int]) -> None:
    assert [block.span.start for block in draft().of_kind(BlockKind(kind))] == places


@pytest.mark.parametrize("name", ["Subject", "subject", "SUBJECT"])
def test_the_first_header_of_a_name_answers_whatever_its_case(name: str) -> None:
    assert draft().header(name) == Header("Subject", "A", Span(9, 10))


def test_a_header_that_is_not_there_is_none() -> None:
    assert draft().header("Subjec") is None
    assert Draft("a.txt", TEXT).header("Subject") is None


@pytest.mark.parametrize(
    ("offset", "place"),
    [
        (0, Place(1, 1, "headers", 4)),
        (9, Place(1, 10, "headers", 4)),
        (20, Place(2, 10, "headers", 6)),
        (21, Place(2, 11, "headers", 6)),  # the end of a part is still in it
        (22, Place(3, 1)),  # between two parts, lines are those of the text
        (23, Place(1, 1, "text/plain", 9)),
        (34, Place(3, 1, "text/plain", 12)),
        (41, Place(4, 2, "text/plain", 0)),  # this line answers to none of the file
        (len(TEXT), Place(5, 1, "text/plain", 0)),
    ],
)
def test_a_place_is_told_by_the_lines_of_its_part(offset: int, place: Place) -> None:
    mail = draft(Part("headers", HEAD, (4, 6)), Part("text/plain", BODY, (9, 10, 12)))
    assert mail.place(offset) == place


@pytest.mark.parametrize(("offset", "line", "column"), [(0, 1, 1), (22, 3, 1), (34, 6, 1), (len(TEXT), 8, 1)])
def test_without_parts_a_place_is_told_by_the_lines_of_the_text(offset: int, line: int, column: int) -> None:
    assert draft().place(offset) == Place(line, column)


def test_each_word_of_a_mail_is_told_by_its_line_in_the_file() -> None:
    raw = "X-One: 1\nSubject: Loom\n folded\nFrom: sam@mail.example\n\nHi Ana,\n\nThe loom is fine.\n"
    read = read_message(raw.encode(), "a.eml", {}).draft
    for word in ("Loom", "Ana", "fine"):
        place = read.place(read.text.index(word))
        assert word in raw.split("\n")[place.raw_line - 1]
