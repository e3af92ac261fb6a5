"""What is known of a message, as words for a remedy. What nobody said is no word but a slot, and never invented."""

from __future__ import annotations

from followup_lint.context import Context, Culture
from followup_lint.diagnostic import Finding
from followup_lint.people import Person
from followup_lint.reading import Reading

# Where the month stands before the day, and a short title has a full stop.
_MONTH_FIRST = frozenset({"us", "ca"})
_SHORT_TITLES = frozenset({"Mr", "Mrs", "Ms", "Mx", "Dr"})


def known(reading: Reading, finding: Finding) -> dict[str, str]:
    """Return the words for every hole whose fact is known."""
    context = reading.context
    reader = next((person for person in context.to if person.is_person), None)
    interviewer = next((person for person in context.interviewers if person.is_person), None)
    sender = reading.draft.header("From")
    facts = {
        "reader": reader.first if reader else "",
        "addressee": addressed(reader, context) if reader else "",
        "interviewer": interviewer.first if interviewer else "",
        "company": context.company.name if context.company else "",
        "role": context.role,
        "day": _day(context),
        "topic": context.topics[0] if context.topics else "",
        "sender": sender.value.partition("<")[0].strip(' "') if sender and "<" in sender.value else "",
        "text": " ".join(finding.span.of(reading.text).split()),
    }
    return {name: words for name, words in facts.items() if words}


def addressed(person: Person, context: Context, *, by_surname: bool = False) -> str:
    """Return what to call somebody in a greeting: by first name, or with title or surname in a formal company."""
    formal = by_surname or (context.culture is Culture.FORMAL and not context.first_name_ok)
    if not formal or not person.surname:
        return person.first
    if not person.title:
        return " ".join(person.names)
    stop = "." if person.title in _SHORT_TITLES and context.region.lower() in _MONTH_FIRST else ""
    return f"{person.title}{stop} {person.surname}"


def _day(context: Context) -> str:
    if context.interview is None:
        return ""
    day = context.interview.start.day
    return f"{day:%B} {day.day}" if context.region.lower() in _MONTH_FIRST else f"{day.day} {day:%B}"
