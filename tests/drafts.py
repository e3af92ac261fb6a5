"""Drafts for editors, and what the command line finds in them: every client must mark the very same words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from followup_lint.command import command

# A quotation mark and a picture before the words: bytes, UTF-16 units and characters all count differently there.
LINE = "It’s 😀: please answer at your earliest convenience!!!"
TEXT = f"Hi Mia,\n\n{LINE}\n\nBest,\nAda\n"
HEAD = """\
From: Ada Moss <ada@post.example>
To: Mia Orr <mia@orr.example>
Subject: Interview on Tuesday
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

"""
NAMES = ("draft.txt", "draft.md", "draft.eml")
SHOUT = "!!!"
MENDED = LINE.replace(SHOUT, "!")


@dataclass(frozen=True, order=True)
class Mark:
    """A finding's place: lines from 1, columns from 1 in code points, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int
    rule: str


def write(folder: Path) -> list[Path]:
    """Write the drafts, each into a folder of its own, for drafts that lie together know of each other."""
    paths = []
    for name in NAMES:
        path = folder / name.replace(".", "-") / name
        path.parent.mkdir(parents=True)
        path.write_text(HEAD + TEXT if name.endswith(".eml") else TEXT, encoding="utf-8")
        paths.append(path)
    return paths


def found(path: Path) -> list[Mark]:
    """Return what the command line finds in a draft, by the file's lines; in this process, which keeps the model."""
    run = CliRunner().invoke(command, ["--output-format", "json", str(path)])
    assert run.exit_code == 1, run.output
    marks = []
    for row in json.loads(run.stdout):
        line = row.get("raw_line") or row["line"]
        end = line + row["end_line"] - row["line"]
        marks.append(Mark(line, row["column"], end, row["end_column"], row["rule"]))
    assert len(marks) > 3
    return sorted(marks)
