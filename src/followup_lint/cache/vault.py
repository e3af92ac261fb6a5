"""The folder on the disk, what seals an entry, and what the program is made of: all that a hit needs besides `observe`.

    FOLDER/CACHEDIR.TAG, .gitignore    so that backups and git leave it alone
    FOLDER/1/results/DIGEST            what was found in one draft
    FOLDER/1/runs/DIGEST               what a whole run printed

The number is the form of the entries; another form is another folder, and the old one is swept away in time.
One module and not three, for each that is loaded takes a hundredth of the time that Python takes to start.
"""

import os
import stat
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hashlib import blake2b, shake_256
    from typing import Any

    Stamp = tuple[Any, ...]
else:
    try:  # without OpenSSL, which takes longer to load than everything else in a hit
        from _blake2 import blake2b
        from _sha3 import shake_256
    except ImportError:
        from hashlib import blake2b, shake_256

__all__ = [
    "blake2b",
    "default",
    "digest",
    "files",
    "installed",
    "is_ours",
    "opened",
    "read",
    "sealed",
    "source",
    "write",
]

FORM = "1"
RESULTS, RUNS = "results", "runs"

TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache that followup-lint has made.\n"
"""What makes a folder a cache folder, by the convention that tools for backups know."""

_NAME, _DAY = "followup-lint", 86_400
_NONCE, _CHECK = 16, 16
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def default() -> str:
    """Return where the system keeps a user's caches; empty where nobody knows."""
    if sys.platform in {"win32", "darwin", "android", "ios"}:
        from platformdirs import user_cache_dir  # what it looks at there is too much to say again

        return user_cache_dir(_NAME, appauthor=False)
    # The same as platformdirs has here, which takes longer to load than a hit takes.
    base = os.environ.get("XDG_CACHE_HOME", "")
    return os.path.join(base if os.path.isabs(base) else os.path.expanduser("~/.cache"), _NAME)


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
    is_kept = False
    try:
        try:
            is_whole = os.write(handle, data) == len(data)
        finally:
            os.close(handle)
        if is_whole:
            os.replace(part, f"{place}/{name}")
            is_kept = True
    except OSError:
        pass
    finally:  # whatever ends it, a signal too
        if not is_kept:
            _remove(part)
    return is_kept


def _remove(part: str) -> None:
    """Remove a file that is no use any more, if it is still there."""
    try:
        os.unlink(part)
    except OSError:
        return  # it went with its folder


def digest(purpose: bytes, *parts: bytes) -> bytes:
    """Return 32 bytes that stand for the parts, each by itself, and for one purpose (at most 16 bytes) only."""
    made = blake2b(digest_size=32, person=purpose)
    for part in parts:
        made.update(b"%d:" % len(part))
        made.update(part)
    return made.digest()


def sealed(data: bytes, key: bytes) -> bytes:
    """Return data that only somebody with the key (32 bytes) can read, and that tells when it was changed."""
    nonce = os.urandom(_NONCE)
    return nonce + _crossed(_check(data, key) + data, key + nonce)


def opened(data: bytes, key: bytes) -> bytes | None:
    """Return what was sealed with the key; None where it is damaged, cut off, or sealed with another."""
    if len(data) < _NONCE + _CHECK:
        return None
    plain = _crossed(data[_NONCE:], key + data[:_NONCE])
    return plain[_CHECK:] if plain[:_CHECK] == _check(plain[_CHECK:], key) else None


def _check(data: bytes, key: bytes) -> bytes:
    return blake2b(data, digest_size=_CHECK, key=key, person=b"check").digest()


def _crossed(data: bytes, key: bytes) -> bytes:
    # As one number each: a thousand times as fast as byte by byte.
    stream = shake_256(key).digest(len(data))
    return (int.from_bytes(data) ^ int.from_bytes(stream)).to_bytes(len(data))


def installed() -> "Stamp":
    """Return what changes whenever a package is installed, taken away or replaced, without reading any of them."""
    places = []
    for place in sys.path:
        try:
            found = os.stat(place or ".")
            places.append((place, found.st_mtime_ns, found.st_ino))
        except OSError:
            places.append((place, 0, 0))
    return (sys.version, sys.prefix, tuple(places))


def source() -> "Stamp":
    """Return names, sizes and times of our own files where the program runs from a checkout; else nothing.

    Whoever changes a rule or a module must not be shown what the old one found.
    """
    if "site-packages" in _PACKAGE or "dist-packages" in _PACKAGE:
        return ()
    rules = os.path.join(_PACKAGE, "..", "..", "rules")
    return (*files(_PACKAGE), *files(rules))


def files(top: str) -> "Stamp":
    """Return names, sizes and times of all files under a folder."""
    found = []
    pending = [top]
    while pending:
        folder = pending.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name == "__pycache__":
                        continue
                    if entry.is_dir():
                        pending.append(entry.path)
                    else:
                        status = entry.stat()
                        found.append((entry.path, status.st_size, status.st_mtime_ns))
        except OSError:
            continue
    return tuple(sorted(found))
