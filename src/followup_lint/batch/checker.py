"""What lints the rows of a table: each alone, with no drafts beside it and no mail to look into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from followup_lint import catalog, model
from followup_lint.batch.given import Given
from followup_lint.config import Settings
from followup_lint.context import Fact
from followup_lint.deadline import Deadline, Unfinished, unhurried
from followup_lint.diagnostic import Severity
from followup_lint.errors import Problem, Problems, fault
from followup_lint.ignores import unknown_ignores
from followup_lint.linter import Linter, Result
from followup_lint.reader import Message, read_message
from followup_lint.records import dataclass, field
from followup_lint.thread.beside import Beside

_FOR_EVER = Deadline()


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a draft: its result, None where it could not be read or linted, and what was wrong with it."""

    result: Result | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Checker:
    """Lints one draft after the other by the same settings; `flags` are facts that hold for all of them.

    `deadline` is how long each may take; none, unless the process is ours.

    It can be called in any order and in any process; a draft's answer hangs on that draft alone.
    """

    linter: Linter
    settings: Settings
    least: Severity
    flags: Mapping[str, Fact] = field(default_factory=dict)
    deadline: Deadline = _FOR_EVER

    def __call__(self, given: Given) -> Answer:
        """Lint a draft. Raises Problem only for what would meet every draft, such as a model that is missing."""
        if isinstance(given.data, Problem):
            return Answer(None, (given.data,))
        try:
            message = self.deadline.hold(partial(self._read, given.data, given))
        except Problem as problem:
            return Answer(None, (*given.problems, problem))
        except Exception as error:  # noqa: BLE001  (a fault of ours in one row must not end a run over millions)
            return Answer(None, (*given.problems, fault(error)))
        problems = self._problems(given, message)
        try:
            return Answer(self.deadline.hold(partial(self.linter.lint, message, self.least)), problems)
        except Unfinished as problem:
            return Answer(None, (*problems, problem))
        except (Problem, Problems):
            raise
        except Exception as error:  # noqa: BLE001  (the same)
            return Answer(None, (*problems, fault(error)))

    def many(self, drafts: Sequence[Given]) -> list[Answer]:
        """Lint some drafts together: the same answers in less time. Raises Problem as for one."""
        if len(drafts) == 1:
            return [self(drafts[0])]
        try:
            read, found = self.deadline.hold(partial(self._together, drafts))
        except Exception:  # noqa: BLE001  (one of them cannot be read or linted; which one, and why, it says alone)
            return [self(given) for given in drafts]
        return [
            Answer(found[place], self._problems(given, read[place])) if place in found else self(given)
            for place, given in enumerate(drafts)
        ]

    def _together(self, drafts: Sequence[Given]) -> tuple[dict[int, Message], dict[int, Result]]:
        read = {
            place: self._read(given.data, given)
            for place, given in enumerate(drafts)
            if not isinstance(given.data, Problem)
        }
        return read, dict(zip(read, self.linter.lint_many(read.values(), self.least), strict=True))

    def _problems(self, given: Given, message: Message) -> tuple[Problem, ...]:
        return (*given.problems, *message.problems, *unknown_ignores(message, self.settings.known))

    def _read(self, data: bytes, given: Given) -> Message:
        # What stands beside a draft is closer to it than what is said of all.
        facts = {**self.flags, **given.facts}
        return read_message(data, given.path, facts, self.settings.defaults, alone=True)


def checker(  # noqa: PLR0913  (each is an option of the command line)
    settings: Settings,
    *,
    preset: str = "",
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    wanted: str = "",
    least: Severity | None = None,
    flags: Mapping[str, Fact] | None = None,
    quick: bool = False,
    deadline: Deadline = _FOR_EVER,
) -> Checker:
    """Return what lints by these settings; what is given besides goes before them. `wanted` is the spaCy model.

    `quick` says that the process is ours alone, see `model.load`.

    Raises Problems for a rule that is not known.
    """
    alone = Beside({})
    linter = Linter(
        settings.chosen(preset, select, ignore),
        partial(unhurried, partial(model.load, wanted or settings.model, quick=quick)),
        alone.others,
        alone.informed,
        settings.silences,
    )
    least = least or settings.min_severity or catalog.least(preset or settings.preset)
    return Checker(linter, settings, least, flags or {}, deadline)
