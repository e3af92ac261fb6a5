"""What `linear.py` measures: pieces that texts are made of to slow a parser down, and the parsers they are given to."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

from followup_lint import model, script
from followup_lint.appointments import invitations
from followup_lint.catalog import built_in
from followup_lint.checklist import checklist
from followup_lint.context import Context
from followup_lint.draft import Draft
from followup_lint.errors import Problem
from followup_lint.fix import run as mend
from followup_lint.front_matter import read_top
from followup_lint.kinds import weigh
from followup_lint.linter import Linter
from followup_lint.phones import phone_numbers
from followup_lint.reader import MAX_OWN_CHARACTERS, Message, read_message
from followup_lint.reading import Reading
from followup_lint.redact.redactor import Redactor
from followup_lint.reports.formats import FORMATS, render
from followup_lint.reports.report import Report
from followup_lint.rule import Rule
from followup_lint.sentences import split
from followup_lint.sources.decode import decode
from followup_lint.sources.html_text import html_to_text
from followup_lint.sources.mail import read_mail
from followup_lint.sources.mail_files import starts
from followup_lint.structure import cut
from followup_lint.text import Span
from followup_lint.thread.quoted import quoted_own

Text = Callable[[int], str]

PIECES = (
    *(
        "a",
        "A",
        "1",
        " ",
        "\t",
        "\n",
        "\r",
        " \n",
        ".",
        ",",
        "-",
        "_",
        "=",
        "*",
        "#",
        "!",
        "?",
        ":",
        ";",
        "/",
        "\\",
        "|",
    ),
    *("'", '"', "’", "“", "”", "(", ")", "()", "[", "]", "[[", "{", "}", "<", ">", "<>", "&", "@", "+", "%", "~", "…"),
    *("> ", ">\n", "> a\n", "a\n", "- a\n", "1. a\n", "a: b\n", " a: b\n", "From: a@b.example\n", "a wrote:\n"),
    *("word ", "Word ", "WORD ", "a.", "a. ", "A. ", "a.a.", "a@", "a@b.", "1,", "1/", "1:", "1 ", "a-", "a'", "a, "),
    *("http://a.example/ ", "www.", "it's ", "‘a’ ", '"ab" ', "(a) ", "Dana Li ", "Dr. ", "Hi ", "Thanks,\n", "Best "),
    *(
        "I hope ",
        "thank you ",
        "I want you to ",
        "would you ",
        "and ",
        "very ",
        "🙂",
        "e\u0301",
        "\u200b",
        "\u202e",
        "İ",
    ),
    *(
        "--\n",
        "---\n",
        "___\n",
        "PS: b\n\n",
        "On 5 R <r@a.example> wrote:\n",
        "[name] ",
        "{{a}} ",
        "<b>",
        "&amp;",
        "$1,",
    ),
    *(
        "Me: a\n",
        "(pause) ",
        "555 ",
        "five ",
        "I am a\n",
        "you? ",
        "Monday 5 May 2026 ",
        "5 pm ",
        "attached ",
        "\U0001f600 ",
    ),
)


def _repeated(piece: str) -> Text:
    return lambda size: (piece * (size // len(piece) + 1))[:size]


TEXTS: Mapping[str, Text] = {piece: _repeated(piece) for piece in PIECES}


def _nested(opening: str, closing: str, inside: str = "a", share: float = 0.5) -> Text:
    """Return text of which a share is nesting, and the rest stands inside it."""

    def make(size: int) -> str:
        depth = max(1, int(size * share) // (len(opening) + len(closing)))
        rest = max(1, size - depth * (len(opening) + len(closing)))
        return opening * depth + (inside * (rest // len(inside) + 1))[:rest] + closing * depth

    return make


MARKUP: Mapping[str, Text] = (
    dict(TEXTS)
    | {
        f"{tag} in {tag}, {inside!r} inside": _nested(f"<{tag}>", f"</{name}>", inside, share)
        for tag in (
            "div",
            "blockquote",
            "pre",
            "ul",
            "ol",
            "table><tr><td",
            "b",
            'p style="white-space:pre"',
            "span hidden",
        )
        for name in (tag.split()[0].split(">")[0],)
        for inside in ("a", "<br>a", "<b>a</b>")
        for share in (0.05, 0.9)
    }
    | {
        tag: _repeated(tag)
        for tag in (
            *(
                "<p>a",
                "<p>a</p>",
                "<div>",
                "</div>",
                "<br>",
                "<a href=x>",
                "<td>a",
                "<tr><td>a",
                "<table>",
                "<li>a",
                "<ul><li>a",
            ),
            *(
                "<!--",
                "<!-- a -->",
                "<style>p,",
                "<style>p{margin:0}</style>",
                '<img alt="🙂">',
                "&#0;",
                "&#x41;",
                "<pre>\n",
                "<a a=b ",
            ),
            *(
                "<p hidden>a</p>",
                "<blockquote>a</blockquote>",
                "<b>a</b>",
                "<![CDATA[",
                "<?a ",
                "<svg>",
                "<select>",
                "<p><table>",
            ),
        )
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A parser: `make` puts a text into the form it reads, `run` reads it; sizes are those of the text."""

    name: str
    run: Callable[[Any], object]
    make: Callable[[str], Any] = str
    least: int = 16_000
    most: int = 64_000
    texts: Mapping[str, Text] | None = None


