"""A configuration file as it is read: plain data with places. Nothing in it is run, and no more is read than fits."""

from __future__ import annotations

import os
from pathlib import Path

from followup_lint import strict_yaml
from followup_lint.config import toml
from followup_lint.config.closest import PYPROJECT
from followup_lint.errors import Problem
from followup_lint.records import dataclass
from followup_lint.sources.decode import decode, reason
from followup_lint.sources.fence import inside
from followup_lint.strict_yaml import Document

MAX_BYTES = 1_000_000
"""A thousand times what anybody writes by hand."""

_ALLOW = "only your own configuration, or a file named with --config, may name such files"


@dataclass(frozen=True)
class Source:
    """A file's absolute path and its content; what it names must lie in its `fence`, if it has one.

    The user's own file has none, nor has one that the user names.
    """

    path: Path
    document: Document
    fence: Path | None = None

    def resolve(self, written: str) -> Path:
        """Return a path that is written in the file, relative to it; `~` is the home, and nothing else is expanded.

        Raises ValueError for a home that is not there, and for what lies beyond the fence.
        """
        if self.fence:
            path = Path(os.path.normpath(self.path.parent / written))
            if written.startswith("~") or not inside(path, self.fence):
                raise ValueError(f"'{written}' leads out of the project, {self.fence.name}/; {_ALLOW}")
            return path
        try:
            return Path(os.path.normpath(self.path.parent / Path(written).expanduser()))
        except RuntimeError:
            raise ValueError(f"nobody's home is known as {Path(written).parts[0]}") from None


def shown(path: Path) -> str:
    """Return a path as a user would write it: from the working directory, if it lies below."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except (OSError, ValueError):
        return str(path)


def read(path: Path) -> Source | None:
    """Return what a file says; None for a `pyproject.toml` that has no table of ours. Raises Problem."""
    name, is_shared = shown(path), path.name == PYPROJECT
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise Problem(f"cannot be read: {reason(error)}", name) from None
    if is_shared and not any(name.encode() in data for name in (toml.TABLE[1], toml.SLIP)):
        return None  # not ours, and so its faults are not ours to tell
    if len(data) > MAX_BYTES:
        raise Problem(f"is too large for a configuration; the limit is {MAX_BYTES // 1_000_000} MB", name)
    text = decode(data, name)
    whole = not is_shared
    document = toml.load(text, name, whole=whole) if path.suffix == ".toml" else strict_yaml.load(text, name)
    return Source(path, document) if document else None
