from __future__ import annotations

import base64
import quopri
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_lint.errors import Problem
from followup_lint.sources.mail import Mail, read_mail

HEAD = b"From: Ola <ola@post.example>\nTo: Ines <ines@yard.example>\nSubject: Dry dock visit\n"
HI = "Hi Ines,\n\nThe floating crane was worth the ferry ride.\n\nOla\n"


def read(data: bytes | str) -> Mail:
    mail = read_mail(data.encode() if isinstance(data, str) else data, "note.eml")
    for header in mail.headers:
        assert header.span.of(mail.text) == header.value
    for part in mail.parts:
        if part.raw_lines:
            assert len(part.raw_lines) <= part.span.of(mail.text).count("\n") + 1
    mail.text.encode()
    return mail


def body(data: bytes | str) -> str:
    mail = read(data)
    return mail.body.of(mail.text)


def value(data: bytes | str, name: str) -> str:
    return next(header.value for header in read(data).headers if header.name == name)


def raw_of(data: bytes) -> list[tuple[str, int]]:
    """Each line of the body that has words, with the line of the file it is said to come from."""
    mail = read(data)
    lines = mail.body.of(mail.text).split("\n")
    return [(line, raw) for line, raw in zip(lines, mail.parts[-1].raw_lines, strict=False) if line]


class TestText:
    def test_headers_a_blank_line_and_the_body(self) -> None:
        mail = read(
            b"Received: from a by b\nSubject: Dry dock\n visit\nX-Mailer: Pen\nTo: Ines <ines@yard.example>\n"
            b"From: Ola <ola@post.example>\nReferences: <1@yard.example>\n\t<2@yard.example>\n\n" + HI.encode()
        )
        assert mail.text == (
            "From: Ola <ola@post.example>\nTo: Ines <ines@yard.example>\nSubject: Dry dock visit\n"
            "References: <1@yard.example> <2@yard.example>\n\n" + HI
        )
        assert [(part.name, part.raw_lines) for part in mail.parts] == [
            ("headers", (6, 5, 2, 7)),
            ("text/plain", (10, 11, 12, 13, 14)),
        ]
        assert mail.body.of(mail.text) == HI
        assert mail.notes == ()

    def test_line_ends_do_not_matter(self) -> None:
        data = HEAD + b"\n" + HI.encode()
        assert read(data) == read(data.replace(b"\n", b"\r\n")) == read(data.replace(b"\n", b"\r"))

    @pytest.mark.parametrize(
        "first", [b"", b"\xef\xbb\xbf", b"From ola@post.example Tue Mar  4 10:00:00 2025\n", b"\n\n"]
    )
    def test_what_may_stand_before_the_headers(self, first: bytes) -> None:
        data = first + HEAD + b"\n" + HI.encode()
        assert body(data) == HI
        shift = first.count(b"\n")
        assert read(data).parts[0].raw_lines == (1 + shift, 2 + shift, 3 + shift)
        assert read(data).parts[1].raw_lines[0] == 5 + shift

    def test_a_file_saved_as_utf_16(self) -> None:
        text = HEAD.decode() + "\n" + HI.replace("Ola", "Åse")
        assert body(text.encode("utf-16")) == HI.replace("Ola", "Åse")

    def test_no_mail_at_all(self) -> None:
        for text in (HI, "Note: ring Ines\n\nHi", "", "\n \n", " folded: line"):
            mail = read(text)
            assert (mail.text, mail.headers, mail.body.of(mail.text)) == (text, (), text)
            assert mail.notes == ("There are no mail headers; the whole file is read as the message.",)

    def test_neither_mail_nor_text(self) -> None:
        with pytest.raises(Problem, match=r"^note\.eml: looks like an old Word or Outlook \.msg file"):
            read_mail(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "note.eml")


