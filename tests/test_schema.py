"""The JSON Schema of rule files says what the program does: it takes what is read and refuses what is refused."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from followup_lint.catalog import read_rules
from followup_lint.errors import Problems
from followup_lint.rule import check_names
from followup_lint.schema import render, rule_schema

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "src" / "followup_lint" / "schemas" / "rule.schema.json"
RULES = sorted((ROOT / "rules").glob("*.yaml"))

VALIDATOR = jsonschema.Draft202012Validator(rule_schema())

GOOD = """\
check: length
options: {of: words, max: {sms: 40, default: 200}}
applies: {kinds: [thank-you], not_channels: [voicemail]}
severity: {far: error, default: warning}
message: "{count} words; keep it under {max}."
why: Short is kind.
fix: Cut.
practice: 3
source: us
examples:
  - good: Dear Ana, thank you.
  - bad: Dear Ana, [[thank]] you.
"""


class AsAnEditorReads(yaml.SafeLoader):
    """YAML 1.2, as editors have it: `no` and `10:30` are words there, `3` is a number."""


AsAnEditorReads.yaml_implicit_resolvers = {}
AsAnEditorReads.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
AsAnEditorReads.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?\d+$"), list("-0123456789"))
AsAnEditorReads.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^-?\d*\.\d+$"), list("-.0123456789"))


def faults(source: str) -> list[str]:
    value: Any = yaml.load(source, Loader=AsAnEditorReads)  # noqa: S506  (a SafeLoader)
    found = VALIDATOR.iter_errors(value)
    return [f"{'.'.join(map(str, error.absolute_path))}: {error.message}" for error in found]


def is_read(source: str) -> bool:
    try:
        read_rules([("short", "short.yaml", source)])
    except Problems:
        return False
    return True


def test_the_kept_schema_is_what_the_program_prints() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "followup_lint.schema"], capture_output=True, encoding="utf-8", check=True
    )
    assert run.stdout == render()
    same = KEPT.read_text(encoding="utf-8") == render()
    assert same, "run: python -m followup_lint.schema > src/followup_lint/schemas/rule.schema.json"


def test_it_is_a_schema_that_knows_every_check() -> None:
    schema = rule_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    branches = {branch["if"]["properties"]["check"]["const"] for branch in schema["allOf"]}
    assert branches == set(schema["properties"]["check"]["enum"]) == set(check_names())
    for name in check_names():
        assert schema["$defs"][f"{name}-options"]["description"], f"the check {name} does not say what it does"


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_every_rule_of_ours_fits(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.skipif(not hasattr(yaml, "CBaseLoader"), reason="PyYAML was built without libyaml")
@pytest.mark.parametrize("path", sorted((ROOT / "rules").rglob("*.yaml")), ids=lambda path: path.stem)
def test_the_slow_parser_reads_the_same(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    slow, fast = (yaml.load(source, Loader=loader) for loader in (yaml.BaseLoader, yaml.CBaseLoader))  # noqa: S506  (both make strings, lists and mappings only)
    assert slow == fast


def test_the_pattern_for_the_next_test_fits() -> None:
    assert faults(GOOD) == []
    assert is_read(GOOD)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("max:", "maxx:", "options"),
        ("of: words, ", "", "options"),
        ("of: words", "of: pages", "options.of"),
        ("default: 200", "default: few", "options.max"),
        ("check: length", "check: lenght", "check"),
        ("check: length", "check: timing", "options"),
        ("options: {of: words, max: {sms: 40, default: 200}}\n", "", ""),
        ("why: Short is kind.\n", "", ""),
        ("practice: 3", "practice: 7", "practice"),
        ("far: error", "far: awful", "severity"),
        ("kinds: [thank-you]", "kinds: [thank-yuo]", "applies.kinds.0"),
        ("kinds:", "kind:", "applies"),
        ("practice:", "practise:", ""),
        ("  - good: Dear Ana, thank you.\n", "", "examples"),
        ("  - good: Dear Ana", "  - bad: A [[b]]\n    good: Dear Ana", "examples.0"),
    ],
)
def test_what_is_refused_does_not_fit(old: str, new: str, place: str) -> None:
    wrong = GOOD.replace(old, new, 1)
    assert wrong != GOOD
    found = faults(wrong)
    assert any(fault.startswith(f"{place}: ") for fault in found), found
    assert not is_read(wrong)
