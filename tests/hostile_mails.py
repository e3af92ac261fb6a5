"""Mails and notes made to break a reader of mail; all of them ours. Each is what a stranger's mailbox may hold."""

from __future__ import annotations

import binascii
import uuid
from base64 import b64encode
from collections.abc import Mapping

HEAD = b"From: Sam Roe <sam@mail.example>\nTo: Dana Li <dana@weir.example>\nSubject: The weir\nMIME-Version: 1.0\n"
NOTE = b"Hi Dana,\n\nThank you for the walk round the weir.\n\nBest,\nSam Roe\n"


def _type(value: bytes, body: bytes = NOTE, *more: bytes) -> bytes:
    return HEAD + b"Content-Type: " + value + b"\n" + b"".join(line + b"\n" for line in more) + b"\n" + body


def _nested(depth: int, inside: bytes = b"Content-Type: text/plain\n\n" + NOTE) -> bytes:
    layers = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(depth))
    return HEAD + layers + inside


def _multipart(*parts: bytes, end: bytes = b"--cut--\n", kind: bytes = b"mixed") -> bytes:
    body = b"".join(b"--cut\n" + part + b"\n" for part in parts) + end
    return _type(b"multipart/" + kind + b'; boundary="cut"', body)


def _uuencoded(data: bytes) -> bytes:
    lines = [data[at : at + 45] for at in range(0, len(data), 45)]
    return b"begin 644 resume.txt\n" + b"".join(map(binascii.b2a_uu, lines)) + b"`\nend\n"


_TNEF = bytes.fromhex("789f3e22") + bytes(range(256)) * 4
_MIXED_CHARSETS = "Grüße, Zoë".encode("latin-1") + "Привет".encode("koi8-r") + "日本".encode("shift-jis")

