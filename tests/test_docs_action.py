"""The GitHub Action: it is what GitHub expects, and nothing a user writes into its inputs is run."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
import yaml
from consoles import ROOT
from test_docs_snippets import check_schema

ACTION = ROOT / "action.yml"
TOLD = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
STEPS = TOLD["runs"]["steps"]
LINT = next(step for step in STEPS if step.get("name") == "Lint")
EVIL = "a b.txt\n$(touch pwned)\n`touch pwned`; touch pwned\n--fix\n"


def test_it_is_an_action() -> None:
    check_schema("vendor.github-actions", ACTION)


def test_inputs_reach_scripts_as_variables_only() -> None:
    scripts = [step["run"] for step in STEPS if "run" in step]
    assert len(scripts) == 2
    assert not [script for script in scripts if "${{" in script or "eval" in script]


def test_every_input_is_used_and_explained() -> None:
    used = ACTION.read_text(encoding="utf-8").partition("\nruns:")[2]
    for name, told in TOLD["inputs"].items():
        assert f"inputs.{name}" in used, name
        assert told["description"].endswith("."), name
        assert f"`{name}`" in (ROOT / "docs" / "ci.md").read_text(encoding="utf-8"), name


def lint(folder: Path, **given: str) -> list[str]:
    """Run the step with a program that only tells what it was given; return that."""
    program = folder / "followup-lint" / "bin" / "followup-lint"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/bash\nprintf "%s\\0" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    values = {name.upper(): told.get("default", "") for name, told in TOLD["inputs"].items()} | given
    environment = {name: values[name] for name in LINT["env"]}
    run = subprocess.run(
        ["bash", "-c", LINT["run"]],
        env={**environment, "PATH": os.environ["PATH"], "RUNNER_TEMP": str(folder)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.split("\0")[:-1]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, ["--output-format=github", "--", "."]),
        (
            {"PRESET": "strict", "PATHS": "one.txt\ntwo drafts\n"},
            ["--output-format=github", "--preset=strict", "--", "one.txt", "two drafts"],
        ),
        (
            {"ARGS": "--fail-on=error\n--exit-zero", "SARIF": "out.sarif"},
            [
                *("--output-format=github", "--quiet", "--output-format=sarif=out.sarif"),
                *("--fail-on=error", "--exit-zero", "--", "."),
            ],
        ),
        ({"PATHS": EVIL}, ["--output-format=github", "--", *EVIL.splitlines()]),
        ({"PRESET": "$(touch pwned)"}, ["--output-format=github", "--preset=$(touch pwned)", "--", "."]),
    ],
)
def test_what_is_given_is_passed_on_as_whole_words(tmp_path: Path, given: dict[str, str], words: list[str]) -> None:
    assert lint(tmp_path, **given) == words
    assert not (tmp_path / "pwned").exists()
