"""Completion, in the real shells."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner
from terminal import Terminal

from followup_lint import catalog, completion
from followup_lint.command import command

# A command with our options' shapes: what is tested is how shells and options go together, not which options there are.
PROGRAM = """#!{python}
import sys
import click
from followup_lint.grouped import Command, under

option = under("Any")

@click.command(cls=Command)
@click.argument("paths", nargs=-1, type=click.Path())
@option("--select", multiple=True, metavar="RULES")
@option("--explain", metavar="RULE")
@option("--why-not", nargs=2, metavar="RULE FILE")
@option("--output-format", multiple=True, metavar="NAME[=FILE]")
@option("--output-file", "-o", metavar="FILE")
@option("--sent", metavar="PATH")
@option("--preset", type=click.Choice(["lenient", "recommended", "strict"]))
@option("--statistics", is_flag=True, help="Count, with a comma: and a colon.")
def toy(**_):
    pass

toy(prog_name="followup-lint")
"""
SHELLS = {"bash": ["--norc", "--noprofile", "-i"], "zsh": ["-f", "-i"], "fish": ["--no-config", "-i"]}
BEGIN = {"bash": "PS1='> '; ", "zsh": "PS1='> '; autoload -U compinit; compinit -D; bindkey -e; ", "fish": ""}

Typed = Callable[[str], str]


@pytest.fixture(scope="module", params=list(SHELLS))
def typed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Typed]:
    """Return what becomes of words typed after the program's name when Tab is pressed at their end."""
    shell = str(request.param)
    if not (found := shutil.which(shell)):
        pytest.skip(f"{shell} is not here")
    home = tmp_path_factory.mktemp(shell)
    (home / "drafts").mkdir()
    (home / "drafts" / "one.txt").touch()
    (home / "drafts" / "two, or three.txt").touch()
    (home / "bin").mkdir()
    program = home / "bin" / "followup-lint"
    program.write_text(PROGRAM.format(python=sys.executable), encoding="utf-8")
    program.chmod(0o755)
    (home / "script").write_text(completion.script(shell), encoding="utf-8")
    environment = {
        **{key: value for key, value in os.environ.items() if key == "LD_LIBRARY_PATH"},
        "PATH": f"{home / 'bin'}:{os.environ['PATH']}",
        "HOME": str(home),
        "TERM": "xterm",
        "LANG": "C.UTF-8",
    }
    with Terminal([found, *SHELLS[shell]], home, environment) as terminal:
        terminal.read(1)
        terminal.type(f"{BEGIN[shell]}source {home / 'script'}; printf '<%s>' rea''dy\n")
        terminal.wait_for("<ready>")
        terminal.read(0.3)

        def result(words: str) -> str:
            start = len(terminal.seen)
            # To the line's start, to have its words printed. Keys wait until the shell is done with those before.
            terminal.type(f"followup-lint {words}\t\x01printf '<%s>' \n")
            terminal.wait_for("<followup-lint>", start)
            terminal.read(0.15)
            return " ".join(re.findall(r"<([^<>%]+)>", terminal.seen[start:])[1:])

        yield result


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("--stat", "--statistics"),
        ("--preset len", "--preset lenient"),
        ("--preset=len", "--preset=lenient"),
        ("--select gratitude-mis", "--select gratitude-missing"),
        ("--select=gratitude-mis", "--select=gratitude-missing"),
        ("--select demand,gratitude-mis", "--select demand,gratitude-missing"),
        ("--select=demand,gratitude-mis", "--select=demand,gratitude-missing"),
        ("--explain gratitude-mis", "--explain gratitude-missing"),
        ("--why-not gratitude-mis", "--why-not gratitude-missing"),
        ("--why-not demand drafts/o", "--why-not demand drafts/one.txt"),
        ("--output-format checks", "--output-format checkstyle"),
        ("--output-format json,checks", "--output-format json,checkstyle"),
        ("drafts/o", "drafts/one.txt"),
        ("--preset strict drafts/o", "--preset strict drafts/one.txt"),
        ("-o drafts/o", "-o drafts/one.txt"),
        ("--output-file=drafts/o", "--output-file=drafts/one.txt"),
        ("--sent drafts/o", "--sent drafts/one.txt"),
        ("drafts/tw", "drafts/two, or three.txt"),
    ],
)
def test_a_tab_completes(words: str, completed: str, typed: Typed) -> None:
    assert typed(words) == completed


