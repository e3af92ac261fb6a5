"""Patterns of files as .gitignore has them: regular expressions with other signs."""

from __future__ import annotations

from functools import lru_cache

from followup_lint.backtracking import fault

_NAMES = 300
"""Letters; what stands between two slashes is not longer on any file system that is in use."""

_MOST_STEPS = 2e7
"""Steps for one name: patterns are tried on thousands."""

_FEW = 3
"""So many stars are never too many."""


@lru_cache(maxsize=4096)
def glob_fault(pattern: str) -> str:
    """Return what is wrong with a pattern, in words that follow it; empty if nothing. Raises ValueError for none."""
    if pattern.count("*") <= _FEW:
        return ""
    from pathspec import GitIgnoreSpec  # not needed for most runs

    found = [item.regex.pattern for item in GitIgnoreSpec.from_lines([pattern]).patterns if item.regex is not None]
    slow = any(fault(one, size=_NAMES, searched=False, most=_MOST_STEPS) for one in found)
    return "has more stars than can be tried on a long name in good time" if slow else ""
