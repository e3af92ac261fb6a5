"""What the command line does with drafts: lint them, show one parsed, tell why a rule is silent about one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import cast

import click

from followup_lint import catalog, inform, model
from followup_lint.diagnostic import Severity
from followup_lint.errors import Problem
from followup_lint.explain import Explainer, explainer
from followup_lint.linter import Linter, Result
from followup_lint.messages import Options, messages, names
from followup_lint.reader import Message
from followup_lint.reports import as_json, concise, full
from followup_lint.reports.rows import rows
from followup_lint.rule import Rule

CLEAN, FINDINGS, TROUBLE = 0, 1, 2
_WIDTH, _LABEL = 80, 10


def lint(paths: Sequence[str], options: Options) -> int:
    """Lint every draft and show what is found; return the exit code."""
    if not paths:
        raise Problem("name a draft, a folder of drafts, or - for standard input; --help shows more")
    preset, as_one = str(options["preset"]), options["output_format"] == "json"
    chosen = catalog.choose(catalog.built_in(), preset, names(options["select"]), names(options["ignore"]))
    linter = Linter(chosen, partial(model.load, str(options["wanted"])))
    tell = partial(explainer, linter, preset=preset, selected=bool(options["select"]))
    explained = tell if options["explain_findings"] else None
    results, troubled = [], False
    for message in messages(paths, options):
        if isinstance(message, Problem):
            click.echo(f"followup-lint: {message}", err=True)
            troubled = True
        else:
            results.append(linter.lint(message, catalog.least(preset)))
            if not as_one:
                _show(results[-1], options, explained)
    if as_one:
        click.echo(as_json.render(results, explained), nl=False)
    if troubled:
        return TROUBLE
    gravest = max((item.severity.rank for result in results for item in result.diagnostics), default=-1)
    failed = gravest >= Severity(str(options["fail_on"])).rank
    return FINDINGS if failed and not options["exit_zero"] else CLEAN


def _show(result: Result, options: Options, explained: Callable[[Result], Explainer] | None) -> None:
    if options["output_format"] == "concise":
        click.echo(concise.render(result), nl=False)
    elif result.diagnostics or not options["quiet"]:
        coloured = _coloured(options)
        paint, tell = inform.paint if coloured else full.plain, explained(result) if explained else None
        click.echo(full.render(result, paint, explained=tell), nl=False, color=coloured)
    if options["show_context"]:
        click.echo(inform.context(result), nl=False, err=True)
    if options["show_skipped"]:
        for item in result.skipped:
            click.echo(f"{result.draft.path}: skipped {item.rule}: needs {item.lacks}", err=True)


def _coloured(options: Options) -> bool:
    wanted = options["color"]
    return wanted == "always" or (wanted == "auto" and sys.stdout.isatty() and not os.environ.get("NO_COLOR"))


def debug_parse(path: str, options: Options) -> int:
    """Show one draft, or each of a folder, as it is read."""
    from followup_lint import debug_parse as table

    language = partial(model.load, str(options["wanted"]), entities=True)
    for message in _readable(path, options):
        click.echo(table.render(message, language), nl=False)
    return CLEAN


def why_not(options: Options) -> int:
    """Show why a rule is silent about a draft."""
    from followup_lint.explain import why_not as reasons

    name, path = cast("tuple[str, str]", options["why_not"])
    rule = catalog.named(catalog.built_in(), name)
    linter = Linter((rule,), partial(model.load, str(options["wanted"])))
    coloured = _coloured(options)
    paint = inform.paint if coloured else full.plain
    for message in _readable(path, options):
        reading = linter.read(message)
        click.echo(f"{paint(message.draft.path, 'bold')} · {paint(rule.name, 'bold')}\n", color=coloured)
        told = reasons(rule, reading, _left_out(rule, options))
        for line in rows(told, paint, "  ", _WIDTH - 2 - _LABEL, _LABEL):
            click.echo(line, color=coloured)
        click.echo()
    return CLEAN


def _left_out(rule: Rule, options: Options) -> str:
    """Say by which option a rule does not run, if by any."""
    preset, select, ignore = str(options["preset"]), names(options["select"]), names(options["ignore"])
    rules = catalog.built_in()
    if rule in catalog.choose(rules, preset, select, ignore):
        return ""
    if rule in catalog.choose(rules, preset, select, ()):
        return "left out by --ignore"
    return "not named by --select" if select else f"{rule.file.preset}, so it does not run with --preset {preset}"


def _readable(path: str, options: Options) -> Iterator[Message]:
    for message in messages([path], options):
        if isinstance(message, Problem):
            raise message
        yield message
