"""A signal ends the program in order, whatever it is at, and whoever started it sees which signal it was."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import psutil
import pytest
from faults import PART, PROGRAM, broken, can_inject, run, traced

from followup_lint.pool import processors

if sys.platform != "linux":
    pytest.skip("what a process is at is asked of Linux", allow_module_level=True)

SERVER = str(Path(PROGRAM).with_name("followup-lint-lsp"))
ENDING = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
QUICK = ("--isolated", "--no-cache", "--select", "trailing-blanks,template-placeholder", "--output-format", "concise")
ALL = ("--isolated", "--no-cache", "--output-format", "concise")
OLD = b"Dear [Name],\n\nI would like to know what you think of kiln %d, please.  \n\nBest,\nSam\n"
PATIENCE = 60.0


@dataclass(frozen=True)
class Desk:
    """A folder of drafts. The last one by name is a pipe that nobody writes to: a run that comes to it waits there."""

    folder: Path
    count: int = 12

    def __post_init__(self) -> None:
        (self.folder / "drafts").mkdir()
        for number in range(self.count):
            (self.folder / "drafts" / f"{number:03}.txt").write_bytes(OLD % number)
        os.mkfifo(self.folder / "drafts" / "last.txt")
        (self.folder / "out").write_bytes(b"old\n")
        os.mkfifo(self.folder / "rows.jsonl")

    def paths(self) -> list[str]:
        return sorted(f"drafts/{path.name}" for path in (self.folder / "drafts").iterdir())

    def parts(self) -> list[str]:
        return [path.name for path in self.folder.rglob(".*") if PART.fullmatch(path.name)]


@dataclass(frozen=True)
class Running:
    """The program at work, in a group of processes of its own."""

    process: subprocess.Popen[bytes]
    desk: Desk

    def wait_until(self, holds: Callable[[Running], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not holds(self):
            assert self.process.poll() is None, self.process.communicate()
            assert time.monotonic() < end
            time.sleep(0.005)

    def said(self) -> bytes:
        """Return the first line on standard output."""
        assert self.process.stdout
        return self.process.stdout.readline()

    def maps(self) -> str:
        return Path(f"/proc/{self.process.pid}/maps").read_text(encoding="utf-8")

    def children(self) -> list[int]:
        """Return the processes that share its work: copies of it, and copies of those."""
        return [child.pid for child in psutil.Process(self.process.pid).children(recursive=True)]

    def end(self, number: int) -> tuple[int, bytes]:
        """Send a signal; return how the process ended, and what it said on standard error."""
        self.process.send_signal(number)
        _, told = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, told


def is_there(number: int) -> bool:
    """Whether a process runs; one that has ended may stay listed until somebody asks for it."""
    try:
        state = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in {"Z", "X"}


@contextmanager
def running(desk: Desk, *words: str, program: str = PROGRAM, before: Sequence[str] = ()) -> Iterator[Running]:
    process = subprocess.Popen(
        [*before, program, *words],
        cwd=desk.folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield Running(process, desk)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def reads_the_pipe(run: Running) -> bool:
    """Whether findings of the first drafts are there, so that the others are being read."""
    return b"000.txt" in run.said()


def loads_the_model(run: Running) -> bool:
    """Whether the first of spaCy's libraries is in, and so most of it is not."""
    return "/thinc/" in run.maps() or "/preshed/" in run.maps()


def writes(run: Running) -> bool:
    return bool(run.desk.parts())


def shares(run: Running) -> bool:
    return len(run.children()) >= 2


def has_mended(run: Running) -> bool:
    last = run.desk.count - 1
    return (run.desk.folder / "drafts" / f"{last:03}.txt").read_bytes() == (OLD % last).replace(b"  ", b"")


MODES: dict[str, tuple[tuple[str, ...], Callable[[Running], bool]]] = {
    "reading": ((*QUICK, "drafts"), reads_the_pipe),
    "loading": ((*ALL, "drafts"), loads_the_model),
    "report": ((*QUICK, "-o", "out", "drafts"), writes),
    "mending": ((*QUICK, "--fix", "drafts"), has_mended),
    "table": ((*QUICK[:-2], "--input", "rows.jsonl", "-o", "out", "--output-format", "jsonl"), writes),
}


def paths_named(desk: Desk, words: Sequence[str]) -> list[str]:
    """Name the drafts one by one, for a folder is looked through for files alone."""
    return [name for word in words for name in (desk.paths() if word == "drafts" else [word])]


