"""The commands in Markdown pages, run as a reader would run them, and their output compared with what the page shows.

A block marked `console` holds lines `$ command`, each followed by what it prints; `...` stands for any words in a line
or, alone, for any lines. A comment `<!-- run: command -->` is run unseen. All commands of a page share one shell.

    python tests/consoles.py PAGE...    writes what the commands print now into the pages
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[1]
FIXTURES = Path(__file__).parent / "docs"
_FENCE = re.compile(r"^(?P<ticks>`{3,})(?P<language>[\w+-]*)\n(?P<body>.*?)^(?P=ticks)$", re.MULTILINE | re.DOTALL)
_UNSEEN = re.compile(r"^<!-- run: (?P<line>.*) -->$", re.MULTILINE)
_MARK = "\x1e"


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text, and where that begins and ends in the page."""

    language: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Command:
    """A command, the lines shown under it (None: nobody sees them), and where those stand in the page."""

    line: str
    shown: str | None
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit code."""

    output: str
    status: int


def blocks(page: str) -> list[Block]:
    """Return the fenced blocks of a page."""
    return [Block(match["language"], match["body"], *match.span("body")) for match in _FENCE.finditer(page)]


def commands(page: str) -> list[Command]:
    """Return the commands of a page in its order."""
    found = [(match.start(), Command(match["line"], None)) for match in _UNSEEN.finditer(page)]
    for block in blocks(page):
        if block.language == "console":
            found += [(command.start, command) for command in _in_block(block)]
    return [command for _, command in sorted(found, key=lambda item: item[0])]


def _in_block(block: Block) -> Iterator[Command]:
    heads = [match.span() for match in re.finditer(r"^\$ (?:.*\\\n> )*.*\n?", block.text, re.MULTILINE)]
    assert heads, f"a console block without a command: {block.text!r}"
    assert heads[0][0] == 0, f"a console block begins with a command: {block.text!r}"
    for head, after in pairwise([*heads, (len(block.text), 0)]):
        line = block.text[slice(*head)].removeprefix("$ ").replace("\\\n> ", "").rstrip("\n")
        yield Command(line, block.text[head[1] : after[0]], block.start + head[1], block.start + after[0])


def prepared(folder: Path, page: str) -> Path:
    """Return a folder to run the commands of a page in: what all pages have, and what this one has besides."""
    here = folder / "here"
    shutil.copytree(FIXTURES / "common", here)
    if (FIXTURES / page).is_dir():
        shutil.copytree(FIXTURES / page, here, dirs_exist_ok=True)
    if page == "readme":
        shutil.copytree(ROOT / "examples", here / "examples")
    return here


def run(lines: Sequence[str], here: Path) -> list[Ran]:
    """Run commands in one shell. What they print is as in a pipe, 80 columns wide, without colour."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "FOLLOWUP_LINT_"))}
    home = here.parent / "home"
    home.mkdir(exist_ok=True)
    environment = kept | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}",
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "COLUMNS": "80",
        "NO_COLOR": "1",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{who}_{what}": "sam" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }
    # After each command its exit code is printed behind a mark, and set again for those who ask for `$?`.
    script = "".join(f"{line}\n__status=$?; printf '{_MARK}%s{_MARK}' $__status; (exit $__status)\n" for line in lines)
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=here,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    parts = done.stdout.decode().split(_MARK)
    return [Ran(output, int(status)) for output, status in zip(parts[:-1:2], parts[1::2], strict=True)]


def agrees(shown: str, printed: str) -> bool:
    """Whether what a page shows is what was printed."""
    wanted = "".join(
        r"(?:.*\n)*" if line.strip() == "..." else ".*".join(map(re.escape, line.split("..."))) + r"\n"
        for line in shown.splitlines()
    )
    # A page has no white space at the ends of lines, nor blank lines before the end of a block.
    return re.fullmatch(wanted, _tidy(printed)) is not None or _tidy(shown) == _tidy(printed)


def _tidy(printed: str) -> str:
    text = "\n".join(line.rstrip() for line in printed.splitlines()).rstrip("\n")
    return f"{text}\n" if text else ""


def rewritten(page: str, here: Path) -> str:
    """Return a page with what its commands print now, where that is not what it shows."""
    found = commands(page)
    for command, ran in reversed(list(zip(found, run([item.line for item in found], here), strict=True))):
        assert "Traceback (most" not in ran.output, ran.output
        if command.shown is not None and not agrees(command.shown, ran.output):
            gap = "\n" if command.shown.endswith("\n\n") else ""
            page = page[: command.start] + _tidy(ran.output) + gap + page[command.end :]
    return page


if __name__ == "__main__":
    for name in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(name)
            path.write_text(
                rewritten(path.read_text(encoding="utf-8"), prepared(Path(folder), path.stem.lower())), encoding="utf-8"
            )
