"""The rules of a run as SARIF describes them, and what results and rules say alike."""

from __future__ import annotations

from collections.abc import Mapping

from followup_lint.context import Kind
from followup_lint.diagnostic import Severity
from followup_lint.explain import samples
from followup_lint.reports.places import url_of
from followup_lint.reports.report import Report
from followup_lint.rule import Rule

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "note"}
_PRACTICES = {1: "thank", 2: "follow-up", 3: "concise", 4: "culture", 5: "patience"}


def descriptors(report: Report) -> list[dict[str, object]]:
    """Return a `reportingDescriptor` for each rule that ran."""
    return [_descriptor(rule, url_of(rule.name, report.docs_url)) for rule in report.rules.values()]


def message(words: str) -> dict[str, object]:
    """Return a `message`. Words of a draft must not become a link: `[click](address)` is one in SARIF's plain text."""
    return {"text": words.replace("](", "] (")}


def _descriptor(rule: Rule, url: str | None) -> dict[str, object]:
    words = rule.name.split("-")
    fix = rule.file.fix if isinstance(rule.file.fix, str) else next(iter(rule.file.fix.values()))
    bad, good = samples.bad(rule, Kind.THANK_YOU), samples.good(rule, Kind.THANK_YOU)
    plain = f"{rule.file.why}\n\nTry: {fix}\n\nBad: {bad}\nGood: {good}\n"
    marked = f"{rule.file.why}\n\n**Try:** {fix}\n\nBad:\n\n{_code(bad)}\n\nGood:\n\n{_code(good)}\n"
    practice = _PRACTICES.get(rule.file.practice)
    tags = [f"practice-{rule.file.practice}-{practice}"] if practice else []
    return {
        "id": rule.name,
        "name": "".join(word.capitalize() for word in words),
        "shortDescription": message(" ".join(words).capitalize() + "."),
        "fullDescription": message(rule.file.why),
        "help": message(plain) | {"markdown": marked},
        **({"helpUri": url} if url else {}),
        "defaultConfiguration": {"level": LEVELS[_usual(rule)]},
        "properties": {"tags": tags, "preset": rule.file.preset, "check": rule.file.check},
    }


def _usual(rule: Rule) -> Severity:
    """Return the severity where nothing is said of the case; the gravest where each case has its own."""
    severity = rule.file.severity
    if isinstance(severity, Mapping):
        return severity.get("default") or max(severity.values(), key=lambda level: level.rank)
    return severity


def _code(words: str) -> str:
    fence = "```"
    while fence in words:
        fence += "`"
    return f"{fence}text\n{words}\n{fence}"
