"""The page: verdicts on top, then each draft with its notes, its checklist, and what was let be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import resources
from string import Template

from followup_lint.checklist import checklist
from followup_lint.checklist.evidence import fact
from followup_lint.diagnostic import Severity
from followup_lint.due import called
from followup_lint.linter import Result
from followup_lint.reports.html.letter import letter
from followup_lint.reports.html.markup import Html, escaped, joined, private, tag
from followup_lint.reports.html.notes import marks, notes
from followup_lint.reports.html.practices import evidence, pills, practices
from followup_lint.reports.report import Report
from followup_lint.reports.verdict import verdict
from followup_lint.when import amount

_SIGNS = {"good": "✓", "mend": "✎", "hold": "◷"}


def render(report: Report) -> str:
    """Return one HTML document for the whole run, to be written as UTF-8."""
    one = report.results[0] if len(report.results) == 1 else None
    name = f"your {called(one.context.kind)} message" if one else f"your {amount(len(report.results), 'message')}"
    heading = f"A look at {name.replace('message message', 'message')}"
    head = tag(
        "header",
        tag("p", "Before you send", class_="brand"),
        tag("h1", heading),
        _contents(report.results) if not one else "",
        _unread(report),
        id="top",
    )
    main = tag("main", *(_draft(report, place) for place in range(len(report.results))), id="main", tabindex="-1")
    foot = tag("footer", tag("p", "Made by followup-lint, on the writer’s own computer; nothing was sent anywhere."))
    folder = resources.files("followup_lint.reports.html")
    page = Template(folder.joinpath("page.html").read_text(encoding="utf-8"))
    style = folder.joinpath("page.css").read_text(encoding="utf-8").strip()
    return page.substitute(title=escaped(heading), style=style, body=joined([head, main, foot]))


def _contents(results: Sequence[Result]) -> Html:
    if not results:
        return tag("p", "There is no message to look at.")
    rows = []
    for place, result in enumerate(results, 1):
        rows.append(
            tag(
                "tr",
                tag("th", tag("a", private(result.draft.path) or f"message {place}", href=f"#d{place}"), scope="row"),
                tag("td", called(result.context.kind), class_="kind"),
                tag(
                    "td",
                    tag("span", _SIGNS[_case(result)], class_=f"sign {_case(result)}", aria_hidden="true"),
                    " ",
                    _told(result),
                ),
                *(tag("td", str(_count(result, level)), class_="count") for level in reversed(list(Severity))),
            )
        )
    names = ["Message", "Kind", "Verdict", *(f"{level.value.capitalize()}s" for level in reversed(list(Severity)))]
    top = tag(
        "thead",
        tag("tr", *(tag("th", name, scope="col", class_="count" if name.endswith("s") else None) for name in names)),
    )
    table = tag("table", tag("caption", "All messages", class_="unseen"), top, tag("tbody", *rows))
    return tag(
        "nav",
        tag("div", table, class_="wide", tabindex="0", role="region", aria_label="All messages"),
        aria_label="Contents",
    )


def _unread(report: Report) -> Html:
    if not report.problems:
        return Html("")
    told = [f"{private(item.path)}: {item.message}" if item.path else item.message for item in report.problems]
    return tag(
        "section", tag("h2", "Could not be read"), tag("ul", *(tag("li", words) for words in told)), class_="unread"
    )


def _draft(report: Report, place: int) -> Html:
    result = report.results[place]
    key = f"d{place + 1}"
    reading = report.read(result) if report.read else None
    found = checklist(reading, result) if reading else None
    drawn = [*marks(result, key), *(evidence(found, key) if found else [])]
    sheet, rows = letter(result.draft, drawn)
    explained = report.explained(result) if report.explained else None
    many = len(report.results) > 1
    head = tag(
        "div",
        tag("h2", private(result.draft.path) or "The message", id=key),
        tag("p", _facts(result), class_="facts"),
        tag(
            "p",
            tag("span", _SIGNS[_case(result)], aria_hidden="true"),
            " ",
            _told(result),
            class_=f"verdict {_case(result)}",
        ),
        pills(found.practices) if found else "",
        class_="head",
    )
    below: list[str] = []
    if found and reading:
        below.append(tag("section", tag("h3", "The five practices"), practices(found, reading, key)))
    below += _let_be(result)
    parts = [head, _sheet(result, key, sheet, notes(result, key, rows, explained), joined(below))]
    if many:
        parts.append(tag("p", tag("a", "Back to the top", href="#top"), class_="up"))
    return tag("article", *parts, aria_labelledby=key, class_="draft")


def _sheet(result: Result, key: str, sheet: Html, beside: Html, below: Html) -> Html:
    """Return the message with its notes beside it and the rest below; on narrow pages they follow each other."""
    told = beside if result.diagnostics else tag("p", "Nothing to mend here.", class_="aside")
    return tag(
        "div",
        tag(
            "section",
            tag("h3", "The message", class_="unseen", id=f"{key}-message"),
            tag("div", sheet, class_="letter"),
        ),
        tag("section", tag("h3", "Notes", class_="unseen"), told, class_="margin"),
        tag("div", below, class_="below"),
        class_="sheet" if result.diagnostics else "sheet clean",
    )


def _let_be(result: Result) -> Iterator[Html]:
    if result.silenced:
        items = []
        for item in result.silenced:
            silence = item.silence
            until = f", until {silence.until}" if silence.until else ""
            reason = tag(
                "span",
                f"Your reason: {silence.reason}{until}" if silence.reason else f"No reason given{until}",
                class_="said",
            )
            items.append(tag("li", item.diagnostic.message, " ", reason))
        yield tag("section", tag("h3", "Left as it is"), tag("ul", *items, class_="plain"))
    if result.skipped:
        lacking: dict[str, list[str]] = {}
        for skipped in result.skipped:
            lacking.setdefault(fact(skipped.lacks), []).append(skipped.rule)
        items = [
            tag("li", f"{words[:1].upper()}{words[1:]} ", tag("span", f"({', '.join(rules)})", class_="said"))
            for words, rules in lacking.items()
        ]
        told = tag("p", "Some checks need to know more. These facts would help:")
        yield tag(
            "details",
            tag("summary", "What could not be judged"),
            told,
            tag("ul", *items, class_="plain"),
            class_="fold",
        )


def _facts(result: Result) -> str:
    context = result.context
    guessed = ", as far as one can tell" if context.origins.get("kind", "").startswith("inferred") else ""
    kind = f"{called(context.kind).capitalize()}{guessed}"
    return " · ".join([kind, context.channel, f"{context.culture} company", amount(result.words, "word")])


def _told(result: Result) -> str:
    words = verdict(result)
    return words[:1].upper() + words[1:]


def _case(result: Result) -> str:
    words = verdict(result)
    return "good" if words.startswith("good") else "mend" if words.startswith("mend") else "hold"


def _count(result: Result, level: Severity) -> int:
    return sum(item.severity is level for item in result.diagnostics)
