"""The command line: options in, report out, an exit code that scripts can trust."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from functools import partial
from importlib.metadata import version
from pathlib import Path

import click

from followup_lint import catalog, inform, model
from followup_lint.context import Channel, Culture, Fact, Kind
from followup_lint.diagnostic import Severity
from followup_lint.errors import Problem, Problems
from followup_lint.facts import PARSERS
from followup_lint.linter import Linter, Result
from followup_lint.reader import Message, read_message
from followup_lint.reports import as_json, concise, full
from followup_lint.sources.decode import read_bytes
from followup_lint.sources.walk import find

CLEAN, FINDINGS, TROUBLE = 0, 1, 2

_FLAGS = (
    *("kind", "channel", "culture", "to", "interviewers", "company", "role"),
    *("interview", "decision_by", "date", "topics"),
)


@click.command(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("--preset", type=click.Choice(catalog.PRESETS), default="recommended", show_default=True)
@click.option(
    "--select", multiple=True, metavar="RULES", help="Run only these rules (names or globs, comma-separated)."
)
@click.option("--ignore", multiple=True, metavar="RULES", help="Leave these rules out.")
@click.option(
    "--kind", type=click.Choice([item.value for item in Kind]), help="What the message is for; inferred when absent."
)
@click.option("--channel", type=click.Choice([item.value for item in Channel]), help="How it travels.")
@click.option("--culture", type=click.Choice([item.value for item in Culture]), help="How formal the company is.")
@click.option("--to", multiple=True, metavar="NAME", help="Who will read it.")
@click.option("--interviewer", "interviewers", multiple=True, metavar="NAME", help="Who interviewed you.")
@click.option("--company", metavar="NAME")
@click.option("--role", metavar="TITLE", help="The job you interviewed for.")
@click.option("--interview", metavar="WHEN", help="2026-05-06, or 2026-05-06T10:00/11:00.")
@click.option("--decision-by", metavar="DATE", help="When they promised to decide.")
@click.option("--now", "date", metavar="WHEN", help="When you will send it, if the draft does not say.")
@click.option("--topic", "topics", multiple=True, metavar="WORDS", help="What you talked about.")
@click.option("--output-format", type=click.Choice(["full", "concise", "json"]), default="full", show_default=True)
@click.option("--explain", metavar="RULE", help="Show what a rule asks, why, and examples.")
@click.option("--list-rules", is_flag=True, help="List all rules.")
@click.option("--test-rules", is_flag=True, help="Run the examples in the rule files (of a folder, if one is given).")
@click.option("--show-skipped", is_flag=True, help="Name the rules that lacked a fact.")
@click.option("--show-context", is_flag=True, help="Show every fact and where it came from.")
@click.option("--fail-on", type=click.Choice([item.value for item in Severity]), default="warning", show_default=True)
@click.option("--exit-zero", is_flag=True, help="Exit 0 even with findings.")
@click.option("--exclude", multiple=True, metavar="GLOB", help="Leave files out of folders.")
@click.option("--stdin-filename", default="stdin.txt", metavar="NAME", help="What to call standard input (-).")
@click.option("--model", "wanted", default="", metavar="NAME", help="The spaCy model to use.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True)
@click.option("-q", "--quiet", is_flag=True, help="Print findings only.")
@click.option("--version", "show_version", is_flag=True, help="Show versions and exit.")
def command(paths: tuple[str, ...], **options: object) -> None:
    """Check the messages you send after a job interview before you send them.

    PATHS are drafts (.txt, .md, .eml), folders of them, or - for standard input.
    """
    try:
        sys.exit(_run(paths, options))
    except Problems as group:
        for problem in group.exceptions:
            click.echo(f"followup-lint: {problem}", err=True)
    except Problem as problem:
        click.echo(f"followup-lint: {problem}", err=True)
    sys.exit(TROUBLE)


def _run(paths: tuple[str, ...], options: dict[str, object]) -> int:
    wanted = str(options["wanted"])
    if options["show_version"]:
        click.echo(
            f"followup-lint {version('followup-lint')} (spaCy {version('spacy')}, model {model.describe(wanted)})"
        )
        return CLEAN
    if options["test_rules"]:
        return inform.test_rules(paths)
    if options["explain"]:
        return inform.explain(catalog.built_in(), str(options["explain"]))
    if options["list_rules"]:
        return inform.list_rules(catalog.built_in())
    return _lint(paths, options, wanted)


def _lint(paths: tuple[str, ...], options: dict[str, object], wanted: str) -> int:
    rules = catalog.built_in()
    if not paths:
        raise Problem("name a draft, a folder of drafts, or - for standard input; --help shows more")
    preset = str(options["preset"])
    chosen = catalog.choose(rules, preset, _names(options["select"]), _names(options["ignore"]))
    flags = _flags(options)
    linter = Linter(chosen, partial(model.load, wanted))
    results, troubled = [], False
    for message in _messages(paths, options, flags):
        if isinstance(message, Problem):
            click.echo(f"followup-lint: {message}", err=True)
            troubled = True
        else:
            result = linter.lint(message, catalog.least(preset))
            results.append(result)
            if options["output_format"] != "json":
                _show(result, options)
    if options["output_format"] == "json":
        click.echo(as_json.render(results), nl=False)
    if troubled:
        return TROUBLE
    gravest = max((item.severity.rank for result in results for item in result.diagnostics), default=-1)
    failed = gravest >= Severity(str(options["fail_on"])).rank
    return FINDINGS if failed and not options["exit_zero"] else CLEAN


def _names(value: object) -> list[str]:
    return [name.strip() for item in value for name in item.split(",") if name.strip()]  # type: ignore[attr-defined]  # click's multiple


def _flags(options: dict[str, object]) -> dict[str, Fact]:
    flags = {}
    for name in _FLAGS:
        value = options[name]
        if value:
            flag = {"date": "--now", "topics": "--topic", "interviewers": "--interviewer"}.get(name)
            flag = flag or "--" + name.replace("_", "-")
            try:
                flags[name] = Fact(PARSERS[name](list(value) if isinstance(value, tuple) else str(value)), flag)
            except ValueError as error:
                raise Problem(f"{flag}: {error}") from None
    return flags


def _messages(
    paths: tuple[str, ...], options: dict[str, object], flags: dict[str, Fact]
) -> Iterable[Message | Problem]:
    named = [path for path in paths if path != "-"]
    files, problems = find(named, _names(options["exclude"])) if named else ([], [])
    yield from problems
    if "-" in paths:
        data = sys.stdin.buffer.read()
        yield from _read(data, str(options["stdin_filename"]), flags)
    for file in files:
        try:
            data = read_bytes(Path(file), str(file))
        except Problem as problem:
            yield problem
        else:
            yield from _read(data, str(file), flags)


def _read(data: bytes, path: str, flags: dict[str, Fact]) -> Iterable[Message | Problem]:
    try:
        message = read_message(data, path, flags)
    except Problem as problem:
        yield problem
        return
    for note in message.draft.notes:
        click.echo(f"followup-lint: {path}: note: {note}", err=True)
    yield from message.problems
    yield message


def _show(result: Result, options: dict[str, object]) -> None:
    if options["output_format"] == "concise":
        click.echo(concise.render(result), nl=False)
    else:
        coloured = options["color"] == "always" or (
            options["color"] == "auto" and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        )
        if result.diagnostics or not options["quiet"]:
            click.echo(full.render(result, inform.paint if coloured else full.plain), nl=False, color=coloured)
    if options["show_context"]:
        click.echo(inform.context(result), nl=False, err=True)
    if options["show_skipped"]:
        for item in result.skipped:
            click.echo(f"{result.draft.path}: skipped {item.rule}: needs {item.lacks}", err=True)


def main() -> int:
    """Run the program; a closed pipe ends it quietly."""
    try:
        command()
    except BrokenPipeError:
        # Python would complain once more while it flushes the closed stream at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return CLEAN
