"""What `.followup-lint.yaml` and its like say: found, read, laid over one another, and told.

`Configs` is the way in; every file it reads is plain data, and no code of anybody's is run.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from followup_lint.config.closest import NAMES
from followup_lint.config.configs import Configs
from followup_lint.config.settings import Settings
from followup_lint.records import dataclass

__all__ = ["NAMES", "Config", "Configs", "Settings", "configured"]


@dataclass(frozen=True, slots=True)
class Config:
    """The writer's addresses, the mailboxes that hold what was sent, and the name of a spaCy model, if one is set."""

    me: tuple[str, ...] = ()
    sent: tuple[str, ...] = ()
    model: str = ""


def configured(paths: Sequence[str]) -> Config:
    """Return what the files closest to the paths say, taken together. Raises Problems for a file that is wrong."""
    configs = Configs()
    named = [path for path in paths if path and path != "-"] or ["."]
    found = [configs.for_folder(path) if os.path.isdir(path) else configs.for_file(path) for path in named]
    return Config(
        tuple(dict.fromkeys(item for settings in found for item in settings.me)),
        tuple(dict.fromkeys(item for settings in found for item in settings.sent)),
        next((settings.model for settings in found if settings.model), ""),
    )
