"""Who answers what the command line asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

import click

from followup_lint import inform, model, new, run
from followup_lint.cache.recording import Recording
from followup_lint.config import Configs
from followup_lint.errors import Problem
from followup_lint.exits import CLEAN
from followup_lint.rule import Rule
from followup_lint.streams import tell

Options = dict[str, object]


def dispatch(paths: tuple[str, ...], options: Options, recording: Recording | None = None) -> int:
    """Do what was asked; return the exit code. Raises Problem or Problems.

    A recording is told what the answer depends on, where that is known.
    """
    _agree(options)
    if options["init"] or options["new_rule"] or options["new"]:
        return _begin(paths, options)
    told = _tell(paths, options)
    return _look(paths, options, recording) if told is None else told


def _tell(paths: tuple[str, ...], options: Options) -> int | None:
    """Answer what is asked of the program and its rules; None where it is drafts that are to be looked at."""
    if options["show_version"]:
        return _show_version(str(options["wanted"]))
    if options["completion"]:
        from followup_lint import completion

        click.echo(completion.script(str(options["completion"])), nl=False)
        return CLEAN
    if options["clear_cache"]:
        return inform.clear_cache(str(options["cache_dir"] or ""))
    if options["test_rules"]:
        folders, verbose = [Path(path) for path in paths], bool(options["explain_findings"])
        return inform.test_rules(folders, mutate=bool(options["mutate"]), verbose=verbose)
    if options["explain"]:
        return inform.explain(_rules(options), str(options["explain"]))
    return inform.list_rules(_rules(options)) if options["list_rules"] else None


def _agree(options: Options) -> None:
    """Refuse options that make no sense together. Raises Problem."""
    if options["mutate"] and not options["test_rules"]:
        raise Problem("--mutate goes with --test-rules")
    if options["invite"] and not options["new"]:
        raise Problem("--invite goes with --new; in a draft, write the line invite: FILE into its front matter")
    if options["unsafe_fixes"] and not (options["fix"] or options["fix_only"] or options["diff"]):
        raise Problem("--unsafe-fixes goes with --fix, --fix-only or --diff")
    if options["config"] and options["isolated"]:
        raise Problem("--config and --isolated do not go together")


def _rules(options: Options) -> Sequence[Rule]:
    """Return all rules known in the working directory, as they are configured there."""
    config = str(options["config"] or "")
    return Configs(Path(config) if config else None, isolated=bool(options["isolated"])).for_folder().every


def _begin(paths: tuple[str, ...], options: Options) -> int:
    from followup_lint.config import start

    if options["init"]:
        click.echo(start.init(Path(paths[0]) if paths else Path()))
        return CLEAN
    if options["new_rule"]:
        click.echo(start.new_rule(str(options["new_rule"]), Path(paths[0]) if paths else Path()))
        return CLEAN
    path, text, count = new.create(paths, options)
    click.echo(text if path == "-" else path, nl=path != "-")
    if not options["quiet"]:
        tell(f"{count} slots to fill; lint the draft to see which are left")
    return CLEAN


def _look(paths: tuple[str, ...], options: Options, recording: Recording | None) -> int:
    rev = options["changed"]
    if rev is not None and Path(str(rev)).exists():
        # The commit may be left out: what is a path is no commit.
        paths, options = (str(rev), *paths), {**options, "changed": "HEAD"}
    for asked, answer in _ANSWERS.items():
        if options[asked]:
            return answer(paths, options)
    return run.lint(paths, options, recording)


def _watch(paths: tuple[str, ...], options: Options) -> int:
    from followup_lint import watch

    def step(some: Sequence[str]) -> str:
        return run.told(some, options)

    return watch.run(paths, step, lambda: run.also_watched(paths, options))


_ANSWERS: dict[str, Callable[[tuple[str, ...], Options], int]] = {
    "schedule": run.schedule,
    "debug_parse": lambda _, options: run.debug_parse(str(options["debug_parse"]), options),
    "why_not": lambda _, options: run.why_not(options),
    "show_config": lambda _, options: run.show_config(str(options["show_config"]), options),
    "show_files": run.show_files,
    "watch": _watch,
}
"""The options that ask for something else than to lint, the first one first."""


def _show_version(wanted: str) -> int:
    click.echo(f"followup-lint {version('followup-lint')} (spaCy {version('spacy')}, model {model.describe(wanted)})")
    return CLEAN
