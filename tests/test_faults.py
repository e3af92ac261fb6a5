"""Nothing is lost: whatever fails and whenever it is killed, the installed program leaves the old file or the new one.

FOLLOWUP_LINT_TEST_KILLS says how often it is killed at random, in place of the few times that the tests have time for.
"""

from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from faults import PART, PROGRAM, Call, broken, can_inject, powerless, run, traced

from followup_lint import leftovers

if os.name != "posix":
    pytest.skip("signals, modes and owners as POSIX has them", allow_module_level=True)

KILLS = int(os.environ.get("FOLLOWUP_LINT_TEST_KILLS", "24"))
# None of these rules needs a model: what is tested is what happens to files.
QUICK = ("--select", "trailing-blanks,template-placeholder", "--no-cache", "-q")
OLD = b"Dear [Name],\n\nThank you for the tour of the weir.  \nIt was good to see it.\t\n\nBest,\nSam\n"
NEW = b"Dear [Name],\n\nThank you for the tour of the weir.\nIt was good to see it.\n\nBest,\nSam\n"
UMASK = os.umask(0o022)
os.umask(UMASK)
ORDINARY = 4242
"""The number of some other user."""

injected = pytest.mark.skipif(not can_inject(), reason="needs strace, and leave to trace")
root = pytest.mark.skipif(os.geteuid() != 0, reason="needs an administrator")


@dataclass(frozen=True)
class Deed:
    """Something that writes a file, and the file, which may be there before."""

    args: tuple[str, ...]
    file: str
    old: bytes | None


DEEDS = {
    "fix": Deed(("--fix", "draft.txt", *QUICK), "draft.txt", OLD),
    "add-ignores": Deed(("--add-ignores=later", "draft.txt", *QUICK), "draft.txt", OLD),
    "update-baseline": Deed(
        ("--update-baseline", "--baseline", "known.json", "draft.txt", *QUICK),
        "known.json",
        b'{"followup-lint-baseline": 1, "drafts": {}}\n',
    ),
    "first-baseline": Deed(("--update-baseline", "--baseline", "known.json", "draft.txt", *QUICK), "known.json", None),
    "report": Deed(("draft.txt", "-o", "report.json", "--output-format", "json", *QUICK), "report.json", b"old\n"),
    "new": Deed(("--new", "thank-you", "new.txt"), "new.txt", None),
    "init": Deed(("--init",), ".followup-lint.yaml", None),
    "new-rule": Deed(("--new-rule", "odd-word"), "odd-word.yaml", None),
}


@dataclass(frozen=True)
class Desk:
    """A folder with a draft, and a deed to be done there."""

    folder: Path
    deed: Deed

    def lay(self) -> None:
        """Put everything as it was in the beginning."""
        for path in self.folder.iterdir():
            path.unlink()
        (self.folder / "draft.txt").write_bytes(OLD)
        if self.deed.old is not None:
            self.path.write_bytes(self.deed.old)

    @property
    def path(self) -> Path:
        return self.folder / self.deed.file

    @property
    def now(self) -> bytes | None:
        return self.path.read_bytes() if self.path.exists() else None

    def parts(self) -> list[str]:
        return [path.name for path in self.folder.iterdir() if PART.fullmatch(path.name)]

    def done(self) -> bytes:
        """Return what the file holds when all goes well."""
        self.lay()
        assert run(*self.deed.args, cwd=self.folder).returncode in {0, 1}
        assert self.parts() == []
        new = self.now
        assert new
        assert new != self.deed.old
        return new


@pytest.fixture(params=DEEDS)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    folder = tmp_path / "desk"
    folder.mkdir()
    made = Desk(folder, DEEDS[request.param])
    made.lay()
    return made


@pytest.fixture
def fixing(tmp_path: Path) -> Desk:
    folder = tmp_path / "desk"
    folder.mkdir()
    made = Desk(folder, DEEDS["fix"])
    made.lay()
    return made