class TestHeaders:
    @pytest.mark.parametrize(
        ("raw", "decoded"),
        [
            ("=?utf-8?B?w4Vyc21vdGU=?= i mai", "Årsmote i mai"),
            ("=?iso-8859-1?Q?K=F6ln?= =?iso-8859-1?Q?_am_Rhein?=", "Köln am Rhein"),
            # One character cut in two by a careless encoder.
            ("=?utf-8?Q?caf=C3?=\n =?utf-8?Q?=A9?= tour", "café tour"),
            ("=?utf-8?q?a?=b=?utf-8?q?c?=", "abc"),
            ("plain, then =?utf-8?b?4oCT?= dash", "plain, then – dash"),
            ("=?UTF-8*en?Q?kiln?=", "kiln"),
            ("=?klingon?Q?Qapla=27?=", "Qapla'"),
            ("=?utf-8?B?!!!?= rest", "rest"),
            ("=?utf-8?B?SGVsbG8", "=?utf-8?B?SGVsbG8"),
            ("=?utf-8?Q?two=0Alines?=", "two lines"),
            ("=?utf-7?Q?+2AA-?=", "�"),
            ("raw ünïcode", "raw ünïcode"),
            ("ends in à", "ends in à"),
            ("à\n la carte", "à la carte"),
            ("", ""),
            ("(((((" * 3000, "(((((" * 3000),
        ],
    )
    def test_values_are_decoded_onto_one_line(self, raw: str, decoded: str) -> None:
        assert value(f"Subject: {raw}\nTo: a@b.example\n\nHi\n", "Subject") == decoded

    def test_latin_1_bytes_in_a_header(self) -> None:
        assert value("Subject: Besuch in Köln\n\nHi\n".encode("latin-1"), "Subject") == "Besuch in Köln"

    @pytest.mark.parametrize(
        ("raw", "decoded"),
        [
            ("=?utf-8?Q?J=C3=B6rg?= <j@k.example>", "Jörg <j@k.example>"),
            ("=?utf-8?Q?Kl=C3=B6tzer=2C_J=C3=B6rg?= <j@k.example>", '"Klötzer, Jörg" <j@k.example>'),
            ('"=?utf-8?Q?Kl=C3=B6tzer=2C_J=C3=B6rg?=" <j@k.example>', '"Klötzer, Jörg" <j@k.example>'),
            ('"Vik, Ola" <o@k.example>,\n Ines <i@k.example>', '"Vik, Ola" <o@k.example>, Ines <i@k.example>'),
            ("undisclosed-recipients:;", "undisclosed-recipients:;"),
            ("<>", "<>"),
            ("Ines <i@@k..example", "Ines <i@@k..example"),
        ],
    )
    def test_addresses_stay_lists(self, raw: str, decoded: str) -> None:
        assert value(f"To: {raw}\n\nHi\n", "To") == decoded

    def test_headers_given_twice(self) -> None:
        mail = read("Subject: one\nTo: a@k.example\nTo: b@k.example\nSubject: two\n\nHi\n")
        assert mail.text.startswith("To: a@k.example, b@k.example\nSubject: one\n")
        assert mail.notes == (
            "There are 2 To headers; they are read as one.",
            "There are 2 Subject headers; the first is read.",
        )

    def test_an_empty_header_has_an_empty_span(self) -> None:
        mail = read("From: a@k.example\nSubject:\n\nHi\n")
        assert mail.text == "From: a@k.example\nSubject:\n\nHi\n"

    def test_headers_only(self) -> None:
        mail = read(HEAD)
        assert mail.notes == ("The message is empty.",)
        assert mail.body.start == mail.body.end == len(mail.text)

    def test_no_blank_line_before_the_body(self) -> None:
        mail = read(HEAD + HI.encode())
        assert mail.body.of(mail.text) == HI
        assert mail.notes == ("No blank line divides the headers from the body.",)


