"""The files to begin with, what `--show-config` shows, and the schema that tells editors of both."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from followup_lint.catalog import built_in, from_folder
from followup_lint.config import Configs
from followup_lint.config.keys import FACTS, IN_OVERRIDES, KEYS, RULE
from followup_lint.config.schema import config_schema, render
from followup_lint.config.show import show_config
from followup_lint.config.start import init, new_rule
from followup_lint.errors import Problem, Problems
from followup_lint.rule import check_class, check_names
from followup_lint.schema import rule_schema
from followup_lint.testing import failures

KEPT = Path(__file__).parents[1] / "src" / "followup_lint" / "schemas" / "config.schema.json"
SCHEMA = config_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
OPENED = re.compile(r"^#(?! \S|$)", re.MULTILINE)


class AsAnEditorReads(yaml.SafeLoader):
    """YAML 1.2, as editors have it: `off` and `no` are words there, `3` is a number."""


AsAnEditorReads.yaml_implicit_resolvers = {}
AsAnEditorReads.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
AsAnEditorReads.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^$"), [""])
AsAnEditorReads.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?\d+$"), list("-0123456789"))


def faults(source: str) -> list[str]:
    value: Any = yaml.load(source, Loader=AsAnEditorReads)  # noqa: S506  (a SafeLoader)
    return [error.message for error in VALIDATOR.iter_errors(value)]


def configs(folder: Path) -> Configs:
    return Configs(user=folder / "nobody.yaml")


def test_the_file_to_begin_with_changes_nothing(tmp_path: Path) -> None:
    path = init(tmp_path)
    assert path == tmp_path / ".followup-lint.yaml"
    found = configs(tmp_path).for_file(tmp_path / "note.txt")
    assert (found.file, found.chosen()) == (path, Configs(isolated=True).for_file("x").chosen())
    assert (found.facts, found.silences, found.preset) == ({}, (), "recommended")


def test_with_every_line_opened_it_is_still_right(tmp_path: Path) -> None:
    path = init(tmp_path)
    text = OPENED.sub("", path.read_text(encoding="utf-8"))
    assert faults(text) == []
    assert list(yaml.load(text, Loader=yaml.BaseLoader)) == list(KEYS)  # noqa: S506  (plain data)
    path.write_text(text, encoding="utf-8")
    found = configs(tmp_path).for_file(tmp_path / "letters" / "note.txt")
    assert found.preset == "strict"
    assert found.off == {"stiff-phrasing"}
    assert {"very-long-note", "too-many-questions"} <= {rule.name for rule in found.chosen()}
    assert {layer.spot.path for layer in found.layers} >= {(), ("overrides", 0)}


def test_each_line_may_be_opened_by_itself(tmp_path: Path) -> None:
    path = init(tmp_path)
    parts = path.read_text(encoding="utf-8").split("\n\n")[1:]
    assert len(parts) == len(KEYS)
    for part in parts:
        path.write_text(OPENED.sub("", part), encoding="utf-8")
        configs(tmp_path).for_file(tmp_path / "note.txt")


def test_editors_are_told_of_the_schema_that_is_installed(tmp_path: Path) -> None:
    first = init(tmp_path).read_text(encoding="utf-8").split("\n")[0]
    assert first == f"# yaml-language-server: $schema={KEPT.resolve().as_uri()}"
    rule = new_rule("no-synergy", tmp_path).read_text(encoding="utf-8").split("\n")[0]
    assert rule == f"# yaml-language-server: $schema={KEPT.with_name('rule.schema.json').resolve().as_uri()}"


@pytest.mark.parametrize("name", [".followup-lint.yaml", ".followup-lint.yml", "pyproject.toml"])
def test_nothing_is_overwritten(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("[tool.followup-lint]\n", encoding="utf-8")
    with pytest.raises(Problem, match=rf"{name}: holds a configuration already; nothing was written"):
        init(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_project_without_our_table_has_no_configuration_yet(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    assert init(tmp_path).is_file()


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(Problem, match="file: is a file; name a folder, or nothing for this one"):
        init(tmp_path / "file")


def test_a_new_rule_behaves(tmp_path: Path) -> None:
    path = new_rule("no-synergy", tmp_path / "mine")
    assert path == tmp_path / "mine" / "no-synergy.yaml"
    rules = from_folder(tmp_path / "mine")
    assert [rule.name for rule in rules] == ["no-synergy"]
    assert list(failures(rules)) == []
    text = path.read_text(encoding="utf-8").replace("synerg(y|ies)", "antilogy")
    path.write_text(text, encoding="utf-8")
    assert len(list(failures(from_folder(tmp_path / "mine")))) == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("No Synergy", "'No Synergy' is no name for a rule; write it like-this"),
        ("../no-synergy", "is no name for a rule"),
        ("no_synergy", "is no name for a rule"),
        ("", "'' is no name for a rule"),
        ("emoji", "there is a rule 'emoji' already"),
        ("taken", "taken.yaml: is there already; nothing was written"),
    ],
)
def test_a_name_that_is_none_or_taken_is_refused(name: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "taken.yaml").write_text("x", encoding="utf-8")
    with pytest.raises(Problem, match=re.escape(words)):
        new_rule(name, tmp_path)
    assert [(path.name, path.read_text("utf-8")) for path in tmp_path.iterdir()] == [("taken.yaml", "x")]


PROJECT = """\
extends: [strict, ../base.yaml]
rules:
  too-many-questions: {max: {check-in: 1}}
