"""What is fuzzed: each way in for bytes of strangers, and what must hold of whatever comes out.

`made` holds the ways in to what is no message. An entry pays for no more than it is about: the weighing of a message's
kind takes longer than all the rest of its reading, so it has an entry of its own.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from contextlib import suppress

from made import (
    baseline,
    buffer,
    globs,
    ignores,
    invitation,
    letters,
    phrase,
    rule,
    settings,
    settings_as_toml,
    times,
)

from followup_lint import script
from followup_lint.context import Fact, Kind
from followup_lint.diagnostic import Edit
from followup_lint.draft import Draft
from followup_lint.errors import Problem, Problems
from followup_lint.fix.edits import edited
from followup_lint.fix.rounds import written
from followup_lint.kinds import weigh
from followup_lint.phones import phone_numbers
from followup_lint.reader import Message, read_message, skim
from followup_lint.redact.redactor import Redactor
from followup_lint.sentences import split
from followup_lint.sources.addresses import listed
from followup_lint.sources.html_text import html_to_text
from followup_lint.sources.mail_files import starts
from followup_lint.strict_yaml import load
from followup_lint.structure import cut
from followup_lint.text import Span
from followup_lint.thread.history import runs_of
from followup_lint.thread.keys import keys_of
from followup_lint.thread.quoted import quoted_lines, quoted_own

Entry = Callable[[bytes], None]

_KIND = {"kind": Fact(Kind.THANK_YOU, "the entry")}
_WORDS = ("", " ", "\n", "a", "é", "—", "\u202e", "From ", ">", ".")


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


def _message(name: str, before: bytes = b"", after: bytes = b"") -> Entry:
    def run(data: bytes) -> None:
        whole = before + data + after
        with suppress(Problem):
            skim(whole, name)
        with suppress(Problem):
            laid_out(read_message(whole, name, _KIND, alone=True).draft)

    return run


def _read(data: bytes, name: str) -> Message | None:
    """Return a message; None for what is none."""
    with suppress(Problem):
        return read_message(data, name, _KIND, alone=True)
    return None


def _thread(data: bytes) -> None:
    """What a message says of those before it: quoted mail, ids, people, and the words it is known by again."""
    if message := _read(data, "a.eml"):
        quoted_own(message.draft)
        quoted_lines(message.draft)
        keys = keys_of(message.draft, message.context)
        assert keys.same_thread(keys) in {True, False}
        runs_of(message)


def _parts(data: bytes) -> None:
    text = data.decode("utf-8", "ignore")
    within = Span(0, len(text))
    blocks = cut(text, within)
    here = 0
    for block in blocks:
        assert here <= block.span.start < block.span.end <= len(text)
        assert not text[here : block.span.start].strip()
        here = block.span.end
        _sentences(text, block.span)
    assert not text[here:].strip()
    for span, _ in phone_numbers(text, within):
        assert within.covers(span)
    for turn in script.turns(Draft("a.txt", text, blocks), set()):
        assert within.covers(turn.span)


def _sentences(text: str, within: Span) -> None:
    here = within.start
    for span in split(text, within):
        assert here <= span.start < span.end <= within.end
        assert not text[here : span.start].strip()
        here = span.end
    assert not text[here : within.end].strip()


def _kind(data: bytes) -> None:
    if message := _read(data, "a.txt"):
        weigh(message.draft, message.context)


def _mended(name: str) -> Entry:
    """Return what changes a few places of a message: written, it reads as meant, and unchanged it is the same bytes."""

    def run(data: bytes) -> None:
        wanted, whole = data[:4], data[4:]
        message = _read(whole, name)
        if message is None or len(wanted) < len(data[:4]):
            return
        text = message.draft.text
        with suppress(Problem):
            assert written(message, whole, []) == whole
        edits, here = [], 0
        for number in wanted:
            start = min(len(text), here + number // len(_WORDS) * 7)
            here = min(len(text), start + number % 5)
            edits.append(Edit(Span(start, here), _WORDS[number % len(_WORDS)]))
            here += 1
            if here > len(text):
                break
        with suppress(Problem):
            new = written(message, whole, edits)
            again = _read(new, name)
            assert again is None or again.draft.text == edited(text, edits)

    return run


def _redacted(data: bytes) -> None:
    if message := _read(data, "a.txt"):
        redacted = Redactor().message(message)
        assert len(redacted.draft.text) == len(message.draft.text)
        for address in (word for word in message.draft.text.split() if word.isascii() and word.count("@") == 1):
            name, _, host = address.partition("@")
            assert not (name.isalnum() and host.endswith(".example")) or address not in redacted.draft.text


def _text(read: Callable[[str], object]) -> Entry:
    def run(data: bytes) -> None:
        with suppress(Problem, Problems):
            read(data.decode("utf-8", "ignore"))

    return run


def _mbox(data: bytes) -> None:
    with suppress(Problem):
        found = list(starts(io.BytesIO(b"From " + data), "a.mbox"))
        assert found == sorted(set(found))
        assert found[-1] == len(data) + len(b"From ")


ENTRIES: Mapping[str, Entry] = {
    "text": _message("a.txt"),
    "mail": _message("a.eml"),
    "front-matter": _message("a.txt", b"---\n", b"\n---\nHi Dana,\n\nThank you.\n"),
    "header": _message("a.eml", b"From: a@b.example\n", b"\n\nHi\n"),
    "html": _text(html_to_text),
    "yaml": _text(lambda text: load(text, "a.yaml")),
    "addresses": _text(listed),
    "times": times,
    "calendar": invitation,
    "mbox": _mbox,
    "mailbox": letters,
    "thread": _thread,
    "parts": _parts,
    "kind": _kind,
    "fix": _mended("a.txt"),
    "fix-mail": _mended("a.eml"),
    "redact": _redacted,
    "settings": settings,
    "toml": settings_as_toml,
    "rule": rule,
    "phrase": phrase,
    "globs": globs,
    "baseline": baseline,
    "ignores": ignores,
    "editor": buffer,
}
