"""The form of greeting and sign-off, against the company's culture, and a greeting to a group of known people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from followup_lint.addressees import Salutation, greeted
from followup_lint.context import Context, Culture
from followup_lint.diagnostic import Finding
from followup_lint.draft import BlockKind
from followup_lint.people import Person, fold
from followup_lint.phrases import check_phrases
from followup_lint.reading import Reading
from followup_lint.records import dataclass

_LARGE_PANEL = 7


@dataclass(frozen=True)
class Check:
    """Judge the `form` of the greeting or of the `sign-off` for the culture, or a greeting to a `group`.

    `casual` phrases are too familiar for a formal company, `stiff` ones too stiff for a casual one; `impersonal` ones
    fit nobody who is known by name. A formal greeting must also name a title, a surname or a full name, unless the
    context says that first names will do. `group` phrases are the words for people not named.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"people"})

    of: Literal["form", "sign-off", "group"]
    casual: tuple[str, ...] = ()
    stiff: tuple[str, ...] = ()
    impersonal: tuple[str, ...] = ()
    group: tuple[str, ...] = ()

    def verify(self) -> None:
        """Compile every phrase, so that a broken one is told at load."""
        check_phrases(self.casual, self.stiff, self.impersonal, self.group)

    def lacks(self, context: Context) -> str:
        """Return the fact that is missing: somebody's name, for a group greeting."""
        return "to" if self.of == "group" and not any(person.is_person for person in context.known_people) else ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield one finding where greeting or sign-off does not fit."""
        if self.of == "sign-off":
            yield from self._sign_off(reading)
        elif (greeting := greeted(reading)) and not greeting.blank:
            yield from self._form(reading, greeting) if self.of == "form" else self._group(reading, greeting)

    def _sign_off(self, reading: Reading) -> Iterator[Finding]:
        culture = reading.context.culture
        phrases = {Culture.FORMAL: self.casual, Culture.CASUAL: self.stiff}.get(culture, ())
        for block in reading.draft.of_kind(BlockKind.SIGN_OFF):
            if found := reading.search(phrases, block.span):
                yield Finding(found, _people(reading), "casual" if culture is Culture.FORMAL else "stiff")
                return

    def _form(self, reading: Reading, greeting: Salutation) -> Iterator[Finding]:
        context, span, people = reading.context, greeting.span, _people(reading)
        if reading.search(self.impersonal, span):
            if context.culture is Culture.CASUAL or any(person.is_person for person in context.known_people):
                yield Finding(span, people, "impersonal")
        elif context.culture is Culture.CASUAL:
            if reading.search(self.stiff, span):
                yield Finding(span, people, "impersonal")
        elif context.culture is Culture.FORMAL:
            if found := reading.search(self.casual, span):
                yield Finding(span, people, "casual", found.of(reading.text))
            elif _is_by_first_name(greeting, context):
                yield Finding(span, people, "first-name")

    def _group(self, reading: Reading, greeting: Salutation) -> Iterator[Finding]:
        context = reading.context
        named = any(addressee.names for addressee in greeting.addressees)
        known = [person for person in (context.interviewers or context.known_people) if person.is_person]
        if named or context.shared or not known or len(known) > _LARGE_PANEL or _is_to_go_between(context):
            return
        if found := reading.search(self.group, greeting.span):
            people = ", ".join(dict.fromkeys(person.first for person in known))
            yield Finding(found, (("people", people),), "group")


def _people(reading: Reading) -> tuple[tuple[str, str], ...]:
    return (("people", ", ".join(person.name for person in reading.context.known_people)),)


def _is_to_go_between(context: Context) -> bool:
    """Whether the message goes to one person who is none of the interviewers, to be passed on."""
    panel = {fold(word) for person in context.interviewers for word in person.spellings}
    return bool(panel) and len(context.to) == 1 and not panel & {fold(word) for word in context.to[0].spellings}


def _is_by_first_name(greeting: Salutation, context: Context) -> bool:
    if context.first_name_ok or not greeting.addressees:
        return False
    first = greeting.addressees[0]
    if first.title or len(first.names) != 1 or any(other.title for other in greeting.addressees):
        return False
    return not any(fold(first.names[0]) in _formal(person) for person in context.known_people)


def _formal(person: Person) -> set[str]:
    """Return the words by which a formal letter may call somebody; a person known by one word by that."""
    names = person.names[1:] or person.names
    return {fold(part) for name in names for part in (name, *name.split("-"))}
