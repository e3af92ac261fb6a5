"""From what a run found to the checklist: which things were looked for, and on what each verdict rests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from followup_lint.catalog import built_in
from followup_lint.checklist import evidence
from followup_lint.checklist.absence import is_absence
from followup_lint.checklist.model import PRACTICES, Checklist, Element, Practice, State
from followup_lint.linter import Result
from followup_lint.reading import Reading
from followup_lint.rule import Rule
from followup_lint.text import Span
from followup_lint.vocabulary import vocabulary

_OF_TIME = frozenset({"timing", "sent in time"})


def checklist(reading: Reading, result: Result) -> Checklist:
    """Return the checklist of one draft: of the rules that ran, and of what they found.

    `reading` is the same message read (`Linter.read`); what it has parsed is used again. A thing whose rules did not
    run, though they are about such a message, is not judged.
    """
    practices = []
    found = list(_elements(reading, result))
    for number, name in PRACTICES.items():
        severities = [item.severity for item in result.diagnostics if item.practice == number]
        gravest = max(severities, key=lambda severity: severity.rank, default=None)
        state = State.PRESENT if number in result.practices else State.NOT_JUDGED
        here = tuple(element for element in found if element.practice == number)
        practices.append(Practice(number, name, State.MISSING if severities else state, gravest, here))
    return Checklist(tuple(practices))


def _elements(reading: Reading, result: Result) -> Iterator[Element]:
    shipped = {rule.name: rule for rule in built_in()}
    ran = {rule.name: rule for rule in result.rules}
    listed: set[str] = set()
    for name, names in vocabulary("checklist").items():
        listed.update(names)
        known = [ran.get(item) or shipped[item] for item in names if item in ran or item in shipped]
        if known:
            yield _element(name, known, set(ran), reading, result)
    for number in PRACTICES:  # rules of the project's own
        if others := [rule for rule in result.rules if rule.name not in listed and rule.file.practice == number]:
            yield _element("anything else", others, set(ran), reading, result)


def _element(name: str, known: Sequence[Rule], ran: set[str], reading: Reading, result: Result) -> Element:
    number = known[0].file.practice
    apt = [rule for rule in known if rule.file.applies.to(reading.context)]
    judging = [rule for rule in apt if rule.name in ran]
    if not judging:
        # A lesser rule that would apply makes no thing of it: a check-in may thank too often, and needs no thanks.
        return Element(name, number, State.NOT_JUDGED if known[0] in apt else State.NOT_APPLICABLE)
    names = tuple(rule.name for rule in judging)
    first = judging[0]
    budget, band = evidence.budget(first.check, reading), evidence.band(first.check, reading)
    counted = evidence.counted(first.check, reading)
    found = [item for item in result.diagnostics if item.rule in names]
    if found:
        worst = max(found, key=lambda item: item.severity.rank)
        near = () if is_absence(worst, reading.draft) else (worst.span,)
        where = counted if counted and worst.rule == first.name else near
        return Element(name, number, State.MISSING, where, worst.message, worst.severity, budget, band, names)
    silenced = [item.silence for item in result.silenced if item.diagnostic.rule in names]
    if silenced:
        return Element(name, number, State.LET_BE, said=silenced[0].reason, budget=budget, rules=names)
    lacks = {item.rule: item.lacks for item in result.skipped}
    if first.name in lacks:
        needs = f"needs {evidence.fact(lacks[first.name])}"
        return Element(name, number, State.NOT_JUDGED, said=needs, rules=names)
    state, where = _silent([rule for rule in judging if rule.name not in lacks], reading)
    said = evidence.wait(reading) if name in _OF_TIME and state is State.PRESENT else ""
    return Element(name, number, state, where, said, budget=budget, band=band, rules=names)


def _silent(judged: Sequence[Rule], reading: Reading) -> tuple[State, tuple[Span, ...]]:
    """Return how it stands where no rule spoke, and the words that it rests on."""
    first = judged[0]
    if budget := evidence.budget(first.check, reading):
        return (State.NOT_JUDGED if budget.over else State.PRESENT), evidence.counted(first.check, reading)
    if isinstance(first.check, evidence.Measures):
        return State.NOT_APPLICABLE, ()
    if isinstance(first.check, evidence.Places):
        return (State.PRESENT if evidence.band(first.check, reading) else State.NOT_APPLICABLE), ()
    shown = [evidence.evidence(rule.check, reading) for rule in judged]
    words = evidence.longest([span for spans in shown for span in spans or ()])
    if words or None in shown:
        return State.PRESENT, words
    # Nothing is said of it, and yet no rule spoke: the message is too short to ask, or the finding too mild to report.
    return (State.NOT_JUDGED if any(True for _ in first(reading)) else State.NOT_APPLICABLE), ()
