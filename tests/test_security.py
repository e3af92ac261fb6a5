"""What SECURITY.md promises of the code: nothing in it runs what a file says, or speaks to anybody.

Each module that imports or calls something of that kind is listed here with the reason.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "followup_lint"

SPEAKS = frozenset(
    {"asyncio.open_connection", "ftplib", "http", "httpx", "imaplib", "nltk", "poplib", "requests", "smart_open"}
) | {"smtplib", "socket", "socketserver", "ssl", "telnetlib", "urllib", "urllib3", "webbrowser", "xmlrpc"}
RUNS = frozenset({"code", "ctypes", "dill", "cloudpickle", "joblib", "pickle", "pty", "runpy", "shelve", "subprocess"})
CALLS = frozenset({"__import__", "compile", "eval", "exec"})
METHODS = frozenset({"popen", "posix_spawn", "spawnl", "spawnv", "startfile", "system", "unsafe_load"})

ARGUED = {
    ("lsp/documents.py", "urllib.parse"),  # the name of a file in a URI: letters, no connection
    ("reports/places.py", "urllib.parse"),  # the same, the other way
    ("shortcut.py", "exec"),  # a module of ours, compiled by Python, where Python would run it
    ("records/making.py", "exec"),  # a class's own `__init__`, of the names of its fields
    ("pool.py", "pickle"),  # between a process and its own copies
    ("serving.py", "pickle"),  # between a process and its own copies
    ("rubbish.py", "ctypes"),  # one call of the system's own library: to give memory back
    ("signals.py", "ctypes"),  # the same: to end when the parent does
    ("repository.py", "subprocess"),  # git, asked so that nothing can run
}
IMPORTED_BY_NAME = {
    "backtracking/automaton.py": "Python's own parser of regular expressions",
    "codec.py": "one of ours, whose name stands in the cache folder of this user",
    "required.py": "Python's own parser of regular expressions",
    "pages/check_types.py": "a check of ours",
    "patterns.py": "Python's own engine of regular expressions",
    "quick/imports.py": "parts of spaCy that are named there",
    "readability.py": "textstat, which is named there",
    "remedies/mending.py": "a way of mending of ours, out of a list",
    "reports/formats.py": "a report of ours, out of a list",
    "rule.py": "a check of ours, out of a list",
}
"""Modules that import what a string names, and where the string comes from."""


def dangers(source: str) -> Iterator[str]:
    """Yield what could speak to somebody or run something: modules that are imported, functions that are called."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            base = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
            for name in (f"{base}{item.name}" for item in node.names):
                if any(name == one or name.startswith(f"{one}.") for one in SPEAKS | RUNS):
                    yield base.removesuffix(".") or name
        elif isinstance(node, ast.Call):
            match node.func:
                case ast.Name(name) if name in CALLS:
                    yield name
                case ast.Attribute(attr=name) if name in METHODS:
                    yield name


def by_name(source: str) -> bool:
    """Whether a module imports what a string names."""
    names = (node.attr for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute))
    return "import_module" in names or "import_module" in source.partition("importlib import")[2]


def modules() -> dict[str, str]:
    return {path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}


def test_nothing_in_the_code_runs_or_speaks_but_what_is_argued() -> None:
    found = {(name, danger) for name, source in modules().items() for danger in dangers(source)}
    assert found == ARGUED


def test_nothing_is_imported_by_a_name_that_a_file_gives() -> None:
    assert {name for name, source in modules().items() if by_name(source)} == set(IMPORTED_BY_NAME)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import socket", ["socket"]),
        ("import os, http.client", ["http.client"]),
        ("from urllib import request", ["urllib"]),
        ("def f():\n    from urllib.request import urlopen", ["urllib.request"]),
        ("import asyncio\nfrom asyncio import open_connection", ["asyncio"]),
        ("import coder, subprocessing", []),
        ("eval('1')", ["eval"]),
        ("os.system('true')", ["system"]),
        ("yaml.unsafe_load(text)", ["unsafe_load"]),
        ("import re\nre.compile('a')", []),
    ],
)
def test_a_danger_is_seen(source: str, expected: list[str]) -> None:
    assert list(dangers(source)) == expected
