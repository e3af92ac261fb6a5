"""Whether time grows in step with the text, for every parser and every rule, on text made to slow them down.

    python benchmarks/linear.py [--only WORDS] [--text PIECE …] [--all] [--what parsers|rules|both] [--memory]

Each is given texts of one size, then of twice that, and so on; the exponent is by which power of the size the time
grows between the last three: 1 is linear, 2 quadratic. The worst text of each is shown. It ends with 1 where something
took noticeable time and grew faster than `MOST`, so that a quadratic rule cannot slip in unseen. Sentences are parsed
before the clock starts: their number bounds that work, and their length is capped.

Time is that of the processor, without the collection of rubbish, which the program leaves out as well. What looks bad
is measured again, the best of `AGAIN`, up to the longest text that is read; only what stays bad is told.

With `--memory` it is the largest amount that Python's own objects take at any moment which is compared, for the parsers
and a few texts.
"""

from __future__ import annotations

import argparse
import functools
import gc
import math
import signal
import sys
import time
import tracemalloc
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from hostile import PIECES, TEXTS, Entry, Prepared, Text, entries, prepared, rule_steps

MOST = 1.4
"""The exponent from which on a growth is no noise."""

NOTICEABLE = 0.05
"""Seconds; below, the figures are noise."""

NOTICEABLE_MEMORY = 2_000_000
"""Bytes, likewise."""

ENOUGH = 2.0
"""Seconds after which a text is not doubled once more."""

GIVEN_UP = 10
"""Seconds after which a step is stopped: an exponential regular expression would never end."""

AGAIN = 3
"""How often a suspect is measured at each size."""

SIZES, LARGER = (5_000, 10_000, 20_000), (12_000, 24_000, 48_000)
"""Characters that rules are given, and those for a second look; 50,000 are the most that is read."""

FEW = ("a", "\n", "> a\n", "word ", '"ab" ', "<b>", "From: a@b.example\n", "parts in parts", "div in div, 'a' inside")
"""The texts whose memory is looked at."""


@dataclass(frozen=True, slots=True)
class Growth:
    """How one step fared on one kind of text: the exponent, and the amount for the last size, in characters.

    The amount is seconds, or bytes where `unit` says so.
    """

    step: str
    piece: str
    exponent: float
    amount: float
    size: int
    fault: str = ""
    unit: str = "ms"

    @property
    def is_bad(self) -> bool:
        """Whether it is worse than linear, and enough of it for that to be true."""
        least = NOTICEABLE if self.unit == "ms" else NOTICEABLE_MEMORY
        return bool(self.fault) or (self.amount >= least and self.exponent > MOST)

    def __str__(self) -> str:
        mark = "!" if self.is_bad else " "
        shown = self.amount * 1000 if self.unit == "ms" else self.amount / 1000
        told = f"{shown:9.1f} {self.unit} for {self.size:>9,}   ^{self.exponent:.2f}"
        told += f"   raises {self.fault}" * bool(self.fault)
        return f"{mark} {self.step:34} {self.piece[:24]!r:28} {told}"


