"""Drafts that were linted before and did not change since: once more by hand, and by pre-commit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import yaml

from speed.bench import FLOOR, OURS, Bench
from speed.section import Aim, Section, compared, skipped
from speed.texts import lay
from speed.tool import Tool

NO_CACHE = "this followup-lint keeps no results"
HOOKED = 200
WISHES = {1: 2, 1000: 6}


def hits(bench: Bench) -> Section:
    """Measure one file and a thousand that are in the cache, against an empty Python."""
    if not bench.caches:
        return skipped("cached", NO_CACHE)
    folder = bench.place("cached")
    names = lay(folder, bench.source.some(1000), "cached")
    ours = {number: bench.ours.with_options(name=f"{OURS}, {number:,} known") for number in WISHES}
    jobs = [(bench.floor, ()), *((tool, tuple(names[:number])) for number, tool in ours.items())]
    done, notes = bench.run(jobs, 2 * bench.rounds, folder)
    aims = tuple(
        Aim(f"{number:,} known: followup-lint ÷ empty Python", WISHES[number], done[tool.name].times(done[FLOOR]))
        for number, tool in ours.items()
        if tool.name in done and FLOOR in done
    )
    return Section("cached", compared(done.values(), done.get(FLOOR)), aims, tuple(notes))


def hook(bench: Bench) -> Section:
    """Measure pre-commit over drafts that did not change, against a hook that does nothing."""
    if not bench.caches:
        return skipped("hook", NO_CACHE)
    folder = bench.place("hook")
    lay(folder, bench.source.some(HOOKED), "hook")
    _repository(folder, bench)
    hooks = {name: _pre_commit(name) for name in ("does-nothing", OURS)}
    done, notes = bench.run([(tool, ()) for tool in hooks.values()], bench.rounds, folder)
    floor, ours = (done.get(tool.name) for tool in hooks.values())
    aims = (
        [Aim("pre-commit, 200 known: followup-lint ÷ a hook that does nothing", 1.3, ours.times(floor))]
        if ours and floor
        else []
    )
    return Section("hook", compared(done.values(), floor), tuple(aims), tuple(notes))


def _pre_commit(name: str) -> Tool:
    return Tool(f"pre-commit: {name}", (sys.executable, "-m", "pre_commit", "run", name, "--all-files"))


def _repository(folder: Path, bench: Bench) -> None:
    """Make a repository of what is there, with both hooks, in the form of our `.pre-commit-hooks.yaml`."""
    common = {"language": "system", "types": ["text"], "files": r"\.txt$", "require_serial": True}
    entries = {"does-nothing": "true", OURS: f"{bench.ours.command[0]} --force-exclude"}
    hooks = [{"id": name, "name": name, "entry": entry, **common} for name, entry in entries.items()]
    settings = {"repos": [{"repo": "local", "hooks": hooks}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    for command in (["init", "--quiet"], ["add", "--all"]):
        subprocess.run(["git", *command], cwd=folder, env=bench.environment, check=True)
