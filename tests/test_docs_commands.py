"""Every command in the pages and the README is run, and prints what the page shows."""

from __future__ import annotations

import re
from itertools import zip_longest
from pathlib import Path

import pytest
from consoles import ROOT, agrees, blocks, commands, prepared, run

PAGES = sorted((ROOT / "docs").glob("*.md"))
LANGUAGES = {"console", "yaml", "toml", "json", "markdown", "text", "sh"}
LANGUAGES |= {"python", "vim", "lua", "elisp", "lisp", "javascript"}
# Commands that a test cannot run: they install something, ask a server, or wait for somebody.
NOT_RUN = {
    "ci.md": 1,
    "tutorial.md": 1,
}


def name_of(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("path", [page for page in PAGES if commands(page.read_text("utf-8"))], ids=name_of)
def test_commands_print_what_the_page_shows(path: Path, tmp_path: Path) -> None:
    found = commands(path.read_text(encoding="utf-8"))
    results = run([command.line for command in found], prepared(tmp_path, path.stem))
    wrong = []
    for command, ran, after in zip_longest(found, results, found[1:]):
        may_fail = after is not None and after.line == "echo $?"
        if ran.status not in {0, 1} and not may_fail:
            wrong.append(f"$ {command.line}\n{ran.output}exit code {ran.status}")
        elif command.shown is not None and not agrees(command.shown, ran.output):
            wrong.append(f"$ {command.line}\n{ran.output}")
    assert not wrong, f"run: python tests/consoles.py {path.relative_to(ROOT)}\n" + "\n".join(wrong)


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_blocks_are_of_a_known_language(path: Path) -> None:
    assert {block.language for block in blocks(path.read_text(encoding="utf-8"))} <= LANGUAGES


def test_few_commands_are_not_run() -> None:
    found = {
        path.name: number
        for path in PAGES
        if (number := sum(block.language == "sh" for block in blocks(path.read_text(encoding="utf-8"))))
    }
    assert found == NOT_RUN


README = ROOT / "README.md"


def readme_commands() -> list[str]:
    """Return the lines that run the program, indented or in `sh` blocks; installing is not ours to try."""
    text = README.read_text(encoding="utf-8")
    lines = [line.strip() for block in blocks(text) if block.language == "sh" for line in block.text.splitlines()]
    lines += re.findall(r"^    (\S.*)$", text, re.MULTILINE)
    return [line for line in lines if line.startswith("followup-lint ")]


def test_the_readme_can_be_followed(tmp_path: Path) -> None:
    lines = readme_commands()
    assert len(lines) > 8
    wrong = [
        f"$ {line}\n{ran.output}exit code {ran.status}"
        for line, ran in zip(lines, run(lines, prepared(tmp_path, "readme")), strict=True)
        if ran.status not in {0, 1}
    ]
    assert not wrong, "\n".join(wrong)


def test_the_readme_shows_what_is_printed(tmp_path: Path) -> None:
    found = commands(README.read_text(encoding="utf-8"))
    results = run([command.line for command in found], prepared(tmp_path, "readme"))
    wrong = [
        f"$ {command.line}\n{ran.output}"
        for command, ran in zip(found, results, strict=True)
        if command.shown is not None and not agrees(command.shown, ran.output)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n...\nd\n", "a\nb\nc\nd\n", True),
        ("a\n...\n", "a\n", True),
        ("a ... z\n", "a b z\n", True),
        ("a\n", "a  \n\n", True),
        ("", "", True),
        ("", "a\n", False),
        ("a\n", "", False),
        ("a\nc\n", "a\nb\nc\n", False),
        ("a (b)\n", "a b\n", False),
        ("...\n", "anything\nat all\n", True),
    ],
)
def test_what_is_shown_is_compared_line_by_line(shown: str, printed: str, same: bool) -> None:  # noqa: FBT001  (a case)
    assert agrees(shown, printed) is same


def test_a_command_that_fails_is_seen(tmp_path: Path) -> None:
    page = "```console\n$ followup-lint no-such-file.txt\n...\n$ echo $?\n2\n$ printf '%s\\n' \\\n> a b\na\nb\n```\n"
    found = commands(page)
    ran = run([command.line for command in found], prepared(tmp_path, "none"))
    assert [item.status for item in ran] == [2, 0, 0]
    assert [agrees(command.shown or "", item.output) for command, item in zip(found, ran, strict=True)] == [True] * 3
