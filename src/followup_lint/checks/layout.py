"""What stands in a draft and cannot be seen."""

from __future__ import annotations

from collections.abc import Iterator

from followup_lint import patterns
from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.draft import OWN
from followup_lint.reading import Reading
from followup_lint.records import dataclass
from followup_lint.stretches import Stretches
from followup_lint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar, Literal

_BLANKS = patterns.lazy(r"[ \t]+\Z")
_HARD_BREAK = patterns.lazy(r"\S {2,}\Z")
_SEPARATOR = "-- "


@dataclass(frozen=True)
class Check:
    """Find blanks at the ends of lines, all in one finding; it is at the first.

    Not looked at are mail files, where a blank may mean that the line goes on, what stands above the message, quoted
    mail, the line `-- ` above a signature, and in Markdown two blanks and more, which break the line there.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"count"})

    of: Literal["trailing-blanks"]

    def lacks(self, context: Context) -> str:
        """Return nothing: lines always have ends."""
        return ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield one finding for all lines."""
        found = [] if reading.draft.is_mail else list(_trailing(reading))
        if found:
            case = "one" if len(found) == 1 else "several"
            yield Finding(found[0], (("count", len(found)),), case, related=tuple(found[1:]))


def _trailing(reading: Reading) -> Iterator[Span]:
    draft, text = reading.draft, reading.text
    others = Stretches.of(block.span for block in draft.blocks if block.kind not in OWN)
    is_markdown = draft.path.lower().endswith((".md", ".markdown"))
    if reading.message.start == reading.message.end:
        return
    first, last = (draft.lines.position(offset).line for offset in (reading.message.start, reading.message.end))
    for number in range(first, last + 1):
        line = draft.lines.span(number)
        words = line.of(text)
        match = _BLANKS.search(words)
        if not match or words == _SEPARATOR or others.meets(line):
            continue
        if is_markdown and _HARD_BREAK.search(words):
            continue
        yield Span(line.start + match.start(), line.end)
