"""Findings as workflow commands, which GitHub Actions shows beside the lines of a change."""

from __future__ import annotations

from followup_lint.diagnostic import Diagnostic, Severity
from followup_lint.draft import Draft
from followup_lint.errors import Problem
from followup_lint.reports.clean import one_line
from followup_lint.reports.places import in_file, project, relative, told
from followup_lint.reports.report import Report

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def render(report: Report) -> str:
    """Return a command a line, for each finding, then for each file that could not be read."""
    lines = [_finding(result.draft, item) for result in report.results for item in result.diagnostics]
    return "".join(lines + [_problem(problem) for problem in report.problems])


def _finding(draft: Draft, item: Diagnostic) -> str:
    region = in_file(draft, item.span)
    properties: dict[str, str | int] = {"file": relative(draft.path, project())}
    if region.line:
        properties |= {"line": region.line, "endLine": region.end_line}
    # The runner drops the columns of a stretch over several lines.
    if region.column and region.line == region.end_line:
        properties |= {"col": region.column, "endColumn": region.end_column}
    properties["title"] = item.rule
    return _command(_COMMANDS[item.severity], properties, [told(draft, item), item.fix])


def _problem(problem: Problem) -> str:
    properties: dict[str, str | int] = {"file": relative(problem.path, project())} if problem.path else {}
    if problem.path and problem.line:
        properties["line"] = problem.line
    return _command("error", properties | {"title": "followup-lint"}, [problem.message])


def _command(name: str, properties: dict[str, str | int], lines: list[str]) -> str:
    told = ",".join(f"{key}={one_line(str(value)).translate(_PROPERTY)}" for key, value in properties.items())
    return f"::{name} {told}::{chr(10).join(map(one_line, lines)).translate(_DATA)}\n"
