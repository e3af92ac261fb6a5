"""Where reports go: draft by draft where the format allows it, the others whole at the end."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext

from followup_lint.environment import wants_colour
from followup_lint.errors import Problem
from followup_lint.linter import Result
from followup_lint.records import dataclass, field, replace
from followup_lint.reports import formats, full
from followup_lint.reports.formats import STREAMED, Output
from followup_lint.reports.report import Report
from followup_lint.reports.rows import Paint
from followup_lint.reports.summary import Summary
from followup_lint.run.session import Session
from followup_lint.streams import say
from followup_lint.text import visible, visible_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any, BinaryIO

    from followup_lint.statistics import Statistics

_DRAWN = frozenset({"full", "concise", "checklist"})
"""The reports for people at a terminal: coloured there."""


@dataclass
class Outputs:
    """The reports of one run. A result is kept only for those that can be written at the end alone.

    `files` are those that the reports go to, open. `is_long` says that there are so many drafts that words which the
    model meets while one is shown are to be forgotten.
    """

    session: Session
    wanted: Sequence[Output]
    files: Mapping[Path, BinaryIO]
    is_long: bool = False
    summary: Summary = field(default_factory=Summary)
    _statistics: Statistics | None = None
    _kept: list[Result] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.session.options["statistics"]:
            from followup_lint.statistics import Statistics

            self._statistics = Statistics()

    @property
    def _aside(self) -> bool:
        """Whether standard output is taken: by the mended text of what came in on standard input."""
        return bool(self.session.options["fix"]) and "-" in self.session.paths

    @property
    def _shown(self) -> Sequence[Output]:
        """Return the reports that are written: not those that the statistics take the place of."""
        return [item for item in self.wanted if item.path is not None or not self._statistics]

    def add(self, result: Result) -> None:
        """Count a draft, and show it in the reports that are written draft by draft."""
        self.summary.add(result)
        if self.session.redactor:
            result = self.session.redactor.result(result)
        if self._statistics:
            self._statistics.add(result)
        if not self.session.options["fix_only"]:
            with self._forgetting:
                self._show(result)

    @property
    def _forgetting(self) -> AbstractContextManager[None]:
        """Return what forgets the words that are met while a report reads a draft once more."""
        reads = self.session.options["explain_findings"] or any(item.format == "checklist" for item in self.wanted)
        return self.session.forgetting() if self.is_long and reads else nullcontext()

    def _show(self, result: Result) -> None:
        session = self.session
        for output in self._shown:
            if output.format in STREAMED:
                self._write(output, self._piece(output, result))
        if any(output.format not in STREAMED for output in self._shown):
            # What was worked out of the text, as where its lines begin, takes more room than the text.
            self._kept.append(replace(result, draft=replace(result.draft)))
        if session.options["show_context"]:
            from followup_lint import inform

            say(visible_lines(inform.context(result)), err=True)
        if session.options["show_skipped"]:
            for item in result.skipped:
                say(f"{visible(result.draft.path)}: skipped {item.rule}: needs {item.lacks}\n", err=True)

    def _piece(self, output: Output, result: Result) -> str:
        """Return the report of one draft."""
        session = self.session
        if output.path is not None or output.format not in _DRAWN:
            return formats.render(output.format, self._report([result]))
        if output.format == "concise":
            from followup_lint.reports import concise

            return concise.render(result)
        if output.format == "checklist":
            from followup_lint.reports import checklist

            return checklist.render_one(result, session.reading(result), paint(session.options))
        if session.options["quiet"] and not result.diagnostics:
            return ""
        told = session.explained(result) if session.options["explain_findings"] else None
        return full.render(result, paint(session.options), explained=told)

    def _report(self, results: Sequence[Result], problems: Sequence[Problem] = ()) -> Report:
        session = self.session
        return Report(
            results,
            problems,
            session.explained if session.options["explain_findings"] else None,
            session.docs_url,
            not session.options["quiet"],
            session.reading,
        )

    def _write(self, output: Output, text: str) -> None:
        if output.path is not None:
            self.files[output.path].write(text.encode("utf-8", "replace"))
        elif text:
            is_drawn = output.format in _DRAWN
            say(text, color=coloured(self.session.options) if is_drawn else None, err=self._aside)

    def finish(self, problems: Sequence[Problem]) -> None:
        """Write what is left: the reports that need all drafts, and what the others say of problems."""
        if self.session.options["fix_only"]:
            return
        if redactor := self.session.redactor:
            problems = list(map(redactor.problem, problems))
        for output in self._shown:
            kept = () if output.format in STREAMED else self._kept
            self._write(output, formats.render(output.format, self._report(kept, problems)))
        if self._statistics:
            self._count(self._statistics)

    def sum_up(self) -> None:
        """Say under the reports of several drafts what they come to."""
        if not self._statistics and any(
            output.path is None and output.format in {"full", "checklist"} for output in self.wanted
        ):
            brush = paint(self.session.options)
            say(brush(f"{self.summary}", "bold") + "\n", color=coloured(self.session.options), err=self._aside)

    def _count(self, found: Statistics) -> None:
        from followup_lint import statistics

        if any(output.format == "json" and output.path is None for output in self.wanted):
            say(statistics.render_json(found))
        else:
            brush = paint(self.session.options)
            say(statistics.render(found, brush), color=coloured(self.session.options))


@contextmanager
def outputs(session: Session, *, is_long: bool = False) -> Iterator[Outputs]:
    """Yield the reports asked for, and write them whole: where the block fails, files are as they were.

    Raises Problem for one that is none, two for one place, a draft's own place, or a file that cannot be written.
    """
    given: Any = session.options["output_format"]
    values: tuple[str, ...] = given
    if named := str(session.options["output_file"] or ""):
        values = tuple(_filed(item, named) for item in values or ("full",))
    wanted = formats.parse_outputs(values)
    paths = [output.path for output in wanted if output.path]
    drafts = {os.path.realpath(place.path) for place in session.found[0] if place.is_file} if paths else set()
    for path in paths:
        if os.path.realpath(path) in drafts:
            raise Problem("is one of the drafts; write the report to another file", str(path))
    with ExitStack() as stack:
        opened = () if session.options["fix_only"] else paths
        files = {path: stack.enter_context(_opened(path)) for path in opened}
        yield Outputs(session, wanted, files, is_long)


def _opened(path: Path) -> AbstractContextManager[BinaryIO]:
    from followup_lint.writing import whole_file  # most reports go to the terminal

    return whole_file(path)


def _filed(value: str, path: str) -> str:
    return value if "=" in value else f"{value}={path}"


def coloured(options: Mapping[str, object]) -> bool:
    """Whether to paint the report."""
    return wants_colour(str(options["color"]), sys.stdout, os.environ)


def painted(words: str, style: str) -> str:
    """Colour words for a terminal."""
    import click  # most runs paint nothing

    if style in {"bold", "dim"}:
        return click.style(words, bold=style == "bold" or None, dim=style == "dim" or None)
    return click.style(words, fg=style)


def paint(options: Mapping[str, object]) -> Paint:
    """Return the brush for standard output."""
    return painted if coloured(options) else full.plain
