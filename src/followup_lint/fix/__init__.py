"""Remedies applied: to a text, to the bytes of a file. What is written where is for the door to say."""

from followup_lint.fix.edits import apply, choose, edited
from followup_lint.fix.patch import diff
from followup_lint.fix.rounds import MOST_ROUNDS, Outcome, run

__all__ = ["MOST_ROUNDS", "Outcome", "apply", "choose", "diff", "edited", "run"]