def _tried(run: Callable[[Any], object], given: Any) -> None:
    with suppress(Problem):
        run(given)


def _bytes(before: str = "", after: str = "") -> Callable[[str], bytes]:
    return lambda text: (before + text + after).encode()


def _mail(head: str, *, encoded: bool = False) -> Callable[[str], bytes]:
    """Return what puts a text below the headers of a mail."""

    def make(text: str) -> bytes:
        body = b64encode(text.encode()) if encoded else text.encode()
        return f"From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\n{head}\n\n".encode() + body

    return make


def _folded(name: str, before: str = "", after: str = "") -> Callable[[str], bytes]:
    """Return what makes a text the value of one header."""
    return lambda text: f"From: a@b.example\n{name}: {before}{' '.join(text.splitlines())}{after}\n\nA.\n".encode()


def _in_event(name: str) -> Callable[[str], bytes]:
    def make(text: str) -> bytes:
        value = " ".join(text.splitlines())
        lines = (
            *("BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:1", "DTSTART:20260506T100000Z"),
            *(f"{name}:{value}", "END:VEVENT", "END:VCALENDAR"),
        )
        return "\r\n".join(lines).encode()

    return make


BOUNDARY = 'Content-Type: multipart/mixed; boundary="b"'

NESTED: Mapping[str, Text] = dict(TEXTS) | {
    "parts in parts": lambda size: "".join(
        f'--b{at}\nContent-Type: multipart/mixed; boundary="b{at + 1}"\n\n' for at in range(size // 56)
    ).replace("--b0\n", "--b\n"),
    "900 parts in parts": lambda size: (
        "".join(
            f'--{"b" * (at + 1)}\nContent-Type: multipart/mixed; boundary="{"b" * (at + 2)}"\n\n' for at in range(60)
        )
        + "a\n" * (size // 2)
    ),
    "mails in mails": lambda size: "--b\n" + "Content-Type: message/rfc822\n\n" * (size // 31),
    "many parts": _repeated("--b\n\na\n"),
    "parts with odd headers": _repeated("--b\nContent-Type: a;;;\nX: é\n\na\n"),
    "many odd headers": lambda size: "--b\n" + "X: é\n" * (size // 6) + "\na\n",
}


def _numbered(line: str, before: str = "") -> Text:
    """Return text of lines that differ by a number."""
    return lambda size: before + "".join(line.format(at) for at in range(size // len(line)))


KEYS: Mapping[str, Text] = {
    "keys": _numbered("k{}: b\n"),
    "silences": _numbered("  k{}: b\n", "ignore:\n"),
    "people": _numbered("- Dana Li{}\n", "to:\n"),
    "messages": _numbered("- {{kind: check-in, date: 2026-05-01, file: a{}.txt}}\n", "previous:\n"),
    "employers": _numbered("- a b{}\n", "my_employers:\n"),
}
"""Front matter of lines no two of which are the same."""


NAMES: Mapping[str, Text] = {
    "names": lambda size: " ".join(
        f"Q{at:b}".translate({48: "a", 49: "i"}) for at in range(1 << 12, (1 << 12) + size // 15)
    ),
    "addresses": _numbered("a{}@b.example "),
}
"""Words that tell of somebody, no two of which are the same."""


def entries() -> Iterator[Entry]:
    """Yield every parser."""
    read_as_bytes: tuple[tuple[str, Callable[[Any], object], Callable[[str], Any]], ...] = (
        ("decode", partial(decode, path="a.txt"), _bytes()),
        ("decode latin", partial(decode, path="a.txt"), lambda text: text.encode("latin-1", "replace") + b"\xe9"),
        ("decode utf-16", partial(decode, path="a.txt"), lambda text: text.encode("utf-16-le", "replace")),
        ("mail body", partial(read_mail, path="a.eml"), _mail("Subject: a")),
        ("mail base64", partial(read_mail, path="a.eml"), _mail("Content-Transfer-Encoding: base64", encoded=True)),
        ("mail broken base64", partial(read_mail, path="a.eml"), _mail("Content-Transfer-Encoding: base64")),
        ("mail quoted", partial(read_mail, path="a.eml"), _mail("Content-Transfer-Encoding: quoted-printable")),
        ("mail flowed", partial(read_mail, path="a.eml"), _mail("Content-Type: text/plain; format=flowed; delsp=yes")),
        ("mail uuencoded", partial(read_mail, path="a.eml"), _mail("Content-Transfer-Encoding: x-uuencode")),
        ("mail utf-7", partial(read_mail, path="a.eml"), _mail("Content-Type: text/plain; charset=utf-7")),
        ("mail headers", partial(read_mail, path="a.eml"), _bytes("From: a@b.example\n")),
        *(
            (f"header {name}", partial(read_message, path="a.eml", alone=True), _folded(name))
            for name in ("To", "Date", "Subject", "Content-Type", "Content-Disposition", "References", "X-Other")
        ),
        ("header words", partial(read_mail, path="a.eml"), _folded("Subject", "=?utf-8?q?", "?=")),
        ("content type", partial(read_mail, path="a.eml"), _folded("Content-Type", "text/plain; charset=")),
        ("content name", partial(read_mail, path="a.eml"), _folded("Content-Disposition", "attachment; filename*=")),
        ("front matter", partial(read_top, path="a.txt"), lambda text: f"---\nto: {text}\n---\nA.\n"),
        ("front matter lines", partial(read_top, path="a.txt"), lambda text: f"---\n{text}\n---\nA.\n"),
        ("front matter open", partial(read_top, path="a.txt"), lambda text: f"---\n{text}"),
        ("header lines", partial(read_top, path="a.txt"), lambda text: f"Subject: {text}"),
        ("calendar text", partial(invitations, path="a.ics"), _in_event("DESCRIPTION")),
        ("calendar person", partial(invitations, path="a.ics"), _in_event("ATTENDEE;CN=Dana")),
        ("calendar rule", partial(invitations, path="a.ics"), _in_event("RRULE")),
        ("calendar key", partial(invitations, path="a.ics"), _in_event("X-A;B=")),
        ("calendar lines", partial(invitations, path="a.ics"), _bytes("BEGIN:VCALENDAR\n", "\nEND:VCALENDAR\n")),
        (
            "mbox",
            lambda data: list(starts(io.BytesIO(data), "a")),
            _bytes("From a@b.example Mon May  4 10:00:00 2026\n"),
        ),
        (
            "mbox letters",
            lambda data: list(starts(io.BytesIO(data), "a")),
            lambda text: b"From " + text.replace("a", "\n\nFrom a 1:00\nA:").encode(),
        ),
    )
    for name, run, make in read_as_bytes:
        yield Entry(name, partial(_tried, run), make)
    message = partial(read_message, path="a.txt", alone=True)
    yield Entry("front matter keys", partial(_tried, message), _bytes("---\n", "---\nHi Dana,\n\nA.\n"), texts=KEYS)
    yield Entry("mail parts", partial(_tried, partial(read_mail, path="a.eml")), _mail(BOUNDARY), texts=NESTED)
    yield Entry("html", html_to_text, texts=MARKUP)
    yield Entry("mail html", partial(_tried, partial(read_mail, path="a.eml")), _mail("Content-Type: text/html"))
    yield Entry("parts of a message", lambda text: cut(text, Span(0, len(text))))
    yield Entry(
        "parts under a greeting", lambda text: cut(text, Span(0, len(text))), lambda text: f"Hi,\n\n{text}\n\nSam"
    )
    texts: tuple[tuple[str, Callable[[Any], object]], ...] = (
        ("sentences", split),
        ("kind", lambda text: weigh(_draft(text), Context())),
        ("script", lambda text: script.turns(_draft(text), set())),
        ("phone numbers", lambda text: phone_numbers(text, Span(0, len(text)))),
        ("a message", lambda text: read_message(text.encode("utf-8", "replace"), "a.txt", alone=True)),
    )
    for name, read in texts:
        yield Entry(name, partial(_tried, read), least=6_000, most=MAX_OWN_CHARACTERS)
    yield Entry("redacted", _redacted, least=6_000, most=MAX_OWN_CHARACTERS, texts={**TEXTS, **NAMES})
    yield Entry("quoted mail", _quoted, _mail("Subject: a"))


def _draft(text: str) -> Draft:
    return Draft("a.txt", text, cut(text, Span(0, len(text))))


def _redacted(text: str) -> None:
    with suppress(Problem):
        Redactor().message(read_message(text.encode("utf-8", "replace"), "a.txt", alone=True))


def _quoted(data: bytes) -> None:
    head = b"From: Sam Roe <sam@a.example>\nTo: c@d.example\n"
    body = data.partition(b"\n\n")[2]
    with suppress(Problem):
        message = read_message(head + b"\nA.\n\n-----Original Message-----\n" + body, "a.eml", alone=True)
        quoted_own(message.draft)


@cache
def _language() -> Any:
    return model.load()


@dataclass(frozen=True)
class Prepared:
    """A text as the rules are given it, its sentences parsed: what takes the longest is done once, and not timed."""

    data: bytes
    message: Message
    linter: Linter
    docs: Mapping[Span, Any]

    def reading(self) -> Reading:
        """Return the message as nobody has looked at it yet, for all but its parses."""
        reading = self.linter.read(replace(self.message, prose=None))
        for span, doc in self.docs.items():
            reading.expect(span, doc)
        return reading


def prepared(text: str) -> Prepared | None:
    """Return a text as the body of a message; None where it is none."""
    data = f"Hi Dana,\n\n{text}\n\nBest,\nSam\n".encode("utf-8", "replace")[:MAX_OWN_CHARACTERS]
    try:
        message = read_message(data, "a.txt", alone=True)
    except Problem:
        return None
    linter = Linter(built_in(), _language, lambda _: ())
    reading = linter.read(message)
    spans = [sentence.span for sentence in reading.sentences]
    docs = _language().many([reading.spoken(span) for span in spans])
    return Prepared(data, message, linter, dict(zip(spans, docs, strict=True)))


def rule_steps(given: Prepared, wanted: Callable[[str], bool]) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield, for one text, what the rules share, each rule, remedies, formats and the checklist, in this order.

    What is shared is always there, wanted or not: whoever comes later finds it done.
    """
    reading = given.reading()
    for name, step in _shared(reading).items():
        yield f"reading {name}", step
    rules = given.linter.rules
    yield from (
        (f"rule {rule.name}", partial(_applied, rule, reading)) for rule in rules if wanted(f"rule {rule.name}")
    )
    late = ("checklist", *(f"format {name}" for name in FORMATS), "fix")
    if not any(map(wanted, late)):
        return
    result = given.linter.judge(reading)
    if wanted("checklist"):
        yield "checklist", partial(checklist, reading, result)
    for name in FORMATS:
        if wanted(f"format {name}"):
            yield f"format {name}", partial(render, name, Report([result], read=lambda _: reading))
    if wanted("fix"):
        yield "fix", partial(_mended, given.linter, given.message, given.data, reading)


def _shared(reading: Reading) -> Mapping[str, Callable[[], object]]:
    return {
        "masks": lambda: reading.masked,
        "words": lambda: reading.words,
        "folded": lambda: reading.prose.plain.folded,
        "clauses": lambda: [reading.clauses(sentence) for sentence in reading.sentences],
        "asks": lambda: [reading.asks(sentence) for sentence in reading.sentences],
        "pull": lambda: reading.pull,
        "formality": lambda: reading.formality,
    }


def _applied(rule: Rule, reading: Reading) -> None:
    for _ in rule(reading):
        pass


def _mended(linter: Linter, message: Any, data: bytes, reading: Reading) -> None:
    known = {reading.text: linter.judge(reading)}
    mend(message, data, lambda read: known.get(read.draft.text) or linter.lint(read))


__all__ = ["PIECES", "TEXTS", "Entry", "Prepared", "entries", "prepared", "rule_steps"]
