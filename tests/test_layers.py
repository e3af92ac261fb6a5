"""Imports point down: what may import what, as a table, and a walk through every file that holds it."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "followup_lint"

# Lowest first. A room (a module or a package, by its name) imports from floors below its own and from itself, never
# sideways or up. A new room is put on the lowest floor that holds what it needs.
FLOORS: tuple[frozenset[str], ...] = (
    frozenset({"records", "rubbish", "shortcut", "signals"}),
    frozenset({"serving"}),
    frozenset({"backtracking"}),
    frozenset({"kept"}),
    frozenset({"store"}),
    frozenset({"patterns"}),
    frozenset(
        {"exits", "form", "language", "leftovers", "literals", "pool", "presets", "silence", "workdays", "zones"}
    ),
    frozenset({"dictionary", "errors", "quick", "table", "text", "vocabulary", "when"}),
    frozenset({"stretches", "unparsed"}),
    frozenset(
        {
            "accuracy",
            "attachments",
            "codec",
            "diagnostic",
            "draft",
            "environment",
            "model",
            "negate",
            "packs",
            "people",
        }
    )
    | {"deadline", "phones", "readability", "needs", "required", "streams", "strict_yaml", "written_times"},
    frozenset({"inflect", "phrases"}),
    # Understanding of files and of language: each knows words and offsets, none knows of rules.
    frozenset({"appointments", "asks", "clauses", "context", "fingerprint", "gains", "sentences"})
    | {"searching", "sources", "spelling", "structure", "topics"},
    frozenset({"due", "facts", "hazards", "progress", "prose", "repository", "script", "tone", "writing"}),
    frozenset({"masks"}),
    frozenset({"front_matter", "invite", "other"}),
    frozenset({"reading"}),
    frozenset({"addressees", "asked", "deeds", "entries", "frames", "kinds", "parts", "ties", "together"}),
    frozenset({"reader", "remedies"}),
    frozenset({"thread"}),
    frozenset({"checks", "rule_file", "schedule"}),
    frozenset({"rule"}),
    frozenset({"attempts", "rule_reader"}),
    frozenset({"compiled"}),
    frozenset({"catalog", "linter", "schema"}),
    frozenset({"baseline", "cache", "redact", "changed", "fix", "ignores"}),
    frozenset({"config", "testing"}),
    frozenset({"explain", "mutants", "scene"}),
    frozenset({"checklist", "debug_parse", "mutate"}),
    frozenset({"reports"}),
    frozenset({"batch", "completion", "inform", "statistics", "watch"}),
    frozenset({"grouped"}),
    frozenset({"arguments", "flags"}),
    frozenset({"messages"}),
    frozenset({"new", "run"}),
    frozenset({"dispatch", "pages"}),
    frozenset({"command"}),
    # The doors, side by side: none imports another, nothing imports a door. `__init__` is the door for programs.
    frozenset({"__init__", "cli", "lsp"}),
    frozenset({"entry"}),  # the way to a door: it tries a shorter one
    frozenset({"manpage"}),  # a door described: it is run by hand, and no part of any
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}

# Below their floor, and yet not for them: a check sees a Reading, never how a file became one.
NEVER = {"checks": frozenset({"appointments", "facts", "front_matter", "invite", "reader", "sources"})}

HEAVY = frozenset(
    {"spacy", "thinc", "srsly", "textstat", "rich", "pygls", "lsprotocol", "icalendar", "holidays", "watchfiles"}
) | {"pyarrow"}
"""What a user who asks for --help must not wait for: imported inside the functions that need it."""


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def rooms_imported(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield the rooms of ours that a module imports, anywhere in it and for types too, with the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"line {node.lineno}: imports are absolute here"
            head, _, rest = (node.module or "").partition(".")
            if head == "followup_lint":
                yield from ((part, node.lineno) for part in ([rest] if rest else [item.name for item in node.names]))
        elif isinstance(node, ast.Import):
            for item in node.names:
                head, _, rest = item.name.partition(".")
                if head == "followup_lint":
                    yield rest, node.lineno


def upward(path: str, source: str) -> list[str]:
    """Return what is wrong with the imports of one module."""
    room = path.partition("/")[0].removesuffix(".py")
    found = []
    for imported, line in rooms_imported(ast.parse(source)):
        other = imported.partition(".")[0]
        if other != room and FLOOR_OF.get(other, -1) >= FLOOR_OF[room]:
            found.append(f"{path}:{line} imports {other}, which is not below {room}")
        elif other in NEVER.get(room, ()):
            found.append(f"{path}:{line} imports {other}, which is none of a check's business")
    return found


def heavy_at_import(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield the heavy packages that importing a module would import at once, with the line."""
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting += node.orelse
            continue
        if isinstance(node, ast.ImportFrom | ast.Import):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [item.name for item in node.names]
            yield from ((name, node.lineno) for name in names if name.partition(".")[0] in HEAVY)
        waiting += ast.iter_child_nodes(node)