def told(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return the one line that a run says when it fails."""
    (line,) = done.stderr.decode().splitlines()
    assert done.returncode == 2, line
    assert line.startswith("followup-lint: "), line
    return line


def chosen(found: list[Call], *, every: bool) -> list[Call]:
    """Return the calls to disturb: all, or those by which bytes and names come onto the disk."""
    return [call for call in found if every or call.name in {"fsync", "link", "linkat", "rename", "write"}]


@injected
def test_a_failing_call_leaves_the_old_file_or_the_new_one_and_says_so(desk: Desk, tmp_path: Path) -> None:
    new = desk.done()
    desk.lay()
    found = traced(*desk.deed.args, cwd=desk.folder, log=tmp_path / "log")
    assert {"fsync", "write"} < {call.name for call in found}
    failed = 0
    for call in chosen(found, every=desk.deed is DEEDS["fix"]):
        desk.lay()
        done = broken(*desk.deed.args, cwd=desk.folder, call=call, how="error=ENOSPC")
        if done.returncode == 2:
            assert "no space left" in told(done), call
            failed += 1
        assert desk.now == (desk.deed.old if done.returncode == 2 else new), call
        assert call.name == "unlink" or desk.parts() == [], call
    assert failed > 1


@injected
def test_killed_at_a_call_it_leaves_the_old_file_or_the_new_one(desk: Desk, tmp_path: Path) -> None:
    new = desk.done()
    desk.lay()
    found = traced(*desk.deed.args, cwd=desk.folder, log=tmp_path / "log")
    seen = []
    for call in chosen(found, every=desk.deed is DEEDS["fix"]):
        desk.lay()
        assert broken(*desk.deed.args, cwd=desk.folder, call=call, how="signal=KILL").returncode < 0, call
        seen.append(desk.now)
        assert len(desk.parts()) <= 1, call
    assert set(seen) == {desk.deed.old, new}
    assert run(*desk.deed.args, cwd=desk.folder).returncode in {0, 1, 2}


def test_killed_at_random_moments_it_leaves_drafts_whole(tmp_path: Path) -> None:
    chance = random.Random(8)  # noqa: S311  (moments, not secrets)
    names = [f"{number:02}.txt" for number in range(40)]

    def lay() -> None:
        for path in tmp_path.iterdir():
            path.unlink()
        for name in names:
            (tmp_path / name).write_bytes(OLD)

    def start() -> subprocess.Popen[bytes]:
        command = [PROGRAM, "--fix", ".", *QUICK]
        return subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    lay()
    begun = time.monotonic()
    start().wait()
    lasts = time.monotonic() - begun
    moments = []
    for _ in range(KILLS):
        lay()
        program = start()
        time.sleep(lasts * chance.uniform(0.2, 1))
        program.send_signal(signal.SIGKILL)
        program.wait()
        held = [(tmp_path / name).read_bytes() for name in names]
        assert set(held) <= {OLD, NEW}
        assert len({path.name for path in tmp_path.iterdir()} - set(names)) <= 1
        moments.append(held.count(NEW))
    # The moments are worth something only if some were in the middle of the work.
    assert KILLS < 20 or any(0 < count < len(names) for count in moments)


def tried(desk: Desk, *before: str) -> subprocess.CompletedProcess[bytes]:
    return run(*desk.deed.args, cwd=desk.folder, before=before, FOLLOWUP_LINT_NO_CACHE="1")


def test_a_full_disk_is_told_and_the_old_file_is_there(desk: Desk) -> None:
    # No file may grow beyond 20 bytes, as on a full disk or with a quota, and the signal for that is ignored.
    small = "import os, resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)"
    small += "; resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20)); os.execv(sys.argv[1], sys.argv[1:])"
    assert "cannot be written: " in told(tried(desk, sys.executable, "-c", small))
    assert desk.now == desk.deed.old
    assert desk.parts() == []


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """Yield the folder of a real disk of 64 kB, all of it full but a page."""
    place = tmp_path / "tiny"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a disk cannot be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


@root
def test_a_disk_that_is_really_full_is_told(tiny: Path) -> None:
    desk = Desk(tiny, DEEDS["fix"])
    desk.lay()
    rest = os.statvfs(tiny)
    (tiny / "filler").write_bytes(b"x" * rest.f_bavail * rest.f_frsize)
    assert (
        told(run(*desk.deed.args, cwd=tiny)) == "followup-lint: draft.txt: cannot be written: no space left on device"
    )
    assert desk.now == OLD
    assert desk.parts() == []


changing = pytest.mark.parametrize("desk", [name for name, deed in DEEDS.items() if deed.old], indirect=True)


def test_a_folder_that_may_not_be_written_is_told(desk: Desk) -> None:
    desk.folder.chmod(0o555)
    done = tried(desk, *powerless())
    desk.folder.chmod(0o755)
    assert told(done) == f"followup-lint: {desk.deed.file}: cannot be written: permission denied"
    assert desk.now == desk.deed.old
    assert desk.parts() == []


@changing
def test_a_file_that_may_not_be_written_is_told(desk: Desk) -> None:
    desk.path.chmod(0o444)
    assert "is read-only; nothing was written" in told(tried(desk))
    assert desk.now == desk.deed.old


@root
@changing
def test_a_file_that_has_become_somebody_elses_is_told(desk: Desk) -> None:
    os.chown(desk.path, ORDINARY, ORDINARY)
    assert "is read-only; nothing was written" in told(tried(desk, *powerless()))
    assert desk.now == desk.deed.old


@changing
def test_a_symbolic_link_stays_and_other_names_are_not_parted(desk: Desk) -> None:
    new = desk.done()
    desk.lay()
    elsewhere = desk.folder.parent / "elsewhere"
    desk.path.rename(elsewhere)
    desk.path.symlink_to(elsewhere)
    assert tried(desk).returncode in {0, 1}
    assert desk.path.is_symlink()
    assert elsewhere.read_bytes() == new
    assert {path.name for path in desk.folder.parent.iterdir()} == {"desk", "elsewhere"}
    desk.lay()
    other = desk.folder / "other.txt.bak"
    os.link(desk.path, other)
    assert "has 2 names (hard links)" in told(tried(desk))
    assert desk.now == other.read_bytes() == desk.deed.old


@pytest.mark.parametrize("desk", ["new", "init", "new-rule"], indirect=True)
def test_a_new_file_is_not_written_through_a_link_that_leads_nowhere(desk: Desk) -> None:
    target = desk.folder.parent / "target"
    desk.path.symlink_to(target)
    told(tried(desk))
    assert desk.path.is_symlink()
    assert not target.exists()


def start_slowly(desk: Desk) -> subprocess.Popen[bytes]:
    """Start the program, and return when it has read everything and is about to bring its new file onto the disk."""
    slow = ["strace", "-f", "-o", os.devnull, "-e", "trace=fsync", "-e", "inject=fsync:delay_enter=2s:when=1"]
    program = subprocess.Popen([*slow, PROGRAM, *desk.deed.args], cwd=desk.folder, stderr=subprocess.PIPE)
    while not desk.parts():
        assert program.poll() is None
        time.sleep(0.01)
    return program


@injected
def test_nobody_else_may_read_a_file_that_is_being_written(desk: Desk) -> None:
    for path in desk.folder.iterdir():
        path.chmod(0o666)
    program = start_slowly(desk)
    (part,) = desk.parts()
    assert stat.S_IMODE((desk.folder / part).stat().st_mode) == 0o600
    program.communicate()
    assert desk.parts() == []
    wanted = 0o666 if desk.deed.old is not None else 0o666 & ~UMASK
    assert stat.S_IMODE(desk.path.stat().st_mode) == wanted


@injected
@pytest.mark.parametrize("desk", ["fix", "add-ignores", "update-baseline"], indirect=True)
def test_a_file_that_somebody_else_writes_meanwhile_is_left_to_them(desk: Desk) -> None:
    program = start_slowly(desk)
    desk.path.write_bytes(b"somebody else was here")
    _, stderr = program.communicate()
    assert program.returncode == 2
    assert b"has changed while it was being" in stderr
    assert desk.now == b"somebody else was here"
    assert desk.parts() == []


@injected
def test_of_two_that_mend_one_draft_the_slower_one_gives_way(fixing: Desk) -> None:
    slower = start_slowly(fixing)
    assert tried(fixing).returncode == 1  # the slot is still there
    _, stderr = slower.communicate()
    assert (slower.returncode, b"has changed while it was being mended" in stderr) == (2, True)
    assert fixing.now == NEW
    assert fixing.parts() == []


def test_several_that_mend_the_same_drafts_leave_them_mended(tmp_path: Path) -> None:
    names = [f"{number:02}.txt" for number in range(20)]
    for name in names:
        (tmp_path / name).write_bytes(OLD)
    command = [PROGRAM, "--fix", ".", *QUICK]
    running = [subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE) for _ in range(3)]
    for program in running:
        _, stderr = program.communicate()
        assert program.returncode in {1, 2}
        assert all(b"has changed" in line for line in stderr.splitlines())
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == dict.fromkeys(names, NEW)


@pytest.mark.parametrize("desk", ["fix", "report", "new"], indirect=True)
def test_what_a_killed_program_left_long_ago_is_cleared_away(desk: Desk) -> None:
    week = time.time() - leftovers.OLD - 60
    names = {
        "left": ".followup-lint-abc_1234.part",
        "young": ".followup-lint-young123.part",
        "short": ".followup-lint-abc.part",
        "other": ".other-tool-abcd1234.part",
        "named": "followup-lint-abcd1234.part",
        "folder": ".followup-lint-folder12.part",
        "linked": ".followup-lint-linked12.part",
        "symlink": ".followup-lint-symlink1.part",
        "foreign": ".followup-lint-foreign1.part",
    }
    paths = {what: desk.folder / name for what, name in names.items()}
    for what, path in paths.items():
        path.mkdir() if what == "folder" else path.symlink_to("draft.txt") if what == "symlink" else path.touch()
        if what != "young":
            os.utime(path, (week, week), follow_symlinks=False)
    os.link(paths["linked"], desk.folder / "linked")
    if os.geteuid() == 0:
        os.chown(paths["foreign"], ORDINARY, ORDINARY)
    else:
        del paths["foreign"]
    assert tried(desk).returncode in {0, 1}
    assert [what for what, path in paths.items() if not os.path.lexists(path)]
