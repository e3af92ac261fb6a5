"""Findings as a Code Quality report, which GitLab shows in merge requests.

GitLab compares reports by fingerprint alone, so the path is part of ours here: two drafts with the same fault are two.
"""

from __future__ import annotations

import hashlib

from followup_lint.diagnostic import Severity
from followup_lint.fingerprint import fingerprints
from followup_lint.reports.clean import dump, one_line
from followup_lint.reports.places import in_file, project, relative, told
from followup_lint.reports.report import Report

_LEVELS = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.SUGGESTION: "info"}


def render(report: Report) -> str:
    """Return a JSON array; `lines.begin` is required, so a line that is unknown is told as the first."""
    rows = []
    for result in report.results:
        path = relative(result.draft.path, project())
        for item, fingerprint in zip(result.diagnostics, fingerprints(result), strict=True):
            region = in_file(result.draft, item.span)
            named = f"{path}\0{fingerprint}".encode("utf-8", "surrogatepass")
            rows.append(
                {
                    "description": one_line(told(result.draft, item)),
                    "check_name": item.rule,
                    "fingerprint": hashlib.sha256(named).hexdigest(),
                    "severity": _LEVELS[item.severity],
                    "location": {"path": path, "lines": {"begin": region.line or 1, "end": region.end_line or 1}},
                }
            )
    return dump(rows) + "\n"
