"""What the command line does with drafts."""

from followup_lint.run.ask import debug_parse, show_config, show_files, why_not
from followup_lint.run.lint import also_watched, lint, told
from followup_lint.run.plan import schedule

__all__ = ["also_watched", "debug_parse", "lint", "schedule", "show_config", "show_files", "told", "why_not"]
