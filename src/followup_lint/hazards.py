"""Phrases in rule files and settings, perhaps a stranger's, that could keep a run busy for ever, each at its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from followup_lint import phrases
from followup_lint.backtracking import fault
from followup_lint.errors import Problem
from followup_lint.strict_yaml import Document, Path, Value

MOST_LETTERS = 300_000
"""How long the phrases of one rule may be, taken together, lists written out: a minute to look through."""

_HARMLESS = re.compile(r"[^*+{<]*")
Expand = Callable[[str], Iterable[str]]
"""From a phrase to the regular expressions that are made of it."""


def of_options(
    options: dict[str, Value], document: Document, above: Path, expand: Expand | None = None
) -> Iterator[Problem]:
    """Yield a problem for each dangerous phrase among a check's options, as they stand in a document under `above`.

    `expand` makes regular expressions of a phrase; by default, as phrases are. Options that hold no phrases are looked
    through as well: their words repeat nothing.
    """
    flags = re.NOFLAG if expand else re.IGNORECASE
    # Lists are looked through where they are put in.
    listed: Value = {key: value for key, value in options.items() if key != "lists"}
    yield from _dangerous(_texts(listed, above), document, expand or phrases.sources, flags)


def of_replacements(replace: Value, document: Document, above: Path) -> Iterator[Problem]:
    """Yield a problem for each dangerous phrase in a rule's list of replacements."""
    texts = ((path, text) for path, text in _texts(replace, above) if "write" not in path)
    yield from _dangerous(texts, document, phrases.sources, re.IGNORECASE)


def _texts(value: Value, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
        return
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield from _texts(inner, (*path, key))


def _dangerous(
    texts: Iterable[tuple[Path, str]], document: Document, expand: Expand, flags: re.RegexFlag
) -> Iterator[Problem]:
    letters = 0
    for path, text in texts:
        if _HARMLESS.fullmatch(text):
            continue
        try:
            sources = list(expand(text))
            letters += sum(map(len, sources))
            if letters > MOST_LETTERS:
                yield document.problem("the phrases are too many and too long to be looked through", path)
                return
            wrong = next(filter(None, (fault(source, flags) for source in sources)), "")
        except (KeyError, *phrases.BROKEN):  # told where the check is made, if it is a phrase at all
            continue
        if wrong:
            shown = text if len(text) <= 60 else f"{text[:59]}…"  # noqa: PLR2004  (fits a line)
            yield document.problem(f"the phrase '{shown}' {wrong}", path)
