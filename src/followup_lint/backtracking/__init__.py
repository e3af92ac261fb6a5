"""Whether a regular expression can keep Python's engine busy: judged by its form, before it meets any text.

Python tries one way after another, and some expressions have so many that a text made for it is never done with. Rule
files and settings may come from strangers, so theirs are judged when they are read. Whatever passes needs, on the
longest text that is read at all, some seconds at the very most.
"""

from __future__ import annotations

from functools import lru_cache

LONGEST = 50_000
"""The length of the longest text that rules look at, in characters."""

MOST_STEPS = 1e9
"""Steps of the engine that are still borne: about ten seconds."""

_PAIR = 2


@lru_cache(maxsize=4096)
def fault(source: str, flags: int = 0, *, size: int = LONGEST, searched: bool = True, most: float = MOST_STEPS) -> str:
    """Return what is wrong with a regular expression, in words that follow "it"; empty if it ends in time on any text.

    `size` is the length of the longest text, `searched` whether a match may begin anywhere in it, `most` how many steps
    it may take. Raises re.error.
    """
    # Most runs read no rule or settings that are not judged already.
    from followup_lint.backtracking.ambiguity import Ambiguity, cost
    from followup_lint.backtracking.automaton import Automaton, TooLarge

    try:
        automaton = Automaton.of(source, flags, searched=searched)
        ambiguity = Ambiguity(automaton)
        loops = ambiguity.loops()
        if any(map(ambiguity.doubles, loops)):
            return "may never end: a repeat holds parts that can share out the same characters in many ways"
        runs = {
            (first, last): length
            for first, one in enumerate(loops)
            for last, other in enumerate(loops)
            if first != last and (length := ambiguity.run(one, other))
        }
        rounds = {number: max(automaton.places[place].most for place in loop) for number, loop in enumerate(loops)}
        steps, chain = cost(rounds, runs, size)
    except (TooLarge, RecursionError, OverflowError):
        return "is too large to tell how long it may take; make it simpler"
    if steps <= most:
        return ""
    if searched and loops[chain[0]] == (0,) and len(chain) == _PAIR:
        return (
            "may take too long: it can begin anywhere in a run that its repeat takes; "
            r"begin it with \b, or give the repeat a limit such as {1,40}"
        )
    return "may take too long: repeats of it can share out one run of characters; give them limits such as {1,40}"
