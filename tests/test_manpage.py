"""The manual page, made from the command and shown by man."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from followup_lint.command import command
from followup_lint.grouped import Command, under
from followup_lint.manpage import render

PAGE = Path(__file__).parents[1] / "docs" / "followup-lint.1"
_any, _more = under("How much"), under("What else")


@click.command(
    cls=Command, epilog="\b\nExit codes:\n  0  nothing found, and\n     nothing wrong\n  1  something\n\nThe end."
)
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@_any("-l", "--level", metavar="low|high", default="low", show_default=True, help="How much — to ask.")
@_more("--odd", is_flag=True, help=".Begins with a dot, \\ has a backslash.")
def toy(**_: object) -> None:
    """Look at things. All of them.

    PATHS are things.

    \b
    Examples:
      toy a.txt          look at one
      toy --level high . look at all

    'quoted' first.
    """


def shown(page: str, tmp_path: Path) -> str:
    """Return a page as man prints it, having complained of nothing."""
    if not shutil.which("man") or not shutil.which("groff"):
        pytest.skip("man is not here")
    file = tmp_path / "page.1"
    file.write_text(page, encoding="utf-8")
    environment = os.environ | {"MANWIDTH": "78", "LC_ALL": "C.UTF-8", "MAN_KEEP_FORMATTING": "", "MANROFFOPT": ""}
    ran = subprocess.run(
        ["man", "--warnings", "-l", file], capture_output=True, text=True, env=environment, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    return re.sub(r".\x08|\x1b\[[0-9;]*m", "", ran.stdout)


def test_sections_come_in_the_usual_order() -> None:
    found = re.findall(r"^\.S[HS] (.*)$", render(toy, "toy", "1.0"), re.MULTILINE)
    assert found == [
        *("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "How much", "What else", "Other"),
        *("EXAMPLES", "EXIT CODES"),
    ]


def test_it_reads_well(tmp_path: Path) -> None:
    page = shown(render(toy, "toy", "1.0"), tmp_path)
    words = " ".join(page.split())
    assert "NAME toy - look at things SYNOPSIS toy [OPTIONS] [PATHS]..." in words
    assert "PATHS are things. 'quoted' first." in words
    assert "-l, --level low|high How much — to ask. [default: low]" in words
    assert "--odd .Begins with a dot, \\ has a backslash." in words
    assert "toy a.txt look at one" in words
    assert "toy --level high . look at all" in words
    assert "0 nothing found, and nothing wrong" in words
    assert words.endswith("The end. toy 1.0 TOY(1)")


def test_our_own_page_is_shown_without_a_warning(tmp_path: Path) -> None:
    page = " ".join(shown(render(command, "followup-lint", "1.0"), tmp_path).replace("‐\n", "").split())
    for flag in (flag for option in command.params for flag in option.opts if flag.startswith("--")):
        assert flag in page


def test_the_page_in_the_tree_is_made_from_the_command() -> None:
    if not PAGE.exists():
        pytest.skip("no page is kept here")
    made = subprocess.run([sys.executable, "-m", "followup_lint.manpage"], capture_output=True, check=True).stdout
    assert PAGE.read_bytes() == made
