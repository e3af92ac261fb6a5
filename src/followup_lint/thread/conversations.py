"""Drafts gathered into conversations, each with the readers of one firm. Nothing here needs spaCy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from followup_lint.context import Earlier
from followup_lint.errors import Problem
from followup_lint.reader import Message, read_message
from followup_lint.records import dataclass
from followup_lint.sources.decode import read_bytes
from followup_lint.sources.walk import find
from followup_lint.thread.keys import Keys, Mark, keys_of, marks_of
from followup_lint.thread.records import Records

_COMPARED = 20
_MOST_JOINED = 100
"""Drafts of one conversation that are told of each other; where there are more, something else is the matter."""

Keyed = tuple[Keys, Message]


@dataclass(frozen=True)
class Conversation:
    """The drafts to the same readers about the same job, the oldest first; those without a date come last.

    `key` is a name for people: the thread's, else the readers and the firm, else the only draft's path. `history` holds
    every message of the writer's that has a date, from the drafts, from what they list and from the mail, the oldest
    first, with what was answered. Each draft's `previous` holds those before it.
    """

    key: str
    drafts: tuple[Message, ...]
    history: tuple[Earlier, ...] = ()


def conversations(paths: Sequence[str], records: Records | None = None) -> list[Conversation]:
    """Read all drafts under the paths and gather them, in order of their keys. What cannot be read is left out."""
    found = []
    for file in find(paths)[0]:
        with suppress(Problem):
            found.append(read_message(read_bytes(file, file), file))
    return gather(found, records)


def gather(messages: Iterable[Message], records: Records | None = None, *, joined: bool = True) -> list[Conversation]:
    """Gather messages into conversations, in order of their keys; mails from a reader count as answers.

    A draft without a `thread` joins the one whose readers and firm are its own, if there is only one such. Where not
    `joined`, the drafts stay as they are and only `history` tells what went before: that takes half the time.
    """
    records = records or Records()
    groups = _grouped([(keys_of(message.draft, message.context), message) for message in messages])
    found = [_conversation(own, replies, records, joined=joined) for own, replies in _parted(groups, records)]
    return sorted(found, key=lambda item: (item.key, item.drafts[0].draft.path))


def _grouped(pairs: list[Keyed]) -> list[list[Keyed]]:
    groups: list[list[Keyed]] = []
    index: dict[Mark, set[int]] = {}
    # Those with a thread first: they say for certain where they belong.
    for keys, message in sorted(pairs, key=lambda pair: not pair[0].thread):
        near = sorted({number for mark in keys.marks for number in index.get(mark, ())})
        fitting = [number for number in near if any(keys.same_thread(other) for other, _ in groups[number][:_COMPARED])]
        number = fitting[0] if len(fitting) == 1 else len(groups)
        if number == len(groups):
            groups.append([])
        groups[number].append((keys, message))
        for mark in keys.marks:
            index.setdefault(mark, set()).add(number)
    return groups


def _parted(groups: list[list[Keyed]], records: Records) -> Iterator[tuple[list[Keyed], list[Message]]]:
    """Yield each group's own drafts, and the mails among all drafts that its readers wrote."""
    of_reader: dict[Mark, set[int]] = {}
    for number, group in enumerate(groups):
        for mark in {mark for keys, _ in group for mark in keys.readers}:
            of_reader.setdefault(mark, set()).add(number)
    theirs: dict[int, list[Message]] = {}
    own = [[keys for keys, _ in group] if records.me else _own(group) for group in groups]
    for home, group in enumerate(groups):
        for keys, message in [pair for pair in group if pair[0].sender[1]]:
            # Whoever it is, as long as it is not oneself, may have answered in this thread.
            near = {home, *(number for mark in marks_of(keys.sender) for number in of_reader.get(mark, ()))}
            answered = [number for number in near if any(records.is_reply(message, keys) for keys in own[number])]
            if answered:
                group.remove((keys, message))
            for number in answered:
                theirs.setdefault(number, []).append(message)
    for number, group in enumerate(groups):
        if group:
            yield group, theirs.get(number, [])


def _own(group: list[Keyed]) -> list[Keys]:
    """Return the keys of those messages of a group that are the writer's own, where nobody said whose address is whose.

    These are drafts, which have no sender; in a group of mails alone, those of whoever wrote last.
    """
    drafts = [keys for keys, _ in group if not keys.sender[1]]
    last = max(group, key=lambda pair: _when(pair[1]))[0]
    return drafts or [keys for keys, _ in group if keys.sender[1] == last.sender[1]]


def _conversation(group: list[Keyed], replies: list[Message], records: Records, *, joined: bool) -> Conversation:
    drafts = sorted((message for _, message in group), key=_when)
    history = records.history(drafts, replies)
    if joined and len(drafts) + len(replies) <= _MOST_JOINED:
        drafts = [records.joined(message, [*drafts, *replies]) for message in drafts]
    return Conversation(_key(drafts), tuple(drafts), history)


def _when(message: Message) -> tuple[bool, str, str]:
    date = message.context.date
    return date is None, date.at.replace(tzinfo=None).isoformat() if date else "", message.draft.path


def _key(messages: list[Message]) -> str:
    for message in messages:
        if message.context.thread:
            return message.context.thread
    for message in messages:
        context = message.context
        people = ", ".join(str(person) for person in context.to)
        if people:
            return f"{people} · {context.company}" if context.company else people
    return Path(messages[0].draft.path).as_posix()
