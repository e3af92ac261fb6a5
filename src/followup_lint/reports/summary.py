"""What a run over several drafts comes to, in one line."""

from __future__ import annotations

from collections.abc import Iterable

from followup_lint.diagnostic import Applicability, Diagnostic
from followup_lint.linter import Result
from followup_lint.records import dataclass
from followup_lint.reports.verdict import verdict
from followup_lint.when import amount


@dataclass
class Summary:
    """How many drafts may go out and how many are to be mended, and how many findings `--fix` can mend, so far."""

    drafts: int = 0
    good: int = 0
    mend: int = 0
    fixable: int = 0

    def add(self, result: Result) -> None:
        """Count a draft."""
        told = verdict(result)
        self.drafts += 1
        self.good += told.startswith("good to send")
        self.mend += told.startswith("mend first")
        self.fixable += sum(mends(item, Applicability.SAFE) for item in result.diagnostics)

    def __str__(self) -> str:
        hold = self.drafts - self.good - self.mend
        parts = [f"{self.good} good to send"] if self.good else []
        parts += [f"{self.mend} to mend"] if self.mend else []
        parts += [f"{hold} to hold"] if hold else []
        found = f" · --fix can mend {amount(self.fixable, 'finding')}" if self.fixable else ""
        return f"{amount(self.drafts, 'draft')}: {', '.join(parts)}{found}"


def summary(results: Iterable[Result]) -> Summary:
    """Return what these drafts come to."""
    found = Summary()
    for result in results:
        found.add(result)
    return found


def mends(item: Diagnostic, how: Applicability) -> bool:
    """Whether a finding has a remedy of a kind."""
    return any(remedy.applicability is how for remedy in item.remedies)
