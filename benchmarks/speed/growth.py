"""How the time grows: with the drafts in one folder, which are compared with one another, and with their length."""

from __future__ import annotations

import math
from collections.abc import Sequence

from speed.bench import Bench
from speed.section import Section, Table, seconds
from speed.texts import lay

DRAFTS = (500, 1000, 2000)
WORDS = (2000, 4000, 8000)


def growth(bench: Bench) -> Section:
    """Measure three sizes of each, every one twice the size before."""
    folder = bench.place("growth")
    drafts = {f"{number:,} drafts in one folder": ("drafts", number) for number in DRAFTS}
    letters = {f"one draft of {words:,} words": ("words", words) for words in WORDS}

    def anew(stamp: str) -> None:
        for number in DRAFTS:
            lay(folder / f"drafts-{number}", bench.source.some(number), stamp, together=number)
        for words in WORDS:
            lay(folder / f"words-{words}", [_letter(bench, words)], stamp)

    jobs = [
        (bench.ours.with_options(name=name), (f"{what}-{size}",))
        for name, (what, size) in {**drafts, **letters}.items()
    ]
    done, notes = bench.run(jobs, max(1, bench.rounds // 3), folder, anew)
    table: list[tuple[str, ...]] = [("", "time", "grows with the size to the power of")]
    for names in (drafts, letters):
        if done.keys() >= names.keys():
            table += _rows([*names], [done[name].wall for name in names])
    return Section("growth", tuple(table), notes=tuple(notes))


def _letter(bench: Bench, words: int) -> str:
    """Return one draft of about so many words, its paragraphs those of several mails."""
    parts: list[str] = []
    for text in bench.source.some(words):
        parts.append(text)
        if sum(len(part.split()) for part in parts) >= words:
            break
    return "\n\n".join(parts)


def _rows(names: Sequence[str], walls: Sequence[float]) -> Table:
    return tuple(
        (name, seconds(wall), power(walls) if place == len(names) - 1 else "")
        for place, (name, wall) in enumerate(zip(names, walls, strict=True))
    )


def power(walls: Sequence[float]) -> str:
    """Return the exponent k of `a + b·sizeᵏ` through times of three sizes, each twice the one before.

    What does not grow, such as the start, is in no difference. Times that do not rise give a dash: all is start.
    """
    first, second, third = walls
    if not first < second < third:
        return "–"
    return f"{math.log2((third - second) / (second - first)):.2f}"
