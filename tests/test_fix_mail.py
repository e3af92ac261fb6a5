"""Edits made in the file of a mail: in its own bytes and line ends, or not at all, and then it is told why."""

from __future__ import annotations

import pytest

from followup_lint.diagnostic import Edit
from followup_lint.draft import Draft, Part
from followup_lint.errors import Problem
from followup_lint.fix.mail import spliced
from followup_lint.sources.mail import read_mail
from followup_lint.text import Span

HEAD = "Subject: Loom\nFrom: sam@mail.example\n"
UTF_8 = "Content-Type: text/plain; charset=utf-8\n"
LATIN = "Content-Type: text/plain; charset=iso-8859-1\n"
OTHER_FORM = "a.eml: is mail whose text the file holds in another form; it is left alone"
NOT_AS_MEANT = "a.eml: is mail that would not be read as meant after the change; it is left alone"


def mended(data: bytes, *swaps: tuple[str, str]) -> bytes:
    """Return the mail with words, which stand in it once, put in the place of others."""
    mail = read_mail(data, "a.eml")
    edits = []
    for old, new in swaps:
        assert mail.text.count(old) == 1, mail.text
        start = mail.text.index(old)
        edits.append(Edit(Span(start, start + len(old)), new))
    return spliced(data, Draft("a.eml", mail.text, (), mail.headers, None, mail.parts, is_mail=True), edits)


def refused(data: bytes, *swaps: tuple[str, str]) -> str:
    with pytest.raises(Problem) as caught:
        mended(data, *swaps)
    return str(caught.value)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("headers", "body", "swaps", "encoding"),
    [
        ("", "Hi Ana,\n\nThx.\n", [("Thx", "Thanks")], "ascii"),
        ("", "Hi Ana,\n\nThx.", [("Thx.", "Thanks.")], "ascii"),  # the last line has no end
        ("", "Hi Ana,\n\nThx.\nAll well.\n", [("Thx", "Thanks"), ("well", "good"), ("Hi", "Dear")], "ascii"),
        ("", "Hi Ana,\n\nThx. \t\n", [("Thx", "Thanks")], "ascii"),
        ("", "Hi Ana,\n\nThx for the FAX\n", [("Thx", "Thanks")], "ascii"),
        ("", "Hi Ana,\n\nThx for all.\n", [("Thx for", "Thanks\nfor")], "ascii"),
        ("", "Hi Ana,\n\nThx.\n", [("Loom", "The loom")], "ascii"),  # in the first line of the file
        (UTF_8, "Hi Zoë,\n\nÀ demain, thx.\n", [("Zoë", "Zoé"), ("thx", "thänks")], "utf-8"),
        (UTF_8.replace("utf-8", "UTF8"), "Hi Zoë,\n", [("Hi Zoë", "Ça, Zoë")], "utf-8"),
        (LATIN, "Hi Zoë,\n\nÀ demain, thx.\n", [("Zoë", "Zoe"), ("thx", "thanks")], "latin-1"),
        (LATIN, "Hi Zoë,\n\nÀ ‘demain’, thx.\n", [("thx", "thanks")], "cp1252"),
        (LATIN.replace("8859-1", "8859-5"), "Hi Ana,\n\nЮлия\n\nThx.\n", [("Thx", "Thanks")], "iso-8859-5"),
    ],
)
def test_only_the_words_change(end: str, headers: str, body: str, swaps: list[tuple[str, str]], encoding: str) -> None:
    old = HEAD + headers + "\n" + body
    new = old
    for before, after in swaps:
        new = new.replace(before, after)
    old_bytes, new_bytes = (text.replace("\n", end).encode(encoding) for text in (old, new))
    assert mended(old_bytes, *swaps) == new_bytes


def test_a_byte_that_reads_as_no_letter_is_not_written_about() -> None:
    data = (HEAD + LATIN + "\nZo\xeb said \x81, thx.\n").encode("latin-1")
    assert refused(data, ("thx", "thanks")) == OTHER_FORM


def test_what_is_inserted_at_one_place_stands_in_the_order_in_which_it_came() -> None:
    data = (HEAD + "\nHi Ana,\n").encode()
    mail = read_mail(data, "a.eml")
    at = Span(mail.text.index("Ana"), mail.text.index("Ana"))
    draft = Draft("a.eml", mail.text, (), mail.headers, None, mail.parts, is_mail=True)
    assert spliced(data, draft, [Edit(at, "dear "), Edit(at, "good ")]) == data.replace(b"Ana", b"dear good Ana")


def test_a_file_of_one_line_has_lines_of_its_own_kind_after_a_line_is_added() -> None:
    assert mended(b"Thx", ("Thx", "Thanks\nSam")) == b"Thanks\nSam"


MIXED = "Content-Type: multipart/mixed; boundary=b\n"
"""Plain text, and beside it a second part."""


