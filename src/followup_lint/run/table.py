"""Lint the rows of a table, or the mails of a mailbox, into a table of findings."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import cast

from followup_lint import progress
from followup_lint.arguments import called
from followup_lint.batch.arrow import Columns
from followup_lint.batch.checker import Checker, checker
from followup_lint.batch.given import columns_of, listed
from followup_lint.batch.inputs import Input, open_input
from followup_lint.batch.many import lint_many
from followup_lint.batch.outputs import ENDINGS, FORMATS, open_output
from followup_lint.batch.rows import FINDING, PROBLEM, Row, rows_of
from followup_lint.diagnostic import Severity
from followup_lint.errors import Problem
from followup_lint.exits import CLEAN, FINDINGS, TROUBLE
from followup_lint.messages import Options
from followup_lint.records import dataclass, replace
from followup_lint.reports.formats import Output, parse_outputs
from followup_lint.run.session import Session
from followup_lint.streams import tell

_WITHOUT = (
    *("fix", "fix_only", "diff", "unsafe_fixes", "exit_non_zero_on_fix", "add_ignores", "baseline", "update_baseline"),
    *("changed", "watch", "schedule", "show_files", "statistics", "explain_findings", "show_skipped", "show_context"),
    "sent",
)
"""What is asked of drafts in files, and makes no sense of rows."""

_TOLD = 10
"""How many problems are told one by one; all of them are in the table."""


@dataclass
class Tally:
    """What has been found so far."""

    least: Severity
    drafts: int = 0
    findings: int = 0
    problems: int = 0
    has_failed: bool = False

    def add(self, rows: Sequence[Row], shown: str) -> None:
        """Count the rows of a draft, and tell its problems."""
        self.drafts += 1
        for row in rows:
            if row["outcome"] == FINDING:
                self.findings += 1
                self.has_failed |= Severity(str(row["severity"])).rank >= self.least.rank
            elif row["outcome"] == PROBLEM:
                self.problems += 1
                if self.problems <= _TOLD:
                    tell(f"{shown}: {_named(row['id'])}{row['message']}")

    def __str__(self) -> str:
        troubles = f", {_counted(self.problems, 'problem')}" if self.problems else ""
        return f"{_counted(self.drafts, 'draft')}: {_counted(self.findings, 'finding')}{troubles}"


def table(paths: Sequence[str], options: Options) -> int:
    """Lint every row; return the exit code. Raises Problem or Problems where nothing can be done at all."""
    path = str(options["input"])
    if paths:
        raise Problem("--input takes the place of PATHS; name one or the other")
    for name in _WITHOUT:
        if options[name] not in {None, False, "", ()}:
            raise Problem(f"--input and {called(name)} do not go together")
    columns = _columns(options)
    source = open_input(path, columns)
    session = Session((), options)
    check = _checker(path, session)
    wanted = _outputs(path, options)
    fail_on = options["fail_on"] or check.settings.fail_on or Severity.WARNING
    tally = Tally(Severity(str(fail_on)))
    _run(source, check, wanted, tally, session)
    if tally.problems > _TOLD:
        tell(f"{path}: {_counted(tally.problems - _TOLD, 'more problem')}")
    session.say(str(tally))
    if tally.problems:
        return TROUBLE
    return FINDINGS if tally.has_failed and not options["exit_zero"] else CLEAN


def _run(source: Input, check: Checker, wanted: Sequence[Output], tally: Tally, session: Session) -> None:
    enabled = progress.is_wanted(quiet=bool(session.options["quiet"]))
    path = str(session.options["input"])
    with ExitStack() as stack:
        sinks = [stack.enter_context(open_output(item.format, item.path, source.id_type)) for item in wanted]
        is_live = not (os.path.isfile(path) or os.path.isdir(path))
        answers = lint_many(source.drafts(), check, rows_of, session.workers, live=is_live)
        for rows in progress.shown(answers, source.count() if enabled else 0, enabled=enabled):
            tally.add(rows, path)
            for sink in sinks:
                sink(rows)


def _columns(options: Options) -> Columns:
    pairs = [item.partition("=") for item in listed(cast("tuple[str, ...]", options["context_column"]))]
    facts = columns_of({column.strip(): fact.strip() or column.strip() for column, _, fact in pairs})
    return Columns(str(options["text_column"]), str(options["id_column"] or "") or None, facts)


def _checker(path: str, session: Session) -> Checker:
    # The settings are those of drafts where the table lies.
    settings = session.configs.for_folder(path) if Path(path).is_dir() else session.settings(path)
    preset, select, ignore = session.choice
    return checker(
        settings,
        preset=preset,
        select=select,
        ignore=ignore,
        wanted=str(session.options["wanted"]),
        least=session.least(settings),
        flags=session.flags,
        quick=True,
        deadline=session.deadline,
    )


def _outputs(path: str, options: Options) -> tuple[Output, ...]:
    """Return where the findings go, and in which format: the one that is named, or that of the file's ending."""
    values = cast("tuple[str, ...]", options["output_format"])
    named = str(options["output_file"] or "")
    ending = Path(named).suffix.lower()
    if named and not values and ending not in ENDINGS:
        known = " or ".join(FORMATS)
        raise Problem(f"cannot tell the format from the ending; --output-format says which: {known}", named)
    wanted = parse_outputs(values or (ENDINGS.get(ending, "jsonl"),), FORMATS)
    wanted = tuple(replace(item, path=Path(named)) if named and item.path is None else item for item in wanted)
    for item in wanted:
        if item.path is None and item.format == "parquet":
            raise Problem("Parquet goes to a file; name it with -o")
        if item.path and os.path.realpath(item.path) == os.path.realpath(path):
            raise Problem("is what is read; write the findings to another file", str(item.path))
    return wanted


def _named(id_: object) -> str:
    return "" if id_ is None else f"{id_}: " if isinstance(id_, str) else f"row {id_}: "


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
