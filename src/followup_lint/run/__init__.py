"""What the command line does with drafts."""

from followup_lint.run.old import CLEAN, FINDINGS, TROUBLE, debug_parse, lint, schedule, why_not

__all__ = ["CLEAN", "FINDINGS", "TROUBLE", "debug_parse", "lint", "schedule", "why_not"]