@pytest.mark.parametrize(
    ("mode", "number"),
    [*((mode, number) for mode in MODES for number in ENDING[:2]), ("report", signal.SIGHUP)],
    ids=str,
)
def test_a_signal_ends_it_as_it_ends_others(mode: str, number: signal.Signals, desk: Desk) -> None:
    words, is_there_yet = MODES[mode]
    rows = os.open(desk.folder / "rows.jsonl", os.O_RDWR)
    os.write(rows, json.dumps({"body": "Dear [Name],"}).encode() + b"\n")
    with running(desk, *paths_named(desk, words)) as program:
        program.wait_until(is_there_yet)
        assert program.end(number) == (-number, b"")
    os.close(rows)
    assert desk.parts() == []
    assert (desk.folder / "out").read_bytes() == b"old\n"
    wanted = [(OLD % place).replace(b"  ", b"") if mode == "mending" else OLD % place for place in range(desk.count)]
    assert [(desk.folder / name).read_bytes() for name in desk.paths()[:-1]] == wanted


shared = pytest.mark.skipif(processors() < 2, reason="one processor shares no work")


@shared
@pytest.mark.parametrize("number", [*ENDING[1:], signal.SIGKILL], ids=lambda number: number.name)
def test_no_process_outlives_the_one_it_works_for(number: signal.Signals, tmp_path: Path) -> None:
    desk = Desk(tmp_path, count=100)
    with running(desk, *QUICK, "--jobs", "2", "-o", "out", *desk.paths()) as program:
        program.wait_until(shares)
        workers = program.children()
        code, told = program.end(number)
        end = time.monotonic() + PATIENCE
        while any(map(is_there, workers)):
            assert time.monotonic() < end
            time.sleep(0.005)
    assert (code, told) == (-number, b"")
    assert (desk.folder / "out").read_bytes() == b"old\n"
    assert number is signal.SIGKILL or desk.parts() == []


@shared
def test_a_terminal_interrupts_all_processes_at_once(tmp_path: Path) -> None:
    desk = Desk(tmp_path, count=100)
    with running(desk, *QUICK, "--jobs", "2", *desk.paths()) as program:
        program.wait_until(shares)
        os.killpg(program.process.pid, signal.SIGINT)
        _, told = program.process.communicate(timeout=PATIENCE)
        assert (program.process.returncode, told) == (-signal.SIGINT, b"")


@pytest.mark.parametrize("number", ENDING, ids=lambda number: number.name)
def test_a_signal_ends_a_watch(number: signal.Signals, desk: Desk) -> None:
    with running(desk, *QUICK, "--watch", "drafts/000.txt") as program:
        told = cast("Iterator[bytes]", program.process.stderr)
        assert any(b"watching, Ctrl-C ends" in line for line in told)
        assert program.end(number) == (-number, b"\n")


TAKEN = """
import time
from followup_lint import signals
signals._LATEST = 0.2
def work():
    try:
        print("at work", flush=True)
        time.sleep(60)
    except BaseException:
        time.sleep(60)
signals.heeding(work)
"""


