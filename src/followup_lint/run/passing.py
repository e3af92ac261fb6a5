"""One pass over all drafts: read, mend, lint, and take away what is known or was not touched."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from functools import cached_property
from itertools import chain

from followup_lint import gains, progress, rubbish
from followup_lint.diagnostic import Severity
from followup_lint.errors import Problem, Problems, fault
from followup_lint.linter import Result
from followup_lint.messages import Place, load
from followup_lint.reader import Message
from followup_lint.records import dataclass, field, replace
from followup_lint.run.look import Look, Mends
from followup_lint.run.session import Session
from followup_lint.streams import heard, tell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from followup_lint.changed import Changes


_TOGETHER, _FIRST = 32, 8
"""Drafts that are looked at together, and how many come first, so that the first report does not wait."""

_MANY = 64
"""From so many drafts on, processes share them."""

_LONG = 20_000
"""From so many drafts on, memory comes before time: words met in some are forgotten before the next, for one."""


@dataclass
class Pass:
    """Iterates over the drafts with their results; `problems` fills as it goes, each once."""

    session: Session
    mend: Mends | None = None
    is_split: bool = True
    problems: dict[Problem, None] = field(default_factory=dict)

    @property
    def is_long(self) -> bool:
        """Whether there are so many drafts that the words met in some are forgotten before the next."""
        return len(self.session.found[0]) >= _LONG

    def __iter__(self) -> Iterator[tuple[Place, Result]]:
        places, problems = self.session.found
        for problem in problems:
            self.tell(problem)
        changes = self._changes
        wanted = [place for place in places if changes is None or place.path in changes]
        # What is shown draft by draft on the same terminal tells well enough how far we are.
        enabled = not sys.stdout.isatty() and progress.is_wanted(quiet=bool(self.session.options["quiet"]))
        looks = zip(wanted, self._looks(wanted), strict=True)
        for place, look in progress.shown(looks, len(wanted), enabled=enabled):
            for item in look.told:
                self.tell(item) if isinstance(item, Problem) else tell(item)
            if look.result:
                yield place, self._kept(look.result)

    def _looks(self, places: Sequence[Place]) -> Iterator[Look]:
        """Yield what comes of each draft, in order."""
        if self.mend:
            rubbish.collect()
            yield from map(self._mended, places)
            return
        if self.is_long:
            rubbish.give_back()
        first, rest = places[:_FIRST], places[_FIRST:]
        if not rest:
            yield from self._looked(first)
            return
        workers = self._workers(len(rest))
        if workers > 1:
            yield from self._shared(first, rest, workers)
            return
        from followup_lint.pool import chunks  # most runs are over few drafts

        yield from self._looked(first)
        rubbish.collect()
        for some in chunks(rest, _TOGETHER):
            yield from self._looked_here(some)

    def _workers(self, count: int) -> int:
        # Mailboxes are read once, here, and not once in every process.
        return 1 if count < _MANY or self.session.records.boxes else self.session.workers

    def _shared(self, first: Sequence[Place], rest: Sequence[Place], workers: int) -> Iterator[Look]:
        from followup_lint.pool import Lost, chunks, shared

        gains.many()
        rubbish.collect()
        self.session.prepare((*first, *rest))  # what is told of the settings is told once, here
        pieces = chain([first], chunks(rest, _TOGETHER))
        for answer in shared(pieces, self._looked_apart, workers, gains.made, gains.take):
            if isinstance(answer, Lost):
                yield from self._saved(answer.work)
            else:
                yield from self._whole(answer)

    def _looked_here(self, places: Sequence[Place]) -> list[Look]:
        with self.session.forgetting() if self.is_long else nullcontext():
            return self._looked(places)

    def _looked_apart(self, places: Sequence[Place]) -> list[Look]:
        """Look at drafts in another process, and leave out of the results what this one has, too."""
        return [
            replace(look, result=look.result and replace(look.result, rules=())) for look in self._looked_here(places)
        ]

    def _whole(self, looks: Sequence[Look]) -> Iterator[Look]:
        for look in looks:
            rules = tuple(self.session.linter(self.session.settings_of(look.result)).rules) if look.result else ()
            yield replace(look, result=look.result and replace(look.result, rules=rules))

    def _saved(self, places: Sequence[Place]) -> Iterator[Look]:
        """Look once more at drafts whose process ended, one after the other: one of them ends it again."""
        from followup_lint.pool import Lost, chunks, shared

        for answer in shared(chunks(places, 1), self._looked_apart, 1):
            if isinstance(answer, Lost):
                problem = Problem("the process that linted it ended; the draft is left out", answer.work[0].path)
                yield Look((problem,), None)
            else:
                yield from self._whole(answer)

    def _looked(self, places: Sequence[Place]) -> list[Look]:
        """Read and lint some drafts together."""
        told: list[list[str | Problem]] = [[] for _ in places]
        messages = [self._read(place, words) for place, words in zip(places, told, strict=True)]
        results = iter(self._results(messages, told))
        return [
            Look(tuple(words), next(results) if message else None)
            for words, message in zip(told, messages, strict=True)
        ]

    def _results(self, messages: Sequence[Message | None], told: Sequence[list[str | Problem]]) -> list[Result | None]:
        kept = [(message, words) for message, words in zip(messages, told, strict=True) if message]
        if len(kept) == 1:
            return [self._result(*kept[0])]
        try:
            with heard() as notes:
                # Together they have the time of one: so the slow one is soon sought among them.
                found = self.session.deadline.hold(lambda: self.session.lint_many([message for message, _ in kept]))
        except Problems:
            raise  # the settings are wrong, for all drafts alike
        except Exception:  # noqa: BLE001  (one of them cannot be linted, or meets a fault of ours: the others can)
            return [self._result(message, words) for message, words in kept]
        if notes:
            kept[0][1].extend(notes)
        return [*found]

    def _result(self, message: Message, told: list[str | Problem]) -> Result | None:
        try:
            with heard() as notes:
                result = self.session.lint(message)
            told += notes
        except Problem as problem:
            told.append(problem)
        except Problems:
            raise
        except Exception as error:  # noqa: BLE001  (a fault of ours in one draft must not end a run over thousands)
            told.append(fault(error, message.draft.path))
        else:
            return result
        return None

    def _mended(self, place: Place) -> Look:
        """Mend a draft, and lint what became of it."""
        told: list[str | Problem] = []
        try:
            data = load(place)
        except Problem as problem:
            return Look((problem,), None)
        message = self._understood(place, data, told)
        for item in told:
            self.tell(item) if isinstance(item, Problem) else tell(item)
        if message is None or self.mend is None:
            return Look((), None)
        try:
            return Look((), self.mend(place, data, message).result)
        except Problem as problem:
            # It could not be mended or written; what is found in it is told all the same.
            told = [problem]
            result = self._result(message, told)
            return Look(tuple(told), result)

    def _read(self, place: Place, told: list[str | Problem]) -> Message | None:
        try:
            data = load(place)
        except Problem as problem:
            told.append(problem)
            return None
        return self._understood(place, data, told)

    def _understood(self, place: Place, data: bytes, told: list[str | Problem]) -> Message | None:
        message = None
        with heard() as notes:
            for item in self.session.read(place.path, data):
                told += notes
                notes.clear()
                if isinstance(item, Problem):
                    told.append(item)
                else:
                    message = item
        return message

    def _kept(self, result: Result) -> Result:
        settings = self.session.settings(result.draft.path)
        baseline = self.session.baselines.of(settings) if self.is_split else None
        if baseline:
            all_told = self.session.least(settings) is Severity.SUGGESTION
            result, stale = baseline.split(result, all_told=all_told)
            for entry in stale:
                tell(f"note: {entry}")
        if self._changes is None:
            return result
        from followup_lint.changed import keep

        return keep(result, self._changes[result.draft.path])

    @cached_property
    def _changes(self) -> dict[str, Changes] | None:
        """Return what is new in the drafts, if only that is asked for. Raises Problem where git does not know."""
        rev = self.session.since
        if rev is None:
            return None
        places, _ = self.session.found
        if not all(place.is_file for place in places):
            raise Problem("--changed asks git about files; it cannot tell what is new in standard input")
        from pathlib import Path

        from followup_lint.changed import changed

        return {str(path): found for path, found in changed([Path(place.path) for place in places], rev).items()}

    def tell(self, problem: Problem) -> None:
        """Tell a problem at once, and keep it for the exit code; only once where it meets many drafts."""
        if problem not in self.problems:
            redactor = self.session.redactor
            tell(redactor.problem(problem) if redactor else problem)
            self.problems[problem] = None
