"""By what two messages are known to belong together: their thread, their ids as mail, their readers and the firm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from followup_lint import patterns
from followup_lint.context import Context
from followup_lint.draft import Draft
from followup_lint.facts import person
from followup_lint.people import Company, Person, fold
from followup_lint.records import dataclass
from followup_lint.sources.addresses import listed

Names = frozenset[str]
_NONE: Names = frozenset()
"""One for all, for Python makes each empty one anew, and thousands of messages are remembered."""

Pair = tuple[str, str]
"""A display name and a mail address; either may be empty."""

Mark = tuple[str, object]

_SIGNS = patterns.lazy(r"[._-]")
_MOST_PARTS = 4


@dataclass(frozen=True, slots=True)
class Keys:
    """What a message says about which others it belongs to; all folded, so that spelling does not matter.

    `people` are the readers' names, `addresses` their addresses, `ids` the message's own Message-ID and those of the
    messages it answers, `sender` the address it is from, as far as known.
    """

    thread: str
    people: Names
    addresses: Names
    companies: Names
    role: str
    ids: tuple[str, ...] = ()
    sender: Pair = ("", "")

    def same_thread(self, other: Keys) -> bool:
        """Whether both go to the same readers in one conversation. Two names of threads that differ settle it."""
        if self.thread and other.thread:
            return self.thread == other.thread
        if set(self.ids) & set(other.ids):
            return True
        return self._same_people(other) and (not self.role or not other.role or self.role == other.role)

    def _same_people(self, other: Keys) -> bool:
        if self.addresses and self.addresses == other.addresses:
            return True
        if not self.people or self.people != other.people:
            return False
        if self.companies or other.companies:
            return bool(self.companies & other.companies)
        # Of a name alone only the full one tells who it is.
        return all(" " in name for name in self.people)

    def is_reader(self, pair: Pair) -> bool:
        """Whether somebody who is named in a mail is one of this message's readers."""
        return not self.readers.isdisjoint(marks_of(pair))

    @property
    def readers(self) -> frozenset[Mark]:
        """Return the marks by which `marks_of` would know the readers in a mail; of a name only the full one counts."""
        full = [name.split() for name in self.people if " " in name]
        marks: set[Mark] = {("address", address) for address in self.addresses}
        marks |= {("name", frozenset({" ".join(words)})) for words in full}
        return frozenset(marks | {("parts", frozenset({words[0], words[-1]})) for words in full})

    @property
    def marks(self) -> Iterator[Mark]:
        """Yield what two messages must share at least one of to belong together."""
        yield from (("id", item) for item in self.ids)
        for kind, value in (("thread", self.thread), ("people", self.people), ("addresses", self.addresses)):
            if value:
                yield kind, value


def keys_of(draft: Draft, context: Context) -> Keys:
    """Return what a draft and its facts say about where it belongs."""
    written = {person.address for person in context.to if person.address}
    senders = pairs_of(draft, "From")
    return Keys(
        fold(context.thread),
        names_of(context.to),
        frozenset(written) | {address for _, address in pairs_of(draft, "To")} or _NONE,
        companies_of(context.company),
        fold(context.role),
        ids_of(draft),
        senders[0] if senders else ("", ""),
    )


def names_of(people: tuple[Person, ...]) -> Names:
    """Return the names of people, titles left out; departments and mailboxes are nobody."""
    return frozenset(fold(" ".join(person.names)) for person in people if person.is_person) or _NONE


def companies_of(company: Company | None) -> Names:
    """Return all names of a firm."""
    return frozenset(map(fold, company.spellings)) if company else _NONE


def pairs_of(draft: Draft, name: str) -> tuple[Pair, ...]:
    """Return the names and addresses in a header; the addresses in lower case."""
    header = draft.header(name)
    found = listed(header.value) if header else []
    return tuple((shown, address.lower()) for shown, address in found if "@" in address)


def ids_of(draft: Draft) -> tuple[str, ...]:
    """Return a mail's own id first, if it has one, then those of the messages it answers."""
    values = [header.value for name in ("Message-ID", "References", "In-Reply-To") if (header := draft.header(name))]
    return tuple(dict.fromkeys(found for value in values for found in re.findall(r"<[^<>\s]+>", value)))


def own_id(draft: Draft) -> str:
    """Return a mail's own id, or an empty string."""
    header = draft.header("Message-ID")
    return header.value.strip() if header else ""


@lru_cache(maxsize=4096)
def marks_of(pair: Pair) -> tuple[Mark, ...]:
    """Return by what a reader or sender of a mail may be known: the address, its parts (dana.li@…), the name shown."""
    shown, address = pair
    marks: list[Mark] = [("address", address)] if address else []
    parts = [part for part in _SIGNS.split(fold(address.partition("@")[0])) if len(part) > 1]
    marks += [("parts", frozenset(two)) for two in combinations(parts[:_MOST_PARTS], 2)]
    return (*marks, *([("name", names)] if shown and (names := names_of((person(shown),))) else []))
