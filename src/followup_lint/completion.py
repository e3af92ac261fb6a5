"""Completion of what is typed in a shell: names of rules, files, and click's own for options and choices.

The scripts are click's. It takes `--option=value` apart otherwise than the shells do, and cuts what fish gets at the
first comma; both are put right here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
)

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]

SHELLS = ("bash", "zsh", "fish")
PROGRAM, VARIABLE = "followup-lint", "_FOLLOWUP_LINT_COMPLETE"


def script(shell: str) -> str:
    """Return what a shell has to run to complete our command line."""
    return _CLASSES[shell](click.Command(PROGRAM), {}, PROGRAM, VARIABLE).source().strip() + "\n"


def prepare() -> None:
    """Let click complete our way when a shell asks."""
    for cls in _CLASSES.values():
        add_completion_class(cls)


def files(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete as the shell completes files."""
    return [CompletionItem(incomplete, type="file")]


def rule_names(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the last of a list of rules between commas. No rule file is opened: it has to be quick."""
    from followup_lint.vocabulary import rules_folder

    names = (item.name.removesuffix(".yaml") for item in rules_folder().iterdir() if item.name.endswith(".yaml"))
    return _listed(sorted(names), incomplete)


def rule_and_file(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete an option that takes a rule and then a file."""
    before = context.obj[-1:] if isinstance(context.obj, list) else []
    is_first = bool(set(before) & set(parameter.opts))
    return (rule_names if is_first else files)(context, parameter, incomplete)


def formats(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the last of a list of output formats between commas."""
    from followup_lint.reports.formats import FORMATS

    return _listed((*FORMATS, "ics"), incomplete)


def by_metavar(metavar: str | None) -> Complete | None:
    """Return what completes the value of an option, told by the word that stands for it in the help."""
    known: dict[str, Complete] = {
        "RULES": rule_names,
        "RULE": rule_names,
        "RULE FILE": rule_and_file,
        "NAME[=FILE]": formats,
    }
    return known.get(metavar or "") or (files if metavar in {"FILE", "PATH"} else None)


def _listed(names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    done, comma, last = incomplete.rpartition(",")
    taken = done.split(",")
    return [CompletionItem(f"{done}{comma}{name}") for name in names if name.startswith(last) and name not in taken]


def _assigned(word: str) -> str:
    """Return the `--option=` that a word begins with, if it does."""
    found = re.match(r"--[^=]+=", word)
    return found.group() if found else ""


class _Whole(ShellComplete):
    """Completion where the shell puts our words in place of the whole one typed, `--option=` and all."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        self.ctx_args = {**self.ctx_args, "obj": args}  # the words so far, for `rule_and_file`
        found = super().get_completions(args, incomplete)
        lead = _assigned(incomplete)
        return [CompletionItem(lead + i.value, i.type, i.help) if i.type == "plain" else i for i in found]


class _Bash(BashComplete):
    def get_completion_args(self) -> tuple[list[str], str]:
        # Readline ends words at "=", which then is a word by itself.
        args, incomplete = super().get_completion_args()
        value, args = ("", [*args, "="]) if incomplete == "=" else (incomplete, args)
        if args[-1:] == ["="] and args[-2:-1] and args[-2].startswith("--"):
            return args[:-2], f"{args[-2]}={value}"
        return args, incomplete

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        self.ctx_args = {**self.ctx_args, "obj": args}
        return super().get_completions(args, incomplete)


class _Zsh(_Whole, ZshComplete):
    source_template = ZshComplete.source_template.replace(
        "_path_files -f\n", "[[ $PREFIX == --*=* ]] && compset -P '*='\n            _path_files -f\n"
    )


class _Fish(_Whole, FishComplete):
    source_template = FishComplete.source_template.replace(
        'string split "," $completion', 'string split --max 1 "," $completion'
    ).replace(
        "__fish_complete_path $metadata[2];\n",
        'set -l lead (string match --regex -- "^--[^=]+=" (commandline -ct));\n'
        '            for path in (__fish_complete_path $metadata[2]); echo "$lead$path"; end;\n',
    )


_CLASSES: dict[str, type[ShellComplete]] = {"bash": _Bash, "zsh": _Zsh, "fish": _Fish}
