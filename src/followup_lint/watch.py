"""Linting again whenever something is saved: what changed, and a loop that only a signal ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click

from followup_lint.environment import is_terminal
from followup_lint.errors import Problem, Problems
from followup_lint.scene import Scene, files_in, is_there, number_of
from followup_lint.signals import Ended
from followup_lint.sources.walk import SUFFIXES
from followup_lint.streams import tell
from followup_lint.text import visible

SLOW = 2.0
"""Seconds from which on a run over everything is too slow to wait for at each save."""

_QUIET, _STORM, _AT_LEAST = 60, 400, 1500
"""Milliseconds: without a change before a run begins; at most, while changes rain; between two looks of our own."""
_POLL = 0.5

Step = Callable[[Sequence[str]], "str | None"]


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
    only = f"; only in {visible(', '.join(paths))}, as all takes long" if is_part else ""
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
    named = {Path(path) for path in paths if number_of(Path(path))}
    inside = all(named & {Path(folder), *Path(folder).parents} and files_in(Path(folder)) for folder in outer)
    return outer if inside else None


def _shown(path: Path) -> str:
    return visible(f"{path}" if is_there(path) else f"{path} (gone)")


def _now() -> str:
    return f"{datetime.now().astimezone():%H:%M:%S}"
