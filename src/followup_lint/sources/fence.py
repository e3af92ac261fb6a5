"""How far files may reach that a project brings along: what they name must lie in the project, links followed."""

from __future__ import annotations

import os
from collections.abc import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path


def project(folder: Path, marks: Sequence[str] = ()) -> Path:
    """Return the folder that a file's project lies in: the root of its repository.

    Outside of one it is the outermost folder above that holds one of `marks`, else the file's own.
    """
    line = [folder, *folder.parents]
    for above in line:
        if os.path.lexists(above / ".git"):
            return above
    return next((above for above in reversed(line) if any(os.path.isfile(above / mark) for mark in marks)), folder)


def inside(path: Path, folder: Path) -> bool:
    """Whether a path, which need not be there, lies in a folder or is it; links are followed, in both."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # a link that leads to itself, a name with a NUL
        return False
