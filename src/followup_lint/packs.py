"""Packs: folders of rules that other installed packages bring. They are found without running any of their code.

A package names its folder in its own metadata, as an entry point of the group `followup_lint.rules`:

    [project.entry-points."followup_lint.rules"]
    coachpack = "coachpack.rules"

`coachpack.rules` is the folder `coachpack/rules`, where the rule files lie, and perhaps a `followup-lint.yaml`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from followup_lint import patterns
from followup_lint.errors import Problem, hint

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "followup_lint.rules"

# A dotted name and nothing else: neither ".." nor a function to call.
_FOLDER = patterns.lazy(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")


def names() -> tuple[str, ...]:
    """Return the names of all packs that are installed."""
    from importlib.metadata import entry_points

    return tuple(sorted(entry_points(group=GROUP).names))


def folder(name: str) -> Path:
    """Return the folder of a pack. Raises Problem where none of that name is installed, or its folder is not there."""
    from importlib.metadata import entry_points

    points = dict.fromkeys(entry_points(group=GROUP, name=name))
    if not points:
        installed = ", ".join(names())
        advice = f"installed are {installed}" if installed else "no pack of rules is installed"
        raise Problem(f"unknown pack '{name}'; {hint(name, names(), advice)}")
    if len({point.value for point in points}) > 1:
        raise Problem(f"two packages bring a pack called '{name}'; uninstall one of them")
    point = next(iter(points))
    if not _FOLDER.fullmatch(point.value):
        raise Problem(f"the pack '{name}' names '{point.value}', which is no folder; it must be like coachpack.rules")
    for place in _places(point):
        if place.is_dir():
            return place
    raise Problem(f"the folder {point.value.replace('.', '/')} of the pack '{name}' is not there; install it again")


def _places(point: EntryPoint) -> list[Path]:
    """Return where the folder may be: among the package's installed files, or where an editable install points."""
    top, *below = point.value.split(".")
    found = [Path(str(point.dist.locate_file("/".join((top, *below)))))] if point.dist else []
    from importlib.machinery import PathFinder

    # Only for the first name: to find what is below a package, `find_spec` would import the package.
    spec = PathFinder.find_spec(top)
    return [*found, *(Path(place, *below) for place in (spec and spec.submodule_search_locations) or ())]
