"""Phrases as rule authors write them, compiled to one regular expression.

A phrase is a regular expression over whole words: a space stands for any white space, `'` for any apostrophe, case does
not matter, `(a|b)` only groups, and `<name>` stands for a list in `rules/vocabulary/words.yaml`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from followup_lint import patterns
from followup_lint.vocabulary import vocabulary

_GROUP = re.compile(r"(?<!\\)\((?!\?)")
_LIST = re.compile(r"(?<!\(\?)(?<!\(\?P)<([a-z][a-z-]*)>")
_DEEPEST = 4  # lists that name lists that name lists


def expand(phrase: str) -> str:
    """Return the regular expression for one phrase. Raises KeyError for an unknown list, re.error for bad syntax."""
    for _ in range(_DEEPEST):
        phrase = _LIST.sub(lambda match: f"(?:{'|'.join(vocabulary('words')[match[1]])})", phrase)
    return phrase


@lru_cache(maxsize=512)
def compiled(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Compile phrases into one pattern; an empty tuple never matches. Raises KeyError or re.error as `expand` does."""
    if not phrases:
        return re.compile(r"(?!)")
    source = "|".join(f"(?:{expand(phrase)})" for phrase in phrases)
    source = _GROUP.sub("(?:", source)
    source = source.replace(" ", r"\s+").replace("'", "['’]")
    return patterns.compile(rf"(?:(?<!\w)|(?=['’]))(?:{source})(?!\w)", re.IGNORECASE)


def check_phrases(*groups: tuple[str, ...]) -> None:
    """Compile phrases to see that they can be. Raises ValueError, in words for the author of a rule."""
    for group in groups:
        try:
            compiled(group)
        except re.error as error:
            raise ValueError(f"a phrase is not a valid regular expression: {error}") from None
        except KeyError as error:
            raise ValueError(f"no word list {error} in rules/vocabulary/words.yaml") from None
