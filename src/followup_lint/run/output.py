"""Where reports go: to the terminal draft by draft, and whole into files."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import click

from followup_lint.environment import wants_colour
from followup_lint.errors import Problem
from followup_lint.linter import Result
from followup_lint.reports import formats, full
from followup_lint.reports.formats import Output
from followup_lint.reports.report import Report
from followup_lint.reports.rows import Paint
from followup_lint.reports.summary import summary
from followup_lint.run.session import Session
from followup_lint.writing import create_file, replace_file

_DRAWN = frozenset({"full", "concise", "checklist"})
"""The reports for people at a terminal: coloured, and shown draft by draft."""


@dataclass(frozen=True)
class Outputs:
    """The reports of one run."""

    session: Session
    wanted: tuple[Output, ...]

    @property
    def _aside(self) -> bool:
        """Whether standard output is taken: by the mended text of what came in on standard input."""
        return bool(self.session.options["fix"]) and "-" in self.session.paths

    def show(self, result: Result) -> None:
        """Show a draft at once, in the reports for people."""
        session = self.session
        for output in self.wanted:
            if output.path is None and output.format in _DRAWN and not session.options["statistics"]:
                painted = coloured(session.options)
                drawn = self._drawn(output.format, result, paint(session.options))
                click.echo(drawn, nl=False, color=painted, err=self._aside)
        if session.options["show_context"]:
            from followup_lint import inform

            click.echo(inform.context(result), nl=False, err=True)
        if session.options["show_skipped"]:
            for item in result.skipped:
                click.echo(f"{result.draft.path}: skipped {item.rule}: needs {item.lacks}", err=True)

    def _drawn(self, name: str, result: Result, brush: Paint) -> str:
        session = self.session
        if name == "concise":
            from followup_lint.reports import concise

            return concise.render(result)
        if name == "checklist":
            from followup_lint.reports import checklist

            return checklist.render_one(result, session.reading(result), brush)
        if session.options["quiet"] and not result.diagnostics:
            return ""
        told = session.explained(result) if session.options["explain_findings"] else None
        return full.render(result, brush, explained=told)

    def finish(self, report: Report) -> None:
        """Write the reports that need all drafts. Raises Problem for a file that cannot be written."""
        for output in self.wanted:
            if output.path is not None:
                _write(output.path, formats.render(output.format, report).encode("utf-8", "replace"))
            elif output.format not in _DRAWN and not self.session.options["statistics"]:
                click.echo(formats.render(output.format, report), nl=False, err=self._aside)
        if self.session.options["statistics"]:
            self._count(report)

    def sum_up(self, results: Sequence[Result]) -> None:
        """Say under the reports of several drafts what they come to."""
        if not self.session.options["statistics"] and any(
            output.path is None and output.format in {"full", "checklist"} for output in self.wanted
        ):
            brush = paint(self.session.options)
            click.echo(brush(summary(results), "bold"), color=coloured(self.session.options), err=self._aside)

    def _count(self, report: Report) -> None:
        from followup_lint import statistics

        if any(output.format == "json" and output.path is None for output in self.wanted):
            click.echo(statistics.render_json(report.results), nl=False)
        else:
            brush = paint(self.session.options)
            click.echo(statistics.render(report.results, brush), nl=False, color=coloured(self.session.options))


def outputs(session: Session) -> Outputs:
    """Return the reports asked for. Raises Problem for one that is none, two for one place, or a draft's own place."""
    values = cast("tuple[str, ...]", session.options["output_format"])
    if named := str(session.options["output_file"] or ""):
        values = tuple(_filed(item, named) for item in values or ("full",))
    wanted = formats.parse_outputs(values)
    drafts = {os.path.realpath(place.path) for place in session.found[0] if place.is_file}
    for output in wanted:
        if output.path and os.path.realpath(output.path) in drafts:
            raise Problem("is one of the drafts; write the report to another file", str(output.path))
    return Outputs(session, wanted)


def _filed(value: str, path: str) -> str:
    return value if "=" in value else f"{value}={path}"


def _write(path: Path, data: bytes) -> None:
    if path.exists() and not path.is_file():
        path.write_bytes(data)  # a pipe, a terminal: nothing to be kept whole
    elif path.exists():
        replace_file(path, data)
    else:
        create_file(path, data)


def coloured(options: Mapping[str, object]) -> bool:
    """Whether to paint the report."""
    return wants_colour(str(options["color"]), sys.stdout, os.environ)


def painted(words: str, style: str) -> str:
    """Colour words for a terminal."""
    if style in {"bold", "dim"}:
        return click.style(words, bold=style == "bold" or None, dim=style == "dim" or None)
    return click.style(words, fg=style)


def paint(options: Mapping[str, object]) -> Paint:
    """Return the brush for standard output."""
    return painted if coloured(options) else full.plain
