"""Clauses: who does what, when, and whether it is so, supposed, asked, ordered or told of others."""

from followup_lint.clauses.model import Clause, Limit, Mood, Tense, Who
from followup_lint.clauses.read import clauses

__all__ = ["Clause", "Limit", "Mood", "Tense", "Who", "clauses"]
