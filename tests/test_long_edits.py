"""A day of writing: the language server's memory stays flat, and what it says stays right.

FOLLOWUP_LINT_TEST_EDITS says how many edits are made, in place of the few that the tests have time for: 50,000 are a
day's, and take half an hour. With -s, what the server holds is shown as it goes.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from lsp import DRAFT, Client, position

if not Path("/proc/self/status").exists():
    pytest.skip("what a process holds is asked of Linux", allow_module_level=True)

EDITS = int(os.environ.get("FOLLOWUP_LINT_TEST_EDITS", "400"))
LOOKS = 20
"""How often the memory is looked at."""

WARM = 0.25
"""The share of the edits after which all that is kept on purpose is there."""

MOST = 12.0
"""Megabytes by which the server may grow after that: what an allocator scatters, and no more, however many edits."""

HEAD, BODY = DRAFT.split("I liked the people")
PLAIN: tuple[str, ...] = (
    "I",
    "we",
    "the",
    "board",
    "looked",
    "at",
    "would",
    "like",
    "to",
    "ask",
    "about",
    "your",
    "shift",
    "plan",
)
SYLLABLES = ("ka", "lo", "mer", "ti", "vun", "sa", "pro", "ny", "del", "quo")


@dataclass
class Writer:
    """Somebody who types letters of invented words, changes their mind, pastes, saves and begins anew."""

    client: Client
    folder: Path
    chance: random.Random = field(default_factory=lambda: random.Random(50_000))  # noqa: S311  (not secrets)
    version: int = 0
    number: int = 0
    text: str = ""
    at: int = 0
    said: list[object] = field(default_factory=list)

    @property
    def uri(self) -> str:
        return (self.folder / f"{self.number % 7}.txt").as_uri()

    def begin(self) -> None:
        """Close the letter and open another, half of it written."""
        if self.text:
            self.client.send("textDocument/didClose", {"textDocument": {"uri": self.uri}})
        self.number += 1
        self.text, self.at = HEAD + "\n\n" + BODY.partition("\n\n")[2], len(HEAD)
        self.client.open(self.uri, self.version, self.text)
        self.client.diagnostics(self.uri, self.version)

    def change(self, start: int, end: int, words: str) -> None:
        """Put words in the place of others, and wait for what is said of the letter now."""
        where = {"start": position(self.text, start), "end": position(self.text, end)}
        self.text, self.at = self.text[:start] + words + self.text[end:], start + len(words)
        self.version += 1
        self.client.change(self.uri, self.version, [{"range": where, "text": words}])
        self.said = self.client.diagnostics(self.uri, self.version)

    def strokes(self) -> Iterator[None]:
        """Make one edit after the other, without end."""
        while True:
            self.begin()
            for _ in range(self.chance.randrange(3, 9)):
                yield from self.sentence()
            about = {"textDocument": {"uri": self.uri}}
            self.client.send("textDocument/didSave", about)
            self.client.ask("textDocument/hover", {**about, "position": {"line": 12, "character": 8}})

    def sentence(self) -> Iterator[None]:
        """Type a sentence; some of it is taken back again, or pasted."""
        for letter in self.words():
            self.change(self.at, self.at, letter)
            yield
            if self.chance.random() < 0.04:
                for _ in range(self.chance.randrange(1, 6)):
                    self.change(self.at - 1, self.at, "")
                    yield
        if self.chance.random() < 0.2:
            self.change(self.at, self.at, "Please answer ASAP!!! ")
            yield
            self.change(self.at - 22, self.at, "")
            yield

    def words(self) -> str:
        """Return a sentence in which every third word or so has never been said before."""
        plain = self.chance.sample(PLAIN, 9)
        for place in (2, 5, 7):
            plain[place] = "".join(self.chance.choices(SYLLABLES, k=3))
        return " ".join(plain).capitalize() + ". "


@pytest.fixture
def client() -> Iterator[Client]:
    server = Client()
    yield server
    server.process.kill()
    server.process.wait()


def test_memory_stays_flat_over_a_day_of_edits(client: Client, tmp_path: Path) -> None:
    client.start()
    writer, held = Writer(client, tmp_path), []
    every = max(1, EDITS // LOOKS)
    for count, _ in enumerate(writer.strokes(), 1):
        if count % every == 0:
            held.append(client.megabytes)
            sys.stderr.write(f"{count} edits: {held[-1]:.1f} MB\n")
        if count == EDITS:
            break
    assert max(held) - held[int(len(held) * WARM)] < MOST, held
    uri, text, told = writer.uri, writer.text, writer.said
    client.stop()
    fresh = Client()
    fresh.start()
    fresh.open(uri, 1, text)
    assert fresh.diagnostics(uri, 1) == told
    fresh.stop()
