"""Files are written whole or not at all: a draft that is half written is worse than one that was not mended."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from followup_lint import leftovers
from followup_lint.errors import Problem
from followup_lint.signals import held
from followup_lint.sources.decode import reason

_NO_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.ENOSYS})
"""What file systems answer that know no fsync; there is nothing more to be done there."""


def replace_file(path: Path, data: bytes, *, expected: bytes | None = None) -> None:
    """Put `data` in the place of a file: at every moment the file is either the old one or the new one, whole.

    A symbolic link stays, and what it points to is replaced; permissions, owner and extended attributes are kept as far
    as the system lets us. Raises Problem, and leaves the file alone, where its bytes are no longer `expected`, where it
    is read-only, no regular file or linked under other names too, and for every error of the operating system.
    """
    shown = str(path)
    try:
        _replace(path.resolve(strict=True), data, expected, shown)
    except (OSError, ValueError, RuntimeError) as error:
        raise _told(error, shown) from None


def create_file(path: Path, data: bytes) -> None:
    """Write a file that must not exist yet. Raises Problem where it does, and for every error of the system."""
    shown = str(path)
    try:
        _create(path, data)
    except FileExistsError:
        raise Problem("exists already, and is left as it is; name another file", shown) from None
    except FileNotFoundError:
        raise Problem(f"there is no folder {path.parent}", shown) from None
    except (OSError, ValueError) as error:
        raise _told(error, shown) from None


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Yield a file to write to, which takes the place of `path` when the block ends; if it fails, `path` is as it was.

    What is no regular file (a pipe, a terminal) is written to at once. Raises Problem as `replace_file` does, at the
    beginning where that can be foreseen, and for every error of the operating system in the block.
    """
    shown = str(path)
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                yield stream
            return
        if path.exists():
            real = path.resolve(strict=True)
            _may_be_replaced(real, real.stat(), shown)
        else:
            real = path
        with _part(real.parent) as (part, file):
            yield file
            _close(file)
            if path.exists():
                before = real.stat()
                _may_be_replaced(real, before, shown)
                _dress(part, real, before)
            else:
                part.chmod(0o666 & ~_umask())
            part.replace(real)
        _sync_folder(real.parent)
    except BrokenPipeError:
        raise
    except (OSError, ValueError, RuntimeError) as error:
        raise _told(error, shown) from None


def _replace(real: Path, data: bytes, expected: bytes | None, shown: str) -> None:
    before = real.stat()
    _may_be_replaced(real, before, shown)
    if expected is not None and real.read_bytes() != expected:
        raise Problem("has changed since it was read; nothing was written", shown)
    with _part(real.parent) as (part, file):
        file.write(data)
        _close(file)
        _dress(part, real, before)
        now = real.stat()
        if (now.st_ino, now.st_size, now.st_mtime_ns) != (before.st_ino, before.st_size, before.st_mtime_ns):
            raise Problem("has changed while it was being mended; nothing was written", shown)
        part.replace(real)
    _sync_folder(real.parent)


def _create(path: Path, data: bytes) -> None:
    with _part(path.parent) as (part, file):
        file.write(data)
        _close(file)
        part.chmod(0o666 & ~_umask())
        try:
            os.link(part, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            path.open("xb").close()
            part.replace(path)
    _sync_folder(path.parent)


def _told(error: Exception, shown: str) -> Problem:
    """Say as a Problem what the operating system says."""
    if isinstance(error, FileNotFoundError):
        return Problem("cannot be written: there is no such file or folder", shown)
    if isinstance(error, RuntimeError):  # pathlib's word for symbolic links in a circle
        return Problem("cannot be written: the symbolic link leads nowhere", shown)
    return Problem(f"cannot be written: {reason(error)}", shown)  # type: ignore[arg-type]  # what else was caught


def _may_be_replaced(real: Path, found: os.stat_result, shown: str) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise Problem("is not a regular file; nothing was written", shown)
    # The mode speaks to the administrator too, whom no mode stops.
    if not found.st_mode & 0o222 or not os.access(real, os.W_OK):
        raise Problem("is read-only; nothing was written", shown)
    if found.st_nlink > 1:
        # Written in place it could end up half written; replaced, the other names would keep the old text.
        raise Problem(f"has {found.st_nlink} names (hard links), which would part; nothing was written", shown)


@contextmanager
def _part(folder: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """Yield a new file that nobody else may read, open to be written; if it still has that name at the end, it goes."""
    leftovers.clear(folder)
    with ExitStack() as stack:
        with held():  # a signal between the making of it and our knowing of it would leave it behind
            handle, name = tempfile.mkstemp(leftovers.END, leftovers.BEGIN, folder)
            stack.callback(_drop, Path(name))
            file = stack.enter_context(os.fdopen(handle, "wb"))
        yield Path(name), file


def _drop(part: Path) -> None:
    with suppress(OSError):
        part.unlink()


def _close(file: BinaryIO) -> None:
    """Close a file that is on the disk to its last byte."""
    file.flush()
    _sync(file.fileno())
    file.close()


def _dress(part: Path, model: Path, found: os.stat_result) -> None:
    """Give a file the owner, the extended attributes and, last, the permissions of another."""
    own = part.stat()
    if hasattr(os, "chown") and (own.st_uid, own.st_gid) != (found.st_uid, found.st_gid):
        with suppress(PermissionError):
            os.chown(part, found.st_uid, found.st_gid)
    if hasattr(os, "listxattr"):
        with suppress(OSError):
            for name in os.listxattr(model):
                with suppress(OSError):
                    os.setxattr(part, name, os.getxattr(model, name))
    part.chmod(stat.S_IMODE(found.st_mode))


def _sync(descriptor: int) -> None:
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise


def _sync_folder(folder: Path) -> None:
    """Make a new name last through a power cut, where folders can be opened at all."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
