"""Many drafts, one after the other: the one place that decides how their work is shared out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from followup_lint.batch.checker import Answer, Checker
from followup_lint.batch.given import Given

T = TypeVar("T")


def lint_many(drafts: Iterable[Given], check: Checker, shape: Callable[[Given, Answer], T]) -> Iterator[T]:
    """Yield, for each draft in order, what `shape` makes of it and of its answer.

    `shape` is a plain function and what it returns is small: results themselves hold the rules and the whole text. The
    drafts may be endless; few of them are held at a time. Raises Problem as `Checker` does.
    """
    for draft in drafts:
        yield shape(draft, check(draft))
