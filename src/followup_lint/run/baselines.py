"""The known findings of a run: baselines are read when a draft is under one, each once."""

from __future__ import annotations

from followup_lint.config import Settings
from followup_lint.records import dataclass, field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from followup_lint.baseline import Baseline


@dataclass(frozen=True)
class Baselines:
    """`named` is the one that the command line names for all drafts, if it does."""

    named: Path | None
    _read: dict[Path, Baseline] = field(default_factory=dict, init=False)

    def place(self, settings: Settings) -> Path | None:
        """Return where the known findings of a draft with these settings are kept, if they are."""
        return self.named or settings.baseline

    def of(self, settings: Settings) -> Baseline | None:
        """Return the known findings. Raises Problem for a file that is missing or broken."""
        if (path := self.place(settings)) is None:
            return None
        if path not in self._read:
            from followup_lint.baseline import Baseline

            self._read[path] = Baseline.read(path)
        return self._read[path]

    @property
    def used(self) -> tuple[Baseline, ...]:
        """Return those that have been read so far."""
        return tuple(self._read.values())