def parted(kind: str, *more: str, first: str = "text/plain", body: str = "Hi Ana,\n\nThx.") -> bytes:
    second = "".join(f"{line}\n" for line in (f"Content-Type: {kind}", *more))
    return f"{HEAD}{MIXED}\n--b\nContent-Type: {first}\n\n{body}\n--b\n{second}\nQUJD\n--b--\n".encode()


BASE_64 = "Content-Transfer-Encoding: base64"


@pytest.mark.parametrize(
    "second",
    [
        ("image/png", BASE_64),
        ("image/png", BASE_64, "Content-Disposition: inline"),
        ("application/octet-stream", BASE_64, "Content-Disposition: attachment; filename=x"),
        ("text/plain", BASE_64, "Content-Disposition: attachment; filename=x.txt"),
        ("text/plain; format=flowed", "Content-Disposition: attachment; filename=x.txt"),
        ("text/html", BASE_64, "Content-Disposition: ATTACHMENT; filename=x.html"),
    ],
)
def test_what_is_attached_is_no_obstacle(second: tuple[str, ...]) -> None:
    data = parted(*second)
    assert mended(data, ("Thx", "Thanks")) == data.replace(b"Thx", b"Thanks")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (parted("text/plain", BASE_64), "whose text is encoded (base64)"),
        (parted("text/plain; format=Flowed"), "whose lines flow (format=flowed)"),
        (parted("text/html"), "with an HTML version, which would go on saying the old words"),
        (parted("application/pkcs7-signature"), "that is signed or encrypted"),
        ((HEAD + "ARC-Seal: x\n\nThx.\n").encode(), "with a ARC-Seal header, which the change would break"),
        ((HEAD + "\n-----BEGIN PGP MESSAGE-----\n\nThx.\n").encode(), "that is signed or encrypted"),
    ],
)
def test_why_a_mail_is_left_alone(data: bytes, reason: str) -> None:
    assert refused(data, ("Thx", "Thanks")) == f"a.eml: is mail {reason}; it is left alone"


@pytest.mark.parametrize(
    "headers", ["", LATIN, "Content-Type: text/plain; charset=us-ascii\n", "Content-Type: text/plain\n"]
)
def test_a_letter_that_the_mail_does_not_promise_to_have_is_not_forced_in(headers: str) -> None:
    data = (HEAD + headers + "\nHi Ana,\n\nThx.\n").encode()
    assert refused(data, ("Thx", "thänks"), ("Hi", "Dear")) == OTHER_FORM


def test_all_text_of_a_mail_must_be_in_utf_8_for_a_new_letter() -> None:
    utf_8 = "text/plain; charset=utf-8"
    assert refused(parted("text/plain; charset=us-ascii", first=utf_8), ("Thx", "thänks")) == OTHER_FORM
    both = parted(utf_8, first=utf_8)
    assert mended(both, ("Thx", "thänks")) == both.replace(b"Thx", "thänks".encode())
    beside = parted("image/png", first=utf_8)
    assert mended(beside, ("Thx", "thänks")) == beside.replace(b"Thx", "thänks".encode())


def test_a_mail_without_text_promises_no_letters() -> None:
    data = (HEAD + "Content-Type: application/pdf\n\nJVBERi0=\n").encode()
    assert refused(data, ("Loom", "Löom")) == OTHER_FORM
    assert mended(data, ("Loom", "The loom")) == data.replace(b"Loom", b"The loom")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Thx", "thx\ud83d"),  # half a character, which an editor may bring
        ("Loom", "Loom\n"),  # the headers would end here
        ("From: sam@mail.example", "X: y"),  # a header that is not shown
    ],
)
def test_what_would_be_read_otherwise_is_not_written(old: str, new: str) -> None:
    assert refused((HEAD + UTF_8 + "\nHi Ana,\n\nThx.\n").encode(), (old, new)) == NOT_AS_MEANT


@pytest.mark.parametrize("raw_lines", [(), (0,), (2,), (5,), (9,)])
def test_a_line_that_does_not_stand_in_the_file_as_it_is_read_is_not_touched(raw_lines: tuple[int, ...]) -> None:
    data = b"X: y\n\nHi\n\nThx."
    draft = Draft("a.eml", "Thx.", parts=(Part("text/plain", Span(0, 4), raw_lines),), is_mail=True)
    with pytest.raises(Problem) as caught:
        spliced(data, draft, [Edit(Span(0, 3), "Thanks")])
    assert str(caught.value) == (NOT_AS_MEANT if raw_lines == (5,) else OTHER_FORM)


def test_a_file_without_a_line_has_no_place_for_an_edit() -> None:
    with pytest.raises(Problem, match="another form"):
        spliced(b"", Draft("a.eml", "Thx", is_mail=True), [Edit(Span(0, 3), "Thanks")])


def test_a_mail_that_would_be_no_text_at_all_is_named() -> None:
    # Without its only header it would be read as a text, and no text has such bytes.
    assert refused(b"Subject: Loom\n\n\x81\x8d\x8f\x81 \x00\n", ("Subject: Loom", "Loom")).startswith("a.eml")
