"""How formal a message reads, from −3 (very informal) to +3 (very formal), and which words make it so.

The score is a sum: a baseline, what each measure of the sentence adds, and what each marked or known word adds. The
weights were fitted to readers' judgements (`benchmarks/fit_formality.py`) and lie in `rules/vocabulary/formality.json`.
"""

from followup_lint.formality.score import CASUAL, STIFF, Contribution, Formality, formality

__all__ = ["CASUAL", "STIFF", "Contribution", "Formality", "formality"]
