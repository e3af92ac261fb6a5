"""Mailboxes, searched for a conversation: which letters went to a message's readers, and which came back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from followup_lint.context import Context, Earlier
from followup_lint.errors import Problem
from followup_lint.reader import Message, read_message
from followup_lint.records import dataclass, field, replace
from followup_lint.sources.mailbox import Letter, Mailbox, read_letter, read_mailbox
from followup_lint.thread.history import Sent, kind_of
from followup_lint.thread.keys import Keys, Mark, Pair, keys_of, marks_of
from followup_lint.when import Moment, days_between


@dataclass(frozen=True)
class Post:
    """All mailboxes, and the addresses the writer sends from. They are read once, when first needed."""

    me: frozenset[str]
    paths: tuple[str, ...]
    _read: dict[Letter, Sent | None] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """Return the mailboxes. Raises Problem for one that cannot be read."""
        return tuple(index(read_mailbox(path)) for path in self.paths)

    @property
    def opened(self) -> tuple[Box, ...]:
        """Return the mailboxes that have been read so far."""
        return self.boxes if "boxes" in vars(self) else ()

    def about(self, message: Message) -> tuple[list[Sent], list[Moment]]:
        """Return what went to a message's readers, before it or after, and when they wrote back."""
        if not self.paths:
            return [], []
        keys = keys_of(message.draft, message.context)
        me = self.me | {keys.sender[1]}
        found: list[Sent] = []
        replies: list[Moment] = []
        for box in self.boxes:
            letters, answers = box.letters(keys, message.context, me)
            found += [item for letter in letters if (item := self._sent(letter, box.mailbox.path))]
            replies += answers
        return found, replies

    def _sent(self, letter: Letter, path: str) -> Sent | None:
        if letter not in self._read:
            self._read[letter] = _read(letter, path)
        return self._read[letter]


@dataclass(frozen=True)
class Box:
    """Letters, and an index of them by whom they are from or to, and by the ids they have or answer."""

    mailbox: Mailbox
    index: dict[Mark, list[int]] = field(repr=False)

    def letters(self, keys: Keys, context: Context, me: frozenset[str]) -> tuple[list[Letter], list[Moment]]:
        """Return the writer's letters to a message's readers, and when they wrote back.

        Without the date of the interview only letters that the message answers, directly or not, are known to belong.
        """
        since = context.interview.start if context.interview else None
        chain = {*keys.ids}
        known = {("id", item) for item in chain} | keys.readers
        first = self._mine(known, since, chain, me)
        # Somebody known by name is from now on known by the address too, and whoever answers one of these answers.
        readers = {pair for letter in first for pair in letter.readers if keys.is_reader(pair)}
        known |= {("address", address) for _, address in readers}
        own = {letter.ids[0] for letter in self._mine(known, since, chain, me)}
        replies = [
            letter.date
            for letter in self._near(known | {("id", item) for item in own})
            if letter.sender[1] not in me
            and not letter.is_automatic
            and (own & {*letter.ids[1:]} or (_counts(letter, since, chain) and _is_one(letter.sender, known)))
        ]
        return self._mine(known, since, chain, me), replies

    def _mine(self, known: set[Mark], since: Moment | None, chain: set[str], me: frozenset[str]) -> list[Letter]:
        return [
            letter
            for letter in self._near(known)
            if letter.sender[1] in me
            and _counts(letter, since, chain)
            and (chain & {*letter.ids} or any(_is_one(pair, known) for pair in letter.readers))
        ]

    def _near(self, marks: set[Mark]) -> Iterator[Letter]:
        """Yield the letters that bear one of some marks, the oldest first."""
        for number in sorted({number for mark in marks for number in self.index.get(mark, ())}):
            yield self.mailbox.letters[number]


def _counts(letter: Letter, since: Moment | None, chain: set[str]) -> bool:
    return bool(chain & {*letter.ids}) or (since is not None and days_between(since, letter.date) >= 0)


def _is_one(pair: Pair, known: set[Mark]) -> bool:
    return not known.isdisjoint(marks_of(pair))


def index(mailbox: Mailbox) -> Box:
    """Index a mailbox."""
    found: dict[Mark, list[int]] = {}
    for number, letter in enumerate(mailbox.letters):
        marks = {mark for pair in (letter.sender, *letter.readers) for mark in marks_of(pair)}
        for mark in marks | {("id", item) for item in letter.ids if item}:
            found.setdefault(mark, []).append(number)
    return Box(mailbox, found)


def _read(letter: Letter, box: str) -> Sent | None:
    """Return the message in a letter; None for one that has gone or is no text."""
    try:
        message = read_message(read_letter(letter), "letter.eml")
    except Problem:
        return None
    context = replace(message.context, date=letter.date)
    message = replace(message, draft=replace(message.draft, path=box), context=context)
    return Sent(Earlier(kind_of(message), letter.date, file=box), box, "", message)
