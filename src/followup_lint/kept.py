"""What was worked out before and would be worked out again: files in the user's cache folder that may be lost any time.

Each holds what was made from certain bytes, named by their digest, and a check of itself. One that is missing, of
other bytes, cut short or damaged is as good as none; so is a folder that others may write into, or none at all. Each
installation has its own, so that an editor's and the terminal's do not write over each other's; of many, those that
were made long ago go. They hold nothing of any draft.
"""

from __future__ import annotations

import os
import stat
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hashlib import blake2b
else:
    try:  # without OpenSSL, which takes long to load
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b

NAME = "followup-lint"
_TAG = sys.implementation.cache_tag or "unknown"
_FORM = f"followup-lint kept 2 {_TAG}\n".encode()
_SIZE, _CHECK = 32, 4
_MOST = 6
"""Installations that have files here at a time, some 2 MB each."""


def digest(*parts: bytes) -> bytes:
    """Return the digest of some bytes, each apart: of what something is made from."""
    made = blake2b(digest_size=_SIZE)
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.digest()


def mark(file: os.DirEntry[str] | os.PathLike[str] | str) -> bytes:
    """Return what tells one state of a file of ours from another, without reading it."""
    found = os.stat(file)  # noqa: PTH116  (an entry of a folder is no Path)
    return f"{os.fspath(file)} {found.st_size} {found.st_mtime_ns}".encode("utf-8", "surrogateescape")


def marks(folder: str, *endings: str) -> list[bytes]:
    """Return what tells one state of our files of these endings in a folder from another."""
    with os.scandir(folder) as entries:
        return sorted(mark(entry) for entry in entries if entry.name.endswith(endings))


def as_a_whole(folder: str) -> list[bytes]:
    """Return what tells one state of a folder of installed modules from another; nothing for those of a checkout.

    Installers replace them as a whole, and nobody writes into them.
    """
    if "site-packages" not in folder and "dist-packages" not in folder:
        return []
    found = os.stat(folder)  # noqa: PTH116
    # An image may give all its files the same time; when they came onto this disk it cannot say.
    return [f"{folder} {found.st_ino} {found.st_mtime_ns} {found.st_ctime_ns}".encode("utf-8", "surrogateescape")]


def folder() -> str:
    """Return where the system keeps a user's caches, our part of it; empty where nobody knows."""
    if sys.platform in {"win32", "darwin", "android", "ios"}:
        from platformdirs import user_cache_dir  # what it looks at there is too much to say again

        return os.path.join(user_cache_dir(NAME, appauthor=False), "kept", _slot())  # noqa: PTH118  (pathlib is not loaded yet)
    base = os.environ.get("XDG_CACHE_HOME", "")
    base = base if os.path.isabs(base) else os.path.expanduser("~/.cache")  # noqa: PTH111, PTH117
    return os.path.join(base, NAME, "kept", _slot()) if os.path.isabs(base) else ""  # noqa: PTH117, PTH118


def _slot() -> str:
    """Return the name of this installation's folder."""
    return f"{_TAG}-{_check(os.fsencode(__file__)).hex()}"


def read(name: str, made_from: bytes) -> memoryview | None:
    """Return what is kept under a name, if it was made from bytes of that digest by this user."""
    try:
        handle = os.open(f"{folder()}/{name}", os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0))
    except (OSError, ValueError):
        return None
    try:
        if not _is_ours(os.fstat(handle)):
            return None
        with open(handle, "rb", closefd=False) as file:
            data = file.read()
    except OSError:
        return None
    finally:
        os.close(handle)
    head = len(_FORM) + _SIZE + _CHECK
    body = memoryview(data)[head:]  # some are large: what can be done without a copy is
    is_whole = data[:head] == _FORM + made_from + _check(body)
    return body if is_whole else None


def write(name: str, made_from: bytes, body: bytes) -> None:
    """Keep something under a name, whole or not at all; where that cannot be done, nothing is kept."""
    place = folder()
    part = f"{place}/.{os.getpid()}-{os.urandom(6).hex()}"
    try:
        _make(place)
        if not place or not _is_ours(os.lstat(place)):
            return
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except (OSError, ValueError):
        return
    is_there = True
    try:
        with open(handle, "wb") as file:  # noqa: PTH123  (a handle has no path)
            file.write(_FORM + made_from + _check(body) + body)
        os.replace(part, f"{place}/{name}")  # noqa: PTH105
        is_there = False
    except OSError:
        pass
    finally:  # whatever ends it, a signal too
        if is_there:
            _remove(part)


def _remove(part: str) -> None:
    try:
        os.unlink(part)  # noqa: PTH108
    except OSError:
        return


def clear() -> None:
    """Throw away all that is kept, by every Python. Raises OSError where that cannot be done."""
    top = os.path.dirname(folder())  # noqa: PTH120
    if not top or not os.path.isdir(top) or not _is_ours(os.lstat(top)):  # noqa: PTH112
        return
    with os.scandir(top) as slots:
        for slot in slots:
            if slot.is_dir(follow_symlinks=False):
                _empty(slot.path)


def _empty(place: str) -> None:
    with os.scandir(place) as files:
        for file in files:
            if file.is_file(follow_symlinks=False):
                os.unlink(file.path)  # noqa: PTH108


def _check(body: bytes | memoryview) -> bytes:
    """Return what tells damaged bytes, in a fifth of a digest's time; to people, the folder is closed."""
    import zlib

    return zlib.crc32(body).to_bytes(_CHECK)


def _make(place: str) -> None:
    """Make a folder that only this user may open; so are those above it as far as they are ours and missing."""
    ours = os.path.dirname(os.path.dirname(place))  # noqa: PTH120
    os.makedirs(os.path.dirname(ours), exist_ok=True)  # noqa: PTH103, PTH120
    for made in (ours, os.path.dirname(place), place):  # noqa: PTH120
        try:
            os.mkdir(made, 0o700)  # noqa: PTH102
        except FileExistsError:
            continue
        if made == place:
            _make_room(os.path.dirname(place))  # noqa: PTH120


def _make_room(top: str) -> None:
    """Take away the folders of installations that kept something last, where there are many."""
    with os.scandir(top) as slots:
        old = sorted((slot.stat(follow_symlinks=False).st_mtime, slot.path) for slot in slots if _is_slot(slot))
    for _, path in old[:-_MOST]:
        try:
            _empty(path)
            os.rmdir(path)  # noqa: PTH106
        except OSError:
            continue  # somebody is at work there


def _is_slot(found: os.DirEntry[str]) -> bool:
    return found.is_dir(follow_symlinks=False) and _is_ours(found.stat(follow_symlinks=False))


def _is_ours(found: os.stat_result) -> bool:
    """Whether a file or folder belongs to the user, and nobody else may write into it."""
    if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
        return False
    # Windows keeps its own lists of who may do what, and no numbers of owners.
    return os.name != "posix" or (found.st_uid == os.geteuid() and not found.st_mode & 0o022)
