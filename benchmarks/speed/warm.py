"""The parts that `inside.py` times in a running process, as a table."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyperf

from speed.bench import HERE, Bench
from speed.section import Section, seconds

PARTS = {
    "lint": "followup-lint: the draft, again after a change",
    "naive": "naive spaCy script: the draft, again",
    "split": "followup-lint: the draft to its sentences",
    "cut": "followup-lint: the draft to its parts",
    "rules": "followup-lint: rule files to rules, once a process",
}


def warm(bench: Bench) -> Section:
    """Run pyperf and show its medians."""
    result = bench.place("warm") / "result.json"
    result.unlink(missing_ok=True)
    # pyperf hands few variables to its workers; without these they would read and fill the user's own folders.
    passed = ",".join(name for name in bench.environment if name == "HOME" or name.startswith("XDG_"))
    command = [sys.executable, str(HERE / "inside.py"), "--quiet", "--inherit-environ", passed, "-o", str(result)]
    run = subprocess.run(command, env=bench.environment, capture_output=True, text=True, check=False)
    if run.returncode:
        return Section("warm", notes=(f"pyperf: {(run.stderr.strip() or 'no word').splitlines()[-1]}",))
    return Section("warm", _table(result))


def _table(result: Path) -> tuple[tuple[str, ...], ...]:
    suite = {item.get_name(): item for item in pyperf.BenchmarkSuite.load(str(result))}
    rows = (
        (said, seconds(suite[name].median()), f"± {suite[name].stdev() / suite[name].mean():.0%}")
        for name, said in PARTS.items()
    )
    return (("", "time", "spread"), *rows)