@pytest.mark.parametrize("number", ENDING, ids=lambda number: number.name)
def test_a_signal_that_a_library_takes_for_an_error_ends_it_all_the_same(number: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", TAKEN], stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"at work\n"
        process.send_signal(number)
        assert process.wait(PATIENCE) == -number


def test_what_was_ignored_before_stays_ignored(desk: Desk) -> None:
    command = f"trap '' HUP; exec {shlex.join([PROGRAM, *QUICK, '--watch', 'drafts/000.txt'])}"
    with running(desk, "-c", command, program="/bin/sh") as program:
        told = cast("Iterator[bytes]", program.process.stderr)
        assert any(b"watching, Ctrl-C ends" in line for line in told)
        program.process.send_signal(signal.SIGHUP)
        (desk.folder / "drafts" / "000.txt").write_bytes(b"Dear [Somebody],\n")
        assert any(b"changed: drafts/000.txt" in line for line in told)
        assert any(b"watching, Ctrl-C ends" in line for line in told)
        assert program.end(signal.SIGTERM)[0] == -signal.SIGTERM


@pytest.mark.skipif(not can_inject(), reason="needs strace, and leave to trace")
def test_interrupted_at_any_call_a_file_is_whole_and_nothing_is_left(tmp_path: Path) -> None:
    folder, draft = tmp_path / "desk", OLD % 1
    folder.mkdir()

    def lay() -> tuple[str, ...]:
        (folder / "draft.txt").write_bytes(draft)
        return ("--fix", "draft.txt", *QUICK)

    seen = set()
    for call in traced(*lay(), cwd=folder, log=tmp_path / "log"):
        done = broken(*lay(), cwd=folder, call=call, how="signal=INT")
        # Where another thread of Python's makes the call, or the work is done, it may still end as if nothing were.
        assert done.returncode in {-signal.SIGINT, 1}, call
        assert done.returncode == 1 or done.stderr == b"", call
        assert [path.name for path in folder.iterdir()] == ["draft.txt"], call
        seen.add((folder / "draft.txt").read_bytes())
    assert seen == {draft, draft.replace(b"  ", b"")}


def piped(desk: Desk, *words: str) -> tuple[int, bytes]:
    """Run the program into a pipe that nobody reads; return how it ended and what it said."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([PROGRAM, *words], cwd=desk.folder, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    "words",
    [
        *[("--help",), ("--version",), ("--list-rules",), ("--show-files", "drafts"), ("--completion", "bash")],
        *[(*QUICK, "drafts/000.txt"), (*QUICK[:-1], "json", "drafts/000.txt")],
        *[(*QUICK[:-2], "--diff", "drafts/000.txt"), (*QUICK, "--watch", "drafts/000.txt")],
    ],
    ids=" ".join,
)
def test_a_pipe_that_nobody_reads_ends_it_quietly(words: tuple[str, ...], desk: Desk) -> None:
    assert piped(desk, *words) == (-signal.SIGPIPE, b"")


@shared
def test_a_pipe_that_nobody_reads_any_more_ends_all_processes(tmp_path: Path) -> None:
    desk = Desk(tmp_path, count=100)
    with running(desk, *QUICK, "--jobs", "2", *desk.paths()) as program:
        assert program.process.stdout
        program.wait_until(shares)
        workers = program.children()
        program.process.stdout.close()
        # Opened for both, it does not wait for a reader, who may have been ended already.
        last = os.open(desk.folder / "drafts" / "last.txt", os.O_RDWR)
        os.write(last, OLD % 7)
        os.close(last)
        assert program.process.wait(PATIENCE) == -signal.SIGPIPE
        assert program.process.stderr
        assert program.process.stderr.read() == b""
        assert not any(map(is_there, workers))
        program.process.stdout = None  # closed above


def test_what_is_said_again_ends_at_a_closed_pipe_too(desk: Desk, tmp_path: Path) -> None:
    words = ("--cache-dir", str(tmp_path / "cache"), "--output-format", "concise", "drafts/000.txt")
    time.sleep(0.1)  # what was written a moment before a run may still change, so that run is not kept
    assert run(*words, cwd=desk.folder).returncode == 1
    assert list((tmp_path / "cache").rglob("runs/*"))
    assert piped(desk, *words) == (-signal.SIGPIPE, b"")


def test_a_shell_sees_the_number_and_head_ends_it(desk: Desk) -> None:
    words = shlex.join([PROGRAM, *QUICK, *desk.paths()[:-1]])
    done = subprocess.run(["bash", "-c", f"{words} | head -1"], cwd=desk.folder, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"drafts/000.txt:")
    watch = shlex.join([PROGRAM, *QUICK, "--watch", "drafts/000.txt"])
    script = f"{watch} 2>told & until grep -q Ctrl-C told; do sleep 0.02; done; kill -TERM $!; wait $!; echo $?"
    done = subprocess.run(["bash", "-c", script], cwd=desk.folder, capture_output=True, check=False)
    assert done.stdout.splitlines()[-1] == b"143"


@pytest.mark.unmeasured
@pytest.mark.parametrize("number", ENDING, ids=lambda number: number.name)
@pytest.mark.parametrize("is_begun", [False, True], ids=["starting", "serving"])
def test_a_signal_ends_the_language_server(number: signal.Signals, desk: Desk, *, is_begun: bool) -> None:
    with running(desk, "--stdio", program=SERVER) as server:
        if is_begun:
            ask = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}, "processId": None}}
            body = json.dumps(ask).encode()
            assert server.process.stdin
            server.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            server.process.stdin.flush()
            assert b"Content-Length" in server.said()
        else:
            server.wait_until(lambda each: "/_asyncio" in each.maps() or "/_socket" in each.maps())
        assert server.end(number) == (-number, b"")


STUCK = """
import re, sys
from pathlib import Path
from followup_lint.checks import pattern
def check(self, reading):
    Path("begun").touch()
    re.search("(a+)+b", "a" * 60)
    return iter(())
pattern.Check.__call__ = check
from followup_lint.lsp import main, watchdog
watchdog.MOST_SECONDS = 3.0
sys.exit(main())
"""


@pytest.mark.parametrize("how", ["closed", "signalled", "left alone"])
def test_a_server_in_a_check_that_never_ends_is_ended(how: str, desk: Desk) -> None:
    uri = (desk.folder / "note.txt").as_uri()
    item = {"uri": uri, "languageId": "plaintext", "version": 1, "text": "Hi Mia,\n\nThank you for the hour.\n"}
    asked: list[dict[str, object]] = [
        {"id": 1, "method": "initialize", "params": {"capabilities": {}, "processId": None}},
        {"method": "initialized", "params": {}},
        {"method": "textDocument/didOpen", "params": {"textDocument": item}},
    ]
    with running(desk, "-c", STUCK, program=sys.executable) as server:
        assert server.process.stdin

        def send(messages: Sequence[Mapping[str, object]]) -> None:
            for message in messages:
                body = json.dumps({"jsonrpc": "2.0", **message}).encode()
                cast("BinaryIO", server.process.stdin).write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            cast("BinaryIO", server.process.stdin).flush()

        send(asked)
        server.wait_until(lambda _: (desk.folder / "begun").exists())
        if how == "signalled":
            assert server.end(signal.SIGTERM) == (-signal.SIGTERM, b"")
            return
        if how == "closed":
            server.process.stdin.close()
            server.process.stdin = None
        _, told = server.process.communicate(timeout=PATIENCE)
    assert server.process.returncode == 1
    assert told.startswith(b"Timeout (0:00:03)!\n")
    assert b"in check\n" in told
    assert b"Mia" not in told


def heeded(work: str) -> tuple[int, str, str]:
    """Run some lines as the work of a process that heeds signals; return how it ended and what it said."""
    code = "import os, signal, sys, time\nfrom followup_lint.signals import *\ndef work():\n"
    code += "".join(f"    {line}\n" for line in work.splitlines()) + "heeding(work)\n"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=PATIENCE)
    return done.returncode, done.stdout, done.stderr


def test_what_generators_have_open_is_closed() -> None:
    work = "def opened():\n    try:\n        yield 1\n    finally:\n        print('closed', flush=True)\n"
    work += "for _ in opened():\n    signal.raise_signal(signal.SIGTERM)"
    assert heeded(work) == (-signal.SIGTERM, "closed\n", "")


@pytest.mark.parametrize("where", ["__del__", "callback"])
def test_a_signal_that_comes_where_nothing_can_be_raised_is_not_lost(where: str) -> None:
    odd = "class Odd:\n    def __del__(self):\n        signal.raise_signal(signal.SIGTERM)\nOdd()\n"
    if where == "callback":
        odd = "import weakref\nclass Odd: pass\none = Odd()\n"
        odd += "two = weakref.ref(one, lambda _: signal.raise_signal(signal.SIGTERM))\ndel one\n"
    assert heeded(odd + "while True:\n    time.sleep(0.01)") == (-signal.SIGTERM, "", "")


def test_a_second_signal_is_not_waited_for() -> None:
    work = "try:\n    signal.raise_signal(signal.SIGTERM)\n"
    work += "finally:\n    signal.raise_signal(signal.SIGINT)\n    print('no')"
    assert heeded(work) == (-signal.SIGINT, "", "")


def test_what_takes_it_for_ctrl_c_does_not_change_the_number() -> None:
    work = "try:\n    signal.raise_signal(signal.SIGHUP)\nexcept Ended:\n    raise Ended from None"
    assert heeded(work) == (-signal.SIGHUP, "", "")
    assert heeded(work.replace("raise Ended from None", "raise KeyboardInterrupt from None"))[0] == -signal.SIGHUP


def test_other_threads_and_what_comes_after_are_left_alone() -> None:
    code = "import signal, threading\nfrom followup_lint.signals import heeding\nbefore = signal.getsignal(2), "
    code += "signal.getsignal(15)\nassert heeding(lambda: 7) == 7\nassert before == (signal.getsignal(2), "
    code += (
        "signal.getsignal(15))\nfound = []\none = threading.Thread(target=lambda: found.append(heeding(lambda: 8)))\n"
    )
    code += "one.start()\none.join()\nassert found == [8]"
    subprocess.run([sys.executable, "-c", code], check=True)
