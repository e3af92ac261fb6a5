"""How formal a message reads, from −3 (very informal) to +3 (very formal), and which words make it so.

The score is a sum: a baseline, what each measure of the sentence adds, and what each marked or known word adds. The
weights were fitted to readers' judgements (`benchmarks/fit_formality.py`) and lie in `rules/vocabulary/formality.json`.
"""

from followup_lint.tone.bound import Bound, Unparsed, bound
from followup_lint.tone.score import CASUAL, POLITE, STIFF, Contribution, Formality, Mark, Piece, score
from followup_lint.tone.whole import judge

__all__ = [
    "CASUAL",
    "POLITE",
    "STIFF",
    "Bound",
    "Contribution",
    "Formality",
    "Mark",
    "Piece",
    "Unparsed",
    "bound",
    "judge",
    "score",
]
