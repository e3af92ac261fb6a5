"""Patterns of files as .gitignore has them: regular expressions with other signs."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from functools import lru_cache

from followup_lint.backtracking import fault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_NAMES = 300
"""Letters; what stands between two slashes is not longer on any file system that is in use."""

_MOST_STEPS = 2e7
"""Steps for one name: patterns are tried on thousands."""

_FEW = 3
"""So many stars are never too many."""


def globs(patterns: Iterable[str]) -> GitIgnoreSpec:
    """Return patterns as .gitignore has them. Raises ValueError where one of them is none."""
    from pathspec import GitIgnoreSpec  # not needed for most runs

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Python's, of sets in sets, which git knows as `[[:alpha:]]`
        try:
            return GitIgnoreSpec.from_lines(list(patterns))
        except (re.error, OverflowError, RecursionError) as error:  # a range that runs backwards, as in [p-a]
            raise ValueError(str(error)) from None


@lru_cache(maxsize=4096)
def glob_fault(pattern: str) -> str:
    """Return what is wrong with a pattern, in words that follow it; empty if nothing. Raises ValueError for none."""
    if pattern.count("*") <= _FEW:
        return ""
    found = [item.regex.pattern for item in globs([pattern]).patterns if item.regex is not None]
    slow = any(fault(one, size=_NAMES, searched=False, most=_MOST_STEPS) for one in found)
    return "has more stars than can be tried on a long name in good time" if slow else ""