def asked(words: str, *, program: list[str]) -> tuple[list[str], float]:
    """Return what the program answers a shell, and after how many seconds."""
    count = len(words.split()) + words.endswith(" ")
    asking = {"COMP_WORDS": f"followup-lint {words}", "COMP_CWORD": str(count), completion.VARIABLE: "bash_complete"}
    began = time.perf_counter()
    answer = subprocess.run(program, env=os.environ | asking, capture_output=True, text=True, check=False)
    assert answer.stderr == ""
    return [line.partition(",")[2] for line in answer.stdout.splitlines()], time.perf_counter() - began


INSTALLED = [
    sys.executable,
    "-c",
    "import sys; sys.argv[0] = 'followup-lint'; from followup_lint.cli import main; main()",
]


def test_the_program_completes_its_own_options_and_rules() -> None:
    answer, _ = asked("--select demand,", program=INSTALLED)
    names = [rule.name for rule in catalog.built_in()]
    assert answer == [f"demand,{name}" for name in names if name != "demand"]
    answer, _ = asked("--fail-on ", program=INSTALLED)
    assert answer == ["suggestion", "warning", "error"]
    answer, _ = asked("--fail", program=INSTALLED)
    assert answer == ["--fail-on"]


@pytest.mark.parametrize(
    ("shell", "words", "answer"),
    [
        ("zsh", ["--why-not", "gratitude-mis"], "plain\ngratitude-missing\n_"),
        ("zsh", ["--why-not", "demand", "dra"], "file\ndra\n_"),
        ("zsh", ["--output-format", "json,checks"], "plain\njson,checkstyle\n_"),
        ("zsh", ["--output-format=json,checks"], "plain\n--output-format=json,checkstyle\n_"),
        ("fish", ["--output-format=checks"], "plain,--output-format=checkstyle"),
        ("fish", ["--output-file=dra"], "file,dra"),
        ("bash", ["--preset", "=", "len"], "plain,lenient"),
        ("bash", ["--preset", "="], "plain,lenient\nplain,recommended\nplain,strict"),
    ],
)
def test_each_shell_is_answered_in_its_way(shell: str, words: list[str], answer: str) -> None:
    asking = {completion.VARIABLE: f"{shell}_complete", "COMP_WORDS": " ".join(["followup-lint", *words])}
    asking["COMP_CWORD"] = words[-1] if shell == "fish" else str(len(words))
    completion.prepare()
    told = CliRunner().invoke(command, prog_name="followup-lint", env=asking)
    assert told.output.strip() == answer


def test_rules_are_named_without_being_read() -> None:
    code = "import sys\nfrom followup_lint import completion\n"
    code += "(found,) = completion.rule_names(None, None, 'demand,gratitude-mis')\n"
    code += "print(found.value, *sorted({'spacy', 'pydantic', 'rich', 'followup_lint.catalog'} & set(sys.modules)))\n"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("demand,gratitude-missing\n", "")


@pytest.mark.parametrize("shell", completion.SHELLS)
def test_clicks_own_way_to_a_script_gives_ours(shell: str) -> None:
    answer = CliRunner().invoke(command, prog_name="followup-lint", env={completion.VARIABLE: f"{shell}_source"})
    assert answer.exit_code == 0
    assert answer.output.strip() == completion.script(shell).strip()
    assert completion.VARIABLE in answer.output


def test_our_changes_to_clicks_scripts_are_in_them() -> None:
    assert "compset -P" in completion.script("zsh")
    assert "--max 1" in completion.script("fish")
    assert "$lead$path" in completion.script("fish")