def test_every_room_has_a_floor() -> None:
    homeless = {room_of(path) for path in modules()} - set(FLOOR_OF)
    assert not homeless, f"put {sorted(homeless)} on a floor in tests/test_layers.py, and into ARCHITECTURE.md"


def test_no_room_has_two_floors() -> None:
    assert sum(map(len, FLOORS)) == len(FLOOR_OF)


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_imports_point_down(path: Path) -> None:
    if room_of(path) in FLOOR_OF:
        assert upward(name_of(path), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_nothing_heavy_is_imported_with_a_module(path: Path) -> None:
    here = frozenset({"pygls", "lsprotocol"}) if room_of(path) == "lsp" else frozenset()
    found = [
        f"{name_of(path)}:{line} imports {name}"
        for name, line in heavy_at_import(ast.parse(path.read_text("utf-8")))
        if name.partition(".")[0] not in here
    ]
    assert not found, "import it inside the function that needs it"


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("checks/count.py", "from followup_lint.linter import Linter"),
        ("checks/count.py", "def f():\n    from followup_lint import rule"),
        ("checks/count.py", "import followup_lint.catalog"),
        ("checks/count.py", "if TYPE_CHECKING:\n    from followup_lint.reports.full import render"),
        ("checks/count.py", "from followup_lint.reader import read_message"),
        ("reading.py", "from followup_lint.rule import Rule"),
        ("reader.py", "from followup_lint.checks.count import Check"),
        ("sources/mail.py", "from followup_lint.reading import Reading"),
        ("structure/cutting.py", "from followup_lint.asks import asks"),
        ("linter.py", "from followup_lint.cli import main"),
        ("lsp.py", "from followup_lint.cli import main"),
    ],
)
def test_an_import_that_points_up_is_seen(path: str, source: str) -> None:
    assert len(upward(path, source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "import spacy",
        "from spacy.tokens import Doc",
        "try:\n    import textstat\nexcept ImportError:\n    pass",
        "class A:\n    import rich.cells",
        "if TYPE_CHECKING:\n    pass\nelse:\n    import pygls",
    ],
)
def test_a_heavy_import_is_seen(source: str) -> None:
    assert len(list(heavy_at_import(ast.parse(source)))) == 1


def test_a_heavy_import_inside_a_function_or_for_types_is_free() -> None:
    source = "def f():\n    import spacy\nif TYPE_CHECKING:\n    from spacy.tokens import Doc\n"
    assert list(heavy_at_import(ast.parse(source))) == []


def test_the_command_line_starts_without_anything_heavy() -> None:
    code = f"import sys, followup_lint.cli, followup_lint.command\nprint(sorted({set(HEAVY)!r} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr) == ("[]\n", "")


SLOW = frozenset({"typing", "dataclasses", "inspect", "pathlib", "urllib.parse", "datetime", "textwrap", "hashlib"}) | {
    *("click", "yaml", "pydantic", "platformdirs", "pathspec", "math", "array"),
}
"""What a run over one draft, with rules that need no parse, has no use for."""

LIGHT_RUN = """
import os, sys
ending = os._exit
def end(code):
    sys.stderr.write(" ".join(sorted(set({slow!r}) & set(sys.modules))))
    sys.stderr.flush()
    ending(code)
os._exit = end
sys.argv = ["followup-lint", "--select", "emoji,canned-phrase,subject-*,too-many-sentences", "a.txt"]
from followup_lint.entry import main
main()
"""


@pytest.mark.unmeasured
def test_a_run_over_one_draft_loads_nothing_slow_that_it_has_no_use_for(tmp_path: Path) -> None:
    said = {name: value for name, value in os.environ.items() if not name.startswith("FOLLOWUP_LINT_")}
    said |= {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "XDG_CONFIG_HOME": str(tmp_path)}
    code = LIGHT_RUN.format(slow=SLOW | HEAVY)
    command = [sys.executable, "-S", "-c", f"import sys\nsys.path = {sys.path!r}\n{code}"]
    told = []
    for number in range(3):  # the first runs make what is kept
        text = f"Subject: Archivist interview\n\nDear Dr. Okafor,\n\nThank you for the hour {number}.\n\nRui Matos\n"
        (tmp_path / "a.txt").write_text(text, encoding="utf-8")
        run = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=said, check=False)
        told.append((run.stdout.partition("\n")[0][:17], run.stderr))
    assert told[-1] == ("a.txt · thank-you", "")
