"""Which files to read: those named, and the drafts in the folders named, without what git would leave out."""

from __future__ import annotations

import os
import stat

from followup_lint.backtracking.globs import glob_fault, globs
from followup_lint.errors import Problem
from followup_lint.records import dataclass, field
from followup_lint.sources.decode import reason

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pathspec import GitIgnoreSpec

OWN_IGNORE_FILE = ".followup-lintignore"
IGNORE_FILES = (".gitignore", OWN_IGNORE_FILE)
"""What to leave out, in git's own form: for git, and where the two differ, for us."""

SUFFIXES = frozenset({".txt", ".md", ".eml"})

_MOST_BYTES = 1_000_000  # of a file of patterns; the largest in use have a fiftieth of it

_NEVER = frozenset({"node_modules", "__pycache__"})
_ENVIRONMENT_MARKS = ("pyvenv.cfg", "conda-meta")


@dataclass(frozen=True)
class _Ignore:
    """The patterns of one .gitignore file, and the absolute folder they are relative to."""

    base: str
    spec: GitIgnoreSpec | None

    def verdict(self, path: str, *, folder: bool) -> bool | None:
        """Return whether the patterns leave the path out (True), bring it back (False) or do not speak of it."""
        if self.spec is None:
            return None
        below = os.path.relpath(path, self.base).replace(os.sep, "/")
        return self.spec.check_file(below + "/" * folder).include


@dataclass
class _Walk:
    """One folder being walked: its drafts as they are found, and what could not be opened."""

    problems: list[Problem]
    excluded: _Ignore
    drafts: list[str] = field(default_factory=list)  # a path of pathlib takes five times the memory

    def folder(self, shown: str, above: tuple[_Ignore, ...]) -> None:
        """Collect the drafts under a folder; `above` holds the rules of its parents, outermost first."""
        pending = [(shown, above)]
        while pending:
            folder, rules = pending.pop()
            try:
                with os.scandir(folder) as entries:
                    listed = sorted(entries, key=lambda entry: entry.name)
            except OSError as error:
                self.problems.append(Problem(f"cannot open this folder: {reason(error)}", folder))
                continue
            here = (*rules, *_ignore_file(folder))
            for entry in listed:
                path = entry.name if folder == os.curdir else os.path.join(folder, entry.name)
                if not self._wanted(entry, path, here):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    pending.append((path, here))
                else:
                    self.drafts.append(path)

    def _wanted(self, entry: os.DirEntry[str], path: str, rules: tuple[_Ignore, ...]) -> bool:
        """Whether to walk a folder or keep a file. Linked folders are not followed, as in git: they may form loops."""
        if entry.name.startswith("."):
            return False
        folder = entry.is_dir(follow_symlinks=False)
        if folder:
            if entry.name in _NEVER or any(os.path.exists(os.path.join(path, mark)) for mark in _ENVIRONMENT_MARKS):
                return False
        elif os.path.splitext(entry.name)[1].lower() not in SUFFIXES or not _is_file(entry):
            return False
        absolute = _absolute(path)
        if self.excluded.verdict(absolute, folder=folder):
            return False
        return not _ignored(absolute, rules, folder=folder)


def find(paths: Sequence[str], exclude: Sequence[str] = (), *, forced: bool = False) -> tuple[list[str], list[Problem]]:
    """Return the drafts that `paths` name, sorted and each once, and what kept others from being found.

    A file is taken whatever its suffix, even where git ignores it. A folder gives its .txt, .md and .eml files at any
    depth, less those left out by .gitignore and .followup-lintignore files (its own and its parents', up to the
    repository's root), hidden ones, virtual environments and `exclude`, which holds .gitignore patterns relative to
    that folder. A folder that git ignores as a whole is still walked when it is named. With `forced`, a named file is
    left out where a walk of its folder would leave it out, `exclude` being relative to the working directory.
    """
    found: dict[str, str] = {}
    problems: list[Problem] = []
    spec = _exclude_spec(exclude, problems)
    for name in paths:
        if not name:
            # A shell variable that was not set; pathlib would take it for the current folder.
            problems.append(Problem("an empty name names no draft"))
            continue
        try:
            folder = stat.S_ISDIR(os.stat(name).st_mode)
        except (FileNotFoundError, NotADirectoryError, ValueError):
            problems.append(Problem("no such file or folder", name))
            continue
        except OSError as error:
            problems.append(Problem(f"cannot be read: {reason(error)}", name))
            continue
        path = shown(name)
        named = [] if forced and not folder and _left_out(path, spec) else [path]
        for draft in _drafts_in(path, spec, problems) if folder else named:
            # One file reached by two names would be reported as two messages that say the same.
            found.setdefault(os.path.realpath(draft), draft)
    return sorted(found.values(), key=_parts) if len(found) > 1 else [*found.values()], problems


