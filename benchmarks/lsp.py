"""How fast the language server is, and whether it stays as small and as right: `python benchmarks/lsp.py`.

It starts a server, times `initialize`, then types: 300 keystrokes in a draft of 150 words, each from the change to the
diagnostics. With `--edits 5000` it goes on with random edits, opens, closes and requests that are cancelled, watches
the server's memory, and at the end compares its diagnostics with those of a server that has just been started.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

DRAFT = """\
---
kind: thank-you
to: Dana Li
company: Northwind Robotics
role: Support Engineer
interview: 2026-05-06T10:00
date: 2026-05-06T17:00
---
Subject: Our talk about the night shift

Hi Dana,

Thank you for the hour this morning. It was good to hear how the night shift hands over to the day crew, and I have
been thinking about the board you use for it ever since.

You asked how I would take over calls from the plant in Leeds. At Harbour Freight we wrote down the last five minutes
of each call, and the next person read them aloud before anything else was done. I would try
the same with your three stations first.

I liked the people I met, and I would be glad to join the team. The job is what I have been looking for: close to the
machines, and with enough time to mend a thing for good.

If you need the names of people I worked with, I can send them today. Did you mean the June rota or the July one when
you spoke of the change?

Best regards,
Rui Prado
"""
PIECES = (
    "’",
    "😀 ",
    "the ",
    "ASAP ",
    "\n",
    "\r\n",
    "Thank you. ",
    "\f",
    "e",
    ", and ",
    "I am just checking in! ",
    "\u2028",
)


def pipe(stream: IO[bytes] | None) -> IO[bytes]:
    """Return a pipe of a process that was started with it."""
    if stream is None:
        raise RuntimeError("the server has no such pipe")
    return stream


def expect(holds: bool, what: object) -> None:  # noqa: FBT001
    """Stop where the server does what it must not."""
    if not holds:
        raise SystemExit(f"benchmark stopped: {what}")


class Client:
    """The least that a client must do."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "followup_lint.lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.number = 0
        self.lines: list[str] = []

    def send(self, method: str, params: object, *, is_request: bool = False) -> int:
        """Send a message; return its number."""
        message: dict[str, object] = {"jsonrpc": "2.0", "method": method, "params": params}
        if is_request:
            self.number += 1
            message["id"] = self.number
        data = json.dumps(message).encode()
        pipe(self.process.stdin).write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        pipe(self.process.stdin).flush()
        return self.number

    def receive(self) -> dict[str, Any]:
        """Return the next message; anything else on standard output is an error."""
        length = 0
        while line := pipe(self.process.stdout).readline().strip():
            name, _, value = line.partition(b": ")
            expect(name in {b"Content-Length", b"Content-Type"}, line)
            length = int(value) if name == b"Content-Length" else length
        found: dict[str, Any] = json.loads(pipe(self.process.stdout).read(length))
        if "id" in found and "method" in found:  # a request of the server's
            data = json.dumps({"jsonrpc": "2.0", "id": found["id"], "result": None}).encode()
            pipe(self.process.stdin).write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
            pipe(self.process.stdin).flush()
        return found

    def ask(self, method: str, params: object) -> Any:
        """Send a request and return its result."""
        number = self.send(method, params, is_request=True)
        while True:
            found = self.receive()
            if found.get("id") == number and "method" not in found:
                return found.get("result")

    def diagnostics(self, uri: str, version: int) -> list[Any]:
        """Wait for the diagnostics of a version."""
        while True:
            found = self.receive()
            params = found.get("params") or {}
            if found.get("method") == "textDocument/publishDiagnostics" and params.get("uri") == uri:
                expect(params.get("version", version) <= version, "a version that is not there yet")
                if params.get("version") == version:
                    return list(params["diagnostics"])

    def open(self, uri: str, version: int, text: str) -> None:
        """Open a document."""
        item = {"uri": uri, "languageId": "plaintext", "version": version, "text": text}
        self.send("textDocument/didOpen", {"textDocument": item})

    def change(self, uri: str, version: int, changes: list[object]) -> None:
        """Change a document."""
        self.send(
            "textDocument/didChange", {"textDocument": {"uri": uri, "version": version}, "contentChanges": changes}
        )

    def start(self) -> float:
        """Begin; return the seconds until `initialize` was answered."""
        begun = time.perf_counter()
        capabilities = {"general": {"positionEncodings": ["utf-16"]}}
        self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": capabilities})
        took = time.perf_counter() - begun
        self.send("initialized", {})
        return took

    def stop(self) -> None:
        """End, and expect that all went well."""
        self.ask("shutdown", None)
        self.send("exit", None)
        expect(self.process.wait(20) == 0, "the server ended with an error")

    @property
    def megabytes(self) -> float:
        """Return how much memory the server has."""
        status = Path(f"/proc/{self.process.pid}/status")
        words = status.read_text().split("VmRSS:")[1].split() if status.exists() else ["0"]
        return int(words[0]) / 1024


