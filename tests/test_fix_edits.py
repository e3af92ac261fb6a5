"""Edits: what they make of a text, which go together, which are the writer's to make, and how a change is shown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_lint import fix
from followup_lint.diagnostic import Applicability, Diagnostic, Edit, Finding, Remedy, Severity
from followup_lint.draft import Block, BlockKind, Draft
from followup_lint.errors import Problem
from followup_lint.fix import plain
from followup_lint.sources.charset import _CANDIDATES
from followup_lint.sources.decode import decode
from followup_lint.text import Span

SAFE, UNSAFE = Applicability.SAFE, Applicability.UNSAFE
ANY = (SAFE, UNSAFE)


def at(start: int, end: int, words: str = "x") -> Edit:
    return Edit(Span(start, end), words)


def remedy(*edits: Edit, level: Applicability = SAFE) -> Remedy:
    return Remedy(level, edits, "mend it")


def finding(rule: str, *remedies: Remedy, severity: Severity = Severity.WARNING, start: int = 0) -> Diagnostic:
    span = Span(start, start + 1)
    return Diagnostic(rule, severity, span, "x", "x", "x", 1, Finding(span, remedies=remedies))


def chosen(*findings: Diagnostic, draft: Draft | None = None, levels: tuple[Applicability, ...] = ANY) -> list[str]:
    return [item.rule for item, _ in fix.choose(draft or Draft("a.txt", "0123456789"), findings, levels)]


@settings(deadline=None)
@given(st.text("ab\n", max_size=9), st.data())
def test_text_between_edits_stays_and_each_takes_its_place(text: str, data: st.DataObject) -> None:
    offset = st.integers(0, len(text))
    cuts = sorted(data.draw(st.lists(offset, max_size=6).filter(lambda found: len(found) % 2 == 0)))
    edits = [at(start, end, f"<{start}>") for start, end in zip(cuts[::2], cuts[1::2], strict=True)]
    expected = text
    for edit in reversed(edits):
        expected = expected[: edit.span.start] + edit.text + expected[edit.span.end :]
    shuffled = data.draw(st.permutations(edits)) if len({edit.span for edit in edits}) == len(edits) else edits
    assert fix.edited(text, shuffled) == expected
    assert fix.apply(text, [remedy(edit) for edit in shuffled]) == expected
    assert fix.apply(text, [remedy(*shuffled)]) == expected


@pytest.mark.parametrize(
    "edits",
    [[at(0, 2), at(1, 3)], [at(0, 3), at(1, 2)], [at(2, 1)], [at(3, 4), at(-1, 0)], [at(9, 11)], [at(11, 11)]],
    ids=["across", "within", "backwards", "before", "beyond", "after"],
)
def test_edits_that_cannot_be_made_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match=r"^overlapping edits|outside"):
        fix.edited("0123456789", edits)


def test_edits_may_stand_side_by_side_and_at_the_end() -> None:
    assert fix.edited("abc", [at(0, 1, "A"), at(1, 2, "B"), at(3, 3, "!")]) == "ABc!"


@pytest.mark.parametrize(
    ("other", "taken"),
    [(at(0, 2), True), (at(0, 3), False), (at(4, 4), False), (at(5, 7), False), (at(6, 7), True), (at(3, 5), False)],
)
def test_edits_that_touch_are_not_taken_together(other: Edit, *, taken: bool) -> None:
    assert chosen(finding("a", remedy(at(3, 5))), finding("b", remedy(other))) == (["a", "b"] if taken else ["a"])


def test_what_was_taken_first_is_not_forgotten() -> None:
    findings = [finding(name, remedy(at(place, place + 1))) for name, place in (("a", 0), ("b", 4), ("c", 1), ("d", 8))]
    assert chosen(*findings) == ["a", "b", "d"]


def test_a_remedy_is_taken_whole_or_not_at_all() -> None:
    assert chosen(
        finding("a", remedy(at(0, 1))), finding("b", remedy(at(5, 6), at(1, 2))), finding("c", remedy(at(5, 6)))
    ) == [
        "a",
        "c",
    ]


def test_the_earliest_goes_first_and_at_one_place_the_gravest_then_the_first_by_name() -> None:
    same = remedy(at(0, 1))
    late = finding("late", same, severity=Severity.ERROR, start=1)
    mild, grave = finding("a", same, severity=Severity.SUGGESTION), finding("z", same, severity=Severity.ERROR)
    assert chosen(late, mild, grave) == ["z"]
    assert chosen(late, mild) == ["a"]
    assert chosen(finding("z", same), finding("y", same)) == ["y"]


@pytest.mark.parametrize(("levels", "words"), [((SAFE,), "safe"), (ANY, "unsafe"), ((UNSAFE,), "unsafe"), ((), "")])
def test_the_first_remedy_of_an_allowed_level_is_taken(levels: tuple[Applicability, ...], words: str) -> None:
    remedies = [remedy(at(0, 1, "snippet"), level=Applicability.SNIPPET), remedy(at(0, 1, "unsafe"), level=UNSAFE)]
    picks = fix.choose(Draft("a.txt", "0123"), [finding("a", *remedies, remedy(at(0, 1, "safe")))], levels)
    assert [edit.text for _, taken in picks for edit in taken.edits] == ([words] if words else [])


def test_what_changes_nothing_is_no_remedy() -> None:
    assert chosen(finding("a", remedy(at(1, 3, "12")))) == []
    assert chosen(finding("a", remedy(at(1, 3, "12"), at(4, 4, "x")))) == ["a"]
    assert chosen(finding("a", remedy()), finding("b", remedy(at(1, 2)))) == ["b"]


BLOCKS = (
    Block(BlockKind.GREETING, Span(4, 5)),
    Block(BlockKind.PARAGRAPH, Span(5, 6)),
    Block(BlockKind.QUOTED, Span(6, 8)),
    Block(BlockKind.FORWARDED, Span(8, 9)),
    Block(BlockKind.SIGNATURE, Span(9, 10)),
)


@pytest.mark.parametrize(
    ("edits", "taken"),
    [
        ([at(0, 1)], False),  # front matter
        ([at(2, 4)], False),
        ([at(3, 3)], True),  # just below it
        ([at(3, 4)], True),
        ([at(4, 6)], True),
        ([at(5, 7)], False),  # quoted
        ([at(7, 7)], False),
        ([at(8, 9)], False),  # forwarded
        ([at(9, 10)], True),
        ([at(4, 5), at(7, 8)], False),
        ([at(4, 5), at(0, 1)], False),
    ],
)
def test_only_what_the_writer_wrote_is_changed(edits: list[Edit], *, taken: bool) -> None:
    draft = Draft("a.txt", "0123456789", BLOCKS, front_matter=Span(0, 3))
    assert chosen(finding("a", remedy(*edits)), draft=draft) == (["a"] if taken else [])


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a.txt", "a.txt"),
        ("my notes/a.txt", "my notes/a.txt\t"),
        ('a"b\\c\t\n\r.txt', '"a\\"b\\\\c\\t\\n\\r.txt"'),
        ("Zoë.txt", "Zoë.txt"),
    ],
)
def test_a_diff_names_the_file_twice(name: str, shown: str) -> None:
    assert fix.diff(b"a\nb", b"a\nc\n", name) == (
        f"--- {shown}\n+++ {shown}\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n"
    )


def test_a_diff_of_what_is_no_text_tells_which_file_it_is() -> None:
    with pytest.raises(Problem, match=r"^a\.txt(:\d+)?: looks like a binary file"):
        fix.diff(b"a\0b\0\0", b"abc", "a.txt")
    with pytest.raises(Problem, match=r"^a\.txt(:\d+)?: looks like a binary file"):
        fix.diff(b"abc", b"a\0b\0\0", "a.txt")


@pytest.mark.parametrize("name", _CANDIDATES)
def test_an_old_encoding_gives_back_every_byte(name: str) -> None:
    # Else a file would lose, where it is written back, what nobody touched.
    there = [byte for byte in (bytes([number]) for number in range(256)) if byte.decode(name, "ignore")]
    assert len(there) > 200
    assert [byte for byte in there if byte.decode(name).encode(name) != byte] == []


ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "cp1252", "mac_roman"])
WORDS = st.lists(st.sampled_from([" Zoë", " of wood", "\r\n", "\n", "\ufeff", " café"]), max_size=6).map("".join)


@settings(deadline=None)
@given(ENCODINGS, WORDS)
def test_what_is_not_edited_is_written_as_it_was(encoding: str, words: str) -> None:
    data = f"The loom stands in the hall{words}".encode(encoding, "ignore")
    text = decode(data, "a.txt")
    assert plain.spliced(data, text, [], "a.txt") == data
    assert decode(plain.spliced(data, text, [at(0, 3, "A")], "a.txt"), "a.txt") == f"A{text[3:]}"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("Zoë, the loom".encode("cp1252"), "fivÉs"),  # no word, so it would be taken for another encoding
        ("The loom".encode("utf-16-le"), "Юлия Юлия Юлия"),  # without a mark, and no longer mostly ASCII
        (b"The loom", "\0"),
    ],
)
def test_what_would_be_read_otherwise_is_not_written(data: bytes, words: str) -> None:
    with pytest.raises(Problem) as caught:
        plain.spliced(data, decode(data, "a.txt"), [at(0, 0, words)], "a.txt")
    assert str(caught.value) == "a.txt: would be read in another encoding after the change; it is left alone"


def test_the_file_that_has_no_codec_is_named() -> None:
    with pytest.raises(Problem, match=r"^a\.txt: looks like a PDF"):
        plain.spliced(b"%PDF-", "", [], "a.txt")
