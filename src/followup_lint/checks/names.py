"""Names in the message, against those in the context."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.draft import OWN, BlockKind
from followup_lint.people import fold, is_title, words_of
from followup_lint.reading import Reading
from followup_lint.text import Span
from followup_lint.vocabulary import vocabulary

_NAME = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SHORT, _ALIKE = 4, 0.7


@dataclass(frozen=True)
class Check:
    """Find a known name that is `misspelled`, or a greeting to somebody who is not the `recipient`.

    `plain` words are never taken for a misspelt name.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"name", "right"})

    of: Literal["misspelled", "recipient"]
    plain: tuple[str, ...] = ()

    def lacks(self, context: Context) -> str:
        """Return the fact that is missing: any name at all, or the reader's."""
        if self.of == "recipient":
            return "" if any(person.is_person for person in context.to) else "to"
        return "" if context.known_people or context.company else "to"

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield every wrong name once."""
        yield from self._misspelled(reading) if self.of == "misspelled" else self._recipient(reading)

    def _misspelled(self, reading: Reading) -> Iterator[Finding]:
        context = reading.context
        known = [word for person in context.known_people if person.is_person for word in person.spellings]
        if context.company:
            plain = set(vocabulary("people")["departments"])
            known += [w for name in context.company.spellings for w in words_of(name) if fold(w) not in plain]
        right = {fold(word) for word in known} | {fold(part) for word in known for part in word.split("-")}
        told: set[str] = set()
        for block in reading.draft.blocks:
            if block.kind not in OWN - {BlockKind.SIGNATURE}:
                continue
            for match in _NAME.finditer(reading.text, block.span.start, block.span.end):
                word = re.sub(r"['’]s$", "", match.group())
                folded = fold(word)
                span = Span(match.start(), match.start() + len(word))
                is_fine = folded in right or folded in told or folded in self.plain or is_title(word)
                if is_fine or not word[0].isupper() or reading.is_masked(span):
                    continue
                if meant := next((name for name in known if _is_slip(folded, fold(name))), None):
                    told.add(folded)
                    yield Finding(span, (("name", word), ("right", meant)))

    def _recipient(self, reading: Reading) -> Iterator[Finding]:
        context = reading.context
        people = [person for person in context.to if person.is_person]
        right = {fold(word) for person in (*people, *context.cc) for word in person.spellings}
        right |= {part for word in right for part in word.split("-")}
        for block in reading.draft.of_kind(BlockKind.GREETING)[:1]:
            words = _NAME.findall(block.span.of(reading.text))
            if set("[]{}<>") & set(block.span.of(reading.text)):
                return  # an unfilled slot is nobody's name
            greeted = [word for word in words if word[0].isupper() and not self._is_greeting_word(word)]
            if not greeted or any(self._fits(fold(word), right) for word in greeted):
                return
            start = reading.text.index(greeted[0], block.span.start)
            yield Finding(Span(start, start + len(greeted[0])), (("name", greeted[0]), ("right", people[0].name)))

    def _is_greeting_word(self, word: str) -> bool:
        return fold(word) in self.plain or is_title(word)

    def _fits(self, word: str, right: set[str]) -> bool:
        """A nickname or a slip of the pen is no wrong person: that is for the other rule, or for nobody."""
        if word in right:
            return True
        close = difflib.get_close_matches(word, right, n=1, cutoff=_ALIKE)
        return bool(close) or any(name.startswith(word[:3]) or word in name for name in right)


def _is_slip(word: str, name: str) -> bool:
    """Whether a word is a known name with one or two letters wrong: not a different word, not a plural."""
    if min(len(word), len(name)) < _SHORT or word == name or word in {f"{name}s", f"{name}'s"} or name == f"{word}s":
        return False
    if abs(len(word) - len(name)) > 1 or (word[0] != name[0] and not {word[0], name[0]} <= {"c", "k"}):
        return False
    limit = 1 if len(name) <= 5 else 2  # noqa: PLR2004  (a short name with two letters changed is another name)
    return _distance(word, name) <= limit


def _distance(one: str, two: str) -> int:
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(two, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return row[-1]
