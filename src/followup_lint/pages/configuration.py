"""The keys of a configuration file, in the words of the code that reads it."""

from __future__ import annotations

from collections.abc import Mapping

from followup_lint.config.keys import COMPANY, KEYS, RULE
from followup_lint.pages.markdown import code, table


def keys() -> str:
    """Return the table of all keys."""
    rows = [(code(name), key.about, "yes" if key.in_overrides else "–") for name, key in KEYS.items()]
    return table(("key", "what it does", "in `overrides`"), rows)


def of_rules() -> str:
    """Return the table of what `rules` may change of a rule."""
    return _two(RULE)


def of_companies() -> str:
    """Return the table of what `companies` may say of one."""
    return _two(COMPANY)


def _two(words: Mapping[str, str]) -> str:
    return table(("key", "what it does"), [(code(name), about) for name, about in words.items()])
