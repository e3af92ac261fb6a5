"""What the environment says: variables for flags, colour."""

from __future__ import annotations

import io
import os

import click
import pytest
from click.testing import CliRunner

from followup_lint.command import command
from followup_lint.environment import DEEDS, is_attended, strays, variable, wants_colour
from followup_lint.grouped import Command, Option, called, under


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def options() -> list[click.Option]:
    return [parameter for parameter in command.params if isinstance(parameter, click.Option)]


@pytest.mark.parametrize("option", options(), ids=lambda option: option.opts[0])
def test_every_flag_that_says_how_to_lint_has_a_variable_named_after_it(option: click.Option) -> None:
    flags = [flag for flag in option.opts if flag.startswith("--")]
    wanted = ["FOLLOWUP_LINT_" + flag[2:].upper().replace("-", "_") for flag in flags]
    assert (option.envvar or []) == ([] if set(flags) & DEEDS else wanted)


def given(option: click.Option) -> tuple[str, object]:
    """Return what to write into an option's variable, and what the program gets then."""
    if isinstance(option.type, click.Choice):
        value = option.type.choices[-1]
        return (str(value), (value,) if option.multiple else value)
    if option.is_flag:
        return "yes", True
    if option.multiple:
        mark = os.pathsep if option.metavar == "PATH" else ","
        return f" one {mark}two{mark}", ("one", "two")
    if isinstance(option.type, click.IntRange):
        return " 7 ", 7
    if isinstance(option.type, click.FloatRange):
        return " 7.5 ", 7.5
    return " 7d ", "7d"


@pytest.mark.parametrize("option", [option for option in options() if option.envvar], ids=lambda option: option.opts[0])
def test_a_variable_stands_for_its_flag_and_yields_to_it(option: click.Option, monkeypatch: pytest.MonkeyPatch) -> None:
    written, got = given(option)
    unset = command.make_context("x", ["a.txt"]).params
    assert unset[str(option.name)] != got
    for name in option.envvar or []:
        with monkeypatch.context() as patch:
            patch.setenv(name, written)
            assert command.make_context("x", ["a.txt"]).params[str(option.name)] == got
            patch.setenv(name, "  ")
            assert command.make_context("x", ["a.txt"]).params == unset
    if not option.is_flag and not isinstance(option.type, click.Choice | click.IntRange | click.FloatRange):
        monkeypatch.setenv((option.envvar or [""])[0], written)
        typed = command.make_context("x", [f"{option.opts[-1]}=other", "a.txt"]).params[str(option.name)]
        assert typed == (("other",) if option.multiple else "other")


_any = under("Any")


@click.command(cls=Command)
@_any("--strong", is_flag=True)
@_any("--level", type=click.Choice(["low", "high"]))
@_any("--day", "date")
@_any("--since", is_flag=False, flag_value="HEAD")
@_any("--explain")
def toy(**values: object) -> None:
    click.echo(values)
    click.echo(called("date"))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("FOLLOWUP_LINT_STRONG", "perhaps", "'perhaps' is not a valid boolean"),
        ("FOLLOWUP_LINT_LEVEL", "medium", "'medium' is not one of"),
    ],
)
def test_an_error_names_the_variable_that_is_wrong(name: str, value: str, words: str) -> None:
    result = CliRunner().invoke(toy, [], env={name: value})
    assert result.exit_code == 2
    assert f"'{name}': {words}" in result.output


def test_an_error_names_the_flag_where_that_is_wrong() -> None:
    result = CliRunner().invoke(toy, ["--level", "medium"], env={"FOLLOWUP_LINT_LEVEL": "low"})
    assert "'--level': 'medium'" in result.output
    assert "FOLLOWUP_LINT" not in result.output


@pytest.mark.parametrize(
    ("args", "env", "name"),
    [(["--day", "x"], {}, "--day"), ([], {"FOLLOWUP_LINT_DAY": "x"}, "FOLLOWUP_LINT_DAY"), ([], {}, "--day")],
)
def test_what_the_user_wrote_can_be_named(args: list[str], env: dict[str, str], name: str) -> None:
    assert CliRunner().invoke(toy, args, env=env).output.splitlines()[-1] == name


@pytest.mark.parametrize(("value", "got"), [("1", "HEAD"), ("yes", "HEAD"), ("0", None), ("v2", "v2"), ("", None)])
def test_an_option_whose_value_may_be_left_out_takes_yes_and_no(value: str, got: str | None) -> None:
    result = CliRunner().invoke(toy, [], env={"FOLLOWUP_LINT_SINCE": value})
    assert f"'since': {got!r}" in result.output


def test_a_question_cannot_be_asked_by_a_variable() -> None:
    assert "'explain': None" in CliRunner().invoke(toy, [], env={"FOLLOWUP_LINT_EXPLAIN": "demand"}).output


def test_a_variable_that_stands_for_nothing_is_noticed() -> None:
    known = [variable("--preset"), variable("--fail-on")]
    assert known == ["FOLLOWUP_LINT_PRESET", "FOLLOWUP_LINT_FAIL_ON"]
    (note,) = strays(["FOLLOWUP_LINT_PRESETS", "FOLLOWUP_LINT_FAIL_ON", "PRESET", "_FOLLOWUP_LINT_COMPLETE"], known)
    assert note == "the variable FOLLOWUP_LINT_PRESETS sets nothing; did you mean 'FOLLOWUP_LINT_PRESET'?"


@pytest.mark.parametrize(
    ("option", "environ", "on_screen", "in_pipe"),
    [
        ("auto", {}, True, False),
        ("always", {"NO_COLOR": "1", "TERM": "dumb"}, True, True),
        ("never", {"FORCE_COLOR": "1"}, False, False),
        ("auto", {"NO_COLOR": "1"}, False, False),
        ("auto", {"NO_COLOR": ""}, True, False),
        ("auto", {"NO_COLOR": "0"}, False, False),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
        ("auto", {"FORCE_COLOR": "1"}, True, True),
        ("auto", {"FORCE_COLOR": ""}, True, False),
        ("auto", {"FORCE_COLOR": "0"}, True, False),
        ("auto", {"CLICOLOR_FORCE": "1", "CLICOLOR": "0", "TERM": "dumb"}, True, True),
        ("auto", {"CLICOLOR_FORCE": "0"}, True, False),
        ("auto", {"CLICOLOR": "0"}, False, False),
        ("auto", {"CLICOLOR": "1"}, True, False),
        ("auto", {"TERM": "dumb"}, False, False),
    ],
)
def test_colour(option: str, environ: dict[str, str], on_screen: object, in_pipe: object) -> None:
    assert wants_colour(option, Screen(), environ) is on_screen
    assert wants_colour(option, io.StringIO(), environ) is in_pipe


def test_a_closed_stream_is_not_painted() -> None:
    stream = io.StringIO()
    stream.close()
    assert not wants_colour("auto", stream, {})


@pytest.mark.parametrize(("environ", "attended"), [({}, True), ({"CI": "true"}, False), ({"PRE_COMMIT": "1"}, False)])
def test_nobody_looks_at_what_machines_run(environ: dict[str, str], attended: object) -> None:
    assert is_attended(environ) is attended
    assert is_attended({"CI": "false"})


def test_flags_without_a_variable_exist() -> None:
    assert {"--help", *(flag for option in options() for flag in option.opts)} >= DEEDS


def test_every_option_is_one_of_ours() -> None:
    assert all(isinstance(option, Option) for option in options())
