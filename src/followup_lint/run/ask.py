"""Questions about one draft: how it is read, why a rule is silent about it, which settings are in force for it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import partial
from typing import cast

import click

from followup_lint import catalog, model
from followup_lint.errors import Problem
from followup_lint.exits import CLEAN, TROUBLE
from followup_lint.messages import Options
from followup_lint.reader import Message
from followup_lint.reports.rows import rows
from followup_lint.run.output import coloured, paint
from followup_lint.run.session import Session
from followup_lint.streams import say, tell
from followup_lint.text import visible, visible_lines

_WIDTH, _LABEL = 80, 10


def debug_parse(path: str, options: Options) -> int:
    """Show one draft, or each of a folder, as it is read."""
    from followup_lint import debug_parse as table

    session = Session([path], options)
    for message in _readable(session):
        wanted = str(options["wanted"]) or session.settings(message.draft.path).model
        say(visible_lines(table.render(message, partial(model.load, wanted, entities=True))))
    return CLEAN


def why_not(options: Options) -> int:
    """Show why a rule is silent about a draft."""
    from followup_lint.explain.why_not import why_not as reasons
    from followup_lint.records import replace

    name, path = cast("tuple[str, str]", options["why_not"])
    session, brush, painted = Session([path], options), paint(options), coloured(options)
    for message in _readable(session):
        settings = session.settings(message.draft.path)
        rule = catalog.named(settings.every, name)
        reading = replace(session.linter(settings), rules=(rule,)).read(message)
        click.echo(f"{brush(visible(message.draft.path), 'bold')} · {brush(rule.name, 'bold')}\n", color=painted)
        told = reasons(rule, reading, settings.left_out(rule.name, *session.choice))
        for line in rows(told, brush, "  ", _WIDTH - 2 - _LABEL, _LABEL):
            click.echo(line, color=painted)
        click.echo()
    return CLEAN


def show_config(path: str, options: Options) -> int:
    """Show the settings in force for a draft, and where each comes from."""
    from followup_lint.config.show import show_config as shown

    session = Session([path], options)
    given = {name: str(options[name] or "") for name in ("preset", "fail_on", "min_severity", "baseline")}
    given |= {"model": str(options["wanted"])}
    say(visible_lines(shown(path, session.configs, given)))
    return CLEAN


def show_files(paths: Sequence[str], options: Options) -> int:
    """List the drafts that would be linted."""
    session = Session(paths, options)
    places, problems = session.found
    for place in places:
        # Another program gets the name as it is, to find the file by it.
        say(f"{visible(place.path) if sys.stdout.isatty() else place.path}\n", color=True)
    for problem in problems:
        tell(problem)
    return TROUBLE if problems else CLEAN


def _readable(session: Session) -> Iterator[Message]:
    for message in session.messages():
        if isinstance(message, Problem):
            raise session.redactor.problem(message) if session.redactor else message
        yield session.redactor.message(message) if session.redactor else message