class TestTransfer:
    def test_quoted_printable_knows_its_lines(self) -> None:
        data = HEAD + (
            b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: Quoted-Printable\n\n"
            b"Hi Ines,=20\n\nthe caf=C3=A9 on the pier was =\nworth the =\nferry ride.   \nTwo=0D=0Alines.\nOla\n"
        )
        assert raw_of(data) == [
            ("Hi Ines, ", 7),
            ("the café on the pier was worth the ferry ride.", 9),
            ("Two", 12),
            ("lines.", 12),
            ("Ola", 13),
        ]

    @given(st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=300))
    @settings(max_examples=60, deadline=None)
    def test_quoted_printable_gives_back_any_text(self, text: str) -> None:
        data = HEAD + b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        data += quopri.encodestring(text.encode())
        assert body(data).rstrip() == text.rstrip()

    def test_base64_has_no_lines_of_its_own(self) -> None:
        data = HEAD + b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(HI.replace("\n", "\r\n").encode())
        assert body(data) == HI
        assert raw_of(data) == []

    @pytest.mark.parametrize("damage", [b"S", b"!\n", b"=\n*"])
    def test_damaged_base64_is_read_as_far_as_it_goes(self, damage: bytes) -> None:
        data = (
            HEAD
            + b"Content-Transfer-Encoding: base64\n\n"
            + base64.encodebytes(HI.encode()).replace(b"=", b"")
            + damage
        )
        mail = read(data)
        assert mail.body.of(mail.text).startswith("Hi Ines,\n\nThe floating crane")
        assert mail.notes == ("The base64 text is damaged; it was read as far as it goes.",)

    @pytest.mark.parametrize(
        ("declared", "used", "note"),
        [
            ("us-ascii", "utf-8", "The mail says its text is us-ascii, but it is UTF-8."),
            ("iso-8859-1", "utf-8", "The mail says its text is iso-8859-1, but it is UTF-8."),
            ("windows-1252", "utf-8", "The mail says its text is windows-1252, but it is UTF-8."),
            ("us-ascii", "cp1252", "The mail says its text is us-ascii, but it holds other characters."),
            ("utf-8", "cp1252", "The text is not valid utf-8."),
            ("x-unknown", "utf-8", "The charset 'x-unknown' is unknown."),
            ("rot13", "utf-8", "The charset 'rot13' is unknown."),
            ("punycode", "utf-8", "The charset 'punycode' is unknown."),
            ("", "utf-8", ""),
            ("iso-8859-1", "cp1252", ""),
            ("iso-8859-15", "iso-8859-15", ""),
            ("utf-16", "utf-16", ""),
        ],
    )
    def test_charsets_right_wrong_and_unknown(self, declared: str, used: str, note: str) -> None:
        text = "Hi Renée,\n\nthe café tour – it cost €4 – was grand.\n"
        if used == "iso-8859-15":
            text = text.replace("–", "-")
        head = HEAD + f"Content-Type: text/plain; charset={declared}\nContent-Transfer-Encoding: base64\n\n".encode()
        mail = read(head + base64.encodebytes(text.encode(used)))
        assert mail.body.of(mail.text) == text
        assert mail.notes == ((note,) if note else ())

    def test_lone_surrogates_do_not_survive(self) -> None:
        assert body(HEAD + b"Content-Type: text/plain; charset=utf-7\n\nHi +2AA- Ines\n") == "Hi � Ines\n"

    def test_one_broken_byte_spoils_nothing_else(self) -> None:
        data = HEAD + "Content-Type: text/plain; charset=utf-8\n\nHi Zoë and Chloë \xff.\n".encode().replace(
            b"\xc3\xbf", b"\xff"
        )
        assert body(data) == "Hi Zoë and Chloë �.\n"


class TestFlowed:
    FLOWED = b"Content-Type: text/plain; format=flowed\n\n"

    def test_soft_line_ends_are_joined(self) -> None:
        data = (
            HEAD
            + self.FLOWED
            + (
                b"Hi Ines,\n\nthe floating crane \nwas worth \nthe ride. \n\n From here on \nstuffed.\n"
                b">> deep \n>> quote\n> shallow\n-- \nOla \n"
            )
        )
        assert raw_of(data) == [
            ("Hi Ines,", 6),
            ("the floating crane was worth the ride. ", 8),
            ("From here on stuffed.", 12),
            (">> deep quote", 14),
            ("> shallow", 16),
            ("-- ", 17),
            ("Ola ", 18),
        ]

    def test_a_flowed_line_stops_at_the_signature(self) -> None:
        assert body(HEAD + self.FLOWED + b"Bye now \n-- \nOla\n") == "Bye now \n-- \nOla\n"

    def test_del_sp(self) -> None:
        head = HEAD + b'Content-Type: text/plain; format="flowed"; DelSp=yes\n\n'
        assert body(head + b"a flo \nating  \ncrane\n") == "a floating crane\n"

    def test_lines_stay_where_nothing_flows(self) -> None:
        assert body(HEAD + b"\na \nb\n") == "a \nb\n"


def html(markup: str, head: bytes = HEAD) -> str:
    return body(head + b"Content-Type: text/html; charset=utf-8\n\n" + markup.encode())


