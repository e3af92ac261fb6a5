"""Command lines that say nothing out of the ordinary, read without click, which takes longer to load than to lint.

What may be said, and what each option is when it is not, click tells once, and it is kept. A command line is plain
where it holds paths and known options alone, each written out with a value that click would take as it stands, and no
variable of the environment says more. All others, and every mistake, are for click.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterator, Mapping, Sequence

from followup_lint import kept
from followup_lint.environment import PREFIX, SWITCHES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    import click

_NAME = "arguments"
_COMPLETION = "_COMPLETE"
_PARTS = (
    "arguments.py",
    "command.py",
    "context.py",
    "deadline.py",
    "diagnostic.py",
    "environment.py",
    "flags.py",
    "grouped.py",
    "presets.py",
)

Form = tuple[str, str, tuple[str, ...]]
"""Of an option its parameter; whether it is a `flag`, takes `one` value or `many`; and the only values, if so."""

Call = tuple[tuple[str, ...], dict[str, object]]
"""Paths, and the value of every parameter."""


def plain(arguments: Sequence[str], environ: Mapping[str, str]) -> Call | None:
    """Return what click would make of a plain command line; None for any other, and where nothing is kept yet."""
    if os.name != "posix" or not _is_silent(environ) or (known := _known()) is None:
        return None
    forms, values = known
    paths: list[str] = []
    waiting = iter(arguments)
    for word in waiting:
        if word[:1] != "-" or word == "-":
            paths.append(word)
            continue
        name, is_joined, value = word.partition("=") if word.startswith("--") else (word, "", "")
        if (form := forms.get(name)) is None or (is_joined and form[1] == "flag"):
            return None
        parameter, kind, choices = form
        if kind == "flag":
            values[parameter] = True
            continue
        if not is_joined:
            value = next(waiting, "-")
        if not value or value[0] == "-" or (choices and value not in choices):
            return None
        values[parameter] = (*values[parameter], value) if kind == "many" else value
    return (tuple(paths), values) if all(paths) else None


def keep(command: click.Command, environ: Mapping[str, str]) -> None:
    """Keep what a command takes, unless that is known already."""
    if os.name == "posix" and _is_silent(environ) and _known() is None:
        with command.make_context(command.name, []) as context:
            values = {name: value for name, value in context.params.items() if name != "paths"}
        kept.write(_NAME, _made_from(), marshal.dumps((dict(_forms(command)), values)))


def called(name: str) -> str:
    """Return what the user wrote to set a parameter, for messages about its value."""
    if "click" in sys.modules:
        from followup_lint.grouped import called as written  # it knows of variables, too

        return written(name)
    return "--" + name.replace("_", "-")  # the line was plain


def _forms(command: click.Command) -> Iterator[tuple[str, Form]]:
    """Yield the options whose values click takes as they stand."""
    import click

    for option in command.params:
        if not isinstance(option, click.Option) or option.nargs != 1 or option.callback or option.secondary_opts:
            continue
        # An option whose name is not that of its parameter is called by it in messages: click knows how.
        if f"--{str(option.name).replace('_', '-')}" not in option.opts:
            continue
        kind = "many" if option.multiple else "one"
        choices: tuple[str, ...] = ()
        if option.is_flag and isinstance(option.type, type(click.BOOL)):
            kind = "flag"
        elif isinstance(option.type, click.Choice):
            choices = tuple(map(str, option.type.choices))
        elif not isinstance(option.type, type(click.STRING)) or isinstance(option.flag_value, str):
            continue  # it is a number, or its value may be left out
        for name in option.opts:
            yield name, (str(option.name), kind, choices)


def _is_silent(environ: Mapping[str, str]) -> bool:
    """Whether no variable of the environment stands for an option."""
    return not any((name.startswith(PREFIX) and name not in SWITCHES) or name.endswith(_COMPLETION) for name in environ)


def _known() -> tuple[dict[str, Form], dict[str, Any]] | None:
    body = kept.read(_NAME, _made_from())
    return marshal.loads(body) if body else None  # noqa: S302  (checked for damage; only this user may write there)


def _made_from() -> bytes:
    here = os.path.dirname(__file__)
    return kept.digest(sys.version.encode(), *(kept.mark(f"{here}{os.sep}{name}") for name in _PARTS))
