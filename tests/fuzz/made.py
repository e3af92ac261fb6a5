"""Ways in for what is no message: settings, rules, invitations, mailboxes, baselines, an editor's changes."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from lsprotocol import types

from followup_lint import catalog
from followup_lint.appointments import invitations
from followup_lint.backtracking import fault
from followup_lint.backtracking.globs import glob_fault
from followup_lint.backtracking.globs import globs as matcher
from followup_lint.baseline import Baseline
from followup_lint.config import toml
from followup_lint.config.layers import Chain
from followup_lint.config.settings import settle
from followup_lint.config.source import Source
from followup_lint.errors import Problem, Problems
from followup_lint.front_matter import read_top
from followup_lint.ignores import added_to_file
from followup_lint.lsp.positions import ENCODINGS, Buffer, changed
from followup_lint.lsp.top import region, spot
from followup_lint.rule_reader import read_rule
from followup_lint.sources.decode import decode
from followup_lint.sources.mailbox import read_letter, read_mailbox
from followup_lint.strict_yaml import Document, load
from followup_lint.text import Span
from followup_lint.written_times import parse_interval, parse_moment, parse_wait

_PLACE = Path("/no/such/place/.followup-lint.yaml")


@cache
def _scratch() -> Path:
    """Return a file to write what is only read from files; its folder goes with the process."""
    return Path(_folder().name) / "given"


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()


def _given(data: bytes) -> Path:
    _scratch().write_bytes(data)
    return _scratch()


def invitation(data: bytes) -> None:
    with suppress(Problem):
        invitations(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + data + b"\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", "a.ics")


def times(data: bytes) -> None:
    text = data.decode("utf-8", "ignore")
    for read in (parse_moment, parse_interval, parse_wait):
        with suppress(ValueError):
            str(read(text))


def letters(data: bytes) -> None:
    """An mbox file: each letter lies in it, none reaches into the next one."""
    with suppress(Problem):
        found = sorted(read_mailbox(str(_given(b"From " + data))).letters, key=lambda letter: letter.start)
        ends = [0, *(letter.end for letter in found)]
        assert all(end <= letter.start < letter.end for end, letter in zip(ends, found, strict=False))
        assert all(read_letter(letter) for letter in found)


def _settled(document: Document | None) -> None:
    if document is None:
        return
    chain = Chain(lambda path: Source(path, document) if path == _PLACE else None, _PLACE.parent)
    chain.add(_PLACE)
    rules = catalog.built_in()
    for layer in chain.overrides:
        layer.files.match_file("notes/acme/note.txt")
        settle(_PLACE, rules, [*chain.layers, layer])
    settled = settle(_PLACE, rules, chain.layers)
    settled.excludes(_PLACE.with_name("note.txt"))
    assert all(isinstance(problem, Problem) for problem in chain.found)


def settings(data: bytes) -> None:
    with suppress(Problem, Problems):
        _settled(load(data.decode("utf-8", "ignore"), "a.yaml"))


def settings_as_toml(data: bytes) -> None:
    with suppress(Problem, Problems):
        _settled(toml.load(data.decode("utf-8", "ignore"), "a.toml", whole=True))


def rule(data: bytes) -> None:
    with suppress(Problems):
        read_rule(data.decode("utf-8", "ignore"), "a.yaml", "a")


def phrase(data: bytes) -> None:
    """A regular expression of a stranger is judged, or is none."""
    source = data.decode("utf-8", "ignore")
    with suppress(re.error):
        said = fault(source, re.IGNORECASE if data[:1] < b"m" else 0)
        assert isinstance(said, str)


def globs(data: bytes) -> None:
    """Lines of an ignore file: what is no pattern is passed over, and the rest can be asked of any path."""
    kept = []
    for line in data.decode("utf-8-sig", "replace").split("\n"):
        with suppress(ValueError):
            matcher([line])
            if not glob_fault(line):
                kept.append(line)
    found = matcher(kept)
    for path in ("a.txt", "notes/a b.txt", "a" * 60 + "/" + "a" * 60, "../a", "é\n/\udcff.md"):
        found.check_file(path)


def baseline(data: bytes) -> None:
    with suppress(Problem):
        read = Baseline.read(_given(data))
        again = Baseline.read(_given(read.render().encode()))
        assert set(again.entries) == set(read.entries)


def ignores(data: bytes) -> None:
    """A draft that ignores one more rule says so when it is read again, and what it says to its reader is the same."""
    with suppress(Problem):
        new = added_to_file(data, "a.txt", ["filler"], "it is “meant”")
        before, after = (decode(item, "a.txt") for item in (data, new))
        tops = [read_top(text, "a.txt") for text in (before, after)]
        assert before[tops[0].start :] == after[tops[1].start :]
        assert "ignore" in tops[1].facts


def _positions(given: Sequence[int]) -> types.Range:
    return types.Range(types.Position(given[0], given[1]), types.Position(given[2], given[3]))


def buffer(data: bytes) -> None:
    """An editor's change at any place, in any unit: offsets come back, and the text stays text."""
    numbers, rest = data[:5].ljust(5, b"\0"), data[5:]
    encoding = ENCODINGS[numbers[4] % len(ENCODINGS)]
    text = rest.decode("utf-8", "replace")
    change = types.TextDocumentContentChangePartial(range=_positions(numbers), text=text[:9])
    new = changed(text, [change], encoding)
    new.encode("utf-8")
    held = Buffer(new, encoding)
    for offset in range(0, len(new) + 1, max(1, len(new) // 16)):
        back = held.offset(held.position(offset))
        assert back == offset or new[back:offset] == "\r"
    within = region(new) or Span(0, len(new))
    for offset in {within.start, (within.start + within.end) // 2, within.end}:
        assert 0 <= spot(new, offset, within).word.start <= len(new)
