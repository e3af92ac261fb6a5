"""The drafts that belong to a draft: the earlier messages it names, and its neighbours in the same folder."""

from __future__ import annotations

import os

from followup_lint.context import Context
from followup_lint.reader import Message
from followup_lint.sources.walk import SUFFIXES
from followup_lint.thread.keys import companies_of, keys_of, names_of
from followup_lint.thread.tree import drafts_in, read
from followup_lint.when import is_before

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from followup_lint.other import Other


def others(message: Message) -> tuple[Other, ...]:
    """Return the drafts beside a message: those it lists first, then the rest of its folder, by name.

    A message that is no file on disk, such as standard input, has none. What cannot be read is left out.
    """
    from pathlib import Path  # most drafts are compared with no other

    here = Path(message.draft.path)
    try:
        if not here.is_file():
            return ()
        folder = here.parent
        listed = [earlier.file for earlier in message.context.previous if earlier.file]
        named = [path for name in listed if (path := _inside(folder, name)) and path.resolve() != here.resolve()]
        beside = [path for path in map(Path, drafts_in(str(folder))) if path.name != here.name and path not in named]
    except (OSError, ValueError):
        return ()
    pairs = [(path, found) for path in dict.fromkeys((*named, *beside)) if (found := read(str(path)))]
    return tuple(
        other(message, found, path.relative_to(folder).as_posix(), listed=path in named) for path, found in pairs
    )


def other(message: Message, found: Message, name: str, *, listed: bool) -> Other:
    """Return how another draft stands to a message; one that is `listed` went before it for certain."""
    mine, theirs = message.context, found.context
    is_earlier = listed or bool(theirs.date and mine.date and is_before(theirs.date, mine.date))
    in_thread = listed or keys_of(message.draft, mine).same_thread(keys_of(found.draft, theirs))
    from followup_lint.other import Other  # most drafts have none

    return Other(found.draft, theirs, name, is_earlier, in_thread, _same_interview(mine, theirs))


def _same_interview(mine: Context, theirs: Context) -> bool:
    if not companies_of(mine.company) & companies_of(theirs.company):
        return False
    if mine.interview and theirs.interview:
        return mine.interview.start.day == theirs.interview.start.day
    return bool(names_of(mine.interviewers) & names_of(theirs.interviewers))


def _inside(folder: Path, name: str) -> Path | None:
    from pathlib import Path

    path = Path(os.path.normpath(folder / name))
    is_near = path.resolve().is_relative_to(folder.resolve())
    return path if is_near and path.suffix.lower() in SUFFIXES and path.is_file() else None
