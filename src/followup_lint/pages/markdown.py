"""Small pieces of Markdown that read the same on a code host and in the built pages."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence

from followup_lint import patterns

_SIGNS = patterns.lazy(r"([\\`*_\[\]<>])")


def plain(words: str) -> str:
    """Escape words that are no Markdown, on one line."""
    return _SIGNS.sub(r"\\\1", " ".join(words.split()))


def code(words: str) -> str:
    """Return words as code, backticks in them included."""
    return f"`{words}`" if "`" not in words else f"`` {words} ``"


def filled(words: str, indent: str = "", more: str | None = None) -> str:
    """Break a paragraph into lines; nothing that is Markdown may span two of them, so it is escaped before."""
    return textwrap.fill(
        words,
        110,
        initial_indent=indent,
        subsequent_indent=indent if more is None else more,
        break_long_words=False,
        break_on_hyphens=False,
    )


def bullets(items: Iterable[str]) -> str:
    """Return a list, one item to a line."""
    return "\n".join(f"- {item}" for item in items)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; a bar in a cell is escaped."""
    lines = [head, ["-" * max(3, len(cell)) for cell in head], *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def fence(text: str, language: str) -> str:
    """Return a block of code, its fence longer than any in it."""
    ticks = max([2, *(len(run) for run in re.findall(r"`{3,}", text))]) + 1
    return f"{'`' * ticks}{language}\n{text.rstrip()}\n{'`' * ticks}"


def sections(*parts: tuple[str, str]) -> str:
    """Return headings of the second rank with what stands under them; one with nothing to say is left out."""
    return "".join(f"\n## {title}\n\n{text.rstrip()}\n" for title, text in parts if text.strip())
