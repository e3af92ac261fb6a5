"""What a run over several drafts comes to, in one line."""

from __future__ import annotations

from collections.abc import Sequence

from followup_lint.diagnostic import Applicability, Diagnostic
from followup_lint.linter import Result
from followup_lint.reports.verdict import verdict
from followup_lint.when import amount


def summary(results: Sequence[Result]) -> str:
    """Return how many drafts may go out, and how many findings `--fix` can mend."""
    told = [verdict(result) for result in results]
    good, mend = (sum(words.startswith(first) for words in told) for first in ("good to send", "mend first"))
    parts = [f"{good} good to send"] if good else []
    parts += [f"{mend} to mend"] if mend else []
    parts += [f"{len(told) - good - mend} to hold"] if len(told) > good + mend else []
    fixable = sum(mends(item, Applicability.SAFE) for result in results for item in result.diagnostics)
    found = f" · --fix can mend {amount(fixable, 'finding')}" if fixable else ""
    return f"{amount(len(told), 'draft')}: {', '.join(parts)}{found}"


def mends(item: Diagnostic, how: Applicability) -> bool:
    """Whether a finding has a remedy of a kind."""
    return any(remedy.applicability is how for remedy in item.remedies)
