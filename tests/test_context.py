"""Whatever a file holds, it is read: every part keeps its place, and the worst that comes back is a Problem."""

from __future__ import annotations

import codecs
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from followup_lint.context import FACTS, Channel, Kind
from followup_lint.draft import OWN, Draft
from followup_lint.errors import Problem
from followup_lint.facts import PARSERS
from followup_lint.front_matter import read_top
from followup_lint.reader import MAX_CHARACTERS, MAX_OWN_CHARACTERS, Message, read_message
from followup_lint.text import Lines, Span

ENDS = ("\n", "\r\n", "\r")
# What has been seen to upset offsets: astral characters, joined ones, direction marks, breaks that end no line.
ODD = ("🙂", "👩🏽‍🔧", "e\u0301", "ﬁ", "\u200f", "\u2028", "\x85", "\x0c", "\t", "\u00a0", "\ufeff", "İ", "ß", "𝔇")
WORDS = (
    *("Dear Aoife,", "Hi", "Best,", "Aoife Byrne", "Thank you for the walk round the weir.", "> older words", "-- "),
    *("On Tue, 5 May 2026 at 10:00, Aoife Byrne wrote:", "Sent from my phone", "P.S. The heron is back.", "- one item"),
    *("From: Aoife", "To: Aoife Byrne <a@example.org>", "Subject: The weir", "Date: soon", "Date: 2026-05-06", "---"),
    *("kind: thank-you", "knd: x", "date: 2026-02-30", "to: [Aoife, {name: B}]", "topics: [", "...", "a: &b [*b]", ""),
)
lines = st.lists(st.sampled_from(WORDS) | st.sampled_from(ODD) | st.text(max_size=12), max_size=12)
wild = st.builds(
    lambda parts, end: end.join(parts),
    st.lists(st.sampled_from((*WORDS, *ODD)) | st.text(max_size=8)),
    st.sampled_from(ENDS),
)
pairs = st.dictionaries(st.sampled_from(FACTS), st.text(max_size=20) | st.sampled_from(WORDS), max_size=4)


def encodable(text: str) -> bool:
    """Whether the text can stand in a file at all; a mark at its start would be taken for the file's."""
    return not re.search("[\ud800-\udfff]", text) and not text.startswith("\ufeff")


def whole(draft: Draft) -> None:
    """Assert that the parts of a draft lie in it, in order, and hold all words below the top."""
    text, here = draft.text, 0
    for block in draft.blocks:
        assert here <= block.span.start <= block.span.end <= len(text)
        assert block.span.of(text).strip()
        here = block.span.end
    for header in draft.headers:
        assert header.span.of(text) == header.value
    for offset in {0, len(text), *(block.span.start for block in draft.blocks)}:
        place = draft.lines.position(offset)
        assert draft.lines.starts[place.line - 1] + place.column - 1 == offset


def read(data: bytes, name: str = "note.txt") -> Message | None:
    try:
        return read_message(data, name, {})
    except Problem as problem:
        told = str(problem)
    assert "\n" not in told
    return None


@given(wild.filter(encodable), st.booleans())
@settings(max_examples=150, deadline=None)
@example("\r", False)  # noqa: FBT003
@example("---\r---\rDear Aoife,\r\rThanks.", False)  # noqa: FBT003
@example("---\n", False)  # noqa: FBT003
def test_any_text_is_cut_into_parts_that_lie_in_it(text: str, marked: bool) -> None:  # noqa: FBT001
    message = read(codecs.BOM_UTF8 * marked + text.encode())
    if message is None:
        return
    assert message.draft.text == text
    whole(message.draft)


@given(lines, st.sampled_from(ENDS))
@settings(max_examples=100, deadline=None)
def test_no_words_below_the_top_are_lost(parts: list[str], end: str) -> None:
    text = "Dear Aoife," + end * 2 + end.join(parts)
    message = read(text.encode()) if encodable(text) else None
    if message is None:
        return
    left = text
    for block in reversed(message.draft.blocks):
        left = left[: block.span.start] + left[block.span.end :]
    assert not re.search(r"\w", left), f"no part holds {left.strip()!r}"


@given(pairs, lines, st.sampled_from(ENDS), st.booleans())
@settings(max_examples=100, deadline=None)
def test_front_matter_is_read_or_told_of_with_its_line(
    facts: dict[str, str],
    body: list[str],
    end: str,
    headed: bool,  # noqa: FBT001
) -> None:
    top = [*(f"{key}: {value}" for key, value in facts.items())]
    text = end.join(["---", *top, "---", *(["Subject: The weir", ""] if headed else []), *body])
    if not encodable(text):
        return
    found = read_top(text, "note.txt")
    assert 0 <= found.start <= len(text)
    last = Lines(text).position(found.front_matter.end if found.front_matter else len(text)).line
    for problem in found.problems:
        assert problem.path == "note.txt"
        assert 1 <= problem.line <= last
    for header in found.headers:
        assert header.span.of(text) == header.value
    message = read(text.encode())
    if message:
        whole(message.draft)
        assert all(found.start <= block.span.start for block in message.draft.blocks)


