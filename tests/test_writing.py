"""A file is written whole or not at all, whatever happens in between."""

from __future__ import annotations

import os
import random
import signal
import stat
import time
from contextlib import suppress
from pathlib import Path

import pytest

from followup_lint import writing
from followup_lint.errors import Problem
from followup_lint.writing import create_file, replace_file, whole_file

OLD, NEW = b"old \xff words\r\n" * 4000, b"new words, and more of them\n" * 9000

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
as_user = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing stops an administrator")


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.txt"
    path.write_bytes(OLD)
    return path


def test_the_new_bytes_take_the_place_of_the_old(draft: Path) -> None:
    draft.chmod(0o640)
    replace_file(draft, NEW, expected=OLD)
    assert draft.read_bytes() == NEW
    assert stat.S_IMODE(draft.stat().st_mode) == 0o640
    assert [path.name for path in draft.parent.iterdir()] == ["draft.txt"]


def test_a_symbolic_link_stays_and_its_target_is_replaced(draft: Path) -> None:
    link = draft.parent / "folder" / "link.txt"
    link.parent.mkdir()
    link.symlink_to(Path("..") / draft.name)
    replace_file(link, NEW, expected=OLD)
    assert link.is_symlink()
    assert (draft.read_bytes(), [path.name for path in link.parent.iterdir()]) == (NEW, ["link.txt"])


def test_a_link_in_a_circle_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(Problem, match="cannot be written"):
        replace_file(tmp_path / "a", NEW)


@pytest.mark.parametrize("expected", [OLD + b"!", b""])
def test_a_file_that_changed_meanwhile_is_left_alone(draft: Path, expected: bytes) -> None:
    with pytest.raises(Problem, match="has changed since"):
        replace_file(draft, NEW, expected=expected)
    assert draft.read_bytes() == OLD


def test_a_file_that_changes_at_the_last_moment_is_left_alone(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dress = writing._dress  # noqa: SLF001  (the moment before the file is replaced)

    def slow(part: Path, model: Path, found: os.stat_result) -> None:
        dress(part, model, found)
        draft.write_bytes(b"somebody else was here")

    monkeypatch.setattr(writing, "_dress", slow)
    with pytest.raises(Problem, match="while it was being mended"):
        replace_file(draft, NEW, expected=OLD)
    assert draft.read_bytes() == b"somebody else was here"
    assert len(list(draft.parent.iterdir())) == 1


def test_hard_links_are_not_parted(draft: Path) -> None:
    other = draft.parent / "other.txt"
    os.link(draft, other)
    with pytest.raises(Problem, match=r"has 2 names \(hard links\)"):
        replace_file(draft, NEW, expected=OLD)
    assert draft.read_bytes() == other.read_bytes() == OLD


def test_a_read_only_file_is_left_alone(draft: Path) -> None:
    draft.chmod(0o444)
    with pytest.raises(Problem, match=r"draft\.txt: is read-only"):
        replace_file(draft, NEW)
    assert draft.read_bytes() == OLD


@as_user
def test_a_read_only_folder_is_told(draft: Path) -> None:
    draft.parent.chmod(0o555)
    try:
        with pytest.raises(Problem, match="cannot be written: permission denied"):
            replace_file(draft, NEW)
    finally:
        draft.parent.chmod(0o755)
    assert draft.read_bytes() == OLD


@pytest.mark.parametrize("name", ["missing.txt", "missing/draft.txt", "\0", "folder"])
def test_what_is_no_file_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(Problem):
        replace_file(tmp_path / name, NEW)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_is_no_regular_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Problem, match="not a regular file"):
        replace_file(tmp_path / "pipe", NEW)


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_an_error_leaves_the_old_file_and_nothing_beside_it(
    draft: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail) if step == "fsync" else monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(Problem, match="cannot be written: input/output error"):
        replace_file(draft, NEW)
    assert (draft.read_bytes(), len(list(draft.parent.iterdir()))) == (OLD, 1)


