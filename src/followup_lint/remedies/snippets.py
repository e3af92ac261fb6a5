"""Sentences that a message lacks, with gaps that only its writer can fill; editors offer them, nothing else does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from followup_lint import patterns
from followup_lint.diagnostic import Applicability, Edit, Finding, Remedy
from followup_lint.draft import OWN, BlockKind
from followup_lint.reading import Reading
from followup_lint.remedies.forms import HOLE, SLOTS, STOP, Snippet
from followup_lint.remedies.holes import known
from followup_lint.text import Span

_STRIPPED = patterns.lazy(r"\\([\\$}])")
_ESCAPED = patterns.lazy(r"[\\$}]")
_LINE_END = patterns.lazy(r"\r\n|\n|\r")
_LEFT = frozenset({BlockKind.SIGN_OFF, BlockKind.SIGNATURE})


def inserted(reading: Reading, finding: Finding, snippet: Snippet) -> Iterator[Remedy]:
    """Yield the remedy that puts the snippet into the draft, if there is a place for it."""
    facts = {name: _escaped(words) for name, words in known(reading, finding).items()}
    words = HOLE.sub(lambda match: facts.get(match[1], SLOTS[match[1]]), snippet.text)
    if edit := _PLACES[snippet.at](reading, finding, words):
        yield Remedy(Applicability.SNIPPET, (edit,), snippet.title)


def filled(text: str, words: Sequence[str] = ()) -> str:
    """Return a snippet as plain text: each tab stop filled with its word, or left as it stands where there is none."""
    left = {match["number"]: _STRIPPED.sub(r"\1", match["words"]) for match in STOP.finditer(text) if match["words"]}

    def fill(match: re.Match[str]) -> str:
        if match["plain"]:
            return match["plain"]
        number = match["number"] or match["bare"]
        return words[int(number) - 1] if 0 < int(number) <= len(words) else left.get(number, "")

    return STOP.sub(fill, text)


def _escaped(words: str) -> str:
    return _ESCAPED.sub(lambda match: f"\\{match[0]}", words)


def _end_of_line(reading: Reading) -> str:
    """Return the line end that the draft uses."""
    match = _LINE_END.search(reading.text)
    return match.group() if match else "\n"


def _apart(reading: Reading) -> str:
    """Return what stands between two parts of this message: a blank line, or just a blank where it is all one line."""
    end = _end_of_line(reading)
    return end * 2 if len(_LINE_END.findall(reading.message.of(reading.text))) > 1 else " "


def _subject(reading: Reading, finding: Finding, words: str) -> Edit | None:
    del finding
    header, headers = reading.draft.header("Subject"), reading.draft.headers
    if reading.draft.is_mail or not headers:
        return None  # an .eml file shows its headers otherwise than it holds them
    if header:
        blank = " " if reading.text[header.span.start - 1 : header.span.start] == ":" else ""
        return Edit(header.span, blank + words)
    lines = reading.draft.lines
    start = lines.span(lines.position(headers[0].span.start).line).start
    return Edit(Span(start, start), f"Subject: {words}{_end_of_line(reading)}")


def _greeting(reading: Reading, finding: Finding, words: str) -> Edit | None:
    del finding
    blocks = [block for block in reading.draft.blocks if block.kind in OWN]
    if not blocks:
        return None
    start = reading.draft.body[0].span.start if reading.draft.body else blocks[0].span.start
    return Edit(Span(start, start), words + _end_of_line(reading) * 2)


def _opening(reading: Reading, finding: Finding, words: str) -> Edit | None:
    if not reading.draft.body:
        return _end(reading, finding, words)
    block = reading.draft.body[0]
    line = reading.draft.lines.span(reading.draft.lines.position(block.span.start).line)
    if reading.text[line.start : block.span.start].strip(" \t") and block.kind is BlockKind.PARAGRAPH:
        return _end(reading, finding, words)  # "Hi Ana, it was …" goes on in small letters
    apart = " " if block.kind is BlockKind.PARAGRAPH else _end_of_line(reading) * 2
    return Edit(Span(block.span.start, block.span.start), words + apart)


def _end(reading: Reading, finding: Finding, words: str) -> Edit | None:
    del finding
    end = _body_end(reading)
    return None if end is None else Edit(Span(end, end), _apart(reading) + words)


def _leave(reading: Reading, finding: Finding, words: str) -> Edit | None:
    if finding.case == "name":
        line = reading.draft.lines.span(reading.draft.lines.position(finding.span.start).line)
        return Edit(Span(line.start, line.start), words + _end_of_line(reading))
    return _end(reading, finding, words)


def _signature(reading: Reading, finding: Finding, words: str) -> Edit | None:
    leave = reading.draft.of_kind(BlockKind.SIGN_OFF)
    if leave:
        return Edit(Span(leave[-1].span.end, leave[-1].span.end), _end_of_line(reading) + words)
    return _end(reading, finding, words)


def _body_end(reading: Reading) -> int | None:
    """Return where the body ends: before the leave, not after a postscript; after the greeting where there is none."""
    body: list[int] = []
    for block in reading.draft.blocks:
        if block.kind in _LEFT and body:
            break
        if block.kind in OWN - _LEFT:
            body.append(block.span.end)
    return body[-1] if body else None


_PLACES: Mapping[str, Callable[[Reading, Finding, str], Edit | None]] = MappingProxyType(
    {
        "subject": _subject,
        "greeting": _greeting,
        "opening": _opening,
        "end": _end,
        "leave": _leave,
        "signature": _signature,
    }
)
