"""Options under headings in `--help`, so that a long list can be read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


class Option(click.Option):
    """An option that knows its heading."""

    def __init__(self, *args: Any, heading: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heading = heading


class Command(click.Command):
    """A command whose help lists its options by heading, in the order of their first option, `--help` last."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        sections: dict[str, list[tuple[str, str]]] = {}
        last: list[tuple[str, str]] = []
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx) if isinstance(parameter, click.Option) else None
            if record and isinstance(parameter, Option):
                sections.setdefault(parameter.heading, []).append(record)
            elif record:
                last.append(record)
        sections["Other"] = sections.pop("Other", []) + last
        for heading, records in sections.items():
            with formatter.section(heading):
                formatter.write_dl(records, col_max=26)


def under(heading: str) -> Callable[..., Callable[[F], F]]:
    """Return a decorator like `click.option` for the options of one heading."""
    return partial(click.option, cls=Option, heading=heading)
