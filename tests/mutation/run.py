"""Mutation testing: each area of `areas.toml` is changed in every small way, one at a time, and some test should fail.

    python tests/mutation/run.py text draft    # areas, or all of them
    python tests/mutation/run.py --folder DIR  # where to work; `build/mutation` otherwise

Each area has its own folder of links to this tree, in which mutmut makes its copies; there, `mutmut show NAME` tells
what a mutant was. The exit code is 1 if too many live.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AREAS = Path(__file__).with_name("areas.toml")
LINKED = ("README.md", "benchmarks", "docs", "editors", "examples", "rules", "src", "tests")
"""What tests read. The package finds `rules` beside `src`."""

DEAD = ("killed", "timeout", "segfault")
UNSEEN = "no tests"
"""A mutant in what no test calls; it lives."""


@dataclass(frozen=True)
class Area:
    """Modules, below `src/followup_lint`, the tests that pin them, and the least share of dead mutants, in per cent."""

    mutate: Sequence[str]
    tests: Sequence[str]
    killed: float


def areas() -> dict[str, Area]:
    """Return the areas by name."""
    return {name: Area(**table) for name, table in tomllib.loads(AREAS.read_text("utf-8")).items()}


def prepare(area: Area, folder: Path) -> None:
    """Make the folder anew in which mutmut is to run."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in LINKED:
        (folder / name).symlink_to(ROOT / name)
    settings = {
        "source_paths": ["src"],
        "only_mutate": [f"src/followup_lint/{name}" for name in area.mutate],
        "also_copy": [name for name in LINKED if name not in {"src", "tests"}],
        "pytest_add_cli_args_test_selection": [f"tests/{name}" for name in area.tests],
        "pytest_add_cli_args": ["-p", "same_examples", "-p", "no:cacheprovider"],
        # Seconds that a mutant may take: multiplier x (what its tests take + constant). A busy machine kills nothing.
        "timeout_multiplier": 3.0,
        "timeout_constant": 5.0,
    }
    ours = (ROOT / "pyproject.toml").read_text("utf-8")
    lines = [f"{key} = {json.dumps(value)}" for key, value in settings.items()]
    (folder / "pyproject.toml").write_text("\n".join([ours, "[tool.mutmut]", *lines, ""]), "utf-8")


def outcomes(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield each mutant with what became of it, as mutmut calls it."""
    command = [sys.executable, "-m", "mutmut", "results", "--all", "true"]
    told = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout
    for match in re.finditer(r"^ +(\S+): (.+)$", told, re.MULTILINE):
        yield match[1], match[2]


def tried(area: Area, folder: Path, children: int) -> bool:
    """Run all mutants of an area; print those that live and the figures, and return whether enough died."""
    prepare(area, folder)
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", str(children)]
    beside = dict(os.environ, PYTHONPATH=str(Path(__file__).parent))  # for the plugin `same_examples`
    with (folder / "log.txt").open("w", encoding="utf-8") as log:
        done = subprocess.run(command, cwd=folder, env=beside, stdout=log, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        print(f"{folder.name}: mutmut ended with {done.returncode}; see {folder / 'log.txt'}")
        return False
    ends = dict(outcomes(folder))
    for mutant, end in ends.items():
        if end not in DEAD and end != UNSEEN:
            print(f"{folder.name}: {end}: {mutant}")
    for function, number in Counter(name.rpartition("__")[0] for name, end in ends.items() if end == UNSEEN).items():
        print(f"{folder.name}: {UNSEEN}: {function}, {number} mutants")
    counts = Counter(ends.values())
    dead = 100 * sum(counts[end] for end in DEAD) / max(1, len(ends))
    told = ", ".join(f"{number} {end}" for end, number in sorted(counts.items()))
    print(f"{folder.name}: {len(ends)} mutants, {told}: {dead:.1f} % dead, {area.killed} % wanted", flush=True)
    return bool(ends) and dead >= area.killed


def main() -> int:
    """Run the areas that are asked for."""
    known = areas()
    parser = argparse.ArgumentParser(description="Change the code and look whether the tests see it.")
    parser.add_argument("areas", nargs="*", metavar="AREA", help=", ".join(known))
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "mutation", help="where to work")
    parser.add_argument("--children", type=int, default=1, help="mutants tried at once")
    asked = parser.parse_args()
    if unknown := set(asked.areas) - set(known):
        parser.error(f"no area is called {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    results = [tried(known[name], asked.folder / name, asked.children) for name in asked.areas or known]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
