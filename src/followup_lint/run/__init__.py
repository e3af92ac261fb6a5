"""What the command line does with drafts."""

from followup_lint.run.ask import debug_parse, show_config, show_files, why_not
from followup_lint.run.lint import also_watched, lint, told
from followup_lint.run.plan import schedule
from followup_lint.run.table import table

__all__ = ["also_watched", "debug_parse", "lint", "schedule", "show_config", "show_files", "table", "told", "why_not"]
