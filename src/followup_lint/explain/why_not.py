"""Why a rule is silent about a draft: its scope, its facts, and what would have had to be there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

from followup_lint.diagnostic import Diagnostic
from followup_lint.explain import samples
from followup_lint.explain.nearest import kept_silent
from followup_lint.explain.row import Row
from followup_lint.explain.scope import about, deciding, outside, told
from followup_lint.explain.vary import tried, would_say
from followup_lint.reading import Reading
from followup_lint.rule import Rule
from followup_lint.text import Span

_SHOWN = 4


@runtime_checkable
class Explains(Protocol):
    """A check that can say in its own words why it found nothing. No check has to."""

    def why_not(self, reading: Reading) -> Iterator[tuple[str, Span | None]]:
        """Yield reasons, each with the words it is about where there are such."""
        ...


def why_not(rule: Rule, reading: Reading, problem: str = "") -> Iterator[Row]:
    """Yield, from scope to words, why the rule says nothing here; or that it does. `problem` bars it from running."""
    context = reading.context
    beyond = outside(rule, context)
    verdict = f"no, it is {about(rule)}" if beyond else f"yes, it is {about(rule)}"
    yield Row("applies", verdict)
    yield Row("facts", "; ".join(told(context, name) for name in deciding(rule, context)))
    yield Row("preset", problem or f"{rule.file.preset}, so it {_runs(rule)}")
    for silence in context.ignore:
        if silence.rule == rule.name:
            yield Row("ignored", f"{silence}, {silence.origin or context.origins.get('ignore', 'context')}")
    if lacks := rule.check.lacks(context):
        yield Row("lacks", f"{lacks}; without it the rule is skipped. Give it in the front matter: {lacks}: …")
        return
    if beyond:
        yield from _said(would_say(rule, reading), reading, "otherwise", "it would find nothing here anyway")
        return
    found = [item for item in rule(reading) if isinstance(item, Diagnostic)]
    yield from _said(found, reading, "found", "nothing")
    if found:
        return
    if isinstance(rule.check, Explains):
        for words, span in rule.check.why_not(reading):
            yield Row("because", f"{place(reading, span)}{words}")
    if hidden := tried(rule.check, reading):
        # The check found something; it is the rule's tables that hold no severity, or no words, for it.
        yield Row(
            "because", f"{place(reading, hidden[0].span)}this rule says nothing of the case “{hidden[0].case}” here"
        )
        return
    kept = tuple(kept_silent(rule.check, reading))
    yield from kept
    if any(row.label == "measured" for row in kept):
        return
    wanted = [f"“{words}”" for words in samples.triggers(rule)[:_SHOWN]]
    yield Row("it finds", " · ".join(wanted))


def place(reading: Reading, span: Span | None) -> str:
    """Return the line, column and words of a stretch, ready to stand before a reason."""
    if span is None:
        return ""
    at = reading.draft.place(span.start)
    words = " ".join(span.of(reading.text).split())
    return f"{at.line}:{at.column} “{words if len(words) <= 60 else words[:59] + '…'}”: "  # noqa: PLR2004  (one line)


def _runs(rule: Rule) -> str:
    return "runs unless you leave it out" if rule.file.preset == "recommended" else "runs with --preset strict only"


def _said(found: list[Diagnostic], reading: Reading, label: str, nothing: str) -> Iterator[Row]:
    for item in found[:_SHOWN]:
        yield Row(label, f"{place(reading, item.span)}{item.message}")
    if not found:
        yield Row(label, nothing)
