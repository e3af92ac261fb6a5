"""Labelled rows, wrapped under each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from followup_lint.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from followup_lint.explain.row import Row

_BLANKS = frozenset("\t\n\v\f\r")

Paint = Callable[[str, str], str]


def rows(found: Iterable[Row], paint: Paint, lead: str, room: int, label: int = 9) -> Iterator[str]:
    """Yield each row's lines after `lead`; `room` is the width of the words, `label` that of their labels.

    A label that repeats the one before it is left blank.
    """
    last = ""
    for row in found:
        shown = row.label if row.label != last else ""
        last = row.label
        for line in wrapped(visible(row.words), room, hyphens=False) or [""]:
            yield f"{lead}{paint(f'{shown:<{label}}', 'bold') if shown else ' ' * label}{line}".rstrip()
            shown = ""


def wrapped(words: str, width: int, *, first: str = "", rest: str = "", hyphens: bool = True) -> list[str]:
    """Return words in lines, as `textwrap.wrap` does; `first` and `rest` are how lines begin.

    A line that fits, and words that only blanks part, are wrapped here, without the time it takes to load textwrap.
    """
    parts = words.split(" ")
    is_whole = not hyphens or "-" not in words or len(first) + len(words) <= width
    is_plain = is_whole and all(map(str.strip, parts)) and _BLANKS.isdisjoint(words)
    if not is_plain or max(map(len, parts)) > width - max(len(first), len(rest)):
        import textwrap

        return textwrap.wrap(words, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=hyphens)
    lines = [first + parts[0]]
    for part in parts[1:]:
        if len(lines[-1]) + 1 + len(part) <= width:
            lines[-1] += f" {part}"
        else:
            lines.append(rest + part)
    return lines
