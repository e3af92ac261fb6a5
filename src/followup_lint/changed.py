"""Only what is new: the lines of a draft that git does not know yet, and the findings that touch them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from followup_lint import patterns
from followup_lint.diagnostic import Diagnostic
from followup_lint.draft import Draft
from followup_lint.errors import Problem
from followup_lint.linter import Result
from followup_lint.records import dataclass, replace
from followup_lint.repository import Repository, repository
from followup_lint.sources.decode import decode, read_bytes
from followup_lint.text import Span

LOCAL = frozenset({"asks", "casing", "clause", "dates", "greeting", "layout", "names", "pattern", "subject"})
"""The checks whose findings are about the words they point at; those of all others are about the whole message."""

_ABSENT = frozenset({"absent", "near"})
_LINE_END = patterns.lazy(r"\r\n|\n|\r")
_MOST_LINES = 2000
_ENDLESS = 1 << 62


@dataclass(frozen=True)
class Changes:
    """What is new in a file: its 1-based lines, and the lines after which something was taken out (0: at the top).

    `whole` is for a file that is new altogether.
    """

    lines: frozenset[int] = frozenset()
    gaps: frozenset[int] = frozenset()
    whole: bool = False

    def touch(self, first: int, last: int) -> bool:
        """Whether something is new in the lines from `first` to `last`, or was taken out from between them."""
        inside = any(first <= line <= last for line in self.lines)
        return self.whole or inside or any(first <= gap < last for gap in self.gaps)


ALL = Changes(whole=True)


def changed(paths: Iterable[Path], rev: str | None = None) -> dict[Path, Changes]:
    """Return what is new in files, against the last commit or against `rev`; files where nothing is are left out.

    Compared is what lies in the folder now, staged or not, with what the commit holds; line ends do not count. `REV...`
    compares with the commit where the present branched off from REV. Raises Problem where there is no git, no
    repository or no such commit.
    """
    homes: dict[str, Repository] = {}
    inside: dict[Repository, dict[str, Path]] = {}
    for path in paths:
        real = os.path.realpath(path)  # what a link leads to is what will be read
        root = _root(Path(real))
        if root not in homes:
            homes[root] = repository(root, rev)
        home = homes[root]
        inside.setdefault(home, {})[os.path.relpath(real, os.path.realpath(home.top))] = path
    found: dict[Path, Changes] = {}
    for home, names in inside.items():
        before = home.stored(names)
        for name, path in names.items():
            changes = _compared(before.get(name), path)
            if changes != Changes():
                found[path] = changes
    return found


def keep(result: Result, changes: Changes) -> Result:
    """Return the result with the findings that are about something new; the others are taken out.

    A finding stays if a line of its own, or of what is related to it, is new. One about the message as a whole stays
    whatever it was that changed. A baseline goes first: it wants all findings of a draft.
    """
    checks = {rule.name: rule.file.check for rule in result.rules}
    kept = [item for item in result.diagnostics if _is_new(item, checks.get(item.rule, ""), result.draft, changes)]
    return replace(result, diagnostics=tuple(kept))


def _root(file: Path) -> str:
    """Return the nearest folder above a file that looks like a repository's, else the one that it lies in."""
    found = next((folder for folder in file.parents if os.path.lexists(folder / ".git")), file.parent)
    if not found.is_dir():
        raise Problem("no such file", str(file))
    return str(found)


def _is_new(item: Diagnostic, check: str, draft: Draft, changes: Changes) -> bool:
    if check not in LOCAL or item.finding.case in _ABSENT:
        return True
    return any(changes.touch(*_lines(draft, span)) for span in (item.span, *item.finding.related))


def _lines(draft: Draft, span: Span) -> tuple[int, int]:
    """Return the first and last line of the file that a stretch stands on; the whole file where that is not known."""
    first, last = (draft.lines.position(offset).line for offset in (span.start, max(span.start, span.end - 1)))
    if not draft.is_mail:
        return first, last
    part = next((part for part in draft.parts if part.span.start <= span.start <= part.span.end), None)
    lines = part.raw_lines if part else ()
    top = draft.lines.position(part.span.start).line if part else 0
    if last - top >= len(lines) or not lines[first - top]:
        return 0, _ENDLESS
    # A line as it is read may have been folded over several of the file.
    after = lines[last - top + 1] if last - top + 1 < len(lines) else 0
    end = after - 1 if after else lines[last - top] if part and part.name == "headers" else _ENDLESS
    return lines[first - top], max(lines[last - top], end)


def _compared(before: bytes | None, path: Path) -> Changes:
    if before is None:
        return ALL
    try:
        after = read_bytes(path, str(path))
    except Problem:
        return ALL  # told where it is linted
    if before == after:
        return Changes()
    return difference(*(_split(data, path) for data in (before, after)))


def _split(data: bytes, path: Path) -> list[str]:
    try:
        # The lines of a mail are those of the file, whatever encodings its parts have.
        text = data.decode("latin-1") if path.suffix.lower() == ".eml" else decode(data, str(path))
    except Problem:
        text = data.decode("latin-1")
    return _LINE_END.split(text)


def difference(before: Sequence[str], after: Sequence[str]) -> Changes:
    """Return what is new in the lines of a text. What is long and very different is taken as new from end to end."""
    most = min(len(before), len(after))
    head = next((at for at in range(most) if before[at] != after[at]), most)
    tail = next((at for at in range(most - head) if before[-1 - at] != after[-1 - at]), most - head)
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    if max(len(old), len(new)) > _MOST_LINES:
        return Changes(frozenset(range(head + 1, head + len(new) + 1)), frozenset({head} if not new else ()))
    lines: set[int] = set()
    gaps: set[int] = set()
    for kind, _, _, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "delete":
            gaps.add(head + start)
        elif kind != "equal":
            lines |= set(range(head + start + 1, head + end + 1))
    return Changes(frozenset(lines), frozenset(gaps))
