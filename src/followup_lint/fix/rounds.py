"""Lint, mend, lint again, until nothing is left to mend. No remedy may cost a finding that was not there before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from followup_lint.diagnostic import Applicability, Diagnostic, Edit
from followup_lint.draft import Draft
from followup_lint.errors import Problem
from followup_lint.fix import mail, plain
from followup_lint.fix.edits import Pick, choose
from followup_lint.linter import Result
from followup_lint.reader import Message, read_message
from followup_lint.records import dataclass

MOST_ROUNDS = 10
"""More than remedies that make room for one another ever need."""

_SAFE = frozenset({Applicability.SAFE})
_UNSAFE = frozenset({Applicability.SAFE, Applicability.UNSAFE})


@dataclass(frozen=True)
class Outcome:
    """What became of one draft: its bytes, the findings that were mended, in order, and what is found in it now.

    `problems` say why something that could be mended was not: the file's form, an encoding without a character, a
    change that would bring another finding.
    """

    data: bytes
    result: Result
    applied: tuple[Diagnostic, ...] = ()
    rounds: int = 0
    problems: tuple[Problem, ...] = ()


def run(
    message: Message,
    data: bytes,
    lint: Callable[[Message], Result],
    *,
    unsafe: bool = False,
    read: Callable[[bytes, str], Message] = read_message,
) -> Outcome:
    """Mend one draft as far as its remedies go; nothing is written.

    `data` is what `message` was read from, and `read` reads it again under the same path, after each round. Problems
    come with the outcome.
    """
    levels = _UNSAFE if unsafe else _SAFE
    state = _State(message, data, lint(message), lint, read)
    applied: list[Diagnostic] = []
    seen = {data}
    problems: dict[Problem, None] = {}
    rounds = 0
    while rounds < MOST_ROUNDS:
        picks = _writable(state, list(choose(state.message.draft, state.result.diagnostics, levels)), problems)
        if not picks:
            break
        try:
            done, after = state.mended(picks)
        except Problem as problem:
            problems[problem] = None
            break
        if after.data in seen:  # as they are where no remedy is good
            problems |= dict.fromkeys(_left(state.message.draft, diagnostic) for diagnostic, _ in picks)
            break
        seen.add(after.data)
        state, rounds = after, rounds + 1
        applied += [diagnostic for diagnostic, _ in done]
    return Outcome(state.data, state.result, tuple(applied), rounds, tuple(problems))


@dataclass(frozen=True)
class _State:
    """A draft between two rounds."""

    message: Message
    data: bytes
    result: Result
    lint: Callable[[Message], Result]
    read: Callable[[bytes, str], Message]

    def mended(self, picks: Sequence[Pick]) -> tuple[list[Pick], _State]:
        """Return the remedies that were good, and the draft after them: all together, or else one by one."""
        after = self._with(picks)
        if _costs_nothing(self.result, after.result):
            return list(picks), after
        done: list[Pick] = []
        best = self
        for pick in picks:
            after = self._with([*done, pick])
            if _costs_nothing(best.result, after.result):
                done, best = [*done, pick], after
        return done, best

    def _with(self, picks: Sequence[Pick]) -> _State:
        edits = [edit for _, remedy in picks for edit in remedy.edits]
        data = written(self.message, self.data, edits)
        message = self.read(data, self.message.draft.path)
        return _State(message, data, self.lint(message), self.lint, self.read)


def written(message: Message, data: bytes, edits: Sequence[Edit]) -> bytes:
    """Return a file with the edits made. Raises Problem where it cannot be written back exactly."""
    draft = message.draft
    return mail.spliced(data, draft, edits) if draft.is_mail else plain.spliced(data, draft.text, edits, draft.path)


def _costs_nothing(before: Result, after: Result) -> bool:
    """Whether no rule has more to say than before, and none lost a fact it judges by."""
    had, has = (Counter(item.rule for item in result.diagnostics) for result in (before, after))
    return all(has[rule] <= had[rule] for rule in has)


def _left(draft: Draft, item: Diagnostic) -> Problem:
    """Say why a remedy that could be written was not applied."""
    place = draft.place(item.span.start)
    said = f"{item.rule} is left as it is: to mend it would bring another finding"
    return Problem(said, draft.path, place.line, place.column)


def _writable(state: _State, picks: Sequence[Pick], problems: dict[Problem, None]) -> list[Pick]:
    """Return those that the file can hold, and tell of the others.

    All are tried at once, and halves of what cannot be: where there are thousands, to try each would take thousands of
    times as long.
    """
    if not picks:
        return []
    try:
        written(state.message, state.data, [edit for _, remedy in picks for edit in remedy.edits])
    except Problem as problem:
        if len(picks) == 1 or _is_sealed(state):
            problems[problem] = None
            return []
        middle = len(picks) // 2
        return [*_writable(state, picks[:middle], problems), *_writable(state, picks[middle:], problems)]
    return list(picks)


def _is_sealed(state: _State) -> bool:
    """Whether the file cannot be written back even as it is, whatever would be changed."""
    try:
        written(state.message, state.data, [])
    except Problem:
        return True
    return False
