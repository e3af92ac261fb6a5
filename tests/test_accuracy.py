"""The page of figures says what was measured, and `--explain` says the same."""

from __future__ import annotations

from pathlib import Path

from followup_lint.accuracy import Figures, figures, page
from followup_lint.catalog import built_in


def test_the_page_is_what_was_measured() -> None:
    kept = (Path(__file__).parents[1] / "docs" / "accuracy.md").read_text(encoding="utf-8")
    assert kept == page(), "run: python -m followup_lint.accuracy > docs/accuracy.md"


def test_figures_name_rules_that_exist() -> None:
    assert set(figures()) <= {rule.name for rule in built_in()}


def test_shares_are_counted_from_hits() -> None:
    found = Figures(messages=10, hits=3, misses=1, false=2)
    assert (found.precision, found.recall) == (0.6, 0.75)
    assert (Figures(10, 0, 0, 0).precision, Figures(10, 0, 0, 0).recall) == (None, None)
