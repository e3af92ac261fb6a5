"""Mend drafts, in their files or on paper."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from followup_lint import fix
from followup_lint.exits import CLEAN, FINDINGS, TROUBLE
from followup_lint.fix import Outcome
from followup_lint.messages import Place
from followup_lint.reader import Message, read_message
from followup_lint.records import dataclass, field
from followup_lint.run.passing import Pass
from followup_lint.run.session import Session
from followup_lint.streams import tell
from followup_lint.text import visible_lines
from followup_lint.when import amount
from followup_lint.writing import replace_file


@dataclass
class Mender:
    """Mends each draft in its file, standard input on standard output; `count` and `files` tell how much was done."""

    session: Session
    count: int = 0
    files: list[str] = field(default_factory=list)

    def __call__(self, place: Place, data: bytes, message: Message) -> Outcome:
        """Mend a draft and write it. Raises Problem where it cannot be written."""
        outcome = mended(self.session, message, data)
        for problem in outcome.problems:
            tell(problem)
        if not place.is_file:
            click.echo(outcome.data, nl=False)
        elif outcome.data != data:
            replace_file(Path(place.path), outcome.data, expected=data)
        if outcome.data != data:
            self.count += len(outcome.applied)
            self.files.append(place.path)
        return outcome

    def tell(self) -> None:
        """Say what was done."""
        if self.count:
            self.session.say(f"mended {amount(self.count, 'finding')} in {amount(len(self.files), 'draft')}")


def diff(session: Session) -> int:
    """Show what would be changed; return the exit code."""
    changed = 0

    def show(place: Place, data: bytes, message: Message) -> Outcome:
        nonlocal changed
        outcome = mended(session, message, data)
        for problem in outcome.problems:
            tell(problem)
        if outcome.data != data:
            changed += len(outcome.applied)
            patch = fix.diff(data, outcome.data, place.path)
            # Only a program, such as `patch`, gets what a terminal would take for commands.
            shown = visible_lines(patch) if sys.stdout.isatty() else patch
            click.echo(shown.encode("utf-8", "surrogateescape"), nl=False)
        return outcome

    drafts = Pass(session, show)
    for _ in drafts:
        pass
    if changed:
        how = "--fix --unsafe-fixes" if session.options["unsafe_fixes"] else "--fix"
        session.say(f"would mend {amount(changed, 'finding')}; {how} does")
    return TROUBLE if drafts.problems else FINDINGS if changed and not session.options["exit_zero"] else CLEAN


def mended(session: Session, message: Message, data: bytes) -> Outcome:
    """Mend one draft as far as was asked; nothing is written. Raises Unfinished where that takes too long."""
    settings = session.settings(message.draft.path)
    read = partial(read_message, flags=session.flags, defaults=settings.defaults)
    unsafe = bool(session.options["unsafe_fixes"])
    work = partial(fix.run, message, data, session.lint, unsafe=unsafe, read=read)
    return session.deadline.hold(work, message.draft.path)
