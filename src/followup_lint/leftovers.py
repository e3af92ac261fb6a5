"""New files that a killed program left behind, which the next one that writes beside them clears away."""

from __future__ import annotations

import os
import re
import stat
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

BEGIN, END = ".followup-lint-", ".part"
"""How the name of a new file begins and ends while it is written; between the two stand eight letters and digits."""

OLD = 7 * 86_400.0
"""Seconds after which nobody is still writing a file, which takes as long as a run at the most, whose report it is."""

_NAME = re.compile(rf"{re.escape(BEGIN)}[a-z0-9_]{{8}}{re.escape(END)}")


@cache
def clear(folder: Path) -> None:
    """Remove what was left behind in a folder, once a process: files of our name, the user's own, and a week old.

    What they hold is half a file, or a whole one that never took its place; the draft itself is there. Whatever is not
    surely such a file stays, and so does all where the system cannot tell whose a file is.
    """
    if not hasattr(os, "geteuid"):
        return
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in [each for each in entries if _NAME.fullmatch(each.name)]:
            with suppress(OSError):
                if _is_left(entry.stat(follow_symlinks=False)):
                    os.unlink(entry.path)  # noqa: PTH108  (it is no Path)


def _is_left(found: os.stat_result) -> bool:
    is_ours = stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid() and found.st_nlink == 1
    return is_ours and time.time() - found.st_mtime > OLD