def position(text: str, offset: int) -> dict[str, int]:
    """Return a position in UTF-16 units, worked out in another way than the server does."""
    before = text[:offset]
    if before.endswith("\r") and text[offset : offset + 1] == "\n":
        before = before[:-1]
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return {"line": len(lines) - 1, "character": len(lines[-1].encode("utf-16-le")) // 2}


def edits(text: str, count: int, chance: random.Random) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield random edits as the protocol has them, each with the text after it."""
    top = text.index("Hi Dana")
    for _ in range(count):
        start = chance.randrange(top, len(text) + 1)
        end = min(len(text), start + chance.choice((0, 0, 0, 1, 1, 12)))
        words = chance.choice(PIECES)
        if len(text) > 2 * len(DRAFT):
            end, words = min(len(text), start + 400), ""
        where = {"start": position(text, start), "end": position(text, end)}
        if text[start - 1 : start + 1] == "\r\n" or text[end - 1 : end + 1] == "\r\n":
            continue  # inside a line end there is no position
        text = text[:start] + words + text[end:]
        yield text, {"range": where, "text": words}


def typed(client: Client, uri: str, count: int) -> list[float]:
    """Type and delete in the midst of the draft; return the seconds from each keystroke to its diagnostics."""
    client.open(uri, 0, DRAFT)
    client.diagnostics(uri, 0)
    at, took = position(DRAFT, DRAFT.index("I liked the people")), []
    words = "It was a pleasure to see the line run, and to meet everybody who keeps it going. "
    column = at["character"]
    for number in range(1, count + 1):
        place, row = (number - 1) % (2 * len(words)), at["line"]
        if place < len(words):
            where, new = (column + place, column + place), words[place]
        else:
            where, new = (column + 2 * len(words) - place - 1, column + 2 * len(words) - place), ""
        span = {"start": {"line": row, "character": where[0]}, "end": {"line": row, "character": where[1]}}
        begun = time.perf_counter()
        client.change(uri, number, [{"range": span, "text": new}])
        client.diagnostics(uri, number)
        took.append(time.perf_counter() - begun)
    return took


def session(client: Client, uri: str, count: int, seed: int = 6) -> str:
    """Edit at random, with opens, closes and cancelled requests among it; return the text at the end."""
    chance = random.Random(seed)  # noqa: S311  (the same edits every time)
    text, version, memory = DRAFT, 0, []
    client.open(uri, version, text)
    client.diagnostics(uri, version)
    for number, (after, change) in enumerate(edits(text, count, chance), 1):
        text, version = after, version + 1
        client.change(uri, version, [change])
        if chance.random() < 0.05:
            about = {"textDocument": {"uri": uri}, "position": {"line": chance.randrange(40), "character": 3}}
            request = client.send("textDocument/hover", about, is_request=True)
            if chance.random() < 0.5:
                client.send("$/cancelRequest", {"id": request})
        if chance.random() < 0.02:
            client.send("textDocument/didClose", {"textDocument": {"uri": uri}})
            client.open(uri, version, text)
        if number % 10 == 0:
            client.diagnostics(uri, version)
        if number % max(1, count // 10) == 0:
            memory.append(client.megabytes)
    print(f"memory over {count} edits, MB: {', '.join(f'{size:.0f}' for size in memory)}")
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strokes", type=int, default=300)
    parser.add_argument("--edits", type=int, default=0)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        uri = (Path(folder) / "note.txt").as_uri()
        client = Client()
        print(f"initialize: {client.start():.2f} s")
        took = sorted(1000 * seconds for seconds in typed(client, uri, wanted.strokes))
        p95 = took[int(0.95 * len(took))]
        words = len(DRAFT.split("Hi Dana")[1].split())
        print(f"{wanted.strokes} keystrokes in {words} words, ms: median {statistics.median(took):.1f}, p95 {p95:.1f}")
        if wanted.edits:
            client.send("textDocument/didClose", {"textDocument": {"uri": uri}})
            text = session(client, uri, wanted.edits)
            # Its own texts first: what all the edits made must be what the client has.
            client.change(uri, 10**6, [{"range": {"start": position(text, 0), "end": position(text, 0)}, "text": ""}])
            grown = client.diagnostics(uri, 10**6)
            fresh = Client()
            fresh.start()
            fresh.open(uri, 10**6, text)
            same = grown == fresh.diagnostics(uri, 10**6)
            fresh.stop()
            print(f"diagnostics after the session are those of a fresh start: {'yes' if same else 'NO'}")
            if not same:
                raise SystemExit(1)
        client.stop()


if __name__ == "__main__":
    main()