class TestHtml:
    @pytest.mark.parametrize(
        ("markup", "text"),
        [
            ("<p>Hi Ines,</p><p>Loved it.<br>Truly.</p>", "Hi Ines,\n\nLoved it.\nTruly.\n"),
            ("<div>Hi Ines,</div><div><br></div><div>Loved it.</div>", "Hi Ines,\n\nLoved it.\n"),
            (
                "<p class=MsoNormal>Best,<p class=MsoNormal>Ola</p><p class=MsoNormal>&nbsp;<p class=MsoNormal>Yard 4",
                "Best,\nOla\n\nYard 4\n",
            ),
            ("<style>p, li { margin: 0 }</style><p>Best,</p><p>Ola</p>", "Best,\nOla\n"),
            ("<style>p { margin: 0.5em }</style><p>Best,</p><p>Ola</p>", "Best,\n\nOla\n"),
            ("Hi<script>x()</script><style>p{}</style><!-- no --> Ines", "Hi Ines\n"),
            ("<?xml:namespace prefix=o />Hi <?pi?>Ines", "Hi Ines\n"),
            ('<?xml version="1.0" encoding="utf-8"?><html><body>Zoë</body></html>', "Zoë\n"),
            ("<title>no</title><div style='display:none'>Preview &zwnj;</div>Hi Ines", "Hi Ines\n"),
            ("<span style='Max-Height: 0px; overflow:hidden'>Preview</span>Hi<i hidden>no</i> Ines", "Hi Ines\n"),
            ("<td style='font-size:0px'>Hi Ines</td>", "Hi Ines\n"),
            ("<ul><li>crane<li>slip<ul><li>one</ul></ul><ol><li>first</ol>", "- crane\n- slip\n- one\n1. first\n"),
            ("<table><tr><td><img src=x></td><td>Ola<br>Yard 4</td></tr></table>", "Ola\nYard 4\n"),
            (
                "Hi&nbsp;Ines,&#8203;<br>\n<br>&lt;3 the &quot;crane&quot;",
                'Hi Ines,\u200b\n\n<3 the "crane"\n'.replace("\u200b", ""),
            ),
            ("<pre>one\ntwo <b>three\nfour</b></pre>", "one\ntwo three\nfour\n"),
            ("<div style='white-space: pre-wrap'>one\n\n<span>two\nthree</span></div>", "one\n\ntwo\nthree\n"),
            ("Bye<br>-- <br>Ola", "Bye\n-- \nOla\n"),
            ("Great <img alt='🎉' src=x> and <img alt='logo' src=y>!", "Great 🎉 and !\n"),
            ("Bye<hr>From: Ines", "Bye\nFrom: Ines\n"),
            ("<p>Hi &#xe000;Ines</p>", "Hi Ines\n"),
            ("Hi&#2; Ines&#xffff;<img alt='🎉&#xffff;'>", "Hi Ines🎉\n"),
        ],
    )
    def test_text_as_a_reader_sees_it(self, markup: str, text: str) -> None:
        assert html(markup) == text

    @pytest.mark.parametrize(
        ("markup", "text"),
        [
            (
                "Hi<p>Ines wrote:<br><blockquote><p>Come!</p><p>Now.</p><blockquote>When?</blockquote></blockquote>Ola",
                "Hi\n\nInes wrote:\n\n> Come!\n>\n> Now.\n>\n>> When?\n\nOla\n",
            ),
            ("<blockquote type=cite>a<table><tr><td>b</td></tr></table></blockquote>c", "> a\n>\n> b\n\nc\n"),
            ("a<blockquote style='margin:0 0 0 40px;border:none;padding:0px'>indented</blockquote>", "a\n\nindented\n"),
            (
                "a<blockquote style='margin:0;border:none' type='cite'>quoted</blockquote>",
                "a\n\n> quoted\n",
            ),
            ("a<blockquote style='border:none;border-left:solid #CCC 1pt'>quoted</blockquote>", "a\n\n> quoted\n"),
            ("a<div style='border:none; border-left:solid blue 1.5pt'><p>b</p></div>", "a\n\n> b\n"),
        ],
    )
    def test_quotes_are_marked(self, markup: str, text: str) -> None:
        assert html(markup) == text

    @pytest.mark.parametrize("tag", ["div", "blockquote", "table><tr><td", "b", "ul><li"])
    @pytest.mark.parametrize("depth", [300, 20_000])
    def test_deep_markup_keeps_its_words(self, tag: str, depth: int) -> None:
        assert "crane" in html(f"<{tag}>" * depth + "crane")

    @given(st.text(alphabet="<>/&;!-=\"' \nabdiv?uloltr0:#xp", max_size=120))
    @settings(max_examples=200, deadline=None)
    def test_no_markup_is_too_broken(self, markup: str) -> None:
        html(markup)

    def test_html_in_a_part_that_says_plain(self) -> None:
        mail = read(HEAD + b"Content-Type: text/plain\n\n<!DOCTYPE html><html><body><p>Hi</p></body></html>\n")
        assert mail.body.of(mail.text) == "Hi\n"
        assert mail.parts[-1].name == "text/html"


