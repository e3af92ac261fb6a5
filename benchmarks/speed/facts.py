"""What a figure means nothing without: the machine, the versions, the rules, the mails."""

from __future__ import annotations

import os
import platform
import re
import statistics
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psutil

from speed.bench import LIGHT, Bench
from speed.peers import Found

_CPU = re.compile(r"^model name\s*:\s*(.+)$", re.MULTILINE)


def facts(bench: Bench) -> list[str]:
    """Return lines of Markdown, without anything that tells who or where the machine is."""
    from followup_lint import catalog
    from followup_lint.model import chosen

    rules = catalog.choose(catalog.built_in(), "recommended", (), ())
    words = [len(text.split()) for text in bench.source.some(bench.number)]
    model = chosen()
    ours = f"followup-lint {version('followup-lint')}{_commit()} with its {len(rules)} recommended rules"
    spacy = f"spaCy {version('spacy')}, {model} {version(model.replace('_', '-'))}"
    clocks = f"{_hyperfine()}, pyperf {version('pyperf')}, pre-commit {version('pre-commit')}"
    sizes = f"{statistics.mean(words):.0f} words in the mean, {min(words)} to {max(words)}"
    return [
        f"- {datetime.now(UTC):%Y-%m-%d}: {_machine()}.",
        f"- {ours}, Python {platform.python_version()}, {spacy}; the naive script with the same.",
        f"- Others: {_others(bench.found)}.",
        f"- Rules without a parse: {', '.join(f'`{name}`' for name in LIGHT)}.",
        f"- {bench.number:,} mails, {bench.source.said}; {sizes}.",
        f"- Timed with {clocks}.",
    ]


def missing(found: Sequence[Found]) -> list[str]:
    """Return a line for each peer that could not be measured."""
    return [f"- {item.peer.name} is not measured here: {item.said}." for item in found if not item.tool]


def checks(found: Sequence[Found]) -> list[str]:
    """Return lines of Markdown that say what each peer looks for."""
    return [f"- **{item.peer.name}**: {item.peer.checks}." for item in found]


def _machine() -> str:
    info = Path("/proc/cpuinfo")
    named = _CPU.search(info.read_text(encoding="utf-8")) if info.exists() else None
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count()
    memory = psutil.virtual_memory().total / 2**30
    load = f", load {os.getloadavg()[0]:.1f}"
    return f"{named[1] if named else platform.machine()}, {cores} cores, {memory:.0f} GiB, {platform.system()}{load}"


def _commit() -> str:
    """Return the commit of this checkout, marked if something was changed since; empty outside a checkout."""
    git = ["git", "-C", str(Path(__file__).parent)]
    run = subprocess.run([*git, "describe", "--always", "--dirty"], capture_output=True, text=True, check=False)
    return f" ({run.stdout.strip()})" if not run.returncode else ""


def _hyperfine() -> str:
    return subprocess.run(["hyperfine", "--version"], capture_output=True, text=True, check=True).stdout.strip()


def _others(found: Sequence[Found]) -> str:
    return ", ".join(f"{item.peer.name} {item.said.removeprefix('v')}" for item in found if item.tool) or "none"
