"""The shorter way to modules of ours: it leads where Python's own does, and yields where anything is unusual."""

from __future__ import annotations

import importlib.util
import os
import py_compile
import subprocess
import sys
from pathlib import Path

import pytest

from followup_lint.quick import SWITCH
from followup_lint.shortcut import Finder, Loader


def laid(folder: Path, name: str = "some.py", source: str = "HERE = __file__\n") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(source, encoding="utf-8")
    py_compile.compile(str(path), doraise=True)
    return path


@pytest.mark.parametrize(("name", "places"), [("some.py", None), ("some/__init__.py", ["some"])])
def test_a_module_is_as_python_makes_it(tmp_path: Path, name: str, places: list[str] | None) -> None:
    path = laid(tmp_path, name)
    spec = Finder.find_spec("followup_lint.some", [str(tmp_path)])
    assert spec is not None
    where = places and [str(tmp_path / place) for place in places]
    like = importlib.util.spec_from_file_location("followup_lint.some", path, submodule_search_locations=where)
    assert like is not None
    for trait in ("name", "origin", "cached", "parent", "has_location", "submodule_search_locations"):
        assert getattr(spec, trait) == getattr(like, trait)
    module = importlib.util.module_from_spec(spec)
    assert isinstance(spec.loader, Loader)
    spec.loader.exec_module(module)
    assert (module.HERE, module.__file__) == (str(path), str(path))
    assert spec.loader.get_source("followup_lint.some") == path.read_text(encoding="utf-8")
    path.write_text("HERE = 'anew'\n", encoding="utf-8")
    spec.loader.exec_module(module)  # as `importlib.reload` has it
    assert module.HERE == "anew"


def test_what_is_none_of_ours_is_not_looked_for(tmp_path: Path) -> None:
    laid(tmp_path)
    assert Finder.find_spec("followup_linter.some", [str(tmp_path)]) is None
    assert Finder.find_spec("followup_lint.some", None) is None
    assert Finder.find_spec("followup_lint.other", [str(tmp_path)]) is None


def longer(path: Path) -> None:
    path.write_text("HERE = 'another'\n" * 2, encoding="utf-8")


def later(path: Path) -> None:
    os.utime(path, (path.stat().st_atime, path.stat().st_mtime + 2))


def damaged(path: Path) -> None:
    made = Path(importlib.util.cache_from_source(str(path)))
    made.write_bytes(made.read_bytes()[:-9])


def of_another_python(path: Path) -> None:
    made = Path(importlib.util.cache_from_source(str(path)))
    made.write_bytes(b"\0\0" + made.read_bytes()[2:])


def checked_by_content(path: Path) -> None:
    py_compile.compile(str(path), doraise=True, invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)


def compiled_elsewhere(path: Path) -> None:
    made = importlib.util.cache_from_source(str(path))
    py_compile.compile(str(path), cfile=made, dfile="/elsewhere/some.py", doraise=True)


def gone(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    "change", [longer, later, damaged, of_another_python, checked_by_content, compiled_elsewhere, gone]
)
def test_what_is_unusual_is_left_to_python(tmp_path: Path, change: object) -> None:
    path = laid(tmp_path)
    assert Finder.find_spec("followup_lint.some", [str(tmp_path)]) is not None
    assert callable(change)
    change(path)
    assert Finder.find_spec("followup_lint.some", [str(tmp_path)]) is None


TAKEN = "import sys\nfrom followup_lint import shortcut\nshortcut.take()\nshortcut.take()\n"
TAKEN += "print([finder is shortcut.Finder for finder in sys.meta_path].count(True))"


@pytest.mark.parametrize(
    ("options", "count"), [((), "1\n"), (("-O",), "0\n"), (("-X", "pycache_prefix=elsewhere"), "0\n")]
)
def test_it_is_taken_once_and_not_where_python_keeps_compiled_files_elsewhere(
    tmp_path: Path, options: tuple[str, ...], count: str
) -> None:
    command = [sys.executable, *options, "-c", TAKEN]
    run = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (run.stdout, run.stderr) == (count, "")


@pytest.mark.parametrize(("value", "count"), [("1", "0\n"), ("0", "1\n"), ("", "1\n")])
def test_the_switch_of_all_that_makes_the_start_quicker_turns_it_off(value: str, count: str) -> None:
    command = [sys.executable, "-c", TAKEN]
    run = subprocess.run(command, capture_output=True, text=True, env={**os.environ, SWITCH: value}, check=False)
    assert (run.stdout, run.stderr) == (count, "")


def test_the_python_api_does_not_take_it() -> None:
    code = "import sys, followup_lint\nfollowup_lint.lint_text('Hi', isolated=True)\n"
    code += "print('followup_lint.shortcut' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.stdout == "False\n"
