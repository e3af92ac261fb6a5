"""The report as one page: to look at in a browser, to print, to hand to somebody. It loads nothing and runs nothing."""

from followup_lint.reports.html.page import render

__all__ = ["render"]
