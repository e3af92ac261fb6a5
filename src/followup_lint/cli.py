"""The command line: options, and what to do with them."""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

import click

from followup_lint import catalog, inform, model, new, run, streams
from followup_lint.context import Channel, Culture, Kind
from followup_lint.diagnostic import Severity
from followup_lint.errors import Problem, Problems
from followup_lint.grouped import Command, under
from followup_lint.sources.decode import reason

_rules, _facts, _report = under("Which rules"), under("What you know"), under("What is shown")
_start, _next = under("A new draft"), under("What to do next")
_files, _tell, _authors = under("Files"), under("Ask about rules"), under("For rule authors")


def _choices(*names: str) -> dict[str, object]:
    return {"type": click.Choice(names), "metavar": "|".join(names) if len(names) <= len(Severity) else None}


def _one_of(words: str, names: type[Kind | Channel | Culture]) -> dict[str, object]:
    values = [item.value for item in names]
    return {"type": click.Choice(values), "metavar": "NAME", "help": f"{words}: {', '.join(values)}."}


@click.command(cls=Command, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@_rules("--preset", **_choices(*catalog.PRESETS), default="recommended", show_default=True, help="How much to ask for.")
@_rules("--select", multiple=True, metavar="RULES", help="Run only these rules (names or globs, comma-separated).")
@_rules("--ignore", multiple=True, metavar="RULES", help="Leave these rules out.")
@_facts("--kind", **_one_of("What the message is for; inferred when absent", Kind))
@_facts("--channel", **_one_of("How it travels", Channel))
@_facts("--culture", **_one_of("How formal the company is", Culture))
@_facts("--to", multiple=True, metavar="NAME", help="Who will read it.")
@_facts("--interviewer", "interviewers", multiple=True, metavar="NAME", help="Who interviewed you.")
@_facts("--company", metavar="NAME", help="Whom you want to work for.")
@_facts("--role", metavar="TITLE", help="The job you interviewed for.")
@_facts("--interview", metavar="WHEN", help="2026-05-06, or 2026-05-06T10:00/11:00.")
@_facts("--decision-by", metavar="DATE", help="When they promised to decide.")
@_facts("--now", "date", metavar="WHEN", help="When you will send it, if the draft does not say.")
@_facts("--zone", metavar="NAME", help="Where times without a zone are meant: Europe/Berlin.")
@_facts("--region", metavar="NAME", help="The country, for customs and public holidays: us, de, de-by.")
@_facts("--min-wait", metavar="WAIT", help="How long to wait before a check-in: 7d, or 5bd for business days.")
@_facts("--sent", multiple=True, metavar="PATH", help="Mail you sent and got: an mbox file or a Maildir; with --me.")
@_facts("--me", multiple=True, metavar="ADDRESS", help="Your own mail address.")
@_facts("--topic", "topics", multiple=True, metavar="WORDS", help="What you talked about.")
@_report(
    "--output-format",
    type=click.Choice(["full", "concise", "json", "ics"]),
    metavar="NAME",
    default="full",
    show_default=True,
    help="The report: full, concise, json; ics with --schedule.",
)
@_report(
    "-v", "--explain-findings", "--verbose", "explain_findings", is_flag=True, help="Show all that led to a finding."
)
@_report("--show-skipped", is_flag=True, help="Name the rules that lacked a fact.")
@_report("--show-context", is_flag=True, help="Show every fact and where it came from.")
@_report("--color", **_choices("auto", "always", "never"), default="auto", show_default=True, help="Paint the report.")
@_report("-q", "--quiet", is_flag=True, help="Print findings only.")
@_report(
    "--fail-on", **_choices(*map(str, Severity)), default="warning", show_default=True, help="From where on to exit 1."
)
@_report("--exit-zero", is_flag=True, help="Exit 0 even with findings.")
@_files("--exclude", multiple=True, metavar="GLOB", help="Leave files out of folders.")
@_files("--stdin-filename", default="stdin.txt", metavar="NAME", help="What to call standard input (-).")
@_files("--model", "wanted", default="", metavar="NAME", help="The spaCy model to use.")
@_start("--new", **_one_of("Write a draft of this kind to PATHS, or a named file, with slots to fill", Kind))
@_start("--invite", metavar="FILE", help="Take time and people from an invitation (.ics).")
@_next("--schedule", is_flag=True, help="Show what is due in every conversation under PATHS: full, json or ics.")
@_tell("--list-rules", is_flag=True, help="List all rules.")
@_tell("--explain", metavar="RULE", help="Show what a rule asks, why, and examples.")
@_tell("--why-not", nargs=2, metavar="RULE FILE", help="Show why a rule says nothing about a draft.")
@_authors("--test-rules", is_flag=True, help="Run the examples in the rule files (of a folder, if one is given).")
@_authors("--mutate", is_flag=True, help="With --test-rules: name the examples that prove nothing.")
@_authors("--debug-parse", metavar="FILE", help="Show parts, sentences, tokens and asks of a draft.")
@_tell("--version", "show_version", is_flag=True, help="Show versions and exit.")
def command(paths: tuple[str, ...], **options: object) -> None:
    """Check the messages you send after a job interview before you send them.

    PATHS are drafts (.txt, .md, .eml), folders of them, or - for standard input.
    """
    try:
        sys.exit(_dispatch(paths, options))
    except Problems as group:
        for problem in group.exceptions:
            click.echo(f"followup-lint: {problem}", err=True)
    except Problem as problem:
        click.echo(f"followup-lint: {problem}", err=True)
    sys.exit(run.TROUBLE)


def _dispatch(paths: tuple[str, ...], options: dict[str, object]) -> int:
    if options["mutate"] and not options["test_rules"]:
        raise Problem("--mutate goes with --test-rules")
    if options["invite"] and not options["new"]:
        raise Problem("--invite goes with --new; in a draft, write the line invite: FILE into its front matter")
    if options["output_format"] == ("concise" if options["schedule"] else "ics"):
        raise Problem("--output-format ics goes with --schedule, which has no concise form")
    if options["show_version"]:
        return _show_version(str(options["wanted"]))
    if options["test_rules"]:
        folders, verbose = [Path(path) for path in paths], bool(options["explain_findings"])
        return inform.test_rules(folders, mutate=bool(options["mutate"]), verbose=verbose)
    if options["explain"]:
        return inform.explain(catalog.built_in(), str(options["explain"]))
    if options["list_rules"]:
        return inform.list_rules(catalog.built_in())
    return _new(paths, options) if options["new"] else _look(paths, options)


def _new(paths: tuple[str, ...], options: dict[str, object]) -> int:
    path, text, count = new.create(paths, options)
    click.echo(text if path == "-" else path, nl=path != "-")
    if not options["quiet"]:
        click.echo(f"followup-lint: {count} slots to fill; lint the draft to see which are left", err=True)
    return run.CLEAN


def _look(paths: tuple[str, ...], options: dict[str, object]) -> int:
    if options["schedule"]:
        return run.schedule(paths, options)
    if options["debug_parse"]:
        return run.debug_parse(str(options["debug_parse"]), options)
    if options["why_not"]:
        return run.why_not(options)
    return run.lint(paths, options)


def _show_version(wanted: str) -> int:
    click.echo(f"followup-lint {version('followup-lint')} (spaCy {version('spacy')}, model {model.describe(wanted)})")
    return run.CLEAN


def main() -> int:
    """Run the program; a closed pipe ends it quietly."""
    streams.prepare()
    try:
        command()
    except BrokenPipeError:
        streams.give_up_output()
    except OSError as error:
        streams.give_up_output()
        what = f"{error.filename}" if error.filename else "cannot write the report"
        with suppress(OSError):
            click.echo(f"followup-lint: {what}: {reason(error)}", err=True)
        return run.TROUBLE
    return run.CLEAN
