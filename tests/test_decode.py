from __future__ import annotations

import codecs
import contextlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_lint.errors import Problem
from followup_lint.fix.plain import codec_of
from followup_lint.sources import decode as decoding
from followup_lint.sources.decode import MAX_BYTES, decode, encoding_of, read_bytes

if TYPE_CHECKING:
    from pathlib import Path

NOTE = "Dear Renée,\r\n\r\nThe kiln tour – and “the glaze” – stays with me.\nBest,\rJosé\n"
TRAM = "Dear Ирина,\r\n\r\nthe 9:15 tram – 🚋 – was on time.\r\n"
PLAIN = "Hi Ulla,\n\nThanks for the walk round the dry dock.\n"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (NOTE.encode(), NOTE),
        (codecs.BOM_UTF8 + NOTE.encode(), NOTE),
        (NOTE.encode("utf-16"), NOTE),
        (codecs.BOM_UTF16_BE + NOTE.encode("utf-16-be"), NOTE),
        (NOTE.encode("utf-32"), NOTE),
        (PLAIN.encode("utf-16-le"), PLAIN),
        (PLAIN.encode("utf-16-be"), PLAIN),
        (NOTE.encode("utf-16-le"), NOTE),
        (TRAM.encode("utf-16-be"), TRAM),
        (NOTE.encode("cp1252"), NOTE),
        (NOTE.encode("mac_roman"), NOTE),
        ("Cher Noël, the €40 fare is fine".encode("cp1252"), "Cher Noël, the €40 fare is fine"),
        ("the café isn’t open".encode("mac_roman"), "the café isn’t open"),
        ("Dear Małgorzata, greetings, Zdzisław".encode("cp1250"), "Dear Małgorzata, greetings, Zdzisław"),
        ("Dear Ирина, see you on Monday".encode("cp1251"), "Dear Ирина, see you on Monday"),
        ("Dear Ирина, see you on Monday".encode("koi8_r"), "Dear Ирина, see you on Monday"),
        ("L'été à Liège, Øyvind, MÜLLER".encode("latin-1"), "L'été à Liège, Øyvind, MÜLLER"),
        (b"page one\x0cpage two\n", "page one\x0cpage two\n"),
    ],
)
def test_text_comes_out_as_it_was_written(data: bytes, text: str) -> None:
    assert decode(data, "note.txt") == text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "looks like a picture, not text"),
        (b"%PDF-1.7\n1 0 obj", "looks like a PDF, not text"),
        (b"PK\x03\x04\x14\x00", "looks like a Word, LibreOffice or zip file, not text"),
        (b"{\\rtf1\\ansi Hi}", "looks like rich text (RTF), not text"),
        (b"Hi Ulla,\n\nThanks\x00for", "looks like a binary file, not text: NUL byte at offset 16"),
        (b"\x00\x01\x02\x03" * 64, "looks like a binary file, not text: NUL byte at offset 0"),
        (b"".join(n.to_bytes(2, "little") for n in range(33, 255)), "looks like a binary file, not text"),
        (b"A\x00\x00\xd8" * 9, "looks like a binary file, not text: NUL byte at offset 1"),
        (bytes(range(1, 32)) * 9, "looks like a binary file, not text: it holds many control characters"),
        (b"\xff\xfeH\x00\x00\xd8i\x00", "is not valid UTF-16 at byte 4"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(Problem) as caught:
        decode(data, "note.txt")
    assert caught.value.message.startswith(said)
    assert caught.value.path == "note.txt"
    assert "\n" not in str(caught.value)


def test_a_wrong_byte_is_named_with_its_place() -> None:
    with pytest.raises(Problem) as caught:
        decode("Grüße aus Köln,\r\nund süß".encode() + b"\xff!", "note.txt")
    problem = caught.value
    assert "byte 0xFF at offset 29" in problem.message
    assert (problem.line, problem.column) == (2, 8)


def test_a_wrong_byte_after_a_byte_order_mark_is_counted_in_the_file() -> None:
    with pytest.raises(Problem, match=r"byte 0xC3 at offset 5 .*") as caught:
        decode(codecs.BOM_UTF8 + b"ab\xc3(", "note.txt")
    assert (caught.value.line, caught.value.column) == (1, 3)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\r\n\t")))
def test_any_utf_8_text_survives(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decode(text.encode(), "note.txt") == text


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_a_problem(data: bytes) -> None:
    with contextlib.suppress(Problem):
        decode(data, "note.txt").encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_text_can_be_written_back_in_its_encoding(encoding: str) -> None:
    data = NOTE.encode(encoding)
    assert decode(data, "x").encode(encoding_of(data, "x")) == data


def test_bytes_are_read_whole(tmp_path: Path) -> None:
    draft = tmp_path / "note.txt"
    draft.write_bytes(NOTE.encode())
    assert read_bytes(draft, "note.txt") == NOTE.encode()


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (52_000_000, "52 MB is too large for a message; the limit is 5 MB"),
        (MAX_BYTES + 1, "5.1 MB is too large for a message; the limit is 5 MB"),
    ],
)
def test_large_files_are_refused(tmp_path: Path, size: int, said: str) -> None:
    draft = tmp_path / "log.txt"
    with draft.open("wb") as file:
        file.truncate(size)
    with pytest.raises(Problem) as caught:
        read_bytes(draft, "log.txt")
    assert str(caught.value) == f"log.txt: {said}"


def test_the_largest_file_is_read(tmp_path: Path) -> None:
    draft = tmp_path / "note.txt"
    draft.write_bytes(b"a" * MAX_BYTES)
    assert len(read_bytes(draft, "note.txt")) == MAX_BYTES


def test_missing_files_folders_and_impossible_names(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"^gone: no such file$"):
        read_bytes(tmp_path / "gone", "gone")
    with pytest.raises(Problem, match=r"^here: is a folder, not a file$"):
        read_bytes(tmp_path, "here")
    with pytest.raises(Problem, match="cannot be read"):
        read_bytes(tmp_path / ("x" * 999), "long")


_PIECES = [
    b"a",
    b"Hi ",
    b"\n",
    b"\r\n",
    b"\r",
    b"\xe9t\xe9",
    b"\xc3\xa9",
    b"\x80",
    b"\x81",
    b"\0",
    b"\xd8\0",
    b"\0\xd8",
    b"\x93a\x94",
]
_MARKS = [b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE]


@given(st.sampled_from(_MARKS), st.lists(st.sampled_from(_PIECES) | st.binary(max_size=3), max_size=12).map(b"".join))
def test_what_was_read_is_written_back_to_the_byte(mark: bytes, data: bytes) -> None:
    """Mending changes places in a text and writes all of it: not a byte elsewhere may become another."""
    with contextlib.suppress(Problem):
        codec = codec_of(mark + data, "draft.txt")
        assert codec.mark + decode(mark + data, "draft.txt").encode(codec.name) == mark + data


def test_unreadable_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = tmp_path / "note.txt"
    draft.write_text("Hi")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(Problem, match=r"^note\.txt: cannot be read: permission denied$"):
        decoding.read_bytes(draft, "note.txt")
