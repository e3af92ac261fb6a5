"""Many drafts, one after the other: the one place that decides how their work is shared out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from functools import partial
from itertools import chain, islice
from typing import TypeVar

from followup_lint import gains, model
from followup_lint.batch.checker import Answer, Checker
from followup_lint.batch.given import Given
from followup_lint.errors import Problem
from followup_lint.pool import Lost, shared

T = TypeVar("T")
Shape = Callable[[Given, Answer], T]
Numbered = tuple[int, Sequence[Given]]

_TOGETHER, _BYTES = 32, 2_000_000
"""Drafts that are looked at together; fewer where they are long."""

_FIRST, _MANY = 8, 64
"""How many are linted before processes share the rest, so that each has what was loaded for them; of fewer than the
second, none are shared."""

_LONG = 4_000
"""From so many drafts on, words that were met in some are forgotten before the next, or they would fill the memory."""


def lint_many(
    drafts: Iterable[Given], check: Checker, shape: Shape[T], workers: int = 0, *, live: bool = False
) -> Iterator[T]:
    """Yield, for each draft in order, what `shape` makes of it and of its answer.

    `shape` is a plain function and what it returns is small: results themselves hold the rules and the whole text. The
    drafts may be endless; few of them are held at a time. `workers` is how many processes may share them, where this
    process is ours; 0 says that it is not, so that nothing is done that others in it might notice. `live` says that
    what becomes of a draft is waited for before the next one comes. Raises Problem as `Checker` does.
    """
    waiting = iter(drafts)
    look = partial(_looked, check, shape, forgets=workers > 0)
    if workers > 1 and not live:
        head = list(islice(waiting, _MANY))
        waiting = chain(head, waiting)
        if len(head) == _MANY:
            first = 0, list(islice(waiting, _FIRST))
            yield from _shared(chain([first], _pieces(waiting)), look, shape, workers)
            return
    for piece in _pieces(waiting, 1 if live else _TOGETHER):
        yield from look(piece)


def _shared(
    pieces: Iterator[Numbered], look: Callable[[Numbered], list[T]], shape: Shape[T], workers: int
) -> Iterator[T]:
    gains.many()
    for answer in shared(pieces, look, workers, gains.made, gains.take):
        if isinstance(answer, Lost):
            yield from _saved(answer.work, look, shape)
        else:
            yield from answer


def _saved(piece: Numbered, look: Callable[[Numbered], list[T]], shape: Shape[T]) -> Iterator[T]:
    """Look once more at drafts whose process ended, one by one: one of them ends it again."""
    number, drafts = piece
    answers = shared(iter([(number, [draft]) for draft in drafts]), look, 1)
    for draft, answer in zip(drafts, answers, strict=True):
        if isinstance(answer, Lost):
            problem = Problem("the process that linted it ended; the draft is left out")
            yield shape(draft, Answer(None, (*draft.problems, problem)))
        else:
            yield from answer


def _looked(check: Checker, shape: Shape[T], piece: Numbered, *, forgets: bool) -> list[T]:
    number, drafts = piece
    with model.forgetting([check.linter.language]) if forgets and number >= _LONG else nullcontext():
        return [shape(draft, answer) for draft, answer in zip(drafts, check.many(drafts), strict=True)]


def _pieces(drafts: Iterable[Given], most: int = _TOGETHER) -> Iterator[Numbered]:
    """Yield drafts that are looked at together, at most so many, with the number of the first."""
    number, size = 0, 0
    piece: list[Given] = []
    for draft in drafts:
        piece.append(draft)
        size += len(draft.data) if isinstance(draft.data, bytes) else 0
        if len(piece) >= most or size >= _BYTES:
            yield number, piece
            number, size, piece = number + len(piece), 0, []
    if piece:
        yield number, piece
