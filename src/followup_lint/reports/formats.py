"""The output formats by name. A format's module is loaded when it is asked for."""

from __future__ import annotations

import importlib
import os
from collections.abc import Collection, Sequence

from followup_lint.errors import Problem, hint, problems
from followup_lint.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from followup_lint.reports.report import Report

FORMATS = (
    *("full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson"),
    *("markdown", "html", "checklist"),
)

STREAMED = frozenset({"full", "concise", "checklist", "jsonl", "github"})
"""Those that can be written draft by draft: a report's text is that of its drafts, each in a report of its own, one
after the other, and then that of a report which holds the problems alone."""

_PER_DRAFT = frozenset({"full", "concise"})
_MODULES = {"json": "as_json"}


@dataclass(frozen=True)
class Output:
    """A format, and the file it goes to; None is standard output."""

    format: str
    path: Path | None = None


def render(name: str, report: Report) -> str:
    """Return a report in one of the formats, uncoloured; what is streamed may be given a draft at a time."""
    module: Any = importlib.import_module(f"followup_lint.reports.{_MODULES.get(name, name)}")
    if name not in _PER_DRAFT:
        whole: str = module.render(report)
        return whole
    explained = report.explained if name == "full" else None
    return "".join(
        module.render(result, explained=explained(result)) if explained else module.render(result)
        for result in report.results
    )


def parse_output(value: str, known: Collection[str] = FORMATS) -> Output:
    """Read `sarif` or `sarif=out.sarif`; `sarif=-` is `sarif`. Raises Problem."""
    name, equals, path = value.partition("=")
    if name not in known:
        raise Problem(f"--output-format: unknown format '{name}'; {_meant(name, known)}")
    if equals and not path:
        raise Problem(f"--output-format {value}: name a file after the =, or leave the = out for standard output")
    if path in {"", "-"}:
        return Output(name)
    from pathlib import Path  # most reports go to the terminal

    return Output(name, Path(path))


def parse_outputs(values: Sequence[str], known: Collection[str] = FORMATS) -> tuple[Output, ...]:
    """Read what was given, in order; nothing given is `full`. Raises Problems with all that is wrong."""
    found: list[Problem] = []
    outputs: list[Output] = []
    taken: dict[str, str] = {}
    for value in values or ("full",):
        try:
            output = parse_output(value, known)
        except Problem as problem:
            found.append(problem)
            continue
        place = os.path.realpath(output.path) if output.path else ""
        if place in taken:
            found.append(_twice(value, taken[place], output))
        taken.setdefault(place, value)
        outputs.append(output)
    if found:
        raise problems(found)
    return tuple(outputs)


def _twice(value: str, first: str, output: Output) -> Problem:
    if output.path:
        return Problem(f"--output-format {value}: {output.path} is written by --output-format {first} already")
    example = f"{output.format}=FILE"
    return Problem(f"--output-format {first} and {value} both go to standard output; give one a file: {example}")


def _meant(name: str, known: Collection[str]) -> str:
    if name == "ics":
        return "ics goes with --schedule"
    return hint(name, known, f"expected one of {', '.join(known)}")
