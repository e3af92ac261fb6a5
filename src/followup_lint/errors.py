"""What can go wrong outside a draft's own words. Every error is one line that names its place."""

from __future__ import annotations

from collections.abc import Iterable

from followup_lint.records import dataclass


# Not frozen: Python sets an exception's traceback as it passes through a context manager.
@dataclass(unsafe_hash=True)
class Problem(Exception):  # noqa: N818  (it is what we tell the user, not a Python mishap)
    """Something the user must know: a file that cannot be read, a broken rule, a wrong option.

    `line` and `column` are 1-based; 0 means unknown.
    """

    message: str
    path: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        place = self.path
        if place and self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        return f"{place}: {self.message}" if place else self.message


class Problems(ExceptionGroup[Problem]):
    """Several problems found together, so that one never hides the next."""


def hint(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return a guess at which of the known words was meant, else what to say instead."""
    from difflib import get_close_matches  # needed only when something is wrong

    near = get_close_matches(word, list(known), n=1)
    return f"did you mean '{near[0]}'?" if near else otherwise


def problems(found: list[Problem]) -> Problems:
    """Bundle problems; the group's own message is never shown."""
    return Problems("problems", found)


def fault(error: Exception, path: str = "") -> Problem:
    """Return what to say of a fault of ours. The error's own words are left out: they may hold the draft's."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    file = trace.tb_frame.f_code.co_filename.replace("\\", "/").rpartition("/")[2] if trace else ""
    place = f" ({file}, line {trace.tb_lineno})" if trace else ""
    words = f"cannot be linted: {type(error).__name__}{place}; that is a fault of followup-lint, please report it"
    return Problem(words, path)
