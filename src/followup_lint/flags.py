"""Every option of the command line, under its heading."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from followup_lint.context import Channel, Culture, Kind
from followup_lint.deadline import SECONDS
from followup_lint.diagnostic import Severity
from followup_lint.grouped import under
from followup_lint.presets import PRESETS

_rules, _facts, _report = under("Which rules"), under("What you know"), under("What is shown")
_mend, _quiet, _conf = under("Mend"), under("Live with it"), under("Configuration")
_start, _next = under("A new draft"), under("What to do next")
_files, _tell, _authors = under("Files"), under("Ask about rules"), under("For rule authors")
_many = under("Many drafts at once")


def _choices(*names: str) -> dict[str, object]:
    return {"type": click.Choice(names), "metavar": "|".join(names) if len(names) <= len(Severity) else None}


def _one_of(words: str, names: type[Kind | Channel | Culture]) -> dict[str, object]:
    values = [item.value for item in names]
    return {"type": click.Choice(values), "metavar": "NAME", "help": f"{words}: {', '.join(values)}."}


_LEVELS = _choices(*map(str, Severity))

_ALL: tuple[Callable[[Any], Any], ...] = (
    _rules("--preset", **_choices(*PRESETS), help="How much to ask for; recommended, unless a file says otherwise."),
    _rules("--select", multiple=True, metavar="RULES", help="Run only these rules (names or globs, comma-separated)."),
    _rules("--ignore", multiple=True, metavar="RULES", help="Leave these rules out."),
    _facts("--kind", **_one_of("What the message is for; inferred when absent", Kind)),
    _facts("--channel", **_one_of("How it travels", Channel)),
    _facts("--culture", **_one_of("How formal the company is", Culture)),
    _facts("--to", multiple=True, metavar="NAME", help="Who will read it."),
    _facts("--interviewer", "interviewers", multiple=True, metavar="NAME", help="Who interviewed you."),
    _facts("--company", metavar="NAME", help="Whom you want to work for."),
    _facts("--role", metavar="TITLE", help="The job you interviewed for."),
    _facts("--interview", metavar="WHEN", help="2026-05-06, or 2026-05-06T10:00/11:00."),
    _facts("--decision-by", metavar="DATE", help="When they promised to decide."),
    _facts("--now", "date", metavar="WHEN", help="When you will send it, if the draft does not say."),
    _facts("--zone", metavar="NAME", help="Where times without a zone are meant: Europe/Berlin."),
    _facts("--region", metavar="NAME", help="The country, for customs and public holidays: us, de, de-by."),
    _facts("--min-wait", metavar="WAIT", help="How long to wait before a check-in: 7d, or 5bd for business days."),
    _facts("--sent", multiple=True, metavar="PATH", help="Mail you sent and got: mbox file or Maildir; with --me."),
    _facts("--me", multiple=True, metavar="ADDRESS", help="Your own mail address."),
    _facts("--topic", "topics", multiple=True, metavar="WORDS", help="What you talked about."),
    _report(
        "--output-format",
        multiple=True,
        metavar="NAME[=FILE]",
        help="The report: full (the default), concise, checklist; html, markdown; json, jsonl, sarif, github, gitlab, "
        "junit, checkstyle, rdjson; ics with --schedule; parquet with --input. Repeat it to write several, NAME=FILE "
        "for all but one.",
    ),
    _report("-o", "--output-file", metavar="FILE", help="Write the report to a file."),
    _report("--statistics", is_flag=True, help="Count the findings of each rule."),
    _report(
        "-v",
        "--explain-findings",
        "--verbose",
        "explain_findings",
        is_flag=True,
        help="Show all that led to a finding.",
    ),
    _report("--redact", is_flag=True, help="Put PERSON-1, NUMBER-1 and the like for who and what a draft names."),
    _report("--show-skipped", is_flag=True, help="Name the rules that lacked a fact."),
    _report("--show-context", is_flag=True, help="Show every fact and where it came from."),
    _report("--color", **_choices("auto", "always", "never"), default="auto", show_default=True, help="Paint it."),
    _report("-q", "--quiet", is_flag=True, help="Print findings only."),
    _report("--min-severity", **_LEVELS, help="Report nothing milder."),
    _report("--fail-on", **_LEVELS, help="From where on to exit 1; warning, unless a file says otherwise."),
    _report("--exit-zero", is_flag=True, help="Exit 0 even with findings."),
    _mend("--fix", is_flag=True, help="Mend what can be mended safely, in the files, and report the rest."),
    _mend("--unsafe-fixes", is_flag=True, help="With --fix or --diff: also what may change the sense; read it after."),
    _mend("--fix-only", is_flag=True, help="Mend, and report nothing else."),
    _mend("--diff", is_flag=True, help="Show what --fix would change, and change nothing."),
    _mend("--exit-non-zero-on-fix", is_flag=True, help="Exit 1 if a file was changed, even if nothing is left."),
    _quiet("--add-ignores", metavar="REASON", help="Write what is found into the drafts' front matter, to be ignored."),
    _quiet("--baseline", metavar="FILE", help="Report only what is not in this file."),
    _quiet("--update-baseline", is_flag=True, help="Write what is found into the baseline."),
    _conf("--config", metavar="FILE", help="Use this configuration file and no other."),
    _conf("--isolated", is_flag=True, help="Use no configuration file."),
    _conf("--show-config", metavar="FILE", help="Show the settings in force for a draft, and which file set each."),
    _conf("--init", is_flag=True, help="Write a configuration file to begin with."),
    _files("--show-files", is_flag=True, help="List the drafts that would be linted."),
    _files("--exclude", multiple=True, metavar="GLOB", help="Leave files out of folders."),
    _files("--force-exclude", is_flag=True, help="Leave them out even if they are named, as pre-commit does."),
    _files(
        "--changed",
        is_flag=False,
        flag_value="HEAD",
        metavar="[=REV]",
        help="Look only at the lines that git says have changed, since the last commit or since REV.",
    ),
    _files("--watch", is_flag=True, help="Lint again whenever a draft is saved."),
    _files("--stdin-filename", default="stdin.txt", metavar="NAME", help="What to call standard input (-)."),
    _files(
        "-j",
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="How many processes share many drafts; as many as there are processors.",
    ),
    _files(
        "--timeout",
        type=click.FloatRange(min=0),
        default=SECONDS,
        show_default=True,
        metavar="SECONDS",
        help="How long a draft may take: past that it is told as not finished, and the rest goes on. 0 is for ever.",
    ),
    _files("--no-cache", is_flag=True, help="Find everything anew, and keep nothing of it."),
    _files("--cache-dir", metavar="DIR", help="Where to keep what was found; else where the system keeps such things."),
    _files("--clear-cache", is_flag=True, help="Throw away what was kept."),
    _files("--model", "wanted", default="", metavar="NAME", help="The spaCy model to use."),
    _many(
        "--input",
        metavar="FILE",
        help="Lint each row of a table (.parquet, .jsonl) or each mail of an mbox file or a Maildir, apart from all "
        "others, into a table of findings: -o FILE, .parquet or .jsonl.",
    ),
    _many("--text-column", default="body", show_default=True, metavar="NAME", help="Where a row has its draft."),
    _many("--id-column", metavar="NAME", help="Where a row has its id; without it, findings name the row's number."),
    _many(
        "--context-column",
        multiple=True,
        metavar="COLUMN[=FACT]",
        help="Where a row has a fact: company, to, interview … as in front matter.",
    ),
    _start("--new", **_one_of("Write a draft of this kind to PATHS, or a named file, with slots to fill", Kind)),
    _start("--invite", metavar="FILE", help="Take time and people from an invitation (.ics)."),
    _next("--schedule", is_flag=True, help="Show what is due in every conversation under PATHS: full, json or ics."),
    _tell("--list-rules", is_flag=True, help="List all rules."),
    _tell("--explain", metavar="RULE", help="Show what a rule asks, why, and examples."),
    _tell("--why-not", nargs=2, metavar="RULE FILE", help="Show why a rule says nothing about a draft."),
    _authors("--new-rule", metavar="NAME", help="Write a rule file to begin with, into PATHS or here."),
    _authors("--test-rules", is_flag=True, help="Run the examples in the rule files (of a folder, if one is given)."),
    _authors("--mutate", is_flag=True, help="With --test-rules: name the examples that prove nothing."),
    _authors("--debug-parse", metavar="FILE", help="Show parts, sentences, tokens and asks of a draft."),
    _tell("--completion", **_choices("bash", "zsh", "fish"), help="Print what completes our options in a shell."),
    _tell("--version", "show_version", is_flag=True, help="Show versions and exit."),
)


def all_flags(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command every option."""
    for option in reversed(_ALL):
        function = option(function)
    return function
