"""Findings about what is not there: their place is an address, not the words that are wrong."""

from __future__ import annotations

from followup_lint import model
from followup_lint.context import Context
from followup_lint.diagnostic import Diagnostic
from followup_lint.draft import Draft
from followup_lint.reading import Reading


def is_absence(item: Diagnostic, draft: Draft) -> bool:
    """Whether a finding is about what is not there, or about the message as a whole."""
    if item.finding.case == "absent" or item.span.start >= item.span.end:
        return True
    opening = Reading(draft, Context(), model.load).opening  # needs no model: it is only named here
    return item.span == opening and not item.finding.pattern
