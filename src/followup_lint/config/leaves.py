"""Single values of a configuration, each from its words, with advice where they are wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from followup_lint import patterns
from followup_lint.backtracking.globs import glob_fault, globs
from followup_lint.config.spot import Spot
from followup_lint.diagnostic import Severity
from followup_lint.errors import hint
from followup_lint.facts import PARSERS
from followup_lint.presets import PRESETS

T = TypeVar("T")

_DOMAIN = patterns.lazy(r"[^\s@/:]+\.[^\s@/:.]+")
_URL = patterns.lazy(r"(?:https?|file)://\S+")


def text(spot: Spot) -> str:
    """Read one line of text."""
    if not isinstance(spot.value, str) or not spot.text:
        raise ValueError("write one value, and no list" if len(spot.path) == 1 else "write one line of text")
    return spot.text


def name(spot: Spot) -> str:
    """Read the name of something installed; a path would let a stranger's project say what is loaded."""
    found = text(spot)
    if not re.fullmatch(r"\w[\w.-]*", found):
        raise ValueError("write the name of an installed package; --model takes a folder")
    return found


def word_of(words: Sequence[str]) -> Callable[[Spot], str]:
    """Return what reads one of a few words."""

    def parse(spot: Spot) -> str:
        if text(spot) not in words:
            advice = hint(spot.text, words, f"write {', '.join(words[:-1])} or {words[-1]}")
            raise ValueError(f"'{spot.text}' is not known here; {advice}")
        return spot.text

    return parse


preset = word_of(PRESETS)
_severity_word = word_of(tuple(item.value for item in sorted(Severity, key=lambda item: -item.rank)))


def severity(spot: Spot) -> Severity:
    """Read how grave a finding is."""
    return Severity(_severity_word(spot))


def flag(spot: Spot) -> bool:
    """Read yes or no."""
    if text(spot).lower() not in {"true", "false", "yes", "no"}:
        raise ValueError(f"'{spot.text}' is neither true nor false")
    return spot.text.lower() in {"true", "yes"}


def path(spot: Spot) -> Path:
    """Read a path, which need not be there."""
    return spot.source.resolve(text(spot))


def folder(spot: Spot) -> Path:
    """Read a folder that is there."""
    found = path(spot)
    if not found.is_dir():
        raise ValueError(f"'{spot.text}' is no folder; the path is relative to this file")
    return found


def glob(spot: Spot) -> str:
    """Read a pattern as .gitignore has them."""
    try:
        fits = bool(globs([text(spot)]).patterns[0].include is not None)
    except ValueError:
        fits = False
    if not fits:
        raise ValueError(f"'{spot.text}' is no pattern; write one as in .gitignore, such as drafts/*.txt")
    if wrong := glob_fault(spot.text):
        raise ValueError(f"'{spot.text}' {wrong}")
    return spot.text


def address(spot: Spot) -> str:
    """Read a mail address."""
    if "@" not in text(spot):
        raise ValueError(f"'{spot.text}' is no mail address; write it like sam@mail.example")
    return spot.text.lower()


def domain(spot: Spot) -> str:
    """Read what stands behind the @ of a firm's addresses."""
    if not _DOMAIN.fullmatch(text(spot)):
        raise ValueError(f"'{spot.text}' is no domain of mail addresses; write it like mill.example")
    return spot.text.lower()


def url(spot: Spot) -> str:
    """Read a web address of a folder."""
    if not _URL.fullmatch(text(spot)):
        raise ValueError(f"'{spot.text}' is no web address; write it like https://docs.example/followup-lint/")
    return spot.text.rstrip("/") + "/"


def fact(name: str) -> Callable[[Spot], object]:
    """Return what reads a fact as front matter has it."""
    return lambda spot: PARSERS[name](spot.value)
