"""What is watched: folders, and the files in them that matter, as they were at the last look."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from followup_lint.config.closest import NAMES
from followup_lint.records import dataclass, field
from followup_lint.sources.walk import IGNORE_FILES, SUFFIXES

_COARSE = 50_000_000
"""Nanoseconds after a save in which another one may bear the same time, for the clock of files is coarse."""

_ANY = (0, 0, 0)
"""The status of a file that is to be read again, whatever its status is then."""

_MAX_FOLDERS, _MAX_BYTES = 2_000, 5_000_000
_SETTINGS = frozenset({*NAMES, *IGNORE_FILES})
_BESIDE = SUFFIXES | {".ics", ".yaml", ".yml"}


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file as it was: when it was changed, its size, its number; and what it held, unless it is very large.

    Two are equal if what they held is: our own reports may be written among the drafts, and would start us for ever.
    """

    status: tuple[int, int, int] = field(compare=False)
    held: bytes


@dataclass
class Scene:
    """What is watched: folders and their numbers, and in them a stamp of each file that matters.

    `also` are files elsewhere that matter as well: a configuration, a baseline, folders of rules.
    """

    paths: Sequence[str]
    also: Callable[[], Iterable[Path]] = tuple
    folders: dict[Path, int] = field(default_factory=dict)
    stamps: dict[Path, Stamp] = field(default_factory=dict)

    def look(self) -> list[Path]:
        """Look again, and return what has changed, come or gone since the last look."""
        files = set[Path](self._also())
        folders = _folders([*self.paths, *files])
        for folder in folders:
            files |= files_in(folder)
        whole = {folder.resolve() for folder in folders}
        for above in {parent for folder in whole for parent in folder.parents} - whole:
            files |= {above / name for name in _SETTINGS}
        before = self.stamps
        self.stamps = {path: stamp for path in files if (stamp := _stamp(path, before.get(path)))}
        self.folders = {folder: number for folder in sorted(folders) if (number := number_of(folder))}
        return sorted(path for path in before.keys() | self.stamps.keys() if before.get(path) != self.stamps.get(path))

    def _also(self) -> Iterator[Path]:
        with suppress(OSError):  # what cannot be looked at now is looked at again
            yield from self.also()


def _folders(paths: Iterable[str | Path]) -> set[Path]:
    found: set[Path] = set()
    for path in map(Path, paths):
        found |= _tree(path) if number_of(path) else {path.parent}
    return found


def number_of(folder: Path) -> int:
    """Return the number of a folder; 0 for what is none, has gone, or cannot be looked at now."""
    try:
        found = folder.stat()
    except OSError:
        return 0
    return found.st_ino if stat.S_ISDIR(found.st_mode) else 0


def _tree(root: Path) -> set[Path]:
    """Return a folder and those in it that may hold drafts; of very many, as many as a system will watch."""
    found = {root}
    for folder, folders, _ in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".") and name != "node_modules"]
        folders[:] = [name for name in folders if not is_there(Path(folder, name, "pyvenv.cfg"))]
        found |= {Path(folder, name) for name in folders}
        if len(found) > _MAX_FOLDERS:
            break
    return found


def files_in(folder: Path) -> set[Path]:
    """Return the files that matter in a folder: drafts, and what lies beside them; none where it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries]
    except OSError:
        return set()
    return {folder / name for name in names if name in _SETTINGS or _is_beside(name)}


def _is_beside(name: str) -> bool:
    return not name.startswith(".") and Path(name).suffix.lower() in _BESIDE


def _stamp(path: Path, before: Stamp | None) -> Stamp | None:
    try:
        found = path.stat()
        status = (found.st_mtime_ns, found.st_size, found.st_ino)
        if before and before.status == status:
            return before
        if time.time_ns() - found.st_mtime_ns < _COARSE:
            status = _ANY
        is_read = stat.S_ISREG(found.st_mode) and found.st_size <= _MAX_BYTES
        return Stamp(status, blake2b(path.read_bytes()).digest() if is_read else repr(status).encode())
    except OSError:
        return None


def is_there(path: Path) -> bool:
    """Whether there is something at a path, as far as can be seen."""
    return os.path.exists(path)  # noqa: PTH110  (a Path raises where a folder may not be searched)
