"""Findings as failed tests, for servers that show tests and nothing else.

As linters do it: a suite is a draft, a finding of whatever severity is a failure, and a clean draft is one test passed.
"""

from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree as ET

from followup_lint.linter import Result
from followup_lint.reports.checkstyle import written
from followup_lint.reports.clean import one_line, xml
from followup_lint.reports.report import Report

_OURS = "followup-lint"


def render(report: Report) -> str:
    """Return the suites; what could not be read is an error, a rule that lacked a fact is skipped if asked for."""
    root = ET.Element("testsuites", name=_OURS)
    suites: dict[str, ET.Element] = {}
    for result in report.results:
        suite = _suite(root, suites, result.draft.path)
        _failures(suite, result)
        for item in result.skipped if report.tell_all else ():
            case = _case(suite, result.draft.path, item.rule)
            ET.SubElement(case, "skipped", message=xml(one_line(f"needs {item.lacks}")))
    for problem in report.problems:
        name = problem.path or _OURS
        case = _case(_suite(root, suites, name), name, _OURS)
        said = ET.SubElement(case, "error", message=xml(one_line(problem.message)), type="problem")
        said.text = xml(one_line(str(problem)))
    for suite in suites.values():
        if not len(suite):
            _case(suite, suite.attrib["name"], _OURS)
        _count(suite, len(suite), [child.tag for case in suite for child in case])
    total = [child.tag for suite in root for case in suite for child in case]
    _count(root, sum(map(len, root)), total)
    return written(root)


def _suite(root: ET.Element, suites: dict[str, ET.Element], path: str) -> ET.Element:
    if path not in suites:
        suites[path] = ET.SubElement(root, "testsuite", name=xml(path))
    return suites[path]


def _failures(suite: ET.Element, result: Result) -> None:
    # GitLab takes two tests of one name for one, and compares branches by name: so no line numbers.
    seen: Counter[str] = Counter()
    for item in result.diagnostics:
        seen[item.rule] += 1
        number = f" {seen[item.rule]}" if seen[item.rule] > 1 else ""
        case = _case(suite, result.draft.path, f"{item.rule}{number}")
        failure = ET.SubElement(case, "failure", message=xml(one_line(item.message)), type=item.severity.value)
        place = result.draft.place(item.span.start)
        where = f"{result.draft.path}:{place.line}:{place.column}" + (f" ({place.part})" if place.part else "")
        lines = [where, item.message, f"why: {item.why}", f"try: {item.fix}"]
        failure.text = "\n".join(xml(one_line(line)) for line in lines)


def _case(suite: ET.Element, path: str, name: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", name=xml(name), classname=xml(path), time="0")


def _count(element: ET.Element, tests: int, outcomes: list[str]) -> None:
    element.set("tests", str(tests))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(name, str(outcomes.count(tag)))
    element.set("time", "0")
