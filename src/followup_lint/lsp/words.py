"""What keys and values of the front matter mean, from the one table that the documentation is made from too."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from followup_lint import patterns
from followup_lint.context import Account, Channel, Culture, Kind, Weekends
from followup_lint.facts import PARSERS

_LINK = patterns.lazy(r"(?:; see )?\[([^\]]+)\]\([^)]*\)")

INNER: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("to", "cc", "interviewers"), ("name", "aliases", "title", "role", "address")),
    "company": ("name", "aliases"),
    "previous": ("kind", "date", "file", "answered"),
}
"""The keys that stand under a key."""

SILENCING = ("ignore", "disable")
SILENCE_KEYS = {"reason": "Why this finding may stay.", "until": "The last day on which the rule is ignored."}


@cache
def keys() -> Mapping[str, str]:
    """Return each key of the front matter with what it is for and an example, in Markdown."""
    from followup_lint.pages.known import FACTS

    return {
        name: f"{plain(FACTS[name][0])}\n\nFor example: `{name}: {FACTS[name][1]}`" if name in FACTS else ""
        for name in PARSERS
    }


def plain(words: str) -> str:
    """Return words without links, which lead nowhere in an editor."""
    return _LINK.sub(lambda match: "" if match[0].startswith("; see ") else match[1], words)


@cache
def values(key: str) -> Mapping[str, str]:
    """Return the words that a key may have, each with its sense; none for keys that take any."""
    from followup_lint.pages.known import CHANNELS, CULTURES, KINDS

    told: dict[str, Mapping[str, str]] = {
        "kind": {item.value: plain(KINDS[item]) for item in Kind},
        "channel": {item.value: plain(CHANNELS[item]) for item in Channel},
        "culture": {item.value: plain(CULTURES[item]) for item in Culture},
        "linkedin": {item.value: "" for item in Account},
        "weekends": {item.value: "" for item in Weekends},
    }
    told["contact_prefers"] = told["channel"]
    flags = {"true": "", "false": ""}
    return told.get(key, flags if key in {"shared", "first_name_ok", "answered"} else {})
