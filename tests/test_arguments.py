"""A plain command line means to us what it means to click; every other one is left to click."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_lint import arguments, grouped
from followup_lint.command import command

NOTHING: Mapping[str, str] = {}
PROGRAM = [sys.executable, "-c", "import sys; from followup_lint.cli import main; sys.exit(main())"]
KINDER = {name: value for name, value in os.environ.items() if not name.startswith("FOLLOWUP_LINT_")}

pytestmark = pytest.mark.skipif(os.name != "posix", reason="on Windows, click reads every command line")


@pytest.fixture(autouse=True, scope="module")
def _kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        assert arguments.plain(["a.txt"], NOTHING) is None  # nobody has told yet
        arguments.keep(command, NOTHING)
        yield


def by_click(words: list[str]) -> arguments.Call | None:
    """Return what click makes of a command line; None where it refuses, or does something of its own."""
    with pytest.MonkeyPatch.context() as patch:
        for name in set(os.environ) - set(KINDER):
            patch.delenv(name)
        try:
            with command.make_context("followup-lint", list(words)) as context:
                values = dict(context.params)
        except (click.ClickException, click.exceptions.Exit):
            return None
    return values.pop("paths"), values


OPTIONS = sorted({name for parameter in command.params for name in parameter.opts if name.startswith("-")})
WORDS = st.one_of(
    st.sampled_from(OPTIONS),
    st.builds("{}={}".format, st.sampled_from(OPTIONS), st.sampled_from(["error", "x", "", "-", "a=b"])),
    st.sampled_from(
        [
            *(
                "a.txt",
                "-",
                "--",
                "",
                "error",
                "strict",
                "thank-you",
                "never",
                "9",
                "x,y",
                "-qv",
                "-oa",
                "-j2",
                "--sel",
            ),
            *("--help", "-h", "--nothing", "@a", "ä", "--changed=v1", "--why-not"),
        ]
    ),
)


@given(st.lists(WORDS, max_size=6))
def test_what_is_plain_means_the_same_to_click(words: list[str]) -> None:
    ours = arguments.plain(words, NOTHING)
    if ours is not None:
        assert ours == by_click(words)


@pytest.mark.parametrize(
    "words",
    [
        ["a.txt"],
        ["a.txt", "-", "b/c"],
        ["--select", "emoji", "a.txt", "--select=greeting-*,x", "-q"],
        ["--fail-on", "error", "--fail-on=warning", "a.txt"],
        ["--no-cache", "--isolated", "--exit-zero", "-o", "out.txt", "--color", "never", "a.txt"],
        ["--kind", "thank-you", "--to", "Ann Lee", "--company=A = B", "a.txt"],
        [],
    ],
)
def test_these_are_plain(words: list[str]) -> None:
    assert arguments.plain(words, NOTHING) == by_click(words)
    assert by_click(words) is not None


@pytest.mark.parametrize(
    "words",
    [
        *(["--help"], ["-h"], ["--nothing"], ["--sel", "x"], ["-qv"], ["-oa"], ["--"], [""], ["-j", "2"]),
        *(["--select"], ["--select", "--quiet"], ["--select="], ["--quiet=1"], ["--fail-on", "grave"]),
        *(["--changed"], ["--changed=v1"], ["--why-not", "emoji", "a.txt"], ["--interviewer", "Ann"], ["--now", "x"]),
    ],
)
def test_these_are_for_click(words: list[str]) -> None:
    assert arguments.plain(words, NOTHING) is None


@pytest.mark.parametrize("name", ["FOLLOWUP_LINT_QUIET", "FOLLOWUP_LINT_NO_SUCH", "_FOLLOWUP_LINT_COMPLETE"])
def test_so_is_every_line_where_the_environment_has_its_say(name: str) -> None:
    assert arguments.plain(["a.txt"], {name: "1"}) is None


def test_another_switch_of_ours_says_nothing_about_options() -> None:
    assert arguments.plain(["a.txt"], {"FOLLOWUP_LINT_STOCK_MODEL": "1", "HOME": "/"}) is not None


def test_an_option_is_called_by_its_name_in_messages() -> None:
    context = command.make_context("followup-lint", [])
    with context:
        for option in command.params:
            if isinstance(option, grouped.Option) and arguments.plain([option.opts[-1], "x"], NOTHING):
                assert arguments.called(str(option.name)) == "--" + str(option.name).replace("_", "-")


@pytest.mark.parametrize(
    "words",
    [
        ["a.txt"],
        ["a.txt", "--interview", "yesterday"],
        ["a.txt", "--company", "Acme", "--show-context"],
        ["a.txt", "--select", "no-such-rule"],
        ["none.txt"],
        ["--mutate"],
        [],
    ],
)
def test_both_ways_print_the_same(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Hi Ann,\n\nThank you so much!!! \n\nBest,\nSam\n", encoding="utf-8")
    selected = [*words, "--select=emoji,exclamation-excess,trailing-blanks"] if "--select" not in words else words

    def run(**more: str) -> tuple[str, str, int]:
        told = {**KINDER, **more, "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"]}
        done = subprocess.run(
            [*PROGRAM, *selected, "--no-cache"], cwd=tmp_path, env=told, capture_output=True, text=True, check=False
        )
        return done.stdout, done.stderr, done.returncode

    # A variable that is set to nothing sets nothing, and is for click.
    assert run() == run(FOLLOWUP_LINT_QUIET="")


@pytest.mark.parametrize("more", [{}, {"FOLLOWUP_LINT_QUIET": ""}])
def test_a_closed_pipe_ends_both_quietly(more: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Hi Ann,\n\nThank you so much!!!\n\nBest,\nSam\n", encoding="utf-8")
    reading, writing = os.pipe()
    os.close(reading)
    told = {**KINDER, **more, "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"]}
    words = ["a.txt", "--select=exclamation-excess", "--no-cache"]
    try:
        run = subprocess.run(
            [*PROGRAM, *words], cwd=tmp_path, env=told, stdout=writing, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(writing)
    assert (run.returncode, run.stderr) == (-signal.SIGPIPE, b"")


@pytest.mark.unmeasured
def test_a_plain_run_does_not_load_click(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Hi Ann,\n\nThank you.\n\nBest,\nSam\n", encoding="utf-8")
    code = (
        "import sys\nfrom followup_lint.cli import main\ntry:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(sorted({'click', 'inspect', 'yaml', 'spacy', 'pydantic'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, "a.txt", "--no-cache", "-q", "--select", "emoji"]
    alone = {name: value for name, value in KINDER.items() if name in os.environ}
    runs = [
        subprocess.run(command, cwd=tmp_path, env=alone, capture_output=True, text=True, check=True) for _ in range(2)
    ]
    assert runs[1].stdout == "[]\n"
