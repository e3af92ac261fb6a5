"""Making the folder, and keeping it small: what nobody uses goes, and what is too much."""

from __future__ import annotations

import os
import time
from contextlib import suppress

from followup_lint.cache import vault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

MAX_AGE, MAX_BYTES, MAX_ENTRIES = 30 * 86_400, 64_000_000, 20_000
"""Seconds without use after which an entry goes; all that may be kept."""

_TAG, _SWEPT, _PAUSE = "CACHEDIR.TAG", "swept", 86_400
_KINDS = (vault.RESULTS, vault.RUNS)


def prepare(folder: str) -> bool:
    """Make the folder where it is missing, sweep it once a day; return whether it may be written into."""
    if not _is_made(folder) and not _make(folder):
        return False
    mark = f"{folder}/{vault.FORM}/{_SWEPT}"
    with suppress(OSError):
        if time.time() - os.stat(mark).st_mtime > _PAUSE:
            os.utime(mark)
            sweep(folder)
    return True


def _is_made(folder: str) -> bool:
    return vault.is_ours(folder) and os.path.exists(f"{folder}/{vault.FORM}/{_SWEPT}")


def _make(folder: str) -> bool:
    from pathlib import Path

    top, form = Path(folder), Path(folder, vault.FORM)
    try:
        top.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            top.mkdir(0o700)
        if not vault.is_ours(folder):
            return False
        # A folder that holds other things too is no cache as a whole.
        is_all_ours = not any(top.iterdir()) or _is_tagged(top)
        for place in (form, *(form / kind for kind in _KINDS)):
            place.mkdir(0o700, exist_ok=True)
        tagged = top if is_all_ours else form
        _write(tagged / _TAG, vault.TAG)
        _write(tagged / ".gitignore", "*\n")
        (form / _SWEPT).touch(0o600)
    except (OSError, ValueError):
        return False
    return True


def sweep(folder: str, *, now: float | None = None) -> None:
    """Take out what has not been used for long, then the longest unused until the rest is few and small enough."""
    now = time.time() if now is None else now
    found = sorted(_entries(folder), reverse=True)
    size = 0
    for number, (used, length, path) in enumerate(found):
        size += length
        if now - used > MAX_AGE or size > MAX_BYTES or number >= MAX_ENTRIES:
            with suppress(OSError):
                os.unlink(path)


def clear(folder: str) -> int:
    """Take out every entry of a folder that is ours; return how many there were. Raises OSError."""
    from pathlib import Path

    if not vault.is_ours(folder) or not (_is_tagged(Path(folder)) or _is_tagged(Path(folder, vault.FORM))):
        return 0
    entries = list(_entries(folder))
    for _, _, path in entries:
        with suppress(FileNotFoundError):
            os.unlink(path)
    return len(entries)


def _is_tagged(folder: Path) -> bool:
    try:
        return (folder / _TAG).read_text(encoding="utf-8") == vault.TAG
    except (OSError, ValueError):
        return False


def _entries(folder: str) -> list[tuple[float, int, str]]:
    """Return when each entry was used last, its size and its path, those of older forms too."""
    found = []
    for form in _folders(folder):
        for kind in _KINDS:
            with suppress(OSError), os.scandir(os.path.join(form, kind)) as entries:
                for entry in entries:
                    with suppress(OSError):
                        status = entry.stat(follow_symlinks=False)
                        found.append((status.st_mtime, status.st_size, entry.path))
    return found


def _folders(folder: str) -> list[str]:
    with suppress(OSError), os.scandir(folder) as entries:
        return [entry.path for entry in entries if entry.name.isdigit() and entry.is_dir(follow_symlinks=False)]
    return []


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
