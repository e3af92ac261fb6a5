"""Options under headings in `--help`, so that a long list can be read; each but a few has an environment variable."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from followup_lint.environment import DEEDS, variable
from followup_lint.signals import closed_pipe

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

F = TypeVar("F", bound=Callable[..., Any])


class Option(click.Option):
    """An option that knows its heading, and which variables stand for it: one for each long name.

    In a variable, an option that may be repeated takes its values between commas, paths as the system lists them
    (`a:b`, on Windows `a;b`). A variable set to nothing is not set; the command line goes first.
    """

    def __init__(self, *args: Any, heading: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heading = heading
        if not DEEDS.intersection(self.opts):
            self.envvar = [variable(flag) for flag in self.flags]

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete its value in a shell."""
        from followup_lint.completion import by_metavar

        complete = by_metavar(self.metavar)
        return complete(ctx, self, incomplete) if complete else super().shell_complete(ctx, incomplete)

    @property
    def flags(self) -> list[str]:
        """Return its long names."""
        return [flag for flag in self.opts if flag.startswith("--")]

    def resolve_envvar_value(self, ctx: click.Context) -> str | None:  # noqa: ARG002  (click's signature)
        """Return what its first variable says that says anything."""
        return os.environ[name].strip() if (name := self._named()) else None

    def value_from_envvar(self, ctx: click.Context) -> Any:
        """Return that as the value, or the values, that the command line would have given."""
        said = self.resolve_envvar_value(ctx)
        if said is not None and self.multiple:
            mark = os.pathsep if self.metavar == "PATH" else ","
            return [part.strip() for part in said.split(mark) if part.strip()] or None
        if said is not None and not self.is_flag and isinstance(self.flag_value, str):
            # An option whose value may be left out: yes is to give it without one.
            yes = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}.get(said.lower())
            return said if yes is None else self.flag_value if yes else None
        return super().value_from_envvar(ctx)

    def called(self, ctx: click.Context) -> str:
        """Return what the user wrote to give it a value: its variable, or its flag."""
        if self.name and ctx.get_parameter_source(self.name) is ParameterSource.ENVIRONMENT:
            return self._named()
        return (self.flags or self.opts)[0]

    def get_error_hint(self, ctx: click.Context | None) -> str:
        """Name what the user wrote, for errors."""
        return f"'{self.called(ctx)}'" if ctx else super().get_error_hint(ctx)

    def _named(self) -> str:
        return next((name for name in self.envvar or () if os.environ.get(name, "").strip()), "")


def called(name: str) -> str:
    """Return what the user wrote to set a parameter of the running command, for messages about its value."""
    context = click.get_current_context(silent=True)
    for parameter in context.command.params if context else ():
        if context and parameter.name == name and isinstance(parameter, Option):
            return parameter.called(context)
    return "--" + name.replace("_", "-")


@contextmanager
def _closed_pipes() -> Iterator[None]:
    """Keep what a closed pipe raises from click, which would take it for a finding."""
    try:
        yield
    except BrokenPipeError:
        raise closed_pipe() from None


class Command(click.Command):
    """A command whose help lists its options by heading, in the order of their first option, `--help` last."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run, or complete for a shell that asks for it."""
        if any(name.endswith("_LINT_COMPLETE") for name in os.environ):
            from followup_lint.completion import prepare

            prepare()
        return super().main(*args, **extra)

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Read the command line; a pipe that is closed meanwhile ends the program."""
        with _closed_pipes():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Do what was asked; a pipe that is closed meanwhile ends the program."""
        with _closed_pipes():
            return super().invoke(ctx)

    def sections(self, ctx: click.Context) -> dict[str, list[tuple[str, str]]]:
        """Return the options by heading: how each is written, and what it does."""
        found: dict[str, list[tuple[str, str]]] = {}
        last: list[tuple[str, str]] = []
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx) if isinstance(parameter, click.Option) else None
            if record and isinstance(parameter, Option):
                found.setdefault(parameter.heading, []).append(record)
            elif record:
                last.append(record)
        return found | {"Other": found.pop("Other", []) + last}

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        for heading, records in self.sections(ctx).items():
            with formatter.section(heading):
                formatter.write_dl(records, col_max=26)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  (the same)
        """Write the epilogue as it stands: its headings in line with those of the options."""
        if self.epilog:
            formatter.write("\n" + inspect.cleandoc(self.epilog).replace("\b\n", "") + "\n")


def under(heading: str) -> Callable[..., Callable[[F], F]]:
    """Return a decorator like `click.option` for the options of one heading."""
    return partial(click.option, cls=Option, heading=heading)