def multipart(kind: str, *parts: str, end: bool = True) -> bytes:
    lines = "".join(f"--cut\n{part}\n" for part in parts)
    return HEAD + f'Content-Type: multipart/{kind}; boundary="cut"\n\nPreamble.\n{lines}{"--cut--" * end}\n'.encode()


PLAIN = f"Content-Type: text/plain\n\n{HI}"
PAGE = "Content-Type: text/html\n\n<p>Hi from the page</p>"
BASE64 = "Content-Transfer-Encoding: base64\n\nAAAA"
PDF = f"Content-Type: application/pdf; name=plan.pdf\nContent-Disposition: attachment\n{BASE64}"
PICTURE = f"Content-Type: image/png\nContent-ID: <logo>\n{BASE64}"


SHARDS = (
    *(b"\n", b"\r\n", b"\n\n", b"\n--cut\n", b"\n--cut--\n", b"\nContent-Type: ", b"multipart/mixed; boundary=cut"),
    *(b"text/html", b"text/plain; charset=", b"utf-16", b"utf-7", b"\nContent-Transfer-Encoding: ", b"base64"),
    *(b"quoted-printable", b"=?utf-8?q?", b"?=", b"=", b"\xff\xe9", b"To: ", b" ", b"; name*0*=x'", b"message/rfc822"),
    *(b"multipart/alternative; boundary=cut", b"<p>", b"; format=flowed", b"\0", b'"', b"-- \n", b"> a \n", b"+2AA-"),
)


