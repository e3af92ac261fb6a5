"""Findings in the XML of Checkstyle, which Jenkins and many others read."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from followup_lint.diagnostic import Severity
from followup_lint.reports.clean import one_line, spelled, xml
from followup_lint.reports.places import in_file, told
from followup_lint.reports.report import Report

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "info"}


def render(report: Report) -> str:
    """Return one `file` for each draft, and for each that could not be read; what has no path has no place here."""
    root = ET.Element("checkstyle", version="4.3")
    files: dict[str, ET.Element] = {}

    def error(path: str, place: tuple[int, int], **attributes: str) -> None:
        known = {name: str(number) for name, number in zip(("line", "column"), place, strict=True) if number}
        ET.SubElement(file(path), "error", {**known, **attributes})

    def file(path: str) -> ET.Element:
        if path not in files:
            files[path] = ET.SubElement(root, "file", name=xml(path))
        return files[path]

    for result in report.results:
        file(result.draft.path)
        for item in result.diagnostics:
            region = in_file(result.draft, item.span)
            error(
                result.draft.path,
                (region.line, region.column),
                severity=_LEVELS[item.severity],
                message=xml(one_line(told(result.draft, item))),
                source=xml(f"followup-lint.{item.rule}"),
            )
    for problem in report.problems:
        if problem.path:
            words = xml(one_line(problem.message))
            error(problem.path, (problem.line, problem.column), severity="error", message=words, source="followup-lint")
    return written(root)


def written(root: ET.Element) -> str:
    """Return a tree as a document, one element a line."""
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{spelled(ET.tostring(root, encoding="unicode"))}\n'
