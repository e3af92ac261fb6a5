"""What is fuzzed: each way in for bytes of strangers, and what must hold of whatever comes out."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from contextlib import suppress

from followup_lint.appointments import invitations
from followup_lint.draft import Draft
from followup_lint.errors import Problem, Problems
from followup_lint.reader import read_message, skim
from followup_lint.sentences import split
from followup_lint.sources.addresses import listed
from followup_lint.sources.html_text import html_to_text
from followup_lint.sources.mail_files import starts
from followup_lint.strict_yaml import load
from followup_lint.text import Span
from followup_lint.thread.quoted import quoted_own

Entry = Callable[[bytes], None]


def laid_out(draft: Draft) -> None:
    """Assert that the parts of a draft lie in it, in order, and leave out nothing but blanks of the message."""
    body = next((part.span for part in draft.parts if part.name != "headers"), None)
    here = body.start if body else 0
    for block in draft.blocks:
        assert here <= block.span.start < block.span.end <= len(draft.text)
        assert body is None or not draft.text[here : block.span.start].strip()
        here = block.span.end
    assert body is None or not draft.text[here : body.end].strip()
    for header in draft.headers:
        assert header.span.of(draft.text) == header.value
    draft.text.encode("utf-8")


def _message(name: str) -> Entry:
    def run(data: bytes) -> None:
        with suppress(Problem):
            skim(data, name)
        with suppress(Problem):
            message = read_message(data, name, alone=True)
            laid_out(message.draft)
            quoted_own(message.draft)
            for block in message.draft.body:
                _sentences(message.draft.text, block.span)

    return run


def _sentences(text: str, within: Span) -> None:
    here = within.start
    for span in split(text, within):
        assert here <= span.start < span.end <= within.end
        assert not text[here : span.start].strip()
        here = span.end
    assert not text[here : within.end].strip()


def _text(read: Callable[[str], object]) -> Entry:
    def run(data: bytes) -> None:
        with suppress(Problem, Problems):
            read(data.decode("utf-8", "ignore"))

    return run


def _calendar(data: bytes) -> None:
    with suppress(Problem):
        invitations(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + data + b"\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", "a.ics")


def _mbox(data: bytes) -> None:
    with suppress(Problem):
        found = list(starts(io.BytesIO(b"From " + data), "a.mbox"))
        assert found == sorted(set(found))
        assert found[-1] == len(data) + len(b"From ")


ENTRIES: Mapping[str, Entry] = {
    "text": _message("a.txt"),
    "mail": _message("a.eml"),
    "front-matter": lambda data: _message("a.txt")(b"---\n" + data + b"\n---\nHi Dana,\n\nThank you.\n"),
    "header": lambda data: _message("a.eml")(b"From: a@b.example\n" + data + b"\n\nHi\n"),
    "html": _text(html_to_text),
    "yaml": _text(lambda text: load(text, "a.yaml")),
    "addresses": _text(listed),
    "calendar": _calendar,
    "mbox": _mbox,
}
