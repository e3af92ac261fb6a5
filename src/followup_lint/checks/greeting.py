"""The greeting's form, against the company's culture, and whom it speaks to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from followup_lint.context import Context, Culture
from followup_lint.diagnostic import Finding
from followup_lint.draft import BlockKind
from followup_lint.people import fold, is_title, words_of
from followup_lint.reading import Reading
from followup_lint.text import Span

_LARGE_PANEL = 7


@dataclass(frozen=True)
class Check:
    """Judge the greeting: its `form` for the culture, or whether it greets a `group` though people are known.

    `casual`, `impersonal` and `group` phrases are the words for each.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"people"})

    of: Literal["form", "group"]
    casual: tuple[str, ...] = ()
    impersonal: tuple[str, ...] = ()
    group: tuple[str, ...] = ()

    def lacks(self, context: Context) -> str:
        """Return the fact that is missing: somebody's name, for a group greeting."""
        return "" if self.of == "form" or context.known_people else "to"

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield one finding where the greeting does not fit."""
        for block in reading.draft.of_kind(BlockKind.GREETING)[:1]:
            judge = self._form if self.of == "form" else self._group
            yield from judge(reading, block.span)

    def _form(self, reading: Reading, span: Span) -> Iterator[Finding]:
        context = reading.context
        people = ", ".join(person.name for person in context.known_people)
        if reading.search(self.impersonal, span):
            if context.culture is Culture.CASUAL or any(person.is_person for person in context.known_people):
                yield Finding(span, (("people", people),), "impersonal")
        elif context.culture is Culture.FORMAL and not context.first_name_ok:
            words = words_of(span.of(reading.text))
            names = [word for word in words[1:] if word[:1].isupper()]
            surnames = {fold(part) for person in context.known_people for part in person.names[1:]}
            named = any(is_title(word) for word in words[1:]) or len(names) > 1 or surnames & set(map(fold, words))
            if reading.search(self.casual, span) or not named:
                yield Finding(span, (("people", people),), "casual")

    def _group(self, reading: Reading, span: Span) -> Iterator[Finding]:
        context = reading.context
        known = [person for person in (*context.interviewers, *context.to, *context.cc) if person.is_person]
        names = {fold(person.first) for person in known}
        greeted = {fold(word) for word in words_of(span.of(reading.text))}
        if context.shared or not known or len(names) > _LARGE_PANEL or greeted & names:
            return
        if found := reading.search(self.group, span):
            people = ", ".join(dict.fromkeys(person.first for person in known))
            yield Finding(found, (("people", people),), "group")