def shown(name: str) -> str:
    """Return a path as pathlib writes it."""
    if os.name == "posix" and {"", "."}.isdisjoint(name.removeprefix("/").split("/")):
        return name
    from pathlib import Path

    return str(Path(name))


def _parts(path: str) -> str:
    """Return what sorts paths part by part, as pathlib sorts its own."""
    from pathlib import PurePath

    return "\0".join(map(os.path.normcase, PurePath(path).parts))


def _drafts_in(folder: str, spec: GitIgnoreSpec | None, problems: list[Problem]) -> list[str]:
    absolute = _absolute(folder)
    above = tuple(_rules_above(absolute))
    if _ignored(absolute, above, folder=True):
        above = ()
    before = len(problems)
    walk = _Walk(problems, _Ignore(absolute, spec))
    walk.folder(folder, above)
    if not walk.drafts and len(problems) == before:
        problems.append(Problem("no .txt, .md or .eml drafts in this folder", folder))
    return walk.drafts


def _left_out(path: str, spec: GitIgnoreSpec | None) -> bool:
    """Whether a walk would not have come by a file."""
    absolute = _absolute(path)
    here = _Ignore(_absolute(os.curdir), spec)
    folder = os.path.dirname(absolute)
    rules = (*_rules_above(folder), *_ignore_file(folder))
    return bool(here.verdict(absolute, folder=False)) or _ignored(absolute, rules, folder=False)


def is_left_out(path: str | Path) -> bool:
    """Whether a .followup-lintignore beside a file, or above it in its repository, leaves it out; git has no say."""
    absolute = _absolute(path)
    folder, names = os.path.dirname(absolute), (OWN_IGNORE_FILE,)
    rules = (*_rules_above(folder, names), *_ignore_file(folder, names))
    return _ignored(absolute, rules, folder=False)


def _ignored(path: str, rules: Sequence[_Ignore], *, folder: bool) -> bool:
    """Return whether git leaves a path out: the innermost .gitignore that speaks of it decides."""
    verdicts = (rule.verdict(path, folder=folder) for rule in reversed(rules))
    return bool(next((verdict for verdict in verdicts if verdict is not None), False))


def _rules_above(folder: str, names: Sequence[str] = IGNORE_FILES) -> Iterator[_Ignore]:
    """Yield the rules of the folder's parents from the root of its repository down; none outside a repository."""
    line = [folder]
    while (above := os.path.dirname(line[-1])) != line[-1]:
        line.append(above)
    root = next((at for at, parent in enumerate(line) if os.path.exists(os.path.join(parent, ".git"))), 0)
    for parent in reversed(line[1 : root + 1]):
        yield from _ignore_file(parent, names)


def _ignore_file(folder: str, names: Sequence[str] = IGNORE_FILES) -> Iterator[_Ignore]:
    for name in names:
        path = os.path.join(folder, name)
        try:
            if not os.path.isfile(path):  # a pipe would be waited for
                continue
            with open(path, "rb") as file:
                lines = file.read(_MOST_BYTES).decode("utf-8-sig", "replace").split("\n")
        except (OSError, ValueError):
            continue
        yield _Ignore(_absolute(folder), globs([line for line in lines if _valid(line)]))


def _exclude_spec(exclude: Sequence[str], problems: list[Problem]) -> GitIgnoreSpec | None:
    problems += [Problem(f"not a pattern that can exclude anything: {glob!r}") for glob in exclude if not _valid(glob)]
    return globs([glob for glob in exclude if _valid(glob)]) if exclude else None


def _valid(line: str) -> bool:
    try:
        globs([line])
        return not glob_fault(line)
    except ValueError:
        return False


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False


def _absolute(path: Path | str) -> str:
    # Not resolved: git judges a link by where the link stands.
    return os.path.abspath(path)
