"""Tables as Markdown, and their places in a page: what stands between `<!-- measured: NAME -->` and `<!-- end -->`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from speed.section import Aim, Section, Table

_REGION = re.compile(r"(<!-- measured: (?P<name>[a-z-]+) -->\n)(?P<old>.*?)(?P<end><!-- end -->)", re.DOTALL)


def markdown(table: Table) -> str:
    """Return a table; every column but the first is set to the right, being numbers."""
    if not table:
        return ""
    head, *rows = table
    line = ["---", *("--:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, line, *rows))


def shown(section: Section) -> str:
    """Return a section as it stands in the page."""
    notes = "\n".join(f"- {note[:1].upper()}{note[1:]}." for note in section.notes)
    return "\n\n".join(filter(None, (markdown(section.table), notes)))


def aims(found: Sequence[Aim]) -> str:
    """Return what was wished for beside what was measured."""
    rows = (
        (
            aim.what,
            f"{'≥' if aim.more else '≤'} {aim.wish:g}{aim.unit}",
            f"{aim.got:.3g}",
            "yes" if aim.met else "**no**",
        )
        for aim in found
    )
    return markdown((("", "aim", "measured", "met"), *rows)) if found else ""


def filled(page: str, made: Mapping[str, str]) -> str:
    """Return a page with what was measured in its places; places that nothing was measured for stay as they are.

    Raises KeyError for a part that the page has no place for.
    """
    places = {match["name"] for match in _REGION.finditer(page)}
    if unknown := made.keys() - places:
        raise KeyError(f"no place for {', '.join(sorted(unknown))}")

    def anew(match: re.Match[str]) -> str:
        text = made.get(match["name"])
        return match[0] if text is None else f"{match[1]}\n{text}\n\n{match['end']}"

    return _REGION.sub(anew, page)
