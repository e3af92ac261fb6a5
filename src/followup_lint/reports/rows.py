"""Labelled rows, wrapped under each other."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator

from followup_lint.explain.row import Row

Paint = Callable[[str, str], str]


def rows(found: Iterable[Row], paint: Paint, lead: str, room: int, label: int = 9) -> Iterator[str]:
    """Yield each row's lines after `lead`; `room` is the width of the words, `label` that of their labels.

    A label that repeats the one before it is left blank.
    """
    last = ""
    for row in found:
        shown = row.label if row.label != last else ""
        last = row.label
        for line in textwrap.wrap(row.words, room, break_on_hyphens=False) or [""]:
            yield f"{lead}{paint(f'{shown:<{label}}', 'bold') if shown else ' ' * label}{line}".rstrip()
            shown = ""


def visible(words: str) -> str:
    """Tabs and control characters must neither shift what stands below nor reach the terminal."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", " ", words)
