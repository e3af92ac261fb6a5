"""The options of the command line, as they know themselves."""

from __future__ import annotations

from collections.abc import Iterator

import click

from followup_lint.flags import all_flags
from followup_lint.grouped import Command
from followup_lint.pages.markdown import code, table

_HEAD = ("option", "what it does", "variable")


def region() -> str:
    """Return a table of options for each heading of `--help`."""
    command = click.command(cls=Command)(all_flags(lambda **_: None))
    context = click.Context(command, info_name="followup-lint")
    headings: dict[str, list[tuple[str, str, str]]] = {}
    for option in _options(command, context):
        headings.setdefault(getattr(option, "heading", "Other"), []).append(_row(option, context))
    return "\n\n".join(f"## {name}\n\n{table(_HEAD, rows)}" for name, rows in headings.items())


def _options(command: click.Command, context: click.Context) -> Iterator[click.Option]:
    yield from (item for item in command.get_params(context) if isinstance(item, click.Option) and not item.hidden)


def _row(option: click.Option, context: click.Context) -> tuple[str, str, str]:
    names = ", ".join(option.opts)
    metavar = "" if option.is_flag else option.make_metavar(context)
    gap = "" if metavar.startswith("[=") else " "
    given = option.envvar
    variables = [given] if isinstance(given, str) else given or []
    return code(f"{names}{gap}{metavar}".strip()), _plainly(option.help or ""), ", ".join(map(code, variables)) or "–"


def _plainly(words: str) -> str:
    return " ".join(words.split()).replace("*", "\\*").replace("<", "\\<")
