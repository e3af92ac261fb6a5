"""What a message has and what it lacks, thing by thing: the rules, read the other way."""

from followup_lint.checklist.absence import is_absence
from followup_lint.checklist.build import checklist
from followup_lint.checklist.model import PRACTICES, Band, Budget, Checklist, Element, Practice, State

__all__ = ["PRACTICES", "Band", "Budget", "Checklist", "Element", "Practice", "State", "checklist", "is_absence"]
