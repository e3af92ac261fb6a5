"""Why a rule speaks, and why it does not: for readers who disagree with it."""

from __future__ import annotations

from followup_lint.explain.finding import Explainer, explain, explainer
from followup_lint.explain.row import Row
from followup_lint.explain.why_not import why_not

__all__ = ["Explainer", "Row", "explain", "explainer", "why_not"]
