"""A thousand mails in one call, with all tools; and a hundred thousand with ours."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from speed.bench import NAIVE, OURS, Bench
from speed.section import Aim, Section, compared, seconds, skipped
from speed.texts import lay
from speed.tool import FailedError, Timed

WISHES = ((NAIVE, 15), ("proselint", 2), ("harper-cli", 8))
FEW, PROBE = 1000, 100


def thousand(bench: Bench) -> Section:
    """Measure all tools over the same mails, which none has seen before."""
    folder = bench.place("batch")
    texts = [*bench.source.some(bench.number)]
    names = tuple(lay(folder, texts, "first"))
    tools = (bench.ours, bench.naive, *bench.others)
    rounds = max(1, bench.rounds // 3)
    done, notes = bench.run([(tool, names) for tool in tools], rounds, folder, partial(lay, folder, texts))
    return Section("batch", compared(done.values(), done.get(OURS)), _aims(done, bench.number), tuple(notes))


def _aims(done: Mapping[str, Timed], number: int) -> tuple[Aim, ...]:
    if OURS not in done:
        return ()
    ours = done[OURS]
    aims = [
        Aim(f"{number:,} mails: {name} ÷ followup-lint", wish, done[name].times(ours), more=True)
        for name, wish in WISHES
        if name in done
    ]
    return (*aims, Aim(f"{number:,} mails: memory", 200, ours.peak, " MiB"))


def many(bench: Bench) -> Section:
    """Measure whether a mail among very many takes longer than one of a thousand, or more memory.

    Raises FailedError.
    """
    expected = _ours(bench, PROBE, 1).wall / PROBE * bench.many
    if expected > bench.patience:
        return skipped("many", f"{bench.many:,} mails would take about {seconds(expected)}, which is beyond --patience")
    before, lot, after = _ours(bench, FEW, 3), _ours(bench, bench.many, 1), _ours(bench, FEW, 3)
    few = Timed(bench.ours, before.runs + after.runs, max(before.peak, after.peak))
    ratio = (lot.wall / bench.many) / (few.wall / FEW)
    head = ("", "time", "time a mail", "CPU time a mail", "memory")
    table = (head, _row(few, FEW), _row(lot, bench.many))
    aims = (
        Aim(f"{bench.many:,} mails: time a mail ÷ that among {FEW:,}", 1.15, ratio),
        Aim(f"{bench.many:,} mails: memory", 200, lot.peak, " MiB"),
    )
    return Section("many", table, aims)


def _ours(bench: Bench, number: int, rounds: int) -> Timed:
    """Time followup-lint over so many mails that it has not seen before, a thousand in a folder. Raises FailedError."""
    folder = bench.place(f"mails-{number}")
    done, notes = bench.run(
        [(bench.ours, (".",))], rounds, folder, lambda stamp: lay(folder, bench.source.some(number), stamp)
    )
    if OURS not in done:
        raise FailedError(*notes)
    return done[OURS]


def _row(timed: Timed, number: int) -> tuple[str, ...]:
    each = (seconds(timed.wall / number), seconds(timed.cpu / number))
    return (f"{number:,} mails", seconds(timed.wall), *each, f"{timed.peak:.0f} MiB")
