"""Work shared out among processes: all of it comes back, in order, whatever becomes of a process."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from types import MappingProxyType

import pytest

from followup_lint.pool import Lost, chunks, processors, shared
from followup_lint.serving import packed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is one process")


def doubled(number: int) -> int:
    time.sleep(0.002 * (number % 3))  # the first is not the first to be ready
    return 2 * number


def dying(number: int) -> int:
    if number % 4 == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.mark.parametrize("workers", [1, 2, 5])
@pytest.mark.parametrize("count", [0, 1, 2, 17])
def test_answers_come_in_order(workers: int, count: int) -> None:
    assert list(shared(iter(range(count)), doubled, workers)) == [2 * number for number in range(count)]


def test_pieces_and_answers_may_be_larger_than_what_a_line_holds() -> None:
    large = [bytes([number]) * 3_000_000 for number in range(5)]
    assert list(shared(iter(large), bytes, 3)) == large


@pytest.mark.parametrize("workers", [1, 3])
def test_what_a_killed_process_had_is_lost_and_little_else(workers: int) -> None:
    found = list(shared(iter(range(12)), dying, workers))
    assert [answer.work if isinstance(answer, Lost) else answer for answer in found] == [*range(12)]
    lost = {answer.work for answer in found if isinstance(answer, Lost)}
    assert lost >= {1, 5, 9}
    # With the first process go its copies, and what they were at.
    assert len(lost) <= 3 * workers


def test_a_process_that_leaves_loses_its_work() -> None:
    assert list(shared(iter([1]), lambda _: os._exit(0), 1)) == [Lost(1)]


def test_what_is_raised_is_raised_here() -> None:
    found = []
    with pytest.raises(ZeroDivisionError):
        found += list(shared(iter([1, 0, 2]), lambda number: 1 // number, 2))


def test_an_answer_that_cannot_be_sent_is_told() -> None:
    with pytest.raises(Exception, match=r"(?i)pickle|local"):
        list(shared(iter([1]), lambda _: lambda: None, 1))


def test_a_mapping_that_cannot_be_changed_comes_through() -> None:
    (answer,) = shared(iter([{"a": 1}]), MappingProxyType, 1)
    assert isinstance(answer, MappingProxyType)
    assert dict(answer) == {"a": 1}
    assert packed(MappingProxyType({})) != packed({})


def test_work_is_asked_for_as_it_is_needed() -> None:
    asked: list[int] = []

    def pieces() -> Iterator[int]:
        for number in range(1000):
            asked.append(number)
            yield number

    answers = shared(pieces(), doubled, 2)
    assert next(answers) == 0
    assert len(asked) < 20
    answers.close()  # type: ignore[attr-defined]  # it is a generator


def test_no_process_outlives_its_caller() -> None:
    answers = shared(iter(range(100)), lambda _: os.getpid(), 2)
    other = next(answers)
    assert other != os.getpid()
    answers.close()  # type: ignore[attr-defined]  # it is a generator
    with pytest.raises(ProcessLookupError):
        os.kill(other, 0)  # type: ignore[arg-type]  # nothing is lost here


@pytest.mark.parametrize("workers", [1, 3])
def test_each_process_is_heard_at_the_end(workers: int) -> None:
    done: list[int] = []
    heard: list[list[int]] = []

    def kept(number: int) -> int:
        done.append(number)
        return number

    assert list(shared(iter(range(20)), kept, workers, lambda: done, heard.append)) == [*range(20)]
    assert done == []
    assert len(heard) == workers
    # The copies begin with what the first had done by then.
    assert {number for words in heard for number in words} == {*range(20)}


def test_processes_are_ours_and_so_is_what_is_left_of_them() -> None:
    pairs = list(shared(iter(range(12)), lambda _: (os.getpid(), os.getppid()), 3))
    assert {parent for _, parent in pairs} == {os.getpid()}  # type: ignore[misc]  # nothing is lost here
    for number, _ in pairs:  # type: ignore[misc]  # nothing is lost here
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)


def test_who_is_gone_or_fails_at_the_end_is_not_heard() -> None:
    heard: list[object] = []
    assert list(shared(iter([1, 2, 3]), doubled, 2, lambda: os._exit(0), heard.append)) == [2, 4, 6]
    assert list(shared(iter([1, 2, 3]), doubled, 2, lambda: 1 // 0, heard.append)) == [2, 4, 6]
    assert heard == []


def test_a_signal_that_is_ignored_keeps_no_process_alive() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        answers = shared(iter(range(100)), lambda _: os.getpid(), 2)
        other = next(answers)
        answers.close()  # type: ignore[attr-defined]  # it is a generator
    finally:
        signal.signal(signal.SIGTERM, before)
    with pytest.raises(ProcessLookupError):
        os.kill(other, 0)  # type: ignore[arg-type]  # nothing is lost here


def test_there_is_a_processor() -> None:
    assert 1 <= processors() <= (os.cpu_count() or 1)


@pytest.mark.parametrize(("count", "sizes"), [(0, []), (3, [3]), (4, [4]), (9, [4, 4, 1])])
def test_stretches_are_in_order(count: int, sizes: list[int]) -> None:
    found = list(chunks(range(count), 4))
    assert [*map(len, found)] == sizes
    assert [item for each in found for item in each] == list(range(count))
