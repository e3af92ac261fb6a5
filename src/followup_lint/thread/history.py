"""What went before a message, put together from every place that knows of it: one list, each message once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import cached_property

from followup_lint import patterns
from followup_lint.context import Earlier, Kind
from followup_lint.kinds import is_inferred, weigh
from followup_lint.people import fold
from followup_lint.reader import Message
from followup_lint.records import dataclass, replace
from followup_lint.thread.keys import own_id
from followup_lint.when import Moment, days_between, is_before

_SAME_WORDS, _RUN = 0.8, 3
NEAR_DAYS = 3
"""A mail with the words of a draft, sent within this many days of its date, is that draft."""

_WORD = patterns.lazy(r"[^\W_]+")


@dataclass(frozen=True)
class Sent:
    """An earlier message of the writer's as one place knows it; `message` is there where its words are known.

    `path` is the draft's own, resolved; `origin` is the place in words for people.
    """

    earlier: Earlier
    origin: str = ""
    path: str = ""
    message: Message | None = None

    def beside(self, folder: str) -> Sent:
        """Return the same with the draft's name relative to a folder."""
        if not self.path:
            return self
        name = os.path.relpath(self.path, os.path.realpath(folder)).replace(os.sep, "/")
        return replace(self, earlier=replace(self.earlier, file=name))

    @property
    def is_mail(self) -> bool:
        """Whether it was found in a mailbox, which has no drafts."""
        return self.message is not None and not self.path

    @property
    def is_guess(self) -> bool:
        """Whether the kind was inferred."""
        return self.message is not None and is_inferred(self.message.context)

    @property
    def id(self) -> str:
        """Return the Message-ID, if there is one."""
        return own_id(self.message.draft) if self.message else ""

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """Return the runs of three words of the body."""
        return runs_of(self.message) if self.message else frozenset()


def kind_of(message: Message) -> Kind:
    """Return what an earlier message was for. Where that is no more than a guess, it is a note and nothing else."""
    if is_inferred(message.context):
        verdict = message.verdict or weigh(message.draft, message.context)
        return Kind.INFORMATION if verdict.is_guess or verdict.is_unclear else verdict.kind
    return message.context.kind


def merge(found: Iterable[Sent], replies: Sequence[Moment]) -> tuple[Earlier, ...]:
    """Return all messages in the order of their dates, each once, those before a reply marked as answered.

    Of a message found in several places the first has the say about its kind, and a mail about its date.
    """
    kept: list[Sent] = []
    by_day: dict[int, list[int]] = {}
    by_name: dict[str, int] = {}
    for item in found:
        day = item.earlier.date.day.toordinal()
        near = [by_name[name] for name in (item.path, item.id) if name in by_name]
        near += [number for step in range(-NEAR_DAYS, NEAR_DAYS + 1) for number in by_day.get(day + step, ())]
        place = next((number for number in near if is_same(kept[number], item)), len(kept))
        if place == len(kept):
            kept.append(item)
        else:
            kept[place] = _both(kept[place], item)
        by_day.setdefault(day, []).append(place)
        by_name |= {name: place for name in (item.path, item.id) if name}
    ordered = sorted((item.earlier for item in kept), key=lambda earlier: order(earlier.date))
    for reply in replies:
        before = [number for number, earlier in enumerate(ordered) if not is_before(reply, earlier.date)]
        if before:
            ordered[before[-1]] = replace(ordered[before[-1]], answered=True)
    return tuple(ordered)


def _both(known: Sent, new: Sent) -> Sent:
    date = new.earlier.date if new.is_mail and not known.is_mail else known.earlier.date
    answered = known.earlier.answered or new.earlier.answered
    return replace(known, earlier=replace(known.earlier, date=date, answered=answered))


def is_same(one: Sent, two: Sent) -> bool:
    """Whether two places speak of the same message."""
    if (one.path and one.path == two.path) or (one.id and one.id == two.id):
        return True
    apart = abs(days_between(one.earlier.date, two.earlier.date))
    elsewhere = one.is_mail != two.is_mail or one.message is None or two.message is None
    if not apart:
        return one.earlier.kind is two.earlier.kind or (elsewhere and two.is_guess)
    return elsewhere and apart <= NEAR_DAYS and is_alike(one.runs, two.runs)


def is_alike(one: frozenset[tuple[str, ...]], two: frozenset[tuple[str, ...]]) -> bool:
    """Whether two messages say the same in nearly the same words."""
    return bool(one) and len(one & two) / len(one | two) >= _SAME_WORDS


def runs_of(message: Message) -> frozenset[tuple[str, ...]]:
    """Return the runs of three words of a body."""
    draft = message.draft
    words = [fold(word) for block in draft.body for word in _WORD.findall(block.span.of(draft.text))]
    return frozenset(tuple(words[place : place + _RUN]) for place in range(max(1, len(words) - _RUN + 1)) if words)


def order(moment: Moment) -> str:
    """Return a key to sort moments by; those without a zone are taken as they stand."""
    return moment.at.replace(tzinfo=None).isoformat()
