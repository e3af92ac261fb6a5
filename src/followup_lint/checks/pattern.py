"""Words that should not stand in a message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.draft import BODY, OWN, BlockKind
from followup_lint.phrases import compiled
from followup_lint.reading import Reading
from followup_lint.text import Span

Where = Literal["body", "message", "everything", "greeting", "subject"]


@dataclass(frozen=True)
class Check:
    """Find phrases in the writer's own words, names and quotations masked.

    `unless` silences a sentence (or greeting) that holds one of its phrases. From `many` findings on, their case is
    `many`. `grave` phrases have the case `grave`. `exact` keeps case and reads the unmasked text, for unfilled slots.
    With `once`, only the first finding is told.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"count"})

    phrases: tuple[str, ...] = ()
    grave: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    where: Where = "body"
    many: int = 0
    exact: bool = False
    once: bool = False

    def __post_init__(self) -> None:
        """Compile every phrase, so that a broken one is told at load."""
        for group in (self.phrases, self.grave, self.unless):
            try:
                if self.exact:
                    re.compile("|".join(group))
                else:
                    compiled(group)
            except re.error as error:
                raise ValueError(f"a phrase is not a valid regular expression: {error}") from None
            except KeyError as error:
                raise ValueError(f"no word list {error} in rules/vocabulary/words.yaml") from None

    def lacks(self, context: Context) -> str:
        """Return nothing: words can always be looked for."""
        return ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield every match."""
        found = sorted(self._matches(reading), key=lambda item: item[0])
        many = self.many and len(found) >= self.many
        for span, case in found[: 1 if self.once else None]:
            yield Finding(span, (("count", len(found)),), case or ("many" if many else "one"))

    def _matches(self, reading: Reading) -> Iterator[tuple[Span, str]]:
        seen: list[Span] = []
        for stretch in stretches(reading, self.where):
            if self.unless and reading.search(self.unless, stretch):
                continue
            for group, case in ((self.grave, "grave"), (self.phrases, "")):
                for span in self._find(reading, group, stretch):
                    if not any(span.overlaps(other) for other in seen):
                        seen.append(span)
                        yield span, case

    def _find(self, reading: Reading, group: tuple[str, ...], stretch: Span) -> list[Span]:
        if not self.exact:
            return reading.find(group, stretch)
        if not group:
            return []
        found = re.finditer("|".join(f"(?:{phrase})" for phrase in group), reading.text[stretch.start : stretch.end])
        spans = [Span(*match.span()).shift(stretch.start) for match in found]
        return [span for span in spans if not reading.is_named(span)]


def stretches(reading: Reading, where: Where) -> list[Span]:
    """Return the parts of the draft to look at: sentence by sentence in the body, else block by block."""
    if where == "body":
        return [sentence.span for sentence in reading.sentences]
    header = reading.draft.header("Subject")
    subject = [header.span] if header else []
    if where == "subject":
        return subject
    if where == "greeting":
        return [block.span for block in reading.draft.of_kind(BlockKind.GREETING)]
    kinds = OWN if where == "everything" else BODY | {BlockKind.GREETING, BlockKind.SIGN_OFF}
    blocks = [block.span for block in reading.draft.blocks if block.kind in kinds]
    headers = [item.span for item in reading.draft.headers if item.name.lower() in {"to", "cc"}]
    return [*(headers if where == "everything" else []), *subject, *blocks]
