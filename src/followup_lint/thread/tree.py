"""The drafts around a draft: a folder tree, skimmed once, so that those of a conversation are found without reading.

Paths are text here: pathlib takes 3 ms to load, and most drafts have no neighbours that it would be needed for.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from stat import S_ISREG

from followup_lint.errors import Problem
from followup_lint.reader import Message, read_message, skim
from followup_lint.records import dataclass, field
from followup_lint.sources.decode import read_bytes
from followup_lint.sources.walk import SUFFIXES
from followup_lint.thread.keys import Keys, keys_of, marks_of

MAX_FILES, MAX_BYTES = 400, 200_000
"""A folder with more drafts than this is no folder of drafts, and a longer file no note: neither is looked into."""

MAX_ENTRIES, MAX_DRAFTS = 20_000, 4_000
"""A folder tree with more entries or drafts than this is no place of drafts; only the own folder is looked into."""


_MOST_TREES, _MOST_LEAVES = 64, MAX_DRAFTS
"""Trees that a forest remembers, and drafts in them; a run comes through its folders one after the other."""


@dataclass(frozen=True)
class Leaf:
    """A draft of the tree: where it is, and by what it is known."""

    path: str
    keys: Keys


@dataclass(frozen=True)
class Tree:
    """All drafts under a folder that say to whom they go, and an index of them."""

    leaves: tuple[Leaf, ...]
    index: dict[object, list[Leaf]] = field(repr=False)

    def near(self, keys: Keys) -> list[Leaf]:
        """Return the drafts that share a mark with a message, or come from one of its readers."""
        senders = [("from", mark) for mark in keys.readers]
        found = {leaf.path: leaf for mark in (*keys.marks, *senders) for leaf in self.index.get(mark, ())}
        return sorted(found.values(), key=lambda leaf: _parts(leaf.path))


@dataclass(frozen=True)
class Forest:
    """The trees that drafts stand in, skimmed once as long as they are few; `roots` are folders named as wholes."""

    roots: tuple[str, ...] = ()
    _trees: dict[str, Tree] = field(default_factory=dict, compare=False, repr=False)
    _too_large: set[str] = field(default_factory=set, compare=False, repr=False)

    def around(self, path: str) -> Tree:
        """Return the widest tree around a draft that is not too large. Raises OSError."""
        for root in roots_of(path, self.roots):
            if root in self._trees:
                return self._trees[root]
            if root in self._too_large:
                continue
            if (drafts := drafts_under(root)) is not None:
                return self._kept(root, plant(drafts))
            self._too_large.add(root)
        folder = folder_of(path)
        return self._trees.get(folder) or self._kept(folder, plant(drafts_in(folder)))

    def _kept(self, folder: str, tree: Tree) -> Tree:
        """Remember a tree, and forget the oldest ones where that makes too many."""
        self._trees[folder] = tree
        count = sum(len(item.leaves) for item in self._trees.values())
        for oldest in [*self._trees][:-1]:
            if len(self._trees) <= _MOST_TREES and count <= _MOST_LEAVES:
                break
            count -= len(self._trees.pop(oldest).leaves)
        return tree


def plant(paths: Sequence[str]) -> Tree:
    """Skim drafts into a tree; what cannot be read is left out."""
    leaves: list[Leaf] = []
    index: dict[object, list[Leaf]] = {}
    for path in paths:
        leaf = _leaf(path)
        if leaf is None:
            continue
        leaves.append(leaf)
        for mark in (*leaf.keys.marks, *(("from", mark) for mark in marks_of(leaf.keys.sender))):
            index.setdefault(mark, []).append(leaf)
    return Tree(tuple(leaves), index)


def _leaf(path: str) -> Leaf | None:
    try:
        if not _is_readable(path, os.stat(path)):
            return None
        message = skim(read_bytes(path, path), path)
    except (OSError, ValueError, Problem):
        return None
    return Leaf(path, keys_of(message.draft, message.context))


def drafts_under(root: str) -> list[str] | None:
    """Return the drafts under a folder, or None where there are too many files for a folder of drafts.

    What git ignores counts: people keep their letters out of a repository, and still in its folder.
    """
    found: list[str] = []
    seen = 0
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if _is_place(os.path.join(folder, name), name))
        seen += len(folders) + len(files)
        found += [os.path.join(folder, name) for name in sorted(files) if is_draft(name)]
        if seen > MAX_ENTRIES or len(found) > MAX_DRAFTS:
            return None
    return found


def is_draft(name: str) -> bool:
    """Whether a file of this name may be a draft."""
    return os.path.splitext(name)[1].lower() in SUFFIXES and not name.startswith(".")


def drafts_in(folder: str) -> list[str]:
    """Return the drafts right in a folder, by name; none where there are too many. Raises OSError."""
    names = _names(folder, os.stat(folder).st_mtime_ns)
    return [os.path.join(folder, name) for name in names]


@lru_cache(maxsize=64)
def _names(folder: str, _changed: int) -> tuple[str, ...]:
    with os.scandir(folder) as entries:
        names = [entry.name for entry in entries if is_draft(entry.name) and entry.is_file()]
    return tuple(sorted(names)) if len(names) <= MAX_FILES else ()


def read(path: str) -> Message | None:
    """Return a draft, read once as long as it does not change; None where it cannot be read."""
    try:
        status = os.stat(path)
        return _message(path, status.st_mtime_ns, status.st_size) if _is_readable(path, status) else None
    except OSError:
        return None


@lru_cache(maxsize=256)
def _message(path: str, _changed: int, _size: int) -> Message | None:
    with suppress(Problem):
        return read_message(read_bytes(path, path), path)
    return None


def _is_readable(path: str, status: os.stat_result) -> bool:
    # A pipe would be waited for until somebody writes into it. A mail may carry a file.
    return S_ISREG(status.st_mode) and (status.st_size <= MAX_BYTES or path.lower().endswith(".eml"))


def _is_place(folder: str, name: str) -> bool:
    hidden = name.startswith(".") or name in {"node_modules", "__pycache__"}
    return not hidden and not os.path.exists(os.path.join(folder, "pyvenv.cfg"))


def folder_of(path: str) -> str:
    """Return the folder that a file lies in, links followed."""
    return os.path.realpath(os.path.dirname(path))


def roots_of(path: str, roots: Sequence[str]) -> list[str]:
    """Return the folders whose drafts may belong to a draft, the widest first: its repository, those of `roots`.

    A home folder may be a repository too, but not of drafts.
    """
    folder = folder_of(path)
    above: list[str] = []
    parent = folder
    while not above:
        if os.path.exists(os.path.join(parent, ".git")) and not _is_home(parent):
            above.append(parent)
        parent, last = os.path.dirname(parent), parent
        if parent == last:
            break
    parts = _parts(folder)
    around = [root for root in map(os.path.realpath, roots) if parts[: len(_parts(root))] == _parts(root)]
    return [*above, *sorted(around, key=_parts)]


def _is_home(folder: str) -> bool:
    return folder == os.path.normpath(os.path.expanduser("~"))


def _parts(path: str) -> list[str]:
    """Return the names of an absolute path, by which pathlib compares it with others."""
    return os.path.normcase(path).rstrip(os.sep).split(os.sep)
