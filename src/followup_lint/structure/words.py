"""The vocabulary of a message's parts, made ready for matching once a process."""

from __future__ import annotations

import re
from functools import cache

from followup_lint import patterns
from followup_lint.vocabulary import vocabulary


@cache
def words_of(name: str) -> frozenset[str]:
    """Return a list of the structure vocabulary as a set."""
    return frozenset(vocabulary("structure")[name])


@cache
def prefixes(name: str) -> re.Pattern[str]:
    """Return a pattern that matches any entry of a list at the place where it is tried, longest first."""
    return patterns.compile(_either(name) + r"(?!\w)")


@cache
def anywhere(name: str) -> re.Pattern[str]:
    """Return a pattern that finds any entry of a list."""
    return patterns.compile(_either(name))


def _either(name: str) -> str:
    entries = sorted(vocabulary("structure")[name], key=len, reverse=True)
    return "(?:" + "|".join(re.escape(entry).replace(r"\ ", r"\s+") for entry in entries) + ")"