overrides:
  -
    {files: '*.md', context: {culture: formal}, rules: {too-many-questions: error}}
baseline: 'a: b'
"""
SHOWN = """\
preset: strict                               # from p/.followup-lint.yaml:1
select:                                      # default
ignore:
  - demand                                   # from base.yaml:3
rules:
  emoji:
    severity: off                            # from base.yaml:1
  too-many-questions:
    max: {check-in: 1, email: 3}             # from p/.followup-lint.yaml:3, base.yaml:2
    severity: error                          # from p/.followup-lint.yaml:6
rule_dirs:                                   # default
context:
  culture: formal                            # from p/.followup-lint.yaml:6
contacts:                                    # default
companies:                                   # default
exclude:                                     # default
baseline: 'a: b'                             # from p/.followup-lint.yaml:7
fail_on: error                               # --fail-on
min_severity: suggestion                     # default
me: [a@b.example]                            # from user.yaml:1
sent:                                        # default
model:                                       # default
docs_url:                                    # default
"""


def test_every_setting_is_shown_with_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    base = "rules: {emoji: off,\n too-many-questions: {max: {email: 3}}}\nignore: demand\n"
    (tmp_path / "base.yaml").write_text(base, encoding="utf-8")
    (tmp_path / "user.yaml").write_text("me: [a@b.example]\nfail_on: warning\n", encoding="utf-8")
    (tmp_path / "p").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "p" / ".followup-lint.yaml").write_text(PROJECT, encoding="utf-8")
    shown = show_config("p/a.md", Configs(user=tmp_path / "user.yaml"), {"fail_on": "error", "preset": ""})
    head, _, rest = shown.partition("\n\n")
    assert head.split("\n") == [
        "# p/a.md",
        "# p/.followup-lint.yaml counts: it is the closest one to the draft",
        "#   its overrides count here (p/.followup-lint.yaml:6): '*.md'",
        "#   over base.yaml",
        "#   over strict (extends, p/.followup-lint.yaml:1)",
        "#   over user.yaml",
    ]
    assert rest == SHOWN
    assert yaml.load(shown, Loader=yaml.BaseLoader)["rules"]["emoji"] == {"severity": "off"}  # noqa: S506


def test_it_is_told_which_file_counts_and_why(tmp_path: Path) -> None:
    user = tmp_path / "user.yaml"
    assert "# no configuration file in its folder or above, and none of" in show_config(
        tmp_path / "a", configs(tmp_path)
    )
    assert "# no file counts: --isolated" in show_config("a", Configs(isolated=True))
    user.write_text("root: true", encoding="utf-8")
    assert f"# {user} counts: it is the user's own, and there is none" in show_config(
        tmp_path / "a", Configs(user=user)
    )
    assert f"# {user} counts: --config" in show_config(tmp_path / "a", Configs(user))
    (tmp_path / ".followup-lint.yaml").write_text("root: true", encoding="utf-8")
    shown = show_config(tmp_path / "a", Configs(user=user))
    assert "#   root: true, so the user's own file does not count" in shown
    assert str(user) not in shown


def test_the_kept_schema_is_what_the_program_prints() -> None:
    code = [sys.executable, "-m", "followup_lint.config.schema"]
    printed = subprocess.run(code, capture_output=True, encoding="utf-8", check=True).stdout
    same = KEPT.read_text(encoding="utf-8") == render() == printed
    assert same, "run: python -m followup_lint.config.schema > src/followup_lint/schemas/config.schema.json"


def described(schema: dict[str, Any], path: str = "") -> list[str]:
    """Return every key of the schema that nobody describes."""
    found = []
    for name, part in schema.get("properties", {}).items():
        if not part.get("description") and "$ref" not in part:
            found.append(f"{path}.{name}")
        found += described(part, f"{path}.{name}")
    for key in ("anyOf", "oneOf"):
        found += [item for part in schema.get(key, []) for item in described(part, path)]
    for key in ("items", "additionalProperties"):
        found += described(schema[key], path) if isinstance(schema.get(key), dict) else []
    return found


def test_it_is_a_schema_that_describes_every_key() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert list(SCHEMA["properties"]) == list(KEYS)
    assert list(SCHEMA["properties"]["context"]["properties"]) == list(FACTS)
    assert set(SCHEMA["properties"]["rules"]["properties"]) == {rule.name for rule in built_in()}
    checks = {*rule_schema()["$defs"], *(f"{name}-rule" for name in check_names())}  # described, or not, elsewhere
    ours = {key: part for key, part in SCHEMA["$defs"].items() if key not in checks}
    assert described({**SCHEMA, "$defs": {}}) == []
    assert [item for part in ours.values() for item in described(part)] == []
    entry = SCHEMA["properties"]["overrides"]["anyOf"][0]["properties"]
    assert list(entry) == ["files", *IN_OVERRIDES]


def test_no_option_of_a_check_has_the_name_of_what_every_rule_has() -> None:
    from dataclasses import fields

    assert not {item.name for name in check_names() for item in fields(check_class(name))} & set(RULE)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("", True),
        ("preset: strict\nextends: [strict, ./a.yaml]\n", True),
        ("preset: strickt", False),
        ("sends: x", False),
        ("rules: {emoji: off, demand: error, my-own: {zzz: 1}, other: off}", True),
        ("rules: {emoji: on}", False),
        ("rules: {emoji: {zzz: 1}}", False),
        ("rules: {body-too-long: {max: {sms: 3}, severity: {sms: error}, message: {default: a}}}", True),
        ("rules: {body-too-long: {max: many}}", False),
        ("rules: {note: {like: body-too-long, max: 3}}", True),
        ("overrides: [{files: a, rules: {emoji: off}, context: {culture: formal}}]", True),
        ("overrides: [{rules: {emoji: off}}]", False),
        ("overrides: [{files: a, me: b@c.example}]", False),
        ("ignore: [emoji]\nselect: emoji", True),
        ("ignore: {emoji: {reason: a, until: 2030-01-01}, demand: why}", True),
        ("ignore: {emoji: {why: a}}", False),
        ("context: {culture: posh}", False),
        ("context: {ignore: [emoji]}", False),
        ("contacts: [Ewa, {name: Ana, aliases: A}]", True),
        ("contacts: [{nam: Ana}]", False),
        ("companies: [{name: Mill, domains: [mill.example]}, Weir]", True),
        ("companies: [{domains: [mill.example]}]", False),
        ("fail_on: info", False),
        ("root: true", True),
    ],
)
def test_the_schema_takes_what_is_read_and_refuses_what_is_refused(text: str, fits: bool, tmp_path: Path) -> None:  # noqa: FBT001
    assert (faults(text) == []) is fits, faults(text)
    (tmp_path / "a.yaml").write_text("rules: {}", encoding="utf-8")
    own = "rules: {my-own: {like: body-too-long}, other: {like: emoji}}\n"
    (tmp_path / "b.yaml").write_text(own, encoding="utf-8")
    if "my-own" in text:
        text = text.replace("zzz: 1", "max: 1") + "\nextends: b.yaml"
    (tmp_path / ".followup-lint.yaml").write_text(text, encoding="utf-8")
    if fits:
        configs(tmp_path).for_file(tmp_path / "note.txt")
    else:
        with pytest.raises(Problems):
            configs(tmp_path).for_file(tmp_path / "note.txt")
