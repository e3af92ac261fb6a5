"""Linting again whenever something is saved: which files matter, what changed, and a loop that only a signal ends."""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import NoReturn

import click

from followup_lint.config.closest import NAMES
from followup_lint.environment import is_terminal
from followup_lint.errors import Problem, Problems
from followup_lint.records import dataclass, field
from followup_lint.signals import Ended
from followup_lint.sources.walk import IGNORE_FILES, SUFFIXES
from followup_lint.streams import tell

SLOW = 2.0
"""Seconds from which on a run over everything is too slow to wait for at each save."""

_QUIET, _STORM, _AT_LEAST = 60, 400, 1500
"""Milliseconds: without a change before a run begins; at most, while changes rain; between two looks of our own."""
_POLL = 0.5
_COARSE = 50_000_000
"""Nanoseconds after a save in which another one may bear the same time, for the clock of files is coarse."""

_MAX_FOLDERS, _MAX_BYTES = 2_000, 5_000_000
_SETTINGS = frozenset({*NAMES, *IGNORE_FILES})
_BESIDE = SUFFIXES | {".ics", ".yaml", ".yml"}

Step = Callable[[Sequence[str]], "str | None"]


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
            files |= _files(folder)
        whole = {folder.resolve() for folder in folders}
        for above in {parent for folder in whole for parent in folder.parents} - whole:
            files |= {above / name for name in _SETTINGS}
        before = self.stamps
        self.stamps = {path: stamp for path in files if (stamp := _stamp(path, before.get(path)))}
        self.folders = {folder: number for folder in sorted(folders) if (number := _number(folder))}
        return sorted(path for path in before.keys() | self.stamps.keys() if before.get(path) != self.stamps.get(path))

    def _also(self) -> Iterator[Path]:
        with suppress(OSError):  # what cannot be looked at now is looked at again
            yield from self.also()


def run(paths: Sequence[str], step: Step, also: Callable[[], Iterable[Path]] = tuple) -> NoReturn:
    """Call `step` with the paths, and again after every change that may matter, until Ctrl-C, which raises Ended.

    After a change it gets the paths again or, where that took longer than `SLOW`, only the folders of the drafts that
    changed. Problems it raises are shown, and the watch goes on. What it returns, such as counts, ends the line that
    says when it ran. Raises Problem where there is nothing to watch.
    """
    if not paths:
        raise Problem("name a draft or a folder of drafts to watch")
    if "-" in paths:
        raise Problem("standard input (-) cannot be watched; name a draft or a folder")
    scene = Scene(paths, also)
    try:
        scene.look()
        took = _linted(step, paths, [])
        for _ in _alarms(scene):
            if changed := scene.look():
                part = _part(paths, changed) if took > SLOW else None
                spent = _linted(step, part or paths, changed, is_part=part is not None)
                took = took if part else spent
    except (KeyboardInterrupt, Ended) as error:
        with suppress(OSError):  # the terminal may be gone
            click.echo(err=True)
        # Some library may have taken the signal's own exception for Ctrl-C.
        raise error if isinstance(error, Ended) else Ended from None
    raise Ended


def _alarms(scene: Scene) -> Iterator[None]:
    """Yield whenever it is worth a look: something moved in a folder, or some time has passed.

    The time is for what no folder tells of: network drives, a folder that goes away and comes back. Without the
    package watchfiles, or where the system will not watch so many folders, time alone must do.
    """
    while True:
        folders = scene.folders
        try:
            from watchfiles import watch

            for _ in watch(
                *folders,
                watch_filter=None,
                debounce=_STORM,
                step=_QUIET,
                rust_timeout=_AT_LEAST,
                yield_on_timeout=True,
                recursive=False,
                ignore_permission_denied=True,
            ):
                yield
                if scene.folders != folders:
                    break
        except (ImportError, OSError, RuntimeError):
            time.sleep(_POLL)
            yield


def _linted(step: Step, paths: Sequence[str], changed: Sequence[Path], *, is_part: bool = False) -> float:
    """Clear the screen, say what changed, lint; return how many seconds it took."""
    if is_terminal(sys.stdout, os.environ):
        click.clear()
    if changed:
        names = ", ".join(_shown(path) for path in changed[:3])
        more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""  # noqa: PLR2004  (as many as were named)
        click.echo(f"{_now()}  changed: {names}{more}\n", err=True)
    began = time.monotonic()
    told = _done(step, paths)
    took = time.monotonic() - began
    only = f"; only in {', '.join(paths)}, as all takes long" if is_part else ""
    sys.stdout.flush()
    click.echo(f"{_now()}  {told or 'done'}{only}; watching, Ctrl-C ends", err=True)
    return took


def _done(step: Step, paths: Sequence[str]) -> str | None:
    try:
        return step(paths)
    except Problems as group:
        for problem in group.exceptions:
            tell(problem)
    except Problem as problem:
        tell(problem)
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001  (one odd draft must not end a watch over all the others)
        tell(f"{type(error).__name__}: {error}")
    return "could not finish"


def _part(paths: Sequence[str], changed: Sequence[Path]) -> list[str] | None:
    """Return the folders of the drafts that changed, if nothing else did and each still lies in a folder named."""
    if any(path.suffix.lower() not in SUFFIXES for path in changed):
        return None
    folders = {path.parent for path in changed}
    outer = sorted(str(folder) for folder in folders if not folders & set(folder.parents))
    named = {Path(path) for path in paths if _number(Path(path))}
    inside = all(named & {Path(folder), *Path(folder).parents} and _files(Path(folder)) for folder in outer)
    return outer if inside else None


def _folders(paths: Iterable[str | Path]) -> set[Path]:
    found: set[Path] = set()
    for path in map(Path, paths):
        found |= _tree(path) if _number(path) else {path.parent}
    return found


def _number(folder: Path) -> int:
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
        folders[:] = [name for name in folders if not _is_there(Path(folder, name, "pyvenv.cfg"))]
        found |= {Path(folder, name) for name in folders}
        if len(found) > _MAX_FOLDERS:
            break
    return found


def _files(folder: Path) -> set[Path]:
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries]
    except OSError:
        return set()
    return {folder / name for name in names if name in _SETTINGS or _is_beside(name)}


def _is_beside(name: str) -> bool:
    return not name.startswith(".") and Path(name).suffix.lower() in _BESIDE


_ANY = (0, 0, 0)
"""The status of a file that is to be read again, whatever its status is then."""


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


def _shown(path: Path) -> str:
    return f"{path}" if _is_there(path) else f"{path} (gone)"


def _is_there(path: Path) -> bool:
    return os.path.exists(path)  # noqa: PTH110  (a Path raises where a folder may not be searched)


def _now() -> str:
    return f"{datetime.now().astimezone():%H:%M:%S}"
