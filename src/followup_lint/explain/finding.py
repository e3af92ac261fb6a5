"""All that led to one finding, and how to be rid of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from followup_lint.diagnostic import Diagnostic
from followup_lint.explain import samples
from followup_lint.explain.options import Limit, key_of, limits, matches, shown, trait
from followup_lint.explain.row import Row
from followup_lint.explain.scope import about, chosen, deciding, told
from followup_lint.linter import Linter, Result
from followup_lint.reader import Message
from followup_lint.reading import Reading
from followup_lint.rule import Rule
from followup_lint.text import Span

Explainer = Callable[[Diagnostic], Sequence[Row]]

_PHRASES, _TOKENS = 2, 12


def explainer(linter: Linter, result: Result, preset: str, *, selected: bool = False) -> Explainer:
    """Return what explains each finding of one result."""
    rules = {rule.name: rule for rule in linter.rules}

    @cache
    def read(name: str) -> Reading:
        reading = linter.read(Message(result.draft, result.context))
        tuple(rules[name](reading))
        return reading

    return lambda item: tuple(explain(rules[item.rule], item, read(item.rule), preset, selected=selected))


def explain(
    rule: Rule, item: Diagnostic, reading: Reading, preset: str = "recommended", *, selected: bool = False
) -> Iterator[Row]:
    """Yield why the rule is active, what matched, what was measured, an example of each sort, and how to silence it.

    `reading` is one on which this rule has run, so that only what the rule itself had parsed is shown as parsed.
    """
    context = reading.context
    yield Row("active", f"{chosen(rule, preset, selected)}; {about(rule)}")
    yield Row("facts", "; ".join(told(context, name) for name in deciding(rule, context)))
    yield from _matched(rule, item, reading)
    yield from _tokens(item, reading)
    yield from _measured(rule, item, reading)
    if isinstance(rule.file.severity, Mapping):
        key = key_of(rule.file.severity, {item.finding.case, *context.traits} - {""})
        if key != "default":
            yield Row("severity", f"{item.severity}, for {trait(key, context)}")
    for span in item.finding.related:
        yield Row("also", f"{_place(reading, span.start)} “{_words(reading, span)}”")
    yield Row("bad", samples.bad(rule, context.kind))
    yield Row("good", samples.good(rule, context.kind))
    yield Row("silence", f"ignore: {{{rule.name}: your reason}} in the front matter, or --ignore {rule.name}")


def _matched(rule: Rule, item: Diagnostic, reading: Reading) -> Iterator[Row]:
    found = matches(rule.check, reading, item.span)
    named = [match for match in found if match.phrase == item.finding.pattern]
    if item.finding.pattern and not named:
        yield Row("matched", f"“{_words(reading, item.span)}” by {_cut(item.finding.pattern)}")
        return
    whole = [match for match in found if match.span == item.span]
    # What matches a word or two of a long line, in a rule that found something lacking there, explains nothing.
    most = [match for match in found if _length(match.span) * 2 > _length(item.span)]
    for match in (named[:1] or whole or most)[:_PHRASES]:
        yield Row("matched", f"“{_words(reading, match.span)}” by {shown(rule.check, reading, match)}")


def _length(span: Span) -> int:
    return span.end - span.start


def _tokens(item: Diagnostic, reading: Reading) -> Iterator[Row]:
    for span in reading.parsed:
        if not item.span.overlaps(span):
            continue
        here = item.span.shift(-span.start)
        doc = reading.parse(span)
        tokens = [token for token in doc if token.idx < here.end and token.idx + len(token) > here.start]
        told = [f"{token.text}/{token.tag_}/{token.dep_}" for token in tokens if not token.is_space]
        yield Row("tokens", " ".join(told[:_TOKENS]) + (" …" if len(told) > _TOKENS else ""))
        return


def _measured(rule: Rule, item: Diagnostic, reading: Reading) -> Iterator[Row]:
    numbers = {name: value for name, value in item.finding.values if re.match(r"[+-]?\d", str(value))}
    if numbers and numbers != {"count": 1}:
        yield Row("measured", ", ".join(f"{name} {value}" for name, value in numbers.items()))
    traits = {item.finding.case, *reading.context.traits} - {""}
    for limit in limits(rule.check, item.finding, traits):
        yield Row("limit", said(limit, reading))


def said(limit: Limit, reading: Reading) -> str:
    """Say where a limit came from."""
    whom = trait(limit.key, reading.context) if limit.key else "every message"
    return f"{limit.option} {limit.value:g}, the rule's number for {whom}"


def _place(reading: Reading, offset: int) -> str:
    place = reading.draft.place(offset)
    return f"{place.line}:{place.column}"


def _words(reading: Reading, span: Span) -> str:
    words = " ".join(span.of(reading.text).split())
    return words if len(words) <= 80 else words[:79].rstrip() + "…"  # noqa: PLR2004  (one line)


def _cut(phrase: str) -> str:
    return phrase if len(phrase) <= 160 else phrase[:159] + "…"  # noqa: PLR2004  (three lines of the report)