MAILS: Mapping[str, bytes] = {
    "nested_10000": _nested(10_000),
    "nested_10000_unclosed_with_lines": _nested(10_000, b"a\n" * 10_000),
    "one_boundary_for_all": HEAD
    + b"Content-Type: multipart/mixed; boundary=b\n\n"
    + b"--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 2_000,
    "boundary_of_blanks": _type(b'multipart/mixed; boundary="   "', b"--   \n\na\n"),
    "boundary_empty": _type(b'multipart/mixed; boundary=""', b"--\n\na\n--\n"),
    "boundary_pattern": _type(b'multipart/mixed; boundary="(a+)+$"', b"--(a+)+$\n\n" + b"a" * 5_000 + b"\n"),
    "rfc822_loop": HEAD + b"Content-Type: message/rfc822\n\n" * 10_000 + NOTE,
    "rfc822_base64": _type(b"message/rfc822", b64encode(HEAD + b"\n" + NOTE), b"Content-Transfer-Encoding: base64"),
    "rfc822_of_nothing": _type(b"message/rfc822", b""),
    "digest": _multipart(HEAD + b"\n" + NOTE, b"\n" + HEAD + b"\n", kind=b"digest"),
    "delivery_status": _multipart(b"Content-Type: message/delivery-status\n\n" + b"A: b\n\n" * 5_000, kind=b"report"),
    "partial": _type(b"message/partial; number=1; total=99999999999999999999; id=a"),
    "external_body": _type(
        b"message/external-body; access-type=local-file; name=/etc/passwd", b"Content-Type: a/b\n\n"
    ),
    "header_bomb": HEAD + b"X-Bomb: a\n" * 20_000 + b"\n" + NOTE,
    "header_bomb_not_ascii": HEAD + "X-Bomb: é\n".encode() * 20_000 + b"\n" + NOTE,
    "header_long": HEAD + b"X-Long: " + b"a" * 1_000_000 + b"\n\n" + NOTE,
    "header_folded_for_ever": HEAD + b"X-Long: a" + b"\n a" * 50_000 + b"\n\n" + NOTE,
    "header_names_nobody": HEAD + b": a\n :b\n\x00: c\n\n" + NOTE,
    "header_semicolons": _type(b"text/plain" + b";" * 200_000),
    "header_parameters": _type(b"text/plain" + b"".join(b"; a%d=b" % at for at in range(20_000))),
    "header_continued_parameter": _type(
        b"application/pdf",
        b"a",
        b"Content-Disposition: attachment" + b"".join(b"; filename*%d*=%%C3" % at for at in range(3_000)),
    ),
    "header_parameter_number": _type(b"text/plain; charset*99999999999999999999*=utf-8''a"),
    "header_parameter_charset": _type(b"application/pdf; name*=no-such-charset'en'%FF%FE", b"a"),
    "comments_in_to": b"From: a@b.example\nTo: " + b"(" * 20_000 + b"\n\n" + NOTE,
    "groups_in_to": b"From: a@b.example\nTo: " + b"a:" * 20_000 + b"\n\n" + NOTE,
    "quotes_in_to": b'From: a@b.example\nTo: "' + b"\\" * 20_001 + b"\n\n" + NOTE,
    "brackets_in_from": b"From: " + b"<" * 20_000 + b"\nTo: " + b"[" * 20_000 + b"\n\n" + NOTE,
    "everybody_in_to": b"From: a@b.example\nTo: "
    + b", ".join(b"P Q%d <p%d@q.example>" % (at, at) for at in range(4_000))
    + b"\n\n"
    + NOTE,
    "duplicate_headers": b"From: a@b.example\nFrom: c@d.example\nSubject: a\nSubject: b\nTo: a@b.example\n"
    b"To: c@d.example\n"
    b"Date: x\nDate: y\nContent-Type: text/html\nContent-Type: text/plain\n\n" + NOTE,
    "dates": HEAD + b"Date: Mon, 99 Foo 99999 99:99:99 +9999\n\n" + NOTE,
    "date_of_numbers": HEAD + b"Date: " + b"9" * 20_000 + b"\n\n" + NOTE,
    "encoded_words": b"From: a@b.example\nSubject: " + b"=?utf-8?q?=C3?= " * 20_000 + b"\n\n" + NOTE,
    "encoded_words_broken": b"From: =?utf-8?b?////=?= =?x?q?=?= =?=?=\n"
    b"Subject: =?undefined?q?a?= =?idna?b?AAAA?= =?utf-16?b?AAE=?=\n\n" + NOTE,
    "encoded_line_ends": b"From: a@b.example\nSubject: =?utf-8?q?a=0ABcc:_x=40y.example=0D=00=1B[31m?=\n\n" + NOTE,
    "charset_wrong": _type(b"text/plain; charset=utf-16", NOTE),
    "charset_unknown": _type(b"text/plain; charset=x-\xff\xfe", NOTE),
    "charset_codec": b"".join(
        _type(b"text/plain; charset=" + name) for name in (b"hex", b"rot13", b"zlib", b"punycode")
    )[:5_000],
    "charsets_mixed": _type(b"text/plain; charset=us-ascii", _MIXED_CHARSETS + NOTE),
    "utf_7": _type(b"text/plain; charset=utf-7", b"+ADw-script+AD4-" + b"+" * 5_000 + NOTE),
    "utf_16_headers": f"Subject: a\n\n{NOTE.decode()}".encode("utf-16"),
    "base64_truncated": _type(b"text/plain; charset=utf-8", b64encode(NOTE)[:-3], b"Content-Transfer-Encoding: base64"),
    "base64_padding": _type(b"text/plain", b"=" * 100_000 + b"QQ==" * 5_000, b"Content-Transfer-Encoding: base64"),
    "base64_of_nuls": _type(b"text/plain", b64encode(bytes(10_000)), b"Content-Transfer-Encoding: base64"),
    "quoted_printable_broken": _type(
        b"text/plain", b"=\n" * 20_000 + b"=ZZ==3D=" + NOTE, b"Content-Transfer-Encoding: quoted-printable"
    ),
    "encoding_unknown": _type(b"text/plain", NOTE, b"Content-Transfer-Encoding: x-rot-26"),
    "uuencode": _type(b"text/plain", NOTE + b"\n" + _uuencoded(NOTE * 200)),
    "uuencode_header": _type(b"text/plain", _uuencoded(NOTE), b"Content-Transfer-Encoding: x-uuencode"),
    "uuencode_broken": _type(b"text/plain", b"begin 644 \nM" + b"~" * 5_000, b"Content-Transfer-Encoding: uuencode"),
    "yenc": _type(b"text/plain", b"=ybegin line=128 size=9 name=a\n" + bytes(range(1, 256)) + b"\n=yend size=9\n"),
    "tnef": _multipart(
        b"Content-Type: text/plain\n\n" + NOTE,
        b'Content-Type: application/ms-tnef; name="winmail.dat"\nContent-Transfer-Encoding: base64\n\n'
        + b64encode(_TNEF),
    ),
    "tnef_alone": _type(b'application/ms-tnef; name="winmail.dat"', _TNEF),
    "smime": _type(
        b'application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"',
        b64encode(_TNEF),
        b"Content-Transfer-Encoding: base64",
    ),
    "smime_signed": _multipart(
        b"Content-Type: text/plain\n\n" + NOTE,
        b"Content-Type: application/pkcs7-signature; name=smime.p7s\n\nAAAA",
        kind=b"signed",
    ),
    "pgp": _type(
        b"text/plain", b"-----BEGIN PGP MESSAGE-----\n\n" + b64encode(_TNEF) + b"\n-----END PGP MESSAGE-----\n"
    ),
    "nuls": _type(b"text/plain", b"\x00" * 5_000 + NOTE),
    "nuls_in_headers": b"From: a\x00@b.example\nSubject: \x00\x00\nTo: \x00\n\n" + NOTE,
    "surrogates_as_utf_8": _type(b"text/plain; charset=utf-8", b"\xed\xa0\x80\xed\xb0\x80" + NOTE),
    "surrogates_in_html": _type(b"text/html", b"<p>&#xD800;&#x110000;&#0;&#xFFFF;&#99999999999999999999;</p>" + NOTE),
    "right_to_left": _type(
        b"text/plain; charset=utf-8",
        "Hi \u202eanaD\u202c,\n\n\u2066\u2067\u200f\u200eThank\u2069 you\u061c\n".encode() + NOTE,
    ),
    "zero_width": _type(
        b"text/plain; charset=utf-8",
        ("H\u200bi D\u200da\u2060n\ufeffa,\n\n" + "\u200b" * 20_000 + "\n").encode() + NOTE,
    ),
    "combining": _type(b"text/plain; charset=utf-8", ("Z" + "\u0300\u0489" * 20_000 + "\n").encode() + NOTE),
    "homoglyphs": "From: Dаnа Li <sam@mail.example>\nTo: Dаna Lі <dana@weir.example>\nSubject: Тhе weir\n\n".encode()
    + NOTE,
    "ten_megabytes": HEAD + b"\n" + b"a" * 10_000_000,
    "line_of_four_megabytes": HEAD + b"\n" + b"a " * 2_000_000,
    "lines_of_nothing": HEAD + b"\n" + b"\n" * 1_000_000,
    "quoted_for_ever": HEAD + b"\n" + NOTE + b"".join(b">" * depth + b" a\n" for depth in range(1_000)),
    "quoted_lines": HEAD + b"\n" + NOTE + b"On 5 May 2026 at 10:00, Sam <sam@mail.example> wrote:\n" + b">\n" * 40_000,
    "quoted_headers": HEAD + b"\n" + NOTE + b"-----Original Message-----\n" + b"From: Sam Roe\n\n\n" * 10_000,
    "html_deep": _type(b"text/html", b"<div>" * 100_000 + NOTE),
    "html_tables": _type(b"text/html", b"<table><tr><td>" * 200 + b"<br>a" * 5_000),
    "html_quotes": _type(b"text/html", b"<blockquote>" * 800 + b"<br>a" * 10_000),
    "html_preformatted": _type(b"text/html", b"<pre>" * 200 + b"<b>a</b>" * 20_000),
    "html_sheet": _type(b"text/html", b"<style>" + b"p,margin:" * 20_000 + b"</style>" + NOTE),
    "html_comments": _type(b"text/html", b"<!--" * 50_000 + NOTE),
    "html_entities": _type(b"text/html", b"<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;'>]><p>&c;&c;</p>" + NOTE),
    "html_script": _type(
        b"text/html",
        b"<script>while(1);</script><iframe src=file:///etc/passwd></iframe><img src=http://a.example/x>" + NOTE,
    ),
    "html_says_plain": _type(b"text/plain", b"<html><body>" + NOTE),
    "flowed": _type(b"text/plain; format=flowed; delsp=yes", b"a \n" * 5_000 + b"> a \n>> a \n" * 1_000),
    "alternatives": _multipart(
        *[b"Content-Type: text/plain\n\n"] * 5_000, b"Content-Type: text/html\n\n" + NOTE, kind=b"alternative"
    ),
    "many_parts": _multipart(*[b"\na"] * 1_000),
    "many_attachments": _multipart(b"\n" + NOTE, *[b"Content-Disposition: attachment; filename=a\n\nb"] * 5_000),
    "attachment_names": _multipart(
        b"\n" + NOTE,
        b'Content-Type: application/pdf; name="../../etc/passwd\x1b[31m"\n\n',
        'Content-Disposition: attachment; filename="a\u202efdp.exe"\n\n'.encode(),
    ),
    "mbox_line": b"From sam@mail.example Mon May  4 10:00:00 2026\n" + HEAD + b"\n" + NOTE,
    "no_body": HEAD,
    "no_end": HEAD.rstrip(),
    "no_separator": HEAD + NOTE,
    "only_a_return": HEAD.replace(b"\n", b"\r") + b"\r" + NOTE.replace(b"\n", b"\r"),
    "empty": b"",
    "random": b"".join(uuid.uuid5(uuid.NAMESPACE_DNS, str(at)).bytes for at in range(2_000)),
}
"""By name, which is that of the file without its ending."""

REFUSED = frozenset({"ten_megabytes", "line_of_four_megabytes", "random"})
"""Those that are too large for a message, or no text."""
