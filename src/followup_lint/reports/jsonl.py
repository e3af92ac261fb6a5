"""Findings as JSON, one object a line, for programs that read while we write."""

from __future__ import annotations

from collections.abc import Mapping

from followup_lint.reports.as_json import objects
from followup_lint.reports.clean import dump
from followup_lint.reports.report import Report

# Legal in JSON, but line ends to some who cut a text into lines.
_ENDS = str.maketrans({"\x85": r"\u0085", "\u2028": r"\u2028", "\u2029": r"\u2029"})


def render(report: Report) -> str:
    """Return a line for each finding: the same object as in `json`."""
    rows = (row for result in report.results for row in objects(result, report))
    return "".join(map(line, rows))


def line(row: Mapping[str, object]) -> str:
    """Return an object as a line."""
    return dump(row, indent=None).translate(_ENDS) + "\n"
