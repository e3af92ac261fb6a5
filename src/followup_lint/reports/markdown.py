"""The report for a pull request or a notebook: Markdown in which no word of a draft is more than a word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from followup_lint import patterns
from followup_lint.checklist import Element, State, checklist, is_absence
from followup_lint.checklist.evidence import fact
from followup_lint.diagnostic import Diagnostic
from followup_lint.explain.finding import Explainer
from followup_lint.linter import Result
from followup_lint.reading import Reading
from followup_lint.reports.checklist import sign
from followup_lint.reports.clean import one_line
from followup_lint.reports.quotes import cut, quotes
from followup_lint.reports.report import Report
from followup_lint.reports.summary import summary
from followup_lint.reports.verdict import verdict
from followup_lint.text import Span

_JOINER = "\N{WORD JOINER}"  # seen by nobody, and yet "@team" with one in it calls no team
_SPECIAL = patterns.lazy(r"[\\`*_\[\]<>|~&#!${}]")
_CALLS = patterns.lazy(
    r"(?<=[@#])(?=\w)|(?<=:)(?=[a-z+-])"  # a mention, the number of an issue, an emoji by its name
    r"|(?<=[:/])(?=/)|(?<=\w\.)(?=[^\W\d_])"  # an address in full, or only a name like one
    r"|(?<=\bGH-)(?=\d)|(?<=\bgh-)(?=\d)"
)
_QUOTED, _SHOWN = 60, 4


def render(report: Report) -> str:
    """Return one document for the whole run."""
    lines = ["# followup-lint", "", escape(str(summary(report.results))), ""]
    for problem in report.problems:
        lines += [f"- not checked: {escape(str(problem))}"]
    lines += [""] if report.problems else []
    for result in report.results:
        reading = report.read(result) if report.read else None
        explained = report.explained(result) if report.explained else None
        lines += _draft(result, reading, explained, tell_all=report.tell_all)
    return "\n".join(lines).rstrip() + "\n"


def escape(words: str) -> str:
    """Return words on one line that Markdown, and GitHub after it, show as they are."""
    flat = " ".join(one_line(words).split())
    # What follows an escaped sign is read by GitHub without its backslash: the joiner must stand between the signs.
    return _SPECIAL.sub(r"\\\g<0>", _CALLS.sub(_JOINER, flat))


def code(words: str, *, in_table: bool = False) -> str:
    """Return words on one line as code, which is never read as anything else; nothing for no words."""
    flat = " ".join(one_line(words).split())
    if not flat:
        return ""
    fence = "`" * (max(map(len, re.findall("`+", flat)), default=0) + 1)
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{fence}{pad}{flat.replace('|', chr(92) + '|') if in_table else flat}{pad}{fence}"


def _draft(result: Result, reading: Reading | None, explained: Explainer | None, *, tell_all: bool) -> Iterator[str]:
    context = result.context
    inferred = " (inferred)" if context.origins.get("kind", "").startswith("inferred") else ""
    count = f"{result.words} word{'' if result.words == 1 else 's'}"
    told = verdict(result)
    yield f"## {code(result.draft.path) or 'a draft'}"
    yield ""
    yield f"**{escape(told[:1].upper() + told[1:])}**"
    yield ""
    yield f"{context.kind}{inferred} · {context.channel} · {context.culture} · {count}"
    yield ""
    if reading:
        yield from _table(result, reading)
    if result.diagnostics:
        yield "### To mend"
        yield ""
        for item in result.diagnostics:
            yield from _finding(result, item, explained)
        yield ""
    if result.silenced:
        yield "### Let be"
        yield ""
        for silenced in result.silenced:
            silence = silenced.silence
            said = [escape(silence.reason) or "no reason given"]
            said += [f"until {silence.until}"] if silence.until else []
            yield f"- {_at(result, silenced.diagnostic.span)} {escape(silenced.diagnostic.message)} ({', '.join(said)})"
        yield ""
    if result.skipped and tell_all:
        lacking = "; ".join(f"{code(item.rule)} needs {escape(fact(item.lacks))}" for item in result.skipped)
        yield f"Not judged: {lacking}."
        yield ""


def _table(result: Result, reading: Reading) -> Iterator[str]:
    yield "| | practice | looked for | found |"
    yield "|---|---|---|---|"
    left_out = []
    for practice in checklist(reading, result).practices:
        for item in practice.elements:
            if item.state is State.NOT_JUDGED and not item.said:
                left_out.append(item.name)
            elif item.state is not State.NOT_APPLICABLE:
                found = "; ".join(_told(item, reading))
                yield f"| {sign(item.state, item.severity)} | {practice.name} | {escape(item.name)} | {found} |"
    yield ""
    if left_out:
        yield f"Not looked at: {escape(', '.join(left_out))}."
        yield ""


def _told(item: Element, reading: Reading) -> Iterator[str]:
    if item.budget and item.state is not State.LET_BE:
        yield escape(str(item.budget))
    if item.state is State.LET_BE:
        yield f"let be: {escape(item.said) or 'no reason given'}"
    elif item.said and not (item.budget and item.budget.over):
        yield escape(item.said)
    if item.band and item.state is State.PRESENT:
        yield f"formality {item.band.score:+.1f} on a scale from −3 to +3"
    if item.state is State.PRESENT and not item.budget:
        for words, span in quotes(reading, item.evidence, _QUOTED)[:_SHOWN]:
            place = reading.draft.place(span.start)
            yield f"{code(words, in_table=True)} {place.line}:{place.column}"


def _finding(result: Result, item: Diagnostic, explained: Explainer | None) -> Iterator[str]:
    words = cut(" ".join(one_line(result.text_of(item.span)).split()), _QUOTED)
    where = f"**{_at(result, item.span)} {item.severity}**"
    yield f"- {where} {escape(item.message)} ({code(item.rule)})"
    if words and words not in item.message and not is_absence(item, result.draft):
        yield f"  - words: {code(words)}"
    yield f"  - why: {escape(item.why)}"
    yield f"  - try: {escape(item.fix)}"
    for path, line in item.finding.elsewhere:
        yield f"  - see: {code(f'{path}:{line}' if line else path)}"
    for row in explained(item) if explained else ():
        yield f"  - {escape(row.label)}: {code(row.words)}"


def _at(result: Result, span: Span) -> str:
    place = result.draft.place(span.start)
    return f"{f'{place.part} ' if place.part == 'headers' else ''}{place.line}:{place.column}"
