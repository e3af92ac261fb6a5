"""What the pages tell readers to write can be read by what will read it: front matter, rules, hooks, workflows."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from consoles import FIXTURES, ROOT, Block, blocks

from followup_lint.reader import read_message
from followup_lint.rule_reader import read_rule

PAGES = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md"]
# A file that others read, by how its name ends, and the schema that they publish for it.
SCHEMAS = {
    ".pre-commit-config.yaml": "",
    ".gitlab-ci.yml": "vendor.gitlab-ci",
    "action.yml": "vendor.github-actions",
    "workflows/drafts.yml": "vendor.github-workflows",
}


def snippets(*languages: str) -> Iterator[tuple[str, Block]]:
    """Yield the blocks of some languages, called by page and number."""
    for path in PAGES:
        found = [block for block in blocks(path.read_text(encoding="utf-8")) if block.language in languages]
        yield from (
            (f"{path.relative_to(ROOT).as_posix().removeprefix('docs/')}-{number}", block)
            for number, block in enumerate(found)
        )


def title(block: Block) -> str:
    """Return the file name that a comment on the first line gives."""
    first = block.text.splitlines()[0]
    return first[2:].strip() if first.startswith("# ") else ""


DRAFTS = [*snippets("markdown"), *((name, block) for name, block in snippets("yaml") if block.text.startswith("---\n"))]
FILES = [(name, block) for name, block in snippets("yaml") if not block.text.startswith("---\n")]


@pytest.mark.parametrize("block", [block for _, block in DRAFTS], ids=[name for name, _ in DRAFTS])
def test_front_matter_can_be_read(block: Block) -> None:
    assert read_message(block.text.encode(), "draft.txt", {}).problems == ()


@pytest.mark.parametrize("block", [block for _, block in FILES], ids=[name for name, _ in FILES])
def test_files_can_be_read(block: Block, tmp_path: Path) -> None:
    name = title(block)
    assert name, "the first line of a YAML block is a comment with the file's name"
    if "rules/" in name:
        read_rule(block.text, name, Path(name).stem)
        return
    if name in {".followup-lint.yaml", ".followup-lint.yml"}:
        from followup_lint.config import configured

        (tmp_path / name).write_text(block.text, encoding="utf-8")
        configured([str(tmp_path)])
        return
    if name == "config.yaml":  # the user's own
        from followup_lint.config import Configs

        (tmp_path / name).write_text(block.text, encoding="utf-8")
        Configs(user=tmp_path / name).for_folder(tmp_path)
        return
    schema = next(schema for end, schema in SCHEMAS.items() if name.endswith(end))
    if not schema:
        value = yaml.safe_load(block.text)
        assert all(hook.get("id") for repo in value["repos"] for hook in repo["hooks"])
        assert all({"repo", "rev"} <= set(repo) or repo["repo"] == "local" for repo in value["repos"])
        return
    file = tmp_path / Path(name).name
    file.write_text(block.text, encoding="utf-8")
    check_schema(schema, file)


def shown_beside() -> Iterator[tuple[str, Block, Path]]:
    """Yield the first block of each file that lies beside a page's commands."""
    seen = set()
    for name, block in FILES:
        file = FIXTURES / name.rpartition(".md-")[0] / (title(block) or "none")
        if file.is_file() and file not in seen:
            seen.add(file)
            yield name, block, file


@pytest.mark.parametrize(("name", "block", "file"), [*shown_beside()])
def test_what_is_shown_is_what_the_commands_see(name: str, block: Block, file: Path) -> None:
    assert block.text == file.read_text(encoding="utf-8"), name


def check_schema(schema: str, file: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(file)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("block", [block for _, block in snippets("json")], ids=[name for name, _ in snippets("json")])
def test_json_can_be_read(block: Block) -> None:
    assert json.loads(block.text) is not None


@pytest.mark.parametrize("block", [block for _, block in snippets("toml")], ids=[name for name, _ in snippets("toml")])
def test_toml_can_be_read(block: Block) -> None:
    assert tomllib.loads(block.text)
