"""All that is on record about conversations: the drafts around a draft, and mailboxes. The way in for every door."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from types import MappingProxyType

from followup_lint.context import Earlier
from followup_lint.kinds import INFERRED, infer, is_inferred
from followup_lint.reader import Message
from followup_lint.records import dataclass, replace
from followup_lint.thread import neighbours
from followup_lint.thread.history import NEAR_DAYS, Sent, is_alike, kind_of, merge, runs_of
from followup_lint.thread.keys import Keys, keys_of, own_id
from followup_lint.thread.tree import Forest, folder_of, read
from followup_lint.when import Moment, days_between, is_before, spoken

TYPE_CHECKING = False
if TYPE_CHECKING:
    from followup_lint.other import Other
    from followup_lint.thread.box import Post

Found = tuple[list[Sent], list[Moment]]


@dataclass(frozen=True)
class Records:
    """Where to look for earlier messages: the writer's own mail addresses, mailboxes and folders of drafts.

    All is looked through once, when first needed; make new records when files may have changed.
    """

    me: frozenset[str] = frozenset()
    boxes: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()

    @cached_property
    def post(self) -> Post:
        """Return the mailboxes."""
        from followup_lint.thread.box import Post

        return Post(self.me, self.boxes)

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what was wrong with the mailboxes, as far as they have been read."""
        if not self.boxes:
            return ()
        return tuple(f"{box.mailbox.path}: note: {note}" for box in self.post.opened for note in box.mailbox.notes)

    @cached_property
    def forest(self) -> Forest:
        """Return the folders."""
        return Forest(self.roots)

    def informed(self, message: Message) -> Message:
        """Return a message whose context knows all that went before it; a kind that was inferred is weighed anew.

        Raises Problem for a mailbox that cannot be read.
        """
        return self.joined(message, self._around(message))

    def joined(self, message: Message, around: Iterable[Message]) -> Message:
        """Return the same, with these drafts in place of those around it; each of its thread or from its readers."""
        context, here = message.context, real(message.draft.path)
        given = [item for item in listed_by(message) if item.path != here]
        drafts, replies = self._drafts(message, around)
        mails, answers = self._mails(message)
        previous = merge([*given, *drafts, *mails], [*replies, *answers])
        if previous == context.previous:
            return message
        places = [context.origins.get("previous", "")] if given else []
        places += [item.origin for item in (*drafts, *mails)]
        origins = {**context.origins, "previous": ", ".join(dict.fromkeys(filter(None, places)))}
        known = replace(context, previous=previous, origins=MappingProxyType(origins))
        if is_inferred(context):
            kind, cue = infer(message.draft, known)
            origins["kind"] = f"{INFERRED} from {cue}"
            known = replace(known, kind=kind)
        return replace(message, context=known, verdict=None)

    def history(self, drafts: Iterable[Message], replies: Iterable[Message]) -> tuple[Earlier, ...]:
        """Return all that is known to have gone out, or is dated to go, in the conversation of these drafts."""
        answers = [reply.context.date for reply in replies if reply.context.date]
        listed: list[Sent] = []
        dated: list[Sent] = []
        mails: list[Sent] = []
        for draft in drafts:
            listed += [item.beside("") for item in listed_by(draft)]
            if (date := draft.context.date) is not None:
                path = draft.draft.path
                dated.append(Sent(Earlier(kind_of(draft), date, file=path), path, real(path), draft))
            mine, theirs = self.post.about(draft)
            mails += mine
            answers += theirs
        return merge([*listed, *dated, *mails], answers)

    def others(self, message: Message) -> tuple[Other, ...]:
        """Return what a message is compared with: its folder, its thread in other folders, its thread in the mail."""
        from followup_lint.other import Other  # most drafts are compared with none

        keys = keys_of(message.draft, message.context)
        folder = folder_of(message.draft.path)
        far = [
            neighbours.other(message, item, item.draft.path, listed=False)
            for item in self._around(message)
            if folder_of(item.draft.path) != folder and not self.is_reply(item, keys)
        ]
        sent = [
            Other(
                mail.draft, mail.context, f"your mail of {spoken(item.earlier.date)}", is_earlier=True, in_thread=True
            )
            for item in self._mails(message)[0]
            if (mail := item.message)
        ]
        return (*neighbours.others(message), *far, *sent)

    def is_reply(self, message: Message, keys: Keys) -> bool:
        """Whether a mail is not the writer's own, but from the readers of the message that has these keys."""
        sender = keys_of(message.draft, message.context).sender
        if not sender[1] or sender[1] in self.me or sender[1] == keys.sender[1]:
            return False
        return bool(self.me) or keys.is_reader(sender)

    def _drafts(self, message: Message, around: Iterable[Message]) -> Found:
        """Return the drafts, and those they list, that went before a message, and when its readers wrote."""
        keys, folder = keys_of(message.draft, message.context), os.path.dirname(message.draft.path)
        here, date = real(message.draft.path), message.context.date
        answered = {*keys.ids} - {own_id(message.draft)}
        found: list[Sent] = []
        replies: list[Moment] = []
        for other in around:
            path, when = real(other.draft.path), other.context.date
            is_earlier = own_id(other.draft) in answered or (date and when and is_before(when, date))
            if path == here or when is None or not is_earlier:
                continue
            if self.is_reply(other, keys):
                replies.append(when)
                continue
            shown = other.draft.path
            listed = [item for item in listed_by(other) if item.path != here]
            told = [item for item in listed if date is None or is_before(item.earlier.date, date)]
            own = Sent(Earlier(kind_of(other), when), shown, path, other)
            found += [item.beside(folder) for item in (own, *told)]
        return found, replies

    def _mails(self, message: Message) -> Found:
        """Return the letters to a message's readers that went before it, and when they wrote back."""
        if not self.boxes:
            return [], []
        mine, replies = self.post.about(message)
        # The message itself may have gone out already.
        itself = [item for item in mine if _is_itself(item, message)]
        limit = message.context.date or (itself[0].earlier.date if itself else None)
        found = [item for item in mine if item not in itself]
        return (
            [item for item in found if limit is None or is_before(item.earlier.date, limit)],
            [reply for reply in replies if limit is None or is_before(reply, limit)],
        )

    def _around(self, message: Message) -> Iterator[Message]:
        """Yield the drafts of the same thread around a draft on disk, and those that its readers wrote."""
        here = message.draft.path
        try:
            if not os.path.isfile(here):
                return
            tree = self.forest.around(here)
        except (OSError, ValueError):
            return
        keys, folder = keys_of(message.draft, message.context), folder_of(here)
        for leaf in tree.near(keys):
            is_near = leaf.keys.same_thread(keys) or keys.is_reader(leaf.keys.sender)
            if is_near and real(leaf.path) != real(here) and (found := read(leaf.path)):
                beside = os.path.join(os.path.dirname(here), os.path.relpath(leaf.path, folder))
                path = os.path.normpath(beside)
                yield replace(found, draft=replace(found.draft, path=path))


def informed(message: Message) -> Message:
    """Return a message whose context knows what went before it, as far as the drafts around it tell."""
    return Records().informed(message)


def others(message: Message) -> tuple[Other, ...]:
    """Return the drafts that a message is compared with, as far as the disk tells."""
    return Records().others(message)


def listed_by(message: Message) -> list[Sent]:
    """Return the earlier messages that a draft names itself."""
    folder = os.path.dirname(message.draft.path)
    return [
        Sent(item, message.draft.path, real(os.path.join(folder, item.file)) if item.file else "")
        for item in message.context.previous
    ]


def real(path: str) -> str:
    """Return a path that is the same however a file was reached."""
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return path


def _is_itself(mail: Sent, message: Message) -> bool:
    if mail.id and mail.id == own_id(message.draft):
        return True
    date = message.context.date
    is_near = date is None or abs(days_between(mail.earlier.date, date)) <= NEAR_DAYS
    return is_near and is_alike(mail.runs, runs_of(message))