class TestParts:
    def test_plain_text_before_html(self) -> None:
        for data in (multipart("alternative", PLAIN, PAGE), multipart("alternative", PAGE, PLAIN)):
            assert body(data) == HI
        assert raw_of(multipart("alternative", PLAIN, PAGE))[0] == ("Hi Ines,", 10)

    def test_html_where_the_plain_text_is_blank(self) -> None:
        mail = read(multipart("alternative", "Content-Type: text/plain\n\n \n", PAGE))
        assert mail.body.of(mail.text) == "Hi from the page\n"
        assert (mail.parts[-1].name, mail.parts[-1].raw_lines) == ("text/html", ())

    def test_text_parts_are_read_one_after_the_other(self) -> None:
        data = multipart("mixed", PLAIN, PDF, "Content-Type: text/plain\n\nPS: bring boots.")
        assert body(data) == HI + "\nPS: bring boots.\n"
        assert raw_of(data)[-1] == ("PS: bring boots.", 25)

    def test_a_footer_does_not_hide_an_html_message(self) -> None:
        assert body(multipart("mixed", PAGE, "\nlist footer")) == "Hi from the page\n\nlist footer\n"

    @pytest.mark.parametrize(
        ("part", "named"),
        [
            (PDF, ("plan.pdf",)),
            ("Content-Type: application/pdf\n\nAAAA", ("unnamed application/pdf",)),
            ("Content-Type: application/pdf\nContent-Disposition: inline; filename=plan.pdf\n\nAAAA", ("plan.pdf",)),
            ("Content-Type: text/plain\nContent-Disposition: attachment; filename=notes.txt\n\nx", ("notes.txt",)),
            ("Content-Type: text/plain; name=notes.txt\n\nx", ("notes.txt",)),
            ("Content-Type: image/png; name=dock.png\n\nAAAA", ("dock.png",)),
            ("Content-Type: image/png; name=dock.png\nContent-Disposition: inline\n\nAAAA", ()),
            ("Content-Type: application/pgp-signature; name=signature.asc\n\nx", ()),
            ("Content-Type: message/rfc822\n\nSubject: old\n\nolder words", ("unnamed message/rfc822",)),
            (
                "Content-Type: message/rfc822\nContent-Disposition: attachment; filename=old.eml\n\nSubject: old",
                ("old.eml",),
            ),
            ("Content-Type: application/pdf; name*=utf-8''pl%C3%A5n.pdf\n\nA", ("plån.pdf",)),
            ("Content-Type: application/pdf; name*0=pl; name*1=an.pdf\n\nA", ("plan.pdf",)),
            ('Content-Type: application/pdf; name="=?utf-8?Q?pl=C3=A5n=2Epdf?="\n\nA', ("plån.pdf",)),
            ('Content-Type: application/pdf; name="plån à.pdf"\n\nA', ("plån à.pdf",)),
            ("Content-Type: application/pdf; name*0*=klingon'x'%FF\n\nA", ("ÿ",)),
        ],
    )
    def test_attachments(self, part: str, named: tuple[str, ...]) -> None:
        mail = read(multipart("mixed", PLAIN, part))
        assert (mail.attachments, mail.body.of(mail.text)) == (named, HI)

    def test_pictures_of_the_page_are_not_attached(self) -> None:
        data = multipart("related", PAGE, PICTURE, PICTURE + "\n")
        assert (read(data).attachments, body(data)) == ((), "Hi from the page\n")

    def test_only_an_attachment(self) -> None:
        mail = read(multipart("mixed", PDF))
        assert (mail.attachments, mail.body.of(mail.text)) == (("plan.pdf",), "")
        assert mail.notes == ("There is no text, only what is attached.",)

    def test_a_message_that_has_a_file_name(self) -> None:
        mail = read(multipart("mixed", "Content-Type: text/plain; name=body.txt\n\nHi Ines"))
        assert (mail.attachments, mail.body.of(mail.text)) == ((), "Hi Ines\n")

    def test_built_by_the_standard_library(self) -> None:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "Åse <a@k.example>", "Ines <i@k.example>", "Kran – og dokk"
        message.set_content("Hei Ines,\n\nkranen på kaia.\n")
        message.add_alternative("<p>Hei Ines</p>", subtype="html")
        message.add_attachment(b"x", maintype="application", subtype="pdf", filename="tegning å.pdf")
        message.add_attachment(b"y", maintype="application", subtype="octet-stream")
        mail = read(message.as_bytes())
        assert mail.text == (
            "From: Åse <a@k.example>\nTo: Ines <i@k.example>\nSubject: Kran – og dokk\n\nHei Ines,\n\nkranen på kaia.\n"
        )
        assert mail.attachments == ("tegning å.pdf", "unnamed application/octet-stream")

    @pytest.mark.parametrize(
        ("data", "note"),
        [
            (
                multipart("mixed", PLAIN, end=False),
                "The closing boundary is missing: the mail may have been cut short.",
            ),
            (
                HEAD + b"Content-Type: multipart/mixed; boundary=none\n\n" + HI.encode(),
                "The boundary between the parts is missing; all is read as one text.",
            ),
            (
                HEAD + b"Content-Type: multipart/mixed\n\n" + HI.encode(),
                "The mail does not say how its parts are divided; all is read as one text.",
            ),
        ],
    )
    def test_missing_boundaries(self, data: bytes, note: str) -> None:
        mail = read(data)
        assert mail.body.of(mail.text).rstrip() == HI.rstrip()
        assert mail.notes == (note,)

    @pytest.mark.parametrize("depth", [40, 5000])
    def test_nesting_has_no_end(self, depth: int) -> None:
        nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth))
        mail = read(HEAD + nested + PLAIN.encode())
        if depth < 100:
            assert mail.body.of(mail.text) == HI
        else:
            assert mail.notes[0] == "Some parts of the mail are nested too deeply to be read."

    def test_encrypted(self) -> None:
        data = multipart(
            "encrypted",
            "Content-Type: application/pgp-encrypted\n\nVersion: 1",
            "Content-Type: application/octet-stream\n\nx",
        )
        assert "The message is encrypted and cannot be read." in read(data).notes

    @given(
        st.lists(
            st.sampled_from(SHARDS),
            max_size=30,
        )
    )
    @settings(max_examples=300, deadline=None)
    def test_no_mail_is_too_broken(self, pieces: list[bytes]) -> None:
        read(HEAD + b"".join(pieces))
