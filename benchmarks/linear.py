"""Whether time grows in step with the text, for every parser and every rule, on text made to slow them down.

    python benchmarks/linear.py [--only WORDS] [--all]

Each is given texts of one size, then of twice that, and so on; the exponent is by which power of the size the time
grows between the last three: 1 is linear, 2 quadratic. The worst text of each is shown. It ends with 1 where something
took noticeable time and grew faster than `MOST`, so that a quadratic rule cannot slip in unseen. Sentences are parsed
before the clock starts: their number bounds that work, and their length is capped.
"""

from __future__ import annotations

import argparse
import functools
import math
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from hostile import PIECES, TEXTS, entries, rule_steps

MOST = 1.4
"""The exponent from which on a growth is no noise."""

NOTICEABLE = 0.05
"""Seconds; below, the figures are noise."""

ENOUGH = 2.0
"""Seconds after which a text is not doubled once more."""

GIVEN_UP = 10
"""Seconds after which a step is stopped: an exponential regular expression would never end."""


@dataclass(frozen=True, slots=True)
class Growth:
    """How one step fared on one kind of text: the exponent, and the seconds for the last size, in characters."""

    step: str
    piece: str
    exponent: float
    seconds: float
    size: int
    fault: str = ""

    @property
    def is_bad(self) -> bool:
        """Whether it is worse than linear, and long enough for it to be true."""
        return bool(self.fault) or (self.seconds >= NOTICEABLE and self.exponent > MOST)

    def __str__(self) -> str:
        mark = "!" if self.is_bad else " "
        told = f"{self.seconds * 1000:9.1f} ms for {self.size:>9,}   ^{self.exponent:.2f}"
        told += f"   raises {self.fault}" * bool(self.fault)
        return f"{mark} {self.step:34} {self.piece[:24]!r:28} {told}"


@contextmanager
def limited(seconds: int) -> Iterator[None]:
    """Raise TimeoutError in what takes longer; regular expressions are interrupted, too."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def seconds(step: Callable[[], object]) -> float:
    """Return the better of two times; one is enough where it is long."""
    taken = []
    for _ in range(2):
        began = time.process_time()
        step()
        taken.append(time.process_time() - began)
        if taken[-1] > ENOUGH / 4:
            break
    return min(taken)


def exponent(taken: Mapping[int, float]) -> float:
    """Return by which power of the size the time grew over the last three sizes."""
    sizes = sorted(taken)[-3:]
    if len(sizes) < 2:
        return 1.0
    first, last = sizes[0], sizes[-1]
    return math.log(max(taken[last], 1e-6) / max(taken[first], 1e-4)) / math.log(last / first)


def measured(name: str, piece: str, least: int, most: int, make: Callable[[int], Callable[[], object]]) -> Growth:
    """Return how the time of a step grows from one size to another; `make` gives the step for a size."""
    taken: dict[int, float] = {}
    size = least
    while size <= most:
        step = make(size)
        try:
            with limited(GIVEN_UP):
                taken[size] = seconds(step)
        except TimeoutError:
            return Growth(name, piece, max(2.0, exponent(taken)), float(GIVEN_UP), size)
        except Exception as error:  # noqa: BLE001  (whatever escapes is what is looked for)
            return Growth(name, piece, exponent(taken), 0.0, size, type(error).__name__)
        if taken[size] > ENOUGH:
            break
        size *= 2
    last = max(taken)
    return Growth(name, piece, exponent(taken), taken[last], last)


def parsers(only: str) -> Iterator[Growth]:
    """Yield how each parser does on each text."""
    for entry in entries():
        if only in entry.name:
            for name, text in TEXTS.items() if entry.texts is None else entry.texts.items():

                def make(size: int, entry: object = entry, text: Callable[[int], str] = text) -> Callable[[], object]:
                    given = entry.make(text(size))  # type: ignore[attr-defined]
                    return functools.partial(entry.run, given)  # type: ignore[attr-defined]

                yield measured(entry.name, name, entry.least, entry.most, make)


def rules(only: str) -> Iterator[Growth]:
    """Yield how each rule does on each text, all on one reading of it, as the program runs them."""
    for name, text in TEXTS.items():
        taken: dict[str, dict[int, float]] = {}
        for size in (5_000, 10_000, 20_000):
            for step, run in rule_steps(text(size), only):
                if max(taken.get(step, {0: 0.0}).values()) > ENOUGH:
                    continue
                began = time.process_time()
                try:
                    with limited(GIVEN_UP):
                        run()
                except TimeoutError:
                    pass
                taken.setdefault(step, {})[size] = time.process_time() - began
        for step, times in taken.items():
            yield Growth(step, name, exponent(times), times[max(times)], max(times))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="only steps whose names hold these words")
    parser.add_argument("--all", action="store_true", help="show every text, not the worst of each step")
    parser.add_argument("--what", choices=("parsers", "rules", "both"), default="both")
    chosen = parser.parse_args()
    found: list[Growth] = []
    for what, steps in (("parsers", parsers), ("rules", rules)):
        if chosen.what in {what, "both"}:
            for growth in steps(chosen.only):
                found.append(growth)
                if chosen.all or growth.is_bad:
                    print(growth, flush=True)
    if not chosen.all:
        print("\nThe slowest of each:")
        for step in sorted({growth.step for growth in found}):
            print(max((growth for growth in found if growth.step == step), key=lambda growth: growth.seconds))
    bad = [growth for growth in found if growth.is_bad]
    print(f"\n{len(found):,} measured, with {len(PIECES)} pieces; {len(bad)} grow faster than they should")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
