"""A rule's examples for its page: carets under what is found, and what the program says about it."""

from __future__ import annotations

from collections.abc import Iterator

from followup_lint.catalog import built_in
from followup_lint.diagnostic import Applicability, Diagnostic
from followup_lint.linter import Linter
from followup_lint.reader import read_message
from followup_lint.records import dataclass
from followup_lint.rule import Rule
from followup_lint.rule_file import Example
from followup_lint.testing import unmark
from followup_lint.text import Lines, Span
from followup_lint.thread.beside import Beside

_BAD, _GOOD, _WIDE = 3, 2, 96


@dataclass(frozen=True, slots=True)
class Sample:
    """An example without its marks, and what the rule finds in it."""

    example: Example
    text: str
    found: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Samples:
    """All bad examples of a rule, judged."""

    rule: Rule
    bad: tuple[Sample, ...]

    @property
    def shown(self) -> list[Sample]:
        """Return a few of them; first those of different cases, since each reads apart."""
        cases: dict[str, Sample] = {}
        for item in self.bad:
            cases.setdefault(item.found[0].finding.case if item.found else "", item)
        chosen = [*cases.values(), *(item for item in self.bad if item not in cases.values())][:_BAD]
        return [item for item in self.bad if item in chosen]

    @property
    def good(self) -> list[Sample]:
        """Return a few good examples; nothing is found in them."""
        return [Sample(item, item.good, ()) for item in self.rule.file.examples if item.good][:_GOOD]

    @property
    def sorts(self) -> tuple[Applicability, ...]:
        """Return the sorts of remedies that the rule has, the boldest last."""
        remedies = [remedy for item in self.bad for diagnostic in item.found for remedy in diagnostic.remedies]
        found = {remedy.applicability for remedy in remedies}
        found |= {Applicability.SAFE if item.safe else Applicability.UNSAFE for item in self.rule.file.replace}
        return tuple(sort for sort in Applicability if sort in found)


def samples(rule: Rule) -> Samples:
    """Judge the bad examples of a rule."""
    return Samples(rule, tuple(_judged(rule, item) for item in rule.file.examples if item.bad))


def _judged(rule: Rule, example: Example) -> Sample:
    text, _ = unmark(example.bad)
    beside = Beside(example.beside)
    others = [item for item in built_in() if item.name != rule.name] if getattr(rule.check, "LAST", False) else []
    linter = Linter((*others, rule), others=beside.others, history=beside.informed)
    result = linter.lint(read_message(text.encode(), example.file, {}))
    return Sample(example, text, tuple(item for item in result.diagnostics if item.rule == rule.name))


def underlined(sample: Sample) -> str:
    """Return the text of a sample, long lines broken, with carets under every stretch that is found."""
    return "\n".join(_lines(sample.text, [item.span for item in sample.found]))


def _lines(text: str, spans: list[Span]) -> Iterator[str]:
    for line in _broken(text):
        words = line.of(text)
        yield words.rstrip()
        marked = (any(span.start <= place < span.end for span in spans) for place in range(line.start, line.end))
        under = "".join("^" if is_found else " " for is_found in marked)
        if "^" in under:
            yield under.rstrip()


def _broken(text: str) -> Iterator[Span]:
    for line in Lines(text).spans():
        start = line.start
        while line.end - start > _WIDE and (space := text.rfind(" ", start, start + _WIDE)) > start:
            yield Span(start, space)
            start = space + 1
        yield Span(start, line.end)