@forks
def test_a_full_disk_leaves_the_old_file(draft: Path) -> None:
    import resource

    told, tell = os.pipe()
    child = os.fork()
    if not child:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
        try:
            replace_file(draft, NEW, expected=OLD)
        except Problem as problem:
            os.write(tell, problem.message.encode())
        os._exit(0)
    os.close(tell)
    os.waitpid(child, 0)
    with os.fdopen(told, "rb") as pipe:
        assert pipe.read().startswith(b"cannot be written: ")
    assert (draft.read_bytes(), len(list(draft.parent.iterdir()))) == (OLD, 1)


@forks
def test_a_writer_killed_at_any_moment_leaves_one_of_the_two(draft: Path) -> None:
    chance = random.Random(4)  # noqa: S311  (moments, not secrets)
    seen = set()
    for _ in range(60):
        at_work, tell = os.pipe()
        child = os.fork()
        if not child:
            while True:
                replace_file(draft, NEW)
                with suppress(OSError):  # nobody listens any more
                    os.write(tell, b".")
                replace_file(draft, OLD)
        os.close(tell)
        os.read(at_work, 1)
        os.close(at_work)
        time.sleep(chance.random() * 0.02)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        seen.add(draft.read_bytes())
    assert seen == {OLD, NEW}


def test_a_new_file_is_written_for_all_to_read(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        create_file(tmp_path / "new.txt", NEW)
    finally:
        os.umask(mask)
    assert (tmp_path / "new.txt").read_bytes() == NEW
    assert stat.S_IMODE((tmp_path / "new.txt").stat().st_mode) == 0o644
    assert len(list(tmp_path.iterdir())) == 1


def test_a_new_file_takes_no_name_that_is_taken(draft: Path) -> None:
    with pytest.raises(Problem, match="exists already"):
        create_file(draft, NEW)
    assert (draft.read_bytes(), len(list(draft.parent.iterdir()))) == (OLD, 1)


def test_without_links_a_new_file_is_written_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", refuse)
    create_file(tmp_path / "new.txt", NEW)
    with pytest.raises(Problem, match="exists already"):
        create_file(tmp_path / "new.txt", OLD)
    assert (tmp_path / "new.txt").read_bytes() == NEW


@pytest.mark.parametrize("is_there", [True, False])
def test_what_is_written_piece_by_piece_appears_as_a_whole(is_there: bool, draft: Path) -> None:  # noqa: FBT001  (a case)
    draft.chmod(0o640)
    path = draft if is_there else draft.with_name("new.txt")
    with whole_file(path) as file:
        file.write(NEW[:9])
        assert (path.read_bytes() if path.exists() else None) == (OLD if is_there else None)
        file.write(NEW[9:])
    assert path.read_bytes() == NEW
    assert not is_there or stat.S_IMODE(path.stat().st_mode) == 0o640
    assert {item.name for item in draft.parent.iterdir()} == {draft.name, path.name}


def _break_off(path: Path, error: BaseException) -> None:
    with whole_file(path) as file:
        file.write(NEW)
        raise error


@pytest.mark.parametrize("is_there", [True, False])
def test_what_breaks_off_leaves_nothing(is_there: bool, draft: Path) -> None:  # noqa: FBT001  (the same)
    path = draft if is_there else draft.with_name("new.txt")
    for error, told in ((OSError(28, "No space left on device"), Problem), (KeyboardInterrupt(), KeyboardInterrupt)):
        with pytest.raises(told):
            _break_off(path, error)
    assert draft.read_bytes() == OLD
    assert [item.name for item in draft.parent.iterdir()] == [draft.name]


def test_a_link_stays_when_its_target_is_written_piece_by_piece(draft: Path) -> None:
    link = draft.with_name("link.txt")
    link.symlink_to(draft.name)
    with whole_file(link) as file:
        file.write(NEW)
    assert link.is_symlink()
    assert draft.read_bytes() == NEW


def test_a_file_that_may_not_be_replaced_is_told_before_anything_is_written(draft: Path) -> None:
    draft.chmod(0o440)
    with pytest.raises(Problem, match="is read-only"), whole_file(draft):
        raise AssertionError


def test_what_is_no_file_is_written_at_once() -> None:
    with whole_file(Path(os.devnull)) as file:
        assert file.write(NEW) == len(NEW)
