"""The door for programs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from followup_lint import lint_file, lint_text
from followup_lint.errors import Problem, Problems

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.mark.parametrize("name", ["poor-thank-you.txt", "reply.eml"])
def test_text_and_file_are_judged_alike(name: str) -> None:
    path = EXAMPLES / name
    from_file, from_text = lint_file(path), lint_text(path.read_text(encoding="utf-8"), str(path))
    assert [(item.rule, item.span) for item in from_file.diagnostics] == [
        (item.rule, item.span) for item in from_text.diagnostics
    ]


def test_spans_point_at_the_words() -> None:
    result = lint_text("Hi [Name],\n\nThank you for the tour of the kiln.\n")
    found = {item.rule: result.text_of(item.span) for item in result.diagnostics}
    assert found["template-placeholder"] == "[Name]"


def test_settings_hold_as_they_do_on_the_command_line(tmp_path: Path) -> None:
    (tmp_path / ".followup-lint.yaml").write_text("rules: {template-placeholder: off}\n", encoding="utf-8")
    draft = str(tmp_path / "a.txt")
    ours = {item.rule for item in lint_text("Hi [Name],\n\nThank you.\n", draft).diagnostics}
    bare = {item.rule for item in lint_text("Hi [Name],\n\nThank you.\n", draft, isolated=True).diagnostics}
    assert bare - ours == {"template-placeholder"}


def test_what_is_wrong_is_raised(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="no such file"):
        lint_file(tmp_path / "none.txt")
    (tmp_path / "wrong.yaml").write_text("rulez: {}\n", encoding="utf-8")
    with pytest.raises(Problems):
        lint_text("Hi", config=tmp_path / "wrong.yaml")


def test_importing_it_loads_nothing_heavy() -> None:
    code = "import sys, followup_lint; print([n for n in ('click', 'yaml', 'pydantic', 'spacy') if n in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
