"""The folder on the disk: where it is, whether it is ours alone, entries read and written whole.

    FOLDER/CACHEDIR.TAG, .gitignore    so that backups and git leave it alone
    FOLDER/1/results/DIGEST            what was found in one draft
    FOLDER/1/runs/DIGEST               what a whole run printed

The number is the form of the entries; another form is another folder, and the old one is swept away in time.
"""

import os
import stat
import sys
import time

FORM = "1"
RESULTS, RUNS = "results", "runs"

TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache that followup-lint has made.\n"
"""What makes a folder a cache folder, by the convention that tools for backups know."""

_NAME = "followup-lint"
_DAY = 86_400


def default() -> str:
    """Return where the system keeps a user's caches; empty where nobody knows."""
    if sys.platform in {"win32", "darwin", "android", "ios"}:
        from platformdirs import user_cache_dir  # what it looks at there is too much to say again

        return user_cache_dir(_NAME, appauthor=False)
    # The same as platformdirs has here, which takes longer to load than a hit takes.
    base = os.environ.get("XDG_CACHE_HOME", "")
    return os.path.join(base if os.path.isabs(base) else os.path.expanduser("~/.cache"), _NAME)  # noqa: PTH111, PTH117, PTH118


def is_ours(folder: str) -> bool:
    """Whether a folder is there, belongs to the user, and nobody else may write into it."""
    try:
        found = os.lstat(folder)
    except (OSError, ValueError):
        return False
    if not stat.S_ISDIR(found.st_mode):
        return False
    # Windows keeps its own lists of who may do what, and no numbers of owners.
    return os.name != "posix" or (found.st_uid == os.geteuid() and not found.st_mode & 0o022)


def read(folder: str, kind: str, name: str) -> bytes | None:
    """Return an entry, and mark it as used; None where it cannot be read, or somebody else may have written it."""
    if not is_ours(folder):
        return None
    try:
        handle = os.open(f"{folder}/{FORM}/{kind}/{name}", os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError):
        return None
    try:
        found = os.fstat(handle)
        pieces = []
        while piece := os.read(handle, 1 << 20):
            pieces.append(piece)
        if time.time() - found.st_mtime > _DAY and os.name == "posix":
            os.utime(handle)
    except OSError:
        return None
    finally:
        os.close(handle)
    return b"".join(pieces)


def write(folder: str, kind: str, name: str, data: bytes) -> bool:
    """Write an entry, whole or not at all, over one that is there; return whether that could be done."""
    place = f"{folder}/{FORM}/{kind}"
    part = f"{place}/.{os.getpid()}-{os.urandom(6).hex()}"
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except (OSError, ValueError):
        return False
    try:
        try:
            is_whole = os.write(handle, data) == len(data)
        finally:
            os.close(handle)
        if is_whole:
            os.replace(part, f"{place}/{name}")  # noqa: PTH105
            return True
    except OSError:
        pass
    try:
        os.unlink(part)  # noqa: PTH108
    except OSError:
        return False  # it went with its folder
    return False
