"""Which examples prove something: change what an example is about, and the verdict on it must change.

A bad example proves something if its finding goes away, or elsewhere, when the marked words are taken out. Where a rule
misses something (no thanks, no date yet), there are no words to take out: then the finding must go when a good
example's words or facts are put in. A good example proves something if the rule judges it, and would not be as silent
about a message that says nothing at all; one out of the rule's scope, only if the rule would speak within it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from followup_lint import model
from followup_lint.context import Context
from followup_lint.diagnostic import Diagnostic
from followup_lint.errors import Problem
from followup_lint.explain.scope import outside
from followup_lint.explain.vary import would_say
from followup_lint.linter import Linter
from followup_lint.mutants import Trial, bare, cut, filled, given_facts, neutral, trial, without
from followup_lint.negate import negated
from followup_lint.reading import Reading
from followup_lint.records import dataclass, replace
from followup_lint.rule import Rule
from followup_lint.text import Span
from followup_lint.thread.beside import Beside

if TYPE_CHECKING:
    from followup_lint.language import Language

_LIMITS = frozenset({"max", "min", "limit"})
_LACKS = "it lacks a fact, so the rule is skipped, as it is in most of its good examples"
_BEYOND = "its {} is out of the rule's scope, but within it the rule would be silent, too"
_EMPTY = "the rule would be as silent about a message that says nothing"


def idle_examples(rules: Sequence[Rule], language: Callable[[], Language] = model.load) -> Iterator[Problem]:
    """Yield every example that proves nothing, at its place in the rule file."""
    for rule in rules:
        yield from _Bench(rule, language).idle()


def fires_negated(rules: Sequence[Rule], language: Callable[[], Language] = model.load) -> Iterator[Problem]:
    """Yield the bad examples that are still found with their verb negated: not wrong in itself, but worth a look."""
    for rule in rules:
        yield from _Bench(rule, language).negated()


@dataclass(frozen=True)
class _Bench:
    rule: Rule
    language: Callable[[], Language]

    def idle(self) -> Iterator[Problem]:
        trials = [(number, trial(item), bool(item.bad)) for number, item in enumerate(self.rule.file.examples)]
        bad = [(number, case) for number, case, is_bad in trials if is_bad]
        good = [(number, case) for number, case, is_bad in trials if not is_bad]
        models = [case for _, case in good]
        for number, case in bad:
            if any(self._still(case, mark, models) for mark in case.marks):
                yield self._problem(number, "bad example proves nothing: it is found whatever is changed in it")
        misses = sum(self._misses(case, case.marks) for _, case in bad) * 2 > len(bad)
        facts = [case for _, case in bad] if misses else []
        reasons = [(number, self._idle_good(case, facts)) for number, case in good]
        judged = sum(reason != _LACKS for _, reason in reasons)
        for number, reason in reasons:
            if reason and (reason != _LACKS or judged * 2 < len(good)):
                yield self._problem(number, f"good example proves nothing: {reason}")

    def negated(self) -> Iterator[Problem]:
        for number, item in enumerate(self.rule.file.examples):
            case = trial(item)
            if not case.marks or case.message.draft.text != case.text or self._misses(case, case.marks):
                continue
            reading = self._read(case)
            if any(dict(found.values).keys() & _LIMITS for found in self.rule.check(reading)):
                continue  # a number too high stays too high
            for span in [each.span for each in reading.sentences if each.span.covers(case.marks[0])]:
                opposite = negated(reading.parse(span), case.marks[0].shift(-span.start))
                mutant = replace(case, text=case.text[: span.start] + opposite + case.text[span.end :])
                if opposite and any(span.overlaps(hit) for hit in self._found(mutant)):
                    yield self._problem(number, f"still found when negated: “{opposite}”")

    def _problem(self, number: int, message: str) -> Problem:
        kind = "bad" if self.rule.file.examples[number].bad else "good"
        return self.rule.document.problem(message, ("examples", number, kind))

    def _still(self, case: Trial, mark: Span, good: Sequence[Trial]) -> bool:
        """Whether the rule fires at a mark under every change."""
        if self._misses(case, [mark]):
            return all(self._found(mutant) for mutant in filled(case, good))
        if not all(_at(left.text, mark, self._found(left)) for left in _spared(case, [mark])):
            return False
        # Words are what it fires at, though not these alone: all those from here on, as where a limit is passed.
        return bool(self._found(cut(case, mark)))

    def _misses(self, case: Trial, marks: Sequence[Span]) -> bool:
        """Whether the rule fires though the marked words are gone, and all else that the message said."""
        return all(map(self._found, (*map(neutral, _spared(case, marks)), bare(case))))

    def _idle_good(self, case: Trial, bad: Sequence[Trial]) -> str:
        """Return why a good example proves nothing; empty if it does. With the facts of `bad`, silence is bad."""
        reading = self._read(case)
        if not self.rule.file.applies.to(reading.context):
            return "" if would_say(self.rule, reading) else _BEYOND.format(self._foreign(reading.context))
        if self.rule.check.lacks(reading.context):
            return _LACKS
        emptied = (neutral(case), neutral(case, as_long=True), bare(case))
        changed = (*emptied, *(given_facts(case, other) for other in bad))
        return "" if not bad or any(map(self._found, changed)) else _EMPTY

    def _foreign(self, context: Context) -> str:
        return " and ".join(f"{fact} {getattr(context, fact)}" for fact in outside(self.rule, context))

    def _found(self, case: Trial) -> list[Span]:
        """Return where the rule fires. A mutant whose facts cannot be read counts as firing: it shows nothing."""
        if case.message.problems:
            return [Span(0, len(case.text))]
        return [item.span for item in self.rule(self._read(case)) if isinstance(item, Diagnostic)]

    def _read(self, case: Trial) -> Reading:
        beside = Beside(case.beside)
        return Linter((self.rule,), self.language, beside.others, beside.informed).read(case.message)


def _spared(case: Trial, marks: Sequence[Span]) -> list[Trial]:
    """Return the trial without some words: taking the name out of "Dear Ana," is a fault too, "Dear you," is none."""
    return [without(case, marks, instead) for instead in ("", "you", "kiln")]


def _at(text: str, mark: Span, found: Sequence[Span]) -> bool:
    """Whether something is found where the mark was, with nothing but white space between."""
    return any(not text[slice(*sorted((span.start, mark.start)))].strip() for span in found)
