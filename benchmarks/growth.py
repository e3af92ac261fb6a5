"""How the time of cutting and splitting grows with the text: the ratio for twice the length, for awkward pieces.

Run it as `python benchmarks/growth.py`. About 2 is linear, about 4 quadratic; the machine's noise is in the figures.
"""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Callable

from followup_lint.sentences import split
from followup_lint.structure import cut
from followup_lint.text import Span

PIECES = (
    *("word ", "x", "a. ", "Ms. Li ", "!?", "🙂", "Tim Ash\n", "Thanks,\n"),
    *("On 5 R wrote:\n", "> a\n\nb\n", "PS: b\n\n", "- a\n", "We "),
)
SIZES = (10_000, 20_000, 40_000)
STEPS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("sentences", split),
    ("parts", lambda text: cut(text, Span(0, len(text)))),
)


def seconds(step: Callable[[str], object], text: str) -> float:
    taken = []
    for _ in range(3):
        began = time.process_time()
        step(text)
        taken.append(time.process_time() - began)
    return min(taken)


def main() -> None:
    for name, step in STEPS:
        for piece in PIECES:
            taken = [seconds(step, piece * (size // len(piece))) for size in SIZES]
            ratio = statistics.median(after / max(before, 1e-6) for before, after in itertools.pairwise(taken))
            print(f"{name:10} {piece!r:18} {taken[-1] * 1000:8.1f} ms for {SIZES[-1]:,} characters   x{ratio:.1f}")


if __name__ == "__main__":
    main()
