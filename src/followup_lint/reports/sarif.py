"""Findings in SARIF 2.1.0, the standard that code hosts and editors exchange.

What is silenced is there too, with its reason under `suppressions`, and rules that lacked a fact, as `notApplicable`.
GitHub takes both for open findings; so they are there only if all is to be told, as it is unless the user wants quiet.
"""

from __future__ import annotations

from functools import cached_property
from importlib.metadata import version

from followup_lint.diagnostic import Applicability, Diagnostic, Edit, Remedy, Silenced, Skipped
from followup_lint.draft import Draft
from followup_lint.errors import Problem
from followup_lint.fingerprint import fingerprints, silenced_fingerprints
from followup_lint.linter import Result
from followup_lint.records import dataclass
from followup_lint.reports.clean import dump
from followup_lint.reports.places import in_file, project, uri
from followup_lint.reports.report import Report
from followup_lint.reports.sarif_rules import LEVELS, descriptors, message
from followup_lint.text import Span

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"

Json = dict[str, object]


def render(report: Report) -> str:
    """Return a log of one run."""
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [_Run(report, project()).told()]}) + "\n"


@dataclass(frozen=True)
class _Run:
    """A report being told; `folder` is what addresses are relative to, and its own address is nowhere told."""

    report: Report
    folder: str

    @cached_property
    def artifacts(self) -> dict[str, int]:
        """Return the number of each draft."""
        return {path: number for number, path in enumerate(dict.fromkeys(r.draft.path for r in self.report.results))}

    @cached_property
    def rules(self) -> dict[str, int]:
        """Return the number of each rule."""
        return {name: number for number, name in enumerate(self.report.rules)}

    def told(self) -> Json:
        driver: Json = {"name": "followup-lint", "semanticVersion": version("followup-lint")}
        if self.report.docs_url:
            driver["informationUri"] = self.report.docs_url
        driver["rules"] = descriptors(self.report)
        return {
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\n", "\r"],
            "originalUriBaseIds": {_ROOT: {"description": {"text": "The project, or where followup-lint ran."}}},
            "invocations": [
                {
                    "executionSuccessful": not self.report.problems,
                    "toolExecutionNotifications": [self._notification(problem) for problem in self.report.problems],
                }
            ],
            "artifacts": [{"location": self._artifact(path), "roles": ["analysisTarget"]} for path in self.artifacts],
            "results": [row for result in self.report.results for row in self._results(result)],
        }

    def _results(self, result: Result) -> list[Json]:
        rows = [
            self._finding(result.draft, item, fingerprint)
            for item, fingerprint in zip(result.diagnostics, fingerprints(result), strict=True)
        ]
        if not self.report.tell_all:
            return rows
        for silent, fingerprint in zip(result.silenced, silenced_fingerprints(result), strict=True):
            row = self._finding(result.draft, silent.diagnostic, fingerprint)
            rows.append(row | {"suppressions": [_suppression(silent)]})
        return rows + [self._skipped(result.draft, item) for item in result.skipped]

    def _finding(self, draft: Draft, item: Diagnostic, fingerprint: str) -> Json:
        row: Json = {
            **self._rule(item.rule),
            "level": LEVELS[item.severity],
            "message": message(item.message),
            "locations": [{"physicalLocation": self._place(draft, item.span)}],
            "partialFingerprints": {"followupLint/v1": fingerprint},
            "properties": {"practice": item.practice, "fix": item.fix},
        }
        if related := [*self._related(draft, item)]:
            row["relatedLocations"] = related
        if fixes := self._fixes(draft, item):
            row["fixes"] = fixes
        return row

    def _skipped(self, draft: Draft, item: Skipped) -> Json:
        return {
            **self._rule(item.rule),
            "kind": "notApplicable",
            "level": "none",
            "message": message(f"Not judged: {item.rule} needs {item.lacks}."),
            "locations": [{"physicalLocation": {"artifactLocation": self._artifact(draft.path)}}],
        }

    def _rule(self, name: str) -> Json:
        place: Json = {"ruleIndex": self.rules[name]} if name in self.rules else {}
        return {"ruleId": name, **place}

    def _related(self, draft: Draft, item: Diagnostic) -> list[Json]:
        rows: list[Json] = [{"physicalLocation": self._place(draft, span)} for span in item.finding.related]
        for path, line in item.finding.elsewhere:
            region = {"region": {"startLine": line}} if line else {}
            rows.append({"physicalLocation": {"artifactLocation": self._artifact(path), **region}})
        return [{"id": number, **row} for number, row in enumerate(rows, start=1)]

    def _fixes(self, draft: Draft, item: Diagnostic) -> list[Json]:
        """Return the remedies that need no hand; none for mail, whose file does not hold the text as we read it."""
        wanted = [one for one in item.remedies if one.applicability is not Applicability.SNIPPET]
        return [] if draft.is_mail else [self._fix(draft, remedy) for remedy in wanted]

    def _fix(self, draft: Draft, remedy: Remedy) -> Json:
        changes = [_replacement(draft, edit) for edit in remedy.edits]
        return {
            "description": message(remedy.title),
            "artifactChanges": [{"artifactLocation": self._artifact(draft.path), "replacements": changes}],
            "properties": {"applicability": remedy.applicability.value},
        }

    def _place(self, draft: Draft, span: Span) -> Json:
        return {"artifactLocation": self._artifact(draft.path)} | _region(draft, span)

    def _artifact(self, path: str) -> Json:
        address, is_inside = uri(path, self.folder)
        base = {"uriBaseId": _ROOT} if is_inside else {}
        index = {"index": self.artifacts[path]} if path in self.artifacts else {}
        return {"uri": address, **base, **index}

    def _notification(self, problem: Problem) -> Json:
        row: Json = {"level": "error", "message": message(problem.message)}
        if problem.path:
            place: Json = {"artifactLocation": self._artifact(problem.path)}
            if problem.line:
                column = {"startColumn": problem.column} if problem.column else {}
                place["region"] = {"startLine": problem.line} | column
            row["locations"] = [{"physicalLocation": place}]
        return row


def _region(draft: Draft, span: Span) -> Json:
    """Return a `region`; for mail its lines alone, or none where they are unknown."""
    known = in_file(draft, span)
    if not known.line:
        return {}
    if not known.column:
        return {"region": {"startLine": known.line, "endLine": known.end_line}}
    region = {"startLine": known.line, "startColumn": known.column}
    region |= {"endLine": known.end_line, "endColumn": known.end_column}
    return {"region": region | {"charOffset": span.start, "charLength": span.end - span.start}}


def _replacement(draft: Draft, edit: Edit) -> Json:
    new = {"insertedContent": {"text": edit.text}} if edit.text else {}
    return {"deletedRegion": _region(draft, edit.span)["region"], **new}


def _suppression(silent: Silenced) -> Json:
    silence = silent.silence
    row: Json = {"kind": "external" if silence.origin else "inSource", "status": "accepted"}
    if silence.reason:
        row["justification"] = silence.reason
    until = {"until": silence.until.isoformat()} if silence.until else {}
    told = until | ({"origin": silence.origin} if silence.origin else {})
    return row | ({"properties": told} if told else {})
