"""The small English model in a third of the time: for the command line and the editors' server, whose process is ours.

`spacy.load` is made for every pipeline there is. Ours is one we know: its parts are put together by hand from the same
files, and what spaCy would load besides (training, downloads, 85,000 strings, a second build of the tokenizer) is left
out. The numbers that come out are the same; `tests/test_quick.py` compares them, token by token.

Whatever is not as expected, another model or another spaCy, is left to `spacy.load`. FOLLOWUP_LINT_STOCK_MODEL=1
switches all of this off. Never used by the Python API: a program that calls us may load what it likes, in any order.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from followup_lint.quick.imports import complete, is_fitting, lean
from followup_lint.quick.pipeline import BATCH

if TYPE_CHECKING:
    from followup_lint.quick.pipeline import Quick

__all__ = ["BATCH", "complete", "load"]

SWITCH = "FOLLOWUP_LINT_STOCK_MODEL"


def load(name: str) -> Quick | None:
    """Return the pipeline of a model, package or folder; None where only `spacy.load` can tell what it is."""
    if os.environ.get(SWITCH, "") not in {"", "0"}:
        return None
    from followup_lint.quick.folder import folder_of  # most runs of a command that is asked about itself load no model
    from followup_lint.quick.shape import shape_of

    folder = folder_of(name)
    shape = folder and shape_of(folder)
    if not folder or not shape or not is_fitting():
        return None
    with lean():
        try:
            from followup_lint.quick.build import build

            return build(folder, shape)
        except (ImportError, AttributeError, KeyError, OSError, TypeError, ValueError):
            return None  # spaCy is not as we know it, or the model is broken: let spaCy say so in its own words
