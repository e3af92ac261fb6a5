"""Fuzz one entry after the other, each in a process of its own, and tell how often each was run.

    python tests/fuzz/night.py FOLDER [ENTRY …] [--seconds N] [--runs N]

FOLDER keeps, for each entry, what led to new code (for the next night), what broke it (`crash-…`, `timeout-…`) and the
log of the last run. The table counts what libFuzzer itself counts, also of an entry that broke. It ends with 1 if one
did.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

_UNITS = re.compile(rb"^stat::number_of_executed_units:\s*(\d+)", re.MULTILINE)
_PULSE = re.compile(rb"^#(\d+)\s.*?cov: (\d+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Night:
    """What became of one entry: executions, seconds of this machine, edges of code that were reached."""

    entry: str
    runs: int
    seconds: float
    edges: int
    broke: bool

    def __str__(self) -> str:
        told = f"{self.entry:14} {self.runs:>12,} {self.seconds:>9,.0f} s {self.edges:>7,}"
        return told + "   BROKEN" * self.broke


def fuzzed(entry: str, folder: Path, options: list[str]) -> Night:
    """Fuzz one entry and return what became of it; its inputs and its log are in the folder."""
    inputs = folder / entry
    inputs.mkdir(parents=True, exist_ok=True)
    log = folder / f"{entry}.log"
    program = Path(__file__).with_name("fuzz.py")
    more = ("-print_final_stats=1", f"-artifact_prefix={folder}/{entry}-")
    began = time.monotonic()
    with log.open("wb") as file:
        done = subprocess.run(
            [sys.executable, str(program), entry, str(inputs), *options, *more],
            stdout=file,
            stderr=subprocess.STDOUT,
            check=False,
        )
    told = log.read_bytes()
    pulses = _PULSE.findall(told)
    counted = _UNITS.findall(told) or [number for number, _ in pulses] or [b"0"]
    edges = int(pulses[-1][1]) if pulses else 0
    return Night(entry, int(counted[-1]), time.monotonic() - began, edges, broke=done.returncode != 0)


def main() -> int:
    from entries import ENTRIES

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("entries", nargs="*", choices=[[], *ENTRIES], help="all of them by default")
    parser.add_argument("--seconds", type=int, default=0, help="for each entry")
    parser.add_argument("--runs", type=int, default=0, help="for each entry, if it has not run out of seconds before")
    chosen = parser.parse_args()
    options = [f"-runs={chosen.runs}"] * bool(chosen.runs) + [f"-max_total_time={chosen.seconds}"] * bool(
        chosen.seconds
    )
    if not options:
        parser.error("say how long: --seconds, --runs or both")
    found: list[Night] = []
    for entry in chosen.entries or ENTRIES:
        found.append(fuzzed(entry, chosen.folder, options))
        print(found[-1], flush=True)
    print(
        Night(
            "all",
            sum(night.runs for night in found),
            sum(night.seconds for night in found),
            sum(night.edges for night in found),
            broke=any(night.broke for night in found),
        )
    )
    return int(any(night.broke for night in found))


if __name__ == "__main__":
    sys.exit(main())
