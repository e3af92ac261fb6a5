"""What the command line does with drafts: lint them, show one parsed, tell why a rule is silent about one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import cast
from zoneinfo import ZoneInfo

import click

from followup_lint import catalog, inform, model
from followup_lint.config import configured
from followup_lint.diagnostic import Severity
from followup_lint.errors import Problem
from followup_lint.explain import Explainer, explainer
from followup_lint.facts import in_zone
from followup_lint.linter import Linter, Result
from followup_lint.messages import Options, flags, messages, names, records
from followup_lint.reader import Message
from followup_lint.reports import as_json, concise, full
from followup_lint.reports.rows import rows
from followup_lint.rule import Rule
from followup_lint.thread import gather
from followup_lint.when import Moment

CLEAN, FINDINGS, TROUBLE = 0, 1, 2
_WIDTH, _LABEL = 80, 10


def lint(paths: Sequence[str], options: Options) -> int:
    """Lint every draft and show what is found; return the exit code."""
    if not paths:
        raise Problem("name a draft, a folder of drafts, or - for standard input; --help shows more")
    preset, as_one = str(options["preset"]), options["output_format"] == "json"
    chosen = catalog.choose(catalog.built_in(), preset, names(options["select"]), names(options["ignore"]))
    known = records(paths, options)
    linter = Linter(chosen, partial(model.load, _model(paths, options)), known.others, known.informed)
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
    for note in known.notes:
        click.echo(f"followup-lint: {note}", err=True)
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


def schedule(paths: Sequence[str], options: Options) -> int:
    """Show what is due in each conversation under the paths; the exit code tells only of trouble."""
    from followup_lint import schedule as plan
    from followup_lint.reports import schedule_full, schedule_ics, schedule_json

    if not paths:
        raise Problem("name a draft or a folder of drafts to make a schedule of")
    now, form = _now(options), str(options["output_format"])
    drafts: list[Message] = []
    troubled = False
    # --now is the present here, not the date of drafts that have none.
    for message in messages(paths, {**options, "date": None}):
        if isinstance(message, Problem):
            click.echo(f"followup-lint: {message}", err=True)
            troubled = True
        else:
            drafts.append(message)
    known = records(paths, options)
    entries = plan.schedule(gather(drafts, known, joined=False), now)
    for note in known.notes:
        click.echo(f"followup-lint: {note}", err=True)
    if form == "full":
        coloured = _coloured(options)
        paint = inform.paint if coloured else full.plain
        shown = schedule_full.render(entries, now, paint, reasons=bool(options["explain_findings"]))
        click.echo(shown, nl=False, color=coloured)
    elif form == "ics":
        click.echo(schedule_ics.render(entries, now).encode(), nl=False)  # UTF-8 and its own line ends everywhere
    else:
        click.echo(schedule_json.render(entries), nl=False)
    return TROUBLE if troubled else CLEAN


def _now(options: Options) -> Moment:
    given = flags({**options, "kind": None})
    if "date" not in given:
        return Moment(datetime.now().astimezone())
    now, zone = given["date"].value, given["zone"].value if "zone" in given else None
    try:
        return cast("Moment", in_zone(now, zone) if isinstance(zone, ZoneInfo) else now)
    except ValueError as error:
        raise Problem(f"--now: {error}") from None


def _model(paths: Sequence[str], options: Options) -> str:
    return str(options["wanted"]) or configured(paths).model


def debug_parse(path: str, options: Options) -> int:
    """Show one draft, or each of a folder, as it is read."""
    from followup_lint import debug_parse as table

    language = partial(model.load, _model([path], options), entities=True)
    for message in _readable(path, options):
        click.echo(table.render(message, language), nl=False)
    return CLEAN


def why_not(options: Options) -> int:
    """Show why a rule is silent about a draft."""
    from followup_lint.explain import why_not as reasons

    name, path = cast("tuple[str, str]", options["why_not"])
    rule = catalog.named(catalog.built_in(), name)
    known = records([path], options)
    linter = Linter((rule,), partial(model.load, _model([path], options)), known.others, known.informed)
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
