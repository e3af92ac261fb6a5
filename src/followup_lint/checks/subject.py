"""The subject line: there, short, and saying what the message is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from followup_lint import patterns
from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.draft import BlockKind
from followup_lint.phrases import check_phrases, compiled
from followup_lint.reading import Reading
from followup_lint.records import dataclass
from followup_lint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar, Literal

_LETTER = patterns.lazy(r"\w")
_WORD = patterns.lazy(r"(?<!\S)\S*\w\S*")


@dataclass(frozen=True)
class Check:
    """Find a subject that is `missing`, that is too `long` or that is `vague`.

    Missing: absent, empty, or one of `phrases`; a draft without any header is not looked at, nor is a reply. Long: more
    than `max_characters` characters or `max_words` words without its `prefixes`. Vague: nothing is left of it when the
    `prefixes` and all `phrases` are taken out; a name known from the context always is something.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"count", "words", "max", "max_words"})

    of: Literal["missing", "long", "vague"]
    phrases: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    max_characters: int = 0
    max_words: int = 0

    def verify(self) -> None:
        """Compile every phrase, so that a broken one is told at load."""
        check_phrases(self.phrases, self.prefixes)

    def lacks(self, context: Context) -> str:
        """Return nothing: a draft without any header says nothing about its subject, and that is known only later."""
        return ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield one finding where the subject is absent, long or says nothing."""
        header = reading.draft.header("Subject")
        if self.of == "missing":
            yield from self._missing(reading)
        elif header and header.value.strip():
            start = header.span.start + self._prefix(header.span.of(reading.text))
            rest = Span(start, header.span.end)
            yield from self._long(reading, rest) if self.of == "long" else self._vague(reading, rest)

    def _missing(self, reading: Reading) -> Iterator[Finding]:
        draft = reading.draft
        header = draft.header("Subject")
        is_reply = draft.header("In-Reply-To") or draft.header("References") or draft.of_kind(BlockKind.QUOTED)
        if not draft.headers or is_reply:
            return
        value = header.value.strip() if header else ""
        if not _LETTER.search(value):
            yield Finding(header.span if header and value else _top(reading), (), "absent")
        elif header and compiled(self.phrases).fullmatch(value.strip("()[]<>. ")):
            yield Finding(header.span, (), "absent")

    def _long(self, reading: Reading, span: Span) -> Iterator[Finding]:
        words = re.sub(r"\s+", " ", span.of(reading.text))
        count = len(_WORD.findall(words))
        values = (("count", len(words)), ("words", count), ("max", self.max_characters), ("max_words", self.max_words))
        if len(words) > self.max_characters:
            yield Finding(span, values, "characters")
        elif count > self.max_words:
            yield Finding(span, values, "words")

    def _vague(self, reading: Reading, span: Span) -> Iterator[Finding]:
        words = span.of(reading.masked)
        left = compiled(self.phrases).sub(" ", words)
        if _LETTER.search(words) and not any(char.isalnum() or char == "_" for char in left):
            yield Finding(span)

    def _prefix(self, words: str) -> int:
        """Return the length of "Re: Fwd: " and the like at the start."""
        prefix = rf"(?:\s*+(?:{'|'.join(self.prefixes)})\s*+(?:\[\d+\])?\s*+:\s*+)+"
        found = patterns.compile(prefix, re.IGNORECASE).match(words)
        return found.end() if found and self.prefixes else 0


def _top(reading: Reading) -> Span:
    header = reading.draft.headers[0]
    return reading.draft.lines.span(reading.draft.lines.position(header.span.start).line)
