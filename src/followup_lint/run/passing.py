"""One pass over all drafts: read, mend, lint, and take away what is known or was not touched."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from followup_lint import progress
from followup_lint.diagnostic import Severity
from followup_lint.errors import Problem
from followup_lint.linter import Result
from followup_lint.messages import Place, load
from followup_lint.reader import Message
from followup_lint.run.session import Session
from followup_lint.streams import tell

if TYPE_CHECKING:
    from followup_lint.changed import Changes
    from followup_lint.fix import Outcome


class Mends(Protocol):
    """What may change a draft before it is linted."""

    def __call__(self, place: Place, data: bytes, message: Message) -> Outcome:
        """Return what became of a draft. Raises Problem where it cannot be written."""


@dataclass
class Pass:
    """Iterates over the drafts with their results; `problems` fills as it goes."""

    session: Session
    mend: Mends | None = None
    is_split: bool = True
    problems: list[Problem] = field(default_factory=list)

    def __iter__(self) -> Iterator[tuple[Place, Result]]:
        places, problems = self.session.found
        for problem in problems:
            self.tell(problem)
        changes = self._changes
        wanted = [place for place in places if changes is None or Path(place.path) in changes]
        # What is shown draft by draft on the same terminal tells well enough how far we are.
        enabled = not sys.stdout.isatty() and progress.is_wanted(quiet=bool(self.session.options["quiet"]))
        for place in progress.shown(wanted, len(wanted), enabled=enabled):
            try:
                result = self._linted(place)
            except Problem as problem:
                self.tell(problem)
            else:
                if result:
                    yield place, result

    def _linted(self, place: Place) -> Result | None:
        data = load(place)
        message = self._read(place, data)
        if message is None:
            return None
        return self._kept(self._mended(place, data, message) or self.session.lint(message))

    def _mended(self, place: Place, data: bytes, message: Message) -> Result | None:
        try:
            return self.mend(place, data, message).result if self.mend else None
        except Problem as problem:
            self.tell(problem)  # it could not be written; what is found in it is told all the same
            return None

    def _read(self, place: Place, data: bytes) -> Message | None:
        message = None
        for item in self.session.read(place.path, data):
            if isinstance(item, Problem):
                self.tell(item)
            else:
                message = item
        return message

    def _kept(self, result: Result) -> Result:
        settings = self.session.settings(result.draft.path)
        baseline = self.session.baseline(settings) if self.is_split else None
        if baseline:
            all_told = self.session.least(settings) is Severity.SUGGESTION
            result, stale = baseline.split(result, all_told=all_told)
            for entry in stale:
                tell(f"note: {entry}")
        if self._changes is None:
            return result
        from followup_lint.changed import keep

        return keep(result, self._changes[Path(result.draft.path)])

    @cached_property
    def _changes(self) -> dict[Path, Changes] | None:
        """Return what is new in the drafts, if only that is asked for. Raises Problem where git does not know."""
        rev = self.session.since
        if rev is None:
            return None
        places, _ = self.session.found
        if not all(place.is_file for place in places):
            raise Problem("--changed asks git about files; it cannot tell what is new in standard input")
        from followup_lint.changed import changed

        return changed([Path(place.path) for place in places], rev)

    def tell(self, problem: Problem) -> None:
        """Tell a problem at once, and keep it for the exit code; only once where it meets many drafts."""
        if problem not in self.problems:
            tell(problem)
            self.problems.append(problem)