@given(st.text(max_size=60) | wild)
@settings(max_examples=60, deadline=None)
def test_any_text_called_mail_is_read(text: str) -> None:
    if encodable(text):
        message = read(text.encode(), "note.eml")
        if message:
            whole(message.draft)


@given(st.text(st.sampled_from("ab🙂e\u0301\r\n\u2028\x0c"), max_size=40))
@settings(max_examples=200)
def test_a_position_leads_back_to_its_offset(text: str) -> None:
    lines = Lines(text)
    for offset in range(len(text) + 1):
        place = lines.position(offset)
        assert place.column >= 1
        assert lines.starts[place.line - 1] + place.column - 1 == offset
        inside_an_end = text[offset - 1 : offset + 1] == "\r\n"
        assert offset in range(lines.span(place.line).start, lines.span(place.line).end + 1) or inside_an_end
    assert "".join(span.of(text) for span in lines.spans()) == re.sub(r"[\r\n]", "", text)


@given(
    st.sampled_from(FACTS),
    st.recursive(
        st.text(max_size=9),
        lambda value: st.lists(value, max_size=3) | st.dictionaries(st.text(max_size=5), value, max_size=3),
        max_leaves=6,
    ),
)
@settings(max_examples=150, deadline=None)
def test_a_fact_is_understood_or_answered_with_advice(name: str, value: object) -> None:
    advice = "none needed"
    try:
        PARSERS[name](value)  # type: ignore[arg-type]  # made of str, list and dict
    except ValueError as error:
        advice = str(error)
    assert advice


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("end", ENDS)
def test_everything_above_a_message_has_its_place(end: str, mark: bytes) -> None:
    top = ["---", "topics: a\u2028b 🙂", "knd: x", "kind: closing", "date: 2026-02-30", "---"]
    text = end.join([*top, "", "Subject:  The weir 🙂 ", "To: Aoife", "", "Dear Aoife,", ""])
    message = read_message(mark + text.encode(), "note.txt", {})
    draft = message.draft
    assert draft.front_matter is not None
    assert draft.front_matter.of(text) == end.join([*top, ""])
    assert [(item.name, item.span.of(text)) for item in draft.headers] == [("Subject", "The weir 🙂"), ("To", "Aoife")]
    assert [block.span.of(text) for block in draft.blocks] == ["Dear Aoife,"]
    assert [(problem.line, problem.column) for problem in message.problems] == [(3, 1), (5, 7)]
    assert message.context.origins["kind"] == "front matter, line 4"


@pytest.mark.parametrize(
    ("name", "kind", "channel"),
    [
        ("Globex_thank you.txt", Kind.THANK_YOU, Channel.EMAIL),
        ("check in 2.md", Kind.CHECK_IN, Channel.EMAIL),
        ("second-check-in.md", Kind.SECOND_CHECK_IN, Channel.EMAIL),
        ("closing.txt", Kind.CLOSING, Channel.EMAIL),
        ("withdrawal.voicemail.txt", Kind.WITHDRAWAL, Channel.VOICEMAIL),
        ("thanks-linkedin.txt", Kind.THANK_YOU, Channel.LINKEDIN_MESSAGE),
        ("thanks-linkedin-note.txt", Kind.THANK_YOU, Channel.LINKEDIN_NOTE),
        ("linkedin-thanks.eml", Kind.THANK_YOU, Channel.EMAIL),
    ],
)
def test_a_file_name_says_what_the_message_is(name: str, kind: Kind, channel: Channel) -> None:
    context = read_message(b"Dear Aoife,\n\nThe weir.\n", f"drafts/{name}", {}).context
    assert (context.kind, context.channel) == (kind, channel)
    assert context.origins["kind"] == "file name"


def test_front_matter_outweighs_the_file_name() -> None:
    context = read_message(b"---\nkind: closing\n---\nDear Aoife,\n", "thanks.txt", {}).context
    assert (context.kind, context.origins["kind"]) == (Kind.CLOSING, "front matter, line 2")


def test_a_book_is_no_message_but_a_long_thread_is() -> None:
    words = "The weir again.\n"
    own = words * (MAX_OWN_CHARACTERS // len(words) + 1)
    with pytest.raises(Problem, match=r"^a\.txt: 5\d,\d+ characters are too many for a message; the limit is 50,000"):
        read_message(own.encode(), "a.txt", {})
    thread = "Dear Aoife,\n\nThanks.\n\nOn Tue, 5 May 2026, Aoife Byrne wrote:\n\n" + f"> {words}" * (
        MAX_CHARACTERS // 17
    )
    with pytest.raises(Problem, match=r"the limit is 1,000,000$"):
        read_message(thread.encode(), "a.txt", {})
    draft = read_message(thread[: MAX_CHARACTERS // 2].encode(), "a.txt", {}).draft
    assert sum(block.span.end - block.span.start for block in draft.blocks if block.kind in OWN) < 99
    assert Span(0, len(draft.text)).covers(draft.blocks[-1].span)