@contextmanager
def limited(seconds: int) -> Iterator[None]:
    """Raise TimeoutError in what takes the processor for longer; regular expressions are interrupted, too."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def seconds(step: Callable[[], object]) -> float:
    """Return how long a step keeps the processor busy, rubbish left lying."""
    gc.disable()
    try:
        began = time.process_time()
        step()
        return time.process_time() - began
    finally:
        gc.enable()


def best(step: Callable[[], object], times: int) -> float:
    """Return the best of some times; one is enough where it is long."""
    taken = []
    for _ in range(times):
        taken.append(seconds(step))
        if taken[-1] > ENOUGH / 4:
            break
    return min(taken)


def exponent(taken: Mapping[int, float], least: float = 1e-4) -> float:
    """Return by which power of the size the amount grew over the last three sizes."""
    sizes = sorted(taken)[-3:]
    if len(sizes) < 2:
        return 1.0
    first, last = sizes[0], sizes[-1]
    return math.log(max(taken[last], least / 100) / max(taken[first], least)) / math.log(last / first)


def measured(name: str, piece: str, sizes: Sequence[int], make: Callable[[int], Callable[[], object]]) -> Growth:
    """Return how the time of a step grows from one size to another; `make` gives the step for a size."""
    found = _grown(name, piece, sizes, make, 2)
    # Two sizes more, for at the last one time may just have become long enough to be told from noise.
    return _grown(name, piece, [*sizes, sizes[-1] * 2], make, AGAIN) if found.is_bad and not found.fault else found


def _grown(
    name: str, piece: str, sizes: Sequence[int], make: Callable[[int], Callable[[], object]], times: int
) -> Growth:
    taken: dict[int, float] = {}
    for size in sizes:
        step = make(size)
        try:
            with limited(GIVEN_UP):
                taken[size] = best(step, times)
        except TimeoutError:
            return Growth(name, piece, max(2.0, exponent(taken)), float(GIVEN_UP), size)
        except Exception as error:  # noqa: BLE001  (whatever escapes is what is looked for)
            return Growth(name, piece, exponent(taken), 0.0, size, type(error).__name__)
        if taken[size] > ENOUGH:
            break
    last = max(taken)
    return Growth(name, piece, exponent(taken), taken[last], last)


def weighed(name: str, piece: str, sizes: Sequence[int], make: Callable[[int], Callable[[], object]]) -> Growth:
    """Return how the memory that a step takes at most grows from one size to another."""
    taken: dict[int, float] = {}
    for size in sizes:
        step = make(size)
        gc.collect()
        tracemalloc.start()
        step()
        taken[size] = float(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    last = max(taken)
    return Growth(name, piece, exponent(taken, 10_000.0), taken[last], last, unit="kB")


def parsers(only: str, pieces: Collection[str] = (), *, memory: bool = False) -> Iterator[Growth]:
    """Yield how each parser does on each text, or on those of some pieces."""
    for entry in entries():
        if only in entry.name:
            texts = TEXTS if entry.texts is None else entry.texts
            for name, text in texts.items():
                if pieces and name not in pieces:
                    continue
                if not memory:
                    yield measured(entry.name, name, _doubled(entry), functools.partial(_step, entry, text))
                elif name in FEW:
                    yield weighed(entry.name, name, _doubled(entry), functools.partial(_step, entry, text))


def _doubled(entry: Entry) -> list[int]:
    sizes = [entry.least]
    while sizes[-1] * 2 <= entry.most:
        sizes.append(sizes[-1] * 2)
    return sizes


def _step(entry: Entry, text: Text, size: int) -> Callable[[], object]:
    return functools.partial(entry.run, entry.make(text(size)))


def rules(only: str, pieces: Collection[str] = ()) -> Iterator[Growth]:
    """Yield how each rule does on each text, all on one reading of it, as the program runs them."""
    for name, text in TEXTS.items():
        if pieces and name not in pieces:
            continue
        found = list(_by_step(name, text, SIZES, lambda step: only in step, 1))
        bad = {growth.step for growth in found if growth.is_bad}
        yield from (growth for growth in found if not growth.is_bad)
        if bad:
            # All before it are run as well, so that each finds what it finds in the program.
            wanted = functools.partial(_or_rule, frozenset(bad))
            again = _by_step(name, text, LARGER, wanted, AGAIN)
            yield from (growth for growth in again if growth.step in bad)


def _or_rule(bad: Collection[str], step: str) -> bool:
    return step in bad or step.startswith("rule ")


def _by_step(
    name: str, text: Text, sizes: Collection[int], wanted: Callable[[str], bool], times: int
) -> Iterator[Growth]:
    taken: dict[str, dict[int, float]] = {}
    for size in sizes:
        if given := prepared(text(size)):
            for _ in range(times):
                for step, spent in _spent(given, wanted, taken):
                    known = taken.setdefault(step, {})
                    known[size] = min(spent, known.get(size, spent))
        gc.collect()
    for step, times_of in taken.items():
        yield Growth(step, name, exponent(times_of), times_of[max(times_of)], max(times_of))


def _spent(
    given: Prepared, wanted: Callable[[str], bool], known: Mapping[str, Mapping[int, float]]
) -> Iterator[tuple[str, float]]:
    for step, run in rule_steps(given, wanted):
        if max(known.get(step, {0: 0.0}).values()) > ENOUGH:
            continue
        try:
            with limited(GIVEN_UP):
                yield step, seconds(run)
        except TimeoutError:
            yield step, float(GIVEN_UP)


def _piece(shown: str) -> str:
    """Return the piece that is shown, or written, like this."""
    return next((name for name in TEXTS if shown in {name, repr(name), repr(name)[1:-1]}), shown)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="only steps whose names hold these words")
    parser.add_argument("--text", nargs="+", default=(), type=_piece, help="only the texts of these pieces, as shown")
    parser.add_argument("--all", action="store_true", help="show every text, not the worst of each step")
    parser.add_argument("--what", choices=("parsers", "rules", "both"), default="both")
    parser.add_argument("--memory", action="store_true", help="what the parsers take of memory, and not of time")
    chosen = parser.parse_args()
    found: list[Growth] = []
    looked: dict[str, Callable[[str, Collection[str]], Iterator[Growth]]] = {"parsers": parsers, "rules": rules}
    if chosen.memory:
        looked = {"parsers": functools.partial(parsers, memory=True)}
    for what, steps in looked.items():
        if chosen.what in {what, "both"}:
            for growth in steps(chosen.only, chosen.text):
                found.append(growth)
                if chosen.all or growth.is_bad:
                    print(growth, flush=True)
    if not chosen.all:
        print("\nThe slowest of each:")
        for step in sorted({growth.step for growth in found}):
            print(max((growth for growth in found if growth.step == step), key=lambda growth: growth.amount))
    bad = [growth for growth in found if growth.is_bad]
    print(f"\n{len(found):,} measured, with {len(PIECES)} pieces; {len(bad)} grow faster than they should")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
