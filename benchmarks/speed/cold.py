"""One draft that was just changed: what a writer waits for after each save."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from speed.bench import FLOOR, HERE, LIGHT, NAIVE, OURS, Bench
from speed.section import Aim, Section, compared
from speed.texts import lay
from speed.tool import Timed

DRAFT = (HERE / "draft.txt").read_text(encoding="utf-8")
FILE = "000/000.txt"


def prime(bench: Bench) -> None:
    """Run followup-lint once, so that what it makes at its very first run and then keeps is in no measurement.

    What comes of it does not matter here; the cases that follow tell of a run that fails.
    """
    folder = bench.place("prime")
    lay(folder, [DRAFT], "prime")
    bench.imports_spacy(bench.ours, FILE, folder)


def parse(bench: Bench) -> Section:
    """Measure a draft with sentences that must be parsed, with all tools."""
    folder = bench.place("cold")
    tools = (bench.ours, bench.naive, *bench.others)
    done, notes = bench.run([(tool, (FILE,)) for tool in tools], bench.rounds, folder, partial(lay, folder, [DRAFT]))
    lay(folder, [DRAFT], "probe")
    if not bench.imports_spacy(bench.ours, FILE, folder):
        notes.append("followup-lint did not load spaCy for this draft, so this is not what is to be measured here")
    return Section("cold", compared(done.values(), done.get(OURS)), _aims(done), tuple(notes))


def _aims(done: Mapping[str, Timed]) -> tuple[Aim, ...]:
    ours, naive, harper = (done.get(name) for name in (OURS, NAIVE, "harper-cli"))
    aims = []
    if ours and naive:
        aims.append(Aim("one draft: naive script ÷ followup-lint", 2.3, naive.times(ours), more=True))
    if ours and harper:
        aims.append(Aim("one draft: followup-lint ÷ harper-cli", 0.75, ours.times(harper)))
    if ours:
        aims.append(Aim("one draft: memory", 110, ours.peak, " MiB"))
    return tuple(aims)


def light(bench: Bench) -> Section:
    """Measure a draft with rules that need no parse, against an empty Python."""
    folder = bench.place("light")
    ours = bench.ours.with_options("--select", ",".join(LIGHT))
    done, notes = bench.run(
        [(bench.floor, ()), (ours, (FILE,))], 2 * bench.rounds, folder, partial(lay, folder, [DRAFT])
    )
    lay(folder, [DRAFT], "probe")
    if bench.imports_spacy(ours, FILE, folder):
        notes.append("followup-lint loaded spaCy for these rules, so this is not what is to be measured here")
    aims = []
    if len(done) == 2:
        aims.append(
            Aim("one draft, rules without a parse: followup-lint ÷ empty Python", 5, done[OURS].times(done[FLOOR]))
        )
    return Section("light", compared(done.values(), done.get(FLOOR)), tuple(aims), tuple(notes))
