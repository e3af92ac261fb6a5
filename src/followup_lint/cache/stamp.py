"""What the program is made of, so that nothing is taken for found that another version found."""

import os
import sys

Stamp = tuple[object, ...]

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120


def installed() -> Stamp:
    """Return what changes whenever a package is installed, taken away or replaced, without reading any of them."""
    places = []
    for place in sys.path:
        try:
            found = os.stat(place or ".")  # noqa: PTH116
            places.append((place, found.st_mtime_ns, found.st_ino))
        except OSError:
            places.append((place, 0, 0))
    return (sys.version, sys.executable, tuple(places))


def source() -> Stamp:
    """Return names, sizes and times of our own files where the program runs from a checkout; else nothing.

    Whoever changes a rule or a module must not be shown what the old one found.
    """
    if "site-packages" in _PACKAGE or "dist-packages" in _PACKAGE:
        return ()
    rules = os.path.join(_PACKAGE, "..", "..", "rules")  # noqa: PTH118
    return (*files(_PACKAGE), *files(rules))


def files(top: str) -> Stamp:
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
