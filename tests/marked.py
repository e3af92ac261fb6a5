"""Mails of our own in `tests/marked/`, in which every line says what it is, and what the cut makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from followup_lint.draft import BlockKind
from followup_lint.structure import cut
from followup_lint.text import Lines, Span

OWN, SIGN_OFF, SIGNATURE, QUOTED = "|", "o", "s", "q"
_FOLDER = Path(__file__).with_name("marked")
_MARKS = {
    BlockKind.SIGN_OFF: SIGN_OFF,
    BlockKind.SIGNATURE: SIGNATURE,
    BlockKind.QUOTED: QUOTED,
    BlockKind.FORWARDED: QUOTED,
}


@dataclass(frozen=True)
class Mail:
    """A mail's text, and the mark of each of its lines; a line without words has no mark."""

    title: str
    text: str
    marks: tuple[str, ...]


def mails(name: str) -> list[Mail]:
    """Return the mails of a file: after `=== title`, each line behind its mark and a blank."""
    found = []
    for block in (_FOLDER / name).read_text(encoding="utf-8").split("\n=== ")[1:]:
        title, *lines = block.rstrip("\n").split("\n")
        lines = [line for line in lines if line]
        words = [line[2:] for line in lines]
        marks = [line[0] if text.strip() else "" for line, text in zip(lines, words, strict=True)]
        assert {*marks} <= {"", OWN, SIGN_OFF, SIGNATURE, QUOTED}, title
        found.append(Mail(title, "\n".join(words) + "\n", tuple(marks)))
    return found


def cut_marks(text: str) -> tuple[str, ...]:
    """Return the mark that the cut gives each line: that of the last part in it."""
    lines = Lines(text)
    marks = [""] * (text.count("\n"))
    for block in cut(text, Span(0, len(text))):
        first, last = (lines.position(offset).line for offset in (block.span.start, block.span.end - 1))
        for number in range(first, last + 1):
            if text.split("\n")[number - 1].strip():
                marks[number - 1] = _MARKS.get(block.kind, OWN)
    return tuple(marks)


def f1(mails_: list[Mail], wanted: frozenset[str]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the lines whose mark is one of those wanted."""
    pairs = [pair for mail in mails_ for pair in zip(mail.marks, cut_marks(mail.text), strict=True)]
    both = sum(true in wanted and cut_ in wanted for true, cut_ in pairs)
    precision = both / max(1, sum(cut_ in wanted for _, cut_ in pairs))
    recall = both / max(1, sum(true in wanted for true, _ in pairs))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def own(marks: tuple[str, ...]) -> tuple[bool, ...]:
    """Tell which lines are the writer's."""
    return tuple(mark not in {"", QUOTED} for mark in marks)
