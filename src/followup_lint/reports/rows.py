"""Labelled rows, wrapped under each other."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator

from followup_lint.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
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
        for line in textwrap.wrap(visible(row.words), room, break_on_hyphens=False) or [""]:
            yield f"{lead}{paint(f'{shown:<{label}}', 'bold') if shown else ' ' * label}{line}".rstrip()
            shown = ""
