"""The drafts that belong to a draft: the earlier messages it names, and its neighbours in the same folder."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from followup_lint.context import Context
from followup_lint.draft import BlockKind, Draft
from followup_lint.errors import Problem
from followup_lint.people import Person, fold
from followup_lint.reader import Message, read_message
from followup_lint.reading import Other
from followup_lint.sources.decode import read_bytes
from followup_lint.sources.walk import SUFFIXES
from followup_lint.when import days_between

MAX_FILES, MAX_BYTES = 400, 200_000
"""A folder with more drafts than this is no folder of drafts, and a longer file no note: neither is looked into."""

_FROM = re.compile(r"^[\s>*]*From[\s*]*:[\s*]*([^\r\n]*)(?:[\r\n]+[\s>*]*[A-Z][\w-]+[\s*]*:[^\r\n]*)*", re.MULTILINE)


def others(message: Message) -> tuple[Other, ...]:
    """Return the drafts beside a message: those it lists first, then the rest of its folder, by name.

    A message that is no file on disk, such as standard input, has none. What cannot be read is left out.
    """
    here = Path(message.draft.path)
    try:
        if not here.is_file():
            return ()
        folder = here.parent
        listed = [earlier.file for earlier in message.context.previous if earlier.file]
        named = [path for name in listed if (path := _inside(folder, name))]
        beside = [folder / name for name in _drafts(str(folder), folder.stat().st_mtime_ns) if name != here.name]
    except (OSError, ValueError):
        return ()
    known = {path.name for path in named}
    found = [(path.name, read) for path in named if (read := _read(path))]
    found += [(path.name, read) for path in beside if path.name not in known and (read := _read(path))]
    return tuple(_other(message, read, name, listed=name in known) for name, read in found)


def given(message: Message, files: Mapping[str, str]) -> tuple[Other, ...]:
    """Return the same for drafts that are given with their text instead of lying on the disk."""
    listed = {earlier.file for earlier in message.context.previous}
    return tuple(
        _other(message, read_message(text.encode(), name, {}), name, listed=name in listed)
        for name, text in files.items()
    )


def _other(message: Message, read: Message, name: str, *, listed: bool) -> Other:
    mine, theirs = message.context, read.context
    is_earlier = listed or bool(theirs.date and mine.date and days_between(theirs.date, mine.date) > 0)
    alike = bool(_people(mine.to) & _people(theirs.to)) and mine.role == theirs.role
    same = alike and _companies(mine) == _companies(theirs)
    in_thread = listed or same or bool(mine.thread and mine.thread == theirs.thread)
    return Other(read.draft, theirs, name, is_earlier, in_thread, _same_interview(mine, theirs))


def _same_interview(mine: Context, theirs: Context) -> bool:
    if not _companies(mine) & _companies(theirs):
        return False
    if mine.interview and theirs.interview:
        return mine.interview.start.day == theirs.interview.start.day
    return bool(_people(mine.interviewers) & _people(theirs.interviewers))


def quoted_own(draft: Draft) -> tuple[str, ...]:
    """Return the sender's own earlier messages as the mail quotes them: those whose `From:` is this one's."""
    header = draft.header("From")
    if header is None:
        return ()
    sender = _sender(header.value)
    found = []
    for block in draft.blocks:
        if block.kind not in {BlockKind.QUOTED, BlockKind.FORWARDED}:
            continue
        words = block.span.of(draft.text)
        heads = list(_FROM.finditer(words))
        for head, following in zip(heads, [*heads[1:], None], strict=False):
            named = _sender(head[1])
            if named and named <= sender:
                found.append(words[head.end() : following.start() if following else len(words)])
    return tuple(found)


def _sender(value: str) -> frozenset[str]:
    return frozenset(fold(word) for word in re.findall(r"[\w.+-]+@[\w.-]+|[^\W\d_]{2,}", value))


def _inside(folder: Path, name: str) -> Path | None:
    path = folder / name
    is_near = path.resolve().is_relative_to(folder.resolve())
    return path if is_near and path.suffix.lower() in SUFFIXES and path.is_file() else None


@lru_cache(maxsize=64)
def _drafts(folder: str, _changed: int) -> tuple[str, ...]:
    with os.scandir(folder) as entries:
        names = [
            entry.name
            for entry in entries
            if Path(entry.name).suffix.lower() in SUFFIXES and not entry.name.startswith(".") and entry.is_file()
        ]
    return tuple(sorted(names)) if len(names) <= MAX_FILES else ()


def _read(path: Path) -> Message | None:
    try:
        status = path.stat()
        return _message(str(path), status.st_mtime_ns, status.st_size) if status.st_size <= MAX_BYTES else None
    except OSError:
        return None


@lru_cache(maxsize=1024)
def _message(path: str, _changed: int, _size: int) -> Message | None:
    try:
        return read_message(read_bytes(Path(path), path), path, {})
    except Problem:
        return None


def _people(people: tuple[Person, ...]) -> frozenset[str]:
    return frozenset(fold(" ".join(person.names)) for person in people if person.is_person)


def _companies(context: Context) -> frozenset[str]:
    return frozenset(map(fold, context.company.spellings)) if context.company else frozenset()
