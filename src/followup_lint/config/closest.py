"""Which configuration counts for a folder: the closest file in it or above, else the user's own."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from followup_lint.records import dataclass, field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from followup_lint.config.source import Source

PYPROJECT = "pyproject.toml"
NAMES = (".followup-lint.yaml", ".followup-lint.yml", PYPROJECT)
"""What a project's file is called; of several in one folder the first one counts."""


def user_file() -> str:
    """Return where the user's own file is looked for."""
    if sys.platform in {"win32", "darwin", "android", "ios"}:
        from platformdirs import user_config_dir  # what it looks at there is too much to say again

        return os.path.join(user_config_dir("followup-lint", appauthor=False), "config.yaml")
    # The same as platformdirs has here, which takes long to load; so does pathlib.
    base = os.environ.get("XDG_CONFIG_HOME", "")
    base = base if os.path.isabs(base) else os.path.expanduser("~/.config")
    return os.path.join(base, "followup-lint", "config.yaml")


@dataclass
class Closest:
    """Looks into each folder once."""

    read: Callable[[Path], Source | None]
    _known: dict[str, Path | None] = field(default_factory=dict)

    def to(self, folder: str) -> Path | None:
        """Return the file that counts for an absolute folder. Raises Problem for one that cannot be read."""
        passed = []
        while folder not in self._known:
            passed.append(folder)
            if found := self._in(folder):
                self._known[folder] = found
                break
            above = os.path.dirname(folder)
            if above == folder:
                self._known[folder] = None
                break
            folder = above
        answer = self._known[folder]
        self._known.update(dict.fromkeys(passed, answer))
        return answer

    def _in(self, folder: str) -> Path | None:
        for name in NAMES:
            if os.path.isfile(os.path.join(folder, name)):
                from pathlib import Path

                path = Path(folder, name)
                if name != PYPROJECT or self.read(path):
                    return path
        return None
