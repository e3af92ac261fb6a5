"""Who answers what the command line asks for."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from followup_lint import rubbish
from followup_lint.errors import Problem, Problems
from followup_lint.exits import CLEAN, TROUBLE
from followup_lint.streams import say, tell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from followup_lint.cache.recording import Recording
    from followup_lint.rule import Rule

Options = dict[str, object]


def answer(paths: tuple[str, ...], options: Options, recording: Recording | None = None) -> int:
    """Do what was asked, or tell what is wrong with it; return the exit code."""
    try:
        return dispatch(paths, options, recording)
    except Problems as group:
        for problem in group.exceptions:
            tell(problem)
    except Problem as problem:
        tell(problem)
    return TROUBLE


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

        say(completion.script(str(options["completion"])))
        return CLEAN
    if options["clear_cache"]:
        from followup_lint import inform

        return inform.clear_cache(str(options["cache_dir"] or ""))
    return _of_rules(paths, options) if any(map(options.get, ("test_rules", "explain", "list_rules"))) else None


def _of_rules(paths: tuple[str, ...], options: Options) -> int:
    from pathlib import Path

    from followup_lint import inform

    if options["test_rules"]:
        folders, verbose = [Path(path) for path in paths], bool(options["explain_findings"])
        return inform.test_rules(folders, mutate=bool(options["mutate"]), verbose=verbose)
    if options["explain"]:
        return inform.explain(_rules(options), str(options["explain"]))
    return inform.list_rules(_rules(options))


def _agree(options: Options) -> None:
    """Refuse options that make no sense together. Raises Problem."""
    if options["mutate"] and not options["test_rules"]:
        raise Problem("--mutate goes with --test-rules")
    if options["invite"] and not options["new"]:
        raise Problem("--invite goes with --new; in a draft, write the line invite: FILE into its front matter")
    if options["unsafe_fixes"] and not (options["fix"] or options["fix_only"] or options["diff"]):
        raise Problem("--unsafe-fixes goes with --fix, --fix-only or --diff")
    if options["redact"] and (wrong := [name for name in _TELLING if options[name]]):
        raise Problem(
            f"--redact goes with reports, --debug-parse and --why-not, and not with --{wrong[0].replace('_', '-')}"
        )
    if options["config"] and options["isolated"]:
        raise Problem("--config and --isolated do not go together")
    if (options["id_column"] or options["context_column"]) and not options["input"]:
        raise Problem("--id-column and --context-column go with --input")


_TELLING = (
    *("fix", "fix_only", "diff", "add_ignores", "update_baseline", "schedule", "watch", "input", "show_config"),
    *("show_files", "new", "init", "new_rule"),
)
"""What shows or writes more of a draft than reports do, so that `--redact` cannot answer for it."""


def _rules(options: Options) -> Sequence[Rule]:
    """Return all rules known in the working directory, as they are configured there."""
    from pathlib import Path

    from followup_lint.config import Configs

    config = str(options["config"] or "")
    return Configs(Path(config) if config else None, isolated=bool(options["isolated"])).for_folder().every


def _begin(paths: tuple[str, ...], options: Options) -> int:
    from pathlib import Path

    if options["init"]:
        from followup_lint.config import start

        say(f"{start.init(Path(paths[0]) if paths else Path())}\n")
        return CLEAN
    if options["new_rule"]:
        from followup_lint.config import start

        say(f"{start.new_rule(str(options['new_rule']), Path(paths[0]) if paths else Path())}\n")
        return CLEAN
    from followup_lint import new

    path, text, count = new.create(paths, options)
    say(text if path == "-" else f"{path}\n")
    if not options["quiet"]:
        tell(f"{count} slots to fill; lint the draft to see which are left")
    return CLEAN


def _look(paths: tuple[str, ...], options: Options, recording: Recording | None) -> int:
    rev = options["changed"]
    if rev is not None and os.path.exists(str(rev)):
        # The commit may be left out: what is a path is no commit.
        paths, options = (str(rev), *paths), {**options, "changed": "HEAD"}
    for asked, answer in _ANSWERS.items():
        if options[asked]:
            rubbish.collect()
            return answer(paths, options)
    from followup_lint.run.lint import lint

    return lint(paths, options, recording)


def _watch(paths: tuple[str, ...], options: Options) -> int:
    from followup_lint import watch
    from followup_lint.run.lint import also_watched, told

    def step(some: Sequence[str]) -> str:
        return told(some, options)

    return watch.run(paths, step, lambda: also_watched(paths, options))


def _schedule(paths: tuple[str, ...], options: Options) -> int:
    from followup_lint.run.plan import schedule

    return schedule(paths, options)


def _debug_parse(_: tuple[str, ...], options: Options) -> int:
    from followup_lint.run.ask import debug_parse

    return debug_parse(str(options["debug_parse"]), options)


def _why_not(_: tuple[str, ...], options: Options) -> int:
    from followup_lint.run.ask import why_not

    return why_not(options)


def _show_config(_: tuple[str, ...], options: Options) -> int:
    from followup_lint.run.ask import show_config

    return show_config(str(options["show_config"]), options)


def _show_files(paths: tuple[str, ...], options: Options) -> int:
    from followup_lint.run.ask import show_files

    return show_files(paths, options)


def _table(paths: tuple[str, ...], options: Options) -> int:
    from followup_lint.run.table import table

    return table(paths, options)


_ANSWERS: dict[str, Callable[[tuple[str, ...], Options], int]] = {
    "input": _table,
    "schedule": _schedule,
    "debug_parse": _debug_parse,
    "why_not": _why_not,
    "show_config": _show_config,
    "show_files": _show_files,
    "watch": _watch,
}
"""The options that ask for something else than to lint, the first one first."""


def _show_version(wanted: str) -> int:
    from importlib.metadata import version

    from followup_lint import model

    say(f"followup-lint {version('followup-lint')} (spaCy {version('spacy')}, model {model.describe(wanted)})")
    return CLEAN
