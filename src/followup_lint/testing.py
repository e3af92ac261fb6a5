"""The examples in rule files, run as tests: a good one stays silent, a bad one is found exactly at its marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from followup_lint import fix, patterns
from followup_lint.catalog import built_in
from followup_lint.errors import Problem
from followup_lint.linter import Linter
from followup_lint.reader import read_message
from followup_lint.rule import Rule
from followup_lint.text import Span
from followup_lint.thread.beside import Beside

_MARK = patterns.lazy(r"\[\[(?!\[)|\]\](?!\])")


def unmark(source: str) -> tuple[str, tuple[Span, ...]]:
    """Take the `[[ ]]` out of an example; return the text and the spans they stood around."""
    pieces, spans, start, here = [], [], 0, 0
    length = 0
    for match in _MARK.finditer(source):
        pieces.append(source[here : match.start()])
        length += match.start() - here
        here = match.end()
        if match.group() == "[[":
            start = length
        else:
            spans.append(Span(start, length))
    return "".join([*pieces, source[here:]]), tuple(spans)


def _needed(rule: Rule) -> tuple[Rule, ...]:
    """Return the rules to run for one to be judged: itself, and all before it if it is about what they found."""
    others = (item for item in built_in() if item.name != rule.name)
    return (*others, rule) if getattr(rule.check, "LAST", False) else (rule,)


def failures(rules: Sequence[Rule]) -> Iterator[Problem]:
    """Run every example of every rule; yield those that do not behave, at their place in the rule file."""
    for rule in rules:
        for number, example in enumerate(rule.file.examples):
            kind = "bad" if example.bad else "good"
            text, wanted = unmark(example.bad) if example.bad else (example.good, ())
            message = read_message(text.encode(), example.file, {})
            place = ("examples", number, kind)
            if message.problems:
                yield rule.document.problem(f"{kind} example: {message.problems[0].message}", place)
                continue
            beside = Beside(example.beside)
            linter = Linter(_needed(rule), others=beside.others, history=beside.informed)
            result = linter.lint(message)
            found = tuple(item.span for item in result.diagnostics if item.rule == rule.name)
            if sorted(found) != sorted(wanted):
                shown = ", ".join(f"'{span.of(text)}'" for span in found) or "nothing"
                asked = ", ".join(f"'{span.of(text)}'" for span in wanted) or "nothing"
                yield rule.document.problem(f"{kind} example: found {shown}; expected {asked}", place)
            elif example.fixed:
                mended = fix.run(message, text.encode(), linter.lint, unsafe=True).data.decode()
                if mended != example.fixed:
                    yield rule.document.problem(
                        f"mended, it is {mended!r}; expected {example.fixed!r}", (*place[:2], "fixed")
                    )
