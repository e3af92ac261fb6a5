"""What is said beside the message: a note for each finding, at the height of its words."""

from __future__ import annotations

from collections.abc import Mapping

from followup_lint.checklist import is_absence
from followup_lint.diagnostic import Applicability, Diagnostic
from followup_lint.explain.finding import Explainer
from followup_lint.linter import Result
from followup_lint.reports.html.letter import Mark
from followup_lint.reports.html.markup import Html, private, tag
from followup_lint.reports.quotes import cut
from followup_lint.text import Span

_SHOWN, _QUOTED = 4, 48


def marks(result: Result, key: str) -> list[Mark]:
    """Return the marks of all findings, numbered in their order; `key` tells the drafts of a page apart."""
    found = []
    for number, item in enumerate(result.diagnostics, 1):
        pinned = is_absence(item, result.draft)
        label = f"Note {number}: {item.severity}{', about what is not here' if pinned else ''}"
        found.append(Mark(item.span, f"{key}-m{number}", item.severity, f"{key}-n{number}", str(number), label, pinned))
        found += [
            Mark(other, f"{key}-r{number}.{place}", "related")
            for place, other in enumerate(item.finding.related)
            if other.start < other.end
        ]
    return found


def notes(result: Result, key: str, rows: Mapping[str, int], explained: Explainer | None) -> Html:
    """Return the list of notes; `rows` tells where their marks begin."""
    starts: list[int] = []
    for number in range(1, len(result.diagnostics) + 1):
        wanted = rows.get(f"{key}-m{number}", 1)
        starts.append(max(wanted, starts[-1] + 1) if starts else wanted)
    ends = [*starts[1:], starts[-1] + 1] if starts else []
    places = list(zip(starts, ends, strict=True))
    items = [_note(result, key, number, place, explained) for number, place in enumerate(places, 1)]
    return tag("ol", *items, class_="notes")


def _note(result: Result, key: str, number: int, rows: tuple[int, int], explained: Explainer | None) -> Html:
    item = result.diagnostics[number - 1]
    line = result.draft.place(item.span.start).line
    back = f"Back to the place of note {number}"
    head = tag(
        "p",
        tag("a", class_=f"badge {item.severity}", href=f"#{key}-m{number}", data_sign=str(number), aria_label=back),
        tag("span", item.severity.value.capitalize(), class_="level"),
        tag("span", "for the whole message" if is_absence(item, result.draft) else f"line {line}", class_="place"),
        class_="head",
    )
    said = [head, tag("p", item.message, class_="message"), _labelled("Why", item.why), _labelled("Try", item.fix)]
    ready = [remedy for remedy in item.remedies if remedy.applicability is not Applicability.SNIPPET]
    said += [_labelled("Or simply", remedy.title) for remedy in ready[:1]]
    if others := _others(result, item):
        said.append(_labelled("Also", others))
    for path, at in item.finding.elsewhere:
        said.append(_labelled("See", f"{private(path)}, line {at}" if at else private(path)))
    if explained:
        told = [part for row in explained(item) for part in (tag("dt", row.label), tag("dd", row.words))]
        said.append(tag("details", tag("summary", "All that led to this"), tag("dl", *told)))
    style = f"grid-row:{rows[0]} / {rows[1]}"
    return tag("li", *said, id=f"{key}-n{number}", class_=f"note {item.severity}", style=style)


def _others(result: Result, item: Diagnostic) -> str:
    told = [
        f"“{_words(result, span)}” (line {result.draft.place(span.start).line})"
        for span in item.finding.related
        if span != item.span
    ]
    return ", ".join(told[:_SHOWN]) + (" and more" if len(told) > _SHOWN else "")


def _words(result: Result, span: Span) -> str:
    return cut(" ".join(result.text_of(span).split()), _QUOTED)


def _labelled(label: str, words: str) -> Html:
    return tag("p", tag("span", f"{label} ", class_="label"), words, class_=label.rpartition(" ")[2].lower())
