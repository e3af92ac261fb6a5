"""What every case of the comparison needs: the tools, the texts, an empty folder and a clean environment."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from speed.clock import Job, in_turn
from speed.peers import Found
from speed.texts import Source
from speed.tool import Timed, Tool

HERE = Path(__file__).parent
OURS, NAIVE, FLOOR = "followup-lint", "naive spaCy script", "python -c pass"
LIGHT = (
    *("canned-phrase", "emoji", "exclamation-excess", "greeting-missing", "long-paragraph", "signoff-missing"),
    *("stiff-phrasing", "subject-*", "template-placeholder", "too-many-sentences", "trailing-blanks"),
)
"""Rules that look at words and parts only: what they need is known without a parse."""


def environment(home: Path) -> dict[str, str]:
    """Return an environment without the user's own settings and caches, or anything else that changes a time."""
    mine = {"HOME": str(home), "LANG": "C.UTF-8", "PATH": os.environ["PATH"], "PRE_COMMIT_HOME": str(home / "hooks")}
    return mine | {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CACHE", "CONFIG", "DATA", "STATE")}


@dataclass(frozen=True)
class Bench:
    """The means of a comparison. `rounds` are those of a short run, `patience` the seconds that one run may take."""

    folder: Path
    environment: Mapping[str, str]
    source: Source
    found: tuple[Found, ...]
    rounds: int
    number: int = 1000
    many: int = 100_000
    patience: float = 1800

    @cached_property
    def ours(self) -> Tool:
        """Return followup-lint, as it is installed for this Python."""
        return Tool(OURS, (str(Path(sys.executable).with_name("followup-lint")),))

    @cached_property
    def naive(self) -> Tool:
        """Return the script of an afternoon, run by this Python with the same spaCy and model."""
        return Tool(NAIVE, (sys.executable, str(HERE / "naive" / "lint.py")))

    @cached_property
    def floor(self) -> Tool:
        """Return the least that anything in Python takes."""
        return Tool(FLOOR, (sys.executable, "-c", "pass"))

    @property
    def others(self) -> tuple[Tool, ...]:
        """Return the peers that are there."""
        return tuple(item.tool for item in self.found if item.tool)

    @cached_property
    def caches(self) -> bool:
        """Whether this followup-lint keeps a cache of results."""
        command = [*self.ours.command, "--help"]
        run = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=True)
        return "--cache-dir" in run.stdout

    def place(self, name: str) -> Path:
        """Return a folder of that name for a case."""
        path = self.folder / name
        path.mkdir(exist_ok=True)
        return path

    def run(
        self, jobs: Sequence[Job], rounds: int, folder: Path, before: Callable[[str], object] = lambda _: None
    ) -> tuple[dict[str, Timed], list[str]]:
        """Run jobs in turn; see `in_turn`."""
        return in_turn(jobs, rounds, folder, self.environment, before)

    def imports_spacy(self, tool: Tool, file: str, folder: Path) -> bool:
        """Whether a run imports spaCy, so that a case can say whether it measured what it is about."""
        told = {**self.environment, "PYTHONPROFILEIMPORTTIME": "1"}
        run = subprocess.run([*tool.command, file], cwd=folder, env=told, capture_output=True, text=True, check=False)
        return any(line.rpartition("|")[2].strip().startswith("spacy.") for line in run.stderr.splitlines())
