"""Names put right, as far as the facts know them. Whom the writer meant only the writer knows: all of it is unsafe."""

from __future__ import annotations

from collections.abc import Iterator

from followup_lint.addressees import greeted
from followup_lint.context import Culture
from followup_lint.diagnostic import Applicability, Edit, Finding, Remedy
from followup_lint.people import Person
from followup_lint.reading import Reading
from followup_lint.remedies.holes import addressed

_MOST_NAMED = 3


def known_name(reading: Reading, finding: Finding) -> Iterator[Remedy]:
    """Yield the name as it is spelt."""
    del reading
    right = str(dict(finding.values)["right"])
    yield Remedy(Applicability.UNSAFE, (Edit(finding.span, right),), f"Write “{right}”")


def right_reader(reading: Reading, finding: Finding) -> Iterator[Remedy]:
    """Yield the reader's name for a stranger's, where one person is greeted and one reads."""
    del finding
    greeting, reader = greeted(reading), _reader(reading)
    if not greeting or not reader or len(greeting.addressees) != 1:
        return
    addressee = greeting.addressees[0]
    name = reader.first if len(addressee.names) == 1 and not addressee.title else addressed(reader, reading.context)
    if addressee.title and name == reader.first:
        name = " ".join(reader.names)
    yield Remedy(Applicability.UNSAFE, (Edit(addressee.span, name),), f"Greet “{name}”")


def right_greeting(reading: Reading, finding: Finding) -> Iterator[Remedy]:
    """Yield a greeting by name that fits the company, where the reader's name is known; the comma stays."""
    reader, greeting = _reader(reading), greeted(reading)
    if greeting is None:
        return
    formal = reading.context.culture is Culture.FORMAL
    if formal and finding.case == "casual" and len(greeting.addressees) == 1 and greeting.addressees[0].title:
        name = greeting.addressees[0].span.of(reading.text)
    elif reader and (reader.surname or not formal) and len(greeting.addressees) < 2:  # noqa: PLR2004
        name = addressed(reader, reading.context, by_surname=reading.context.culture is not Culture.CASUAL)
    else:
        return
    words = f"{'Hi' if reading.context.culture is Culture.CASUAL else 'Dear'} {name}"
    old = finding.span.of(reading.text)
    end = old[len(old.rstrip(" ,:;!.-–—")) :] or ","
    yield Remedy(Applicability.UNSAFE, (Edit(finding.span, words + end.replace("!", ",")),), f"Write “{words}”")


def by_name(reading: Reading, finding: Finding) -> Iterator[Remedy]:
    """Yield the names of a few people greeted as a group."""
    names, greeting = str(dict(finding.values)["people"]).split(", "), greeted(reading)
    if reading.context.culture is Culture.FORMAL or len(names) > _MOST_NAMED or greeting is None:
        return
    group = [item.span for item in greeting.addressees]
    if len(group) != 1 or not group[0].covers(finding.span):
        return
    words = " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
    yield Remedy(Applicability.UNSAFE, (Edit(group[0], words),), f"Greet “{words}”")


def _reader(reading: Reading) -> Person | None:
    """Return the one person who will read the message; None where there are several, or none is known."""
    people = [person for person in reading.context.to if person.is_person and "@" not in person.name]
    people = people or [person for person in reading.context.interviewers if person.is_person]
    return people[0] if len(people) == 1 else None
