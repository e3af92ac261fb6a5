"""The installed program and the language server speak to nobody: off every network, under a tracer of sockets.

Each run is in a network namespace of its own, where not even the machine itself can be reached, and strace writes down
every call about sockets. It must do its work there, and ask for no socket but those between its own processes.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from faults import PROGRAM

from followup_lint.reports.formats import FORMATS

SERVER = PROGRAM.replace("followup-lint", "followup-lint-lsp")
COMMON = Path(__file__).parent / "docs" / "common"
_FAMILY = re.compile(r"\b(?:AF|PF)_(?P<name>\w+)")
_SPEAKS = re.compile(r"^\d+ +(?:connect|bind|listen|accept4?)\(", re.MULTILINE)
# urllib3, which spaCy's own commands load, looks in this way whether the system knows IPv6: it takes a socket, gives it
# an address of this machine, and closes it. Where the model is put together by us it is not loaded.
_LOOK = re.compile(
    r"^\d+ +socket\(AF_INET6, SOCK_STREAM\|SOCK_CLOEXEC, IPPROTO_IP\) = .*\n"
    r"\d+ +bind\(\d+, {sa_family=AF_INET6, sin6_port=htons\(0\), .*\"::1\".*\n",
    re.MULTILINE,
)
# Pages, pictures, a style, a definition and a font that a careless reader would fetch.
MAIL = """\
From: Sam Reyes <sam@post.example>
To: Dana Li <dana@northwind.example>
Date: Thu, 07 May 2026 09:00:00 +0000
Subject: Thank you for Wednesday
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<!DOCTYPE html SYSTEM "http://192.0.2.7/definition.dtd" [<!ENTITY far SYSTEM "http://192.0.2.7/entity">]>
<html><head><base href="http://192.0.2.7/"><link rel="stylesheet" href="http://192.0.2.7/style.css">
<meta http-equiv="refresh" content="0; url=http://192.0.2.7/"><style>@import url(http://192.0.2.7/more.css);</style>
<script src="http://192.0.2.7/code.js"></script></head>
<body><p>Dear Dana,</p><p>Thank you for the talk about the picking robots &far;. Please answer at your earliest
convenience!!! See <a href="http://192.0.2.7/portfolio">my work</a>.</p>
<img src="http://192.0.2.7/pixel.gif"><iframe src="http://192.0.2.7/frame"></iframe><p>Best,<br>Sam</p></body></html>
"""
NOTE = """\
---
kind: thank-you
interview: 2026-05-06
company: Northwind Robotics
---
Hi Dana,

Thank you for showing me the picking robots on Wednesday!! I would love to work on their grippers.
Please answer at your earliest convenience, see http://192.0.2.7/portfolio.

Best,
Sam
"""


@cache
def shut_off() -> tuple[str, ...]:
    """Return the command under which there is no network; empty where there is none, or nothing that traces."""
    if sys.platform != "linux" or not shutil.which("strace") or not shutil.which("unshare"):
        return ()
    command = ("unshare", "--net") if os.geteuid() == 0 else ("unshare", "--net", "--map-root-user")
    able = subprocess.run([*command, "strace", "-f", "-o", os.devnull, "true"], capture_output=True, check=False)
    return () if able.returncode else command


pytestmark = pytest.mark.skipif(not shut_off(), reason="needs Linux, strace, and leave to shut a network off")


def under(log: Path, *command: str) -> list[str]:
    return [*shut_off(), "strace", "-f", "--seccomp-bpf", "-e", "trace=%network", "-o", str(log), *command]


def asked_for(log: Path, *, may_look: bool = False) -> set[str]:
    """Return the families of sockets that a run asked for, and the calls by which it would speak to somebody."""
    told = log.read_text(encoding="utf-8", errors="replace")
    assert "+++ exited" in told or "+++ killed" in told, "nothing was traced"
    if may_look:
        told = _LOOK.sub("", told, count=1)
    return {match["name"] for match in _FAMILY.finditer(told)} - {"UNIX"} | set(_SPEAKS.findall(told))


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    here = tmp_path / "desk"
    shutil.copytree(COMMON, here)
    (here / "note.txt").write_text(NOTE, encoding="utf-8")
    (here / "mail.eml").write_text(MAIL, encoding="utf-8")
    (here / "rows.jsonl").write_text(json.dumps({"body": NOTE}) + "\n", encoding="utf-8")
    (here / "sent").write_text("From sam Thu May  7 09:00:00 2026\n" + MAIL, encoding="utf-8")
    return here


def environment() -> dict[str, str]:
    # A proxy would be spoken to in place of anybody else.
    return {**os.environ, "http_proxy": "http://192.0.2.7:8", "https_proxy": "http://192.0.2.7:8", "NO_COLOR": "1"}


FILED = [f"--output-format={name}=report.{name}" for name in FORMATS]
RUNS = {
    "every format": ["note.txt", "mail.eml", "--preset=strict", *FILED],
    "no cache, and as spaCy loads it": ["note.txt", "--no-cache", "--preset=strict", "-v", "--show-context"],
    "mending": ["--fix", "--unsafe-fixes", "note.txt", "mail.eml"],
    "a patch": ["--diff", "note.txt"],
    "a mailbox": ["note.txt", "--sent", "sent", "--me", "sam@post.example"],
    "a table": ["--input", "rows.jsonl", "-o", "found.jsonl"],
    "a schedule": ["--schedule", "drafts", "note.txt"],
    "a schedule as ics": ["--schedule", "drafts", "note.txt", "--output-format", "ics", "-o", "next.ics"],
    "a new draft": ["--new", "thank-you", "--invite", "call.ics", "new.txt"],
    "an explanation": ["--explain", "demand"],
    "why not": ["--why-not", "demand", "note.txt"],
    "the parse": ["--debug-parse", "note.txt"],
    "without names": ["--redact", "-v", "note.txt", "mail.eml"],
    "the version": ["--version"],
    "many drafts": ["many", "-j", "2", "--statistics", "--no-cache"],
    "what has changed": ["--changed", "note.txt"],
}
STOCK = frozenset({"no cache, and as spaCy loads it", "a table", "the parse"})
"""Runs in which the model is loaded as spaCy does it, with all that comes with that."""


@pytest.mark.parametrize("name", RUNS)
def test_the_program_asks_for_no_socket(name: str, desk: Path, tmp_path: Path) -> None:
    args, said = RUNS[name], environment()
    if "-j" in args:
        (desk / "many").mkdir()
        for number in range(80):
            (desk / "many" / f"{number}.txt").write_text(f"Hi Dana,\n\nThank you, {number}!\n", encoding="utf-8")
    if name in STOCK:
        said["FOLLOWUP_LINT_STOCK_MODEL"] = "1"
    if "--changed" in args:
        git = ["git", "-c", "user.name=Sam", "-c", "user.email=sam@post.example", "-c", "commit.gpgsign=false"]
        for words in (["init", "-q"], ["add", "call.ics", "mail.eml"], ["commit", "-q", "--no-verify", "-m", "one"]):
            subprocess.run([*git, *words], cwd=desk, check=True)
    log = tmp_path / "log"
    done = subprocess.run(under(log, PROGRAM, *args), cwd=desk, env=said, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout or done.stderr or list(desk.glob("report.*")) or (desk / "found.jsonl").exists()
    assert asked_for(log, may_look=name in STOCK) == set()


def test_watching_asks_for_no_socket(desk: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    command = under(log, PROGRAM, "--watch", "note.txt", "--output-format", "concise")
    with subprocess.Popen(command, cwd=desk, env=environment(), stdout=subprocess.PIPE, start_new_session=True) as run:
        shown = cast("BinaryIO", run.stdout)
        assert any(b"[demand]" in line or b"note.txt:" in line for line in iter(shown.readline, b""))
        (desk / "note.txt").write_text(NOTE.replace("earliest", "utmost"), encoding="utf-8")
        assert any(b"note.txt:" in line for line in iter(shown.readline, b""))
        os.killpg(run.pid, signal.SIGINT)
        shown.read()
    assert asked_for(log) == set()


def sent(**message: object) -> bytes:
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def received(stream: BinaryIO) -> Iterator[dict[str, object]]:
    while head := stream.readline():
        size = int(head.partition(b":")[2])
        while stream.readline().strip():
            pass
        yield json.loads(stream.read(size))


def test_the_language_server_asks_for_no_socket(desk: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    uri = (desk / "note.txt").as_uri()
    with (
        tempfile.TemporaryFile() as noise,
        subprocess.Popen(
            under(log, SERVER, "--stdio"),
            cwd=desk,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=noise,
        ) as server,
    ):
        to, back = cast("BinaryIO", server.stdin), received(cast("BinaryIO", server.stdout))
        to.write(sent(id=1, method="initialize", params={"capabilities": {}, "processId": None, "rootUri": None}))
        to.flush()
        assert any("result" in message for message in back)
        document = {"uri": uri, "languageId": "plaintext", "version": 1, "text": NOTE}
        to.write(sent(method="initialized", params={}))
        to.write(sent(method="textDocument/didOpen", params={"textDocument": document}))
        to.flush()
        found = next(message for message in back if message.get("method") == "textDocument/publishDiagnostics")
        assert "earliest convenience" in json.dumps(found)
        to.write(sent(id=2, method="shutdown") + sent(method="exit"))
        to.close()
        assert server.wait() == 0
    assert asked_for(log) == set()


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("socket.socket().connect_ex(('192.0.2.7', 80))", {"INET"}),
        ("socket.socket(socket.AF_INET6)", {"INET6"}),
        ("socket.gethostbyname('northwind.example')", {"INET"}),
        ("socket.socketpair()", set()),
    ],
)
def test_a_socket_is_seen(code: str, expected: set[str], tmp_path: Path) -> None:
    log = tmp_path / "log"
    subprocess.run(under(log, sys.executable, "-c", f"import socket; {code}"), capture_output=True, check=False)
    assert expected <= asked_for(log)
    assert expected or not asked_for(log)
