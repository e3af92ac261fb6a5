"""What the project knows of people and companies, joined to what a draft says of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from followup_lint.context import Context, Fact
from followup_lint.people import Company, Person, fold
from followup_lint.records import dataclass, field, replace

T = TypeVar("T")

_PEOPLE = ("to", "cc", "interviewers")


@dataclass(frozen=True)
class Contact:
    """Somebody the project knows, and where that is written."""

    person: Person
    origin: str

    def has_address_of(self, other: Person) -> bool:
        """Whether somebody a draft names has this person's address, perhaps in place of a name."""
        return bool(self.person.address) and self.person.address in {other.address, other.name.strip().lower()}

    def fits(self, other: Person) -> bool:
        """Whether somebody a draft names is this person: by the whole name or an alias."""
        theirs = {_plain(name) for name in (other.name, *other.aliases)} - {""}
        return not theirs.isdisjoint(_plain(name) for name in (self.person.name, *self.person.aliases))


@dataclass(frozen=True)
class Firm:
    """A company the project knows, the domains of its mail, and facts that hold for every draft about it."""

    company: Company
    domains: tuple[str, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    origin: str = ""

    def fits(self, other: Company) -> bool:
        """Whether a company that a draft names is this one: by name or alias."""
        mine, theirs = (set(map(_folded, item.spellings)) - {""} for item in (self.company, other))
        return bool(mine & theirs)

    def receives(self, address: str) -> bool:
        """Whether a mail address is one of this company's."""
        host = address.rpartition("@")[2].lower()
        return any(host == name or host.endswith(f".{name}") for name in self.domains)


def shared(context: Context, contacts: Sequence[Contact], companies: Sequence[Firm]) -> dict[str, Fact]:
    """Return what the project adds to what is known of a draft.

    People and the company come back with their other names, titles, roles and addresses; the company's customs beside
    them. A draft that names no company has the one whose domain its reader's address is of. Where two entries fit and
    have other names, nothing is added: it cannot be told who is meant.
    """
    facts: dict[str, Fact] = {}
    for name in _PEOPLE:
        people, origin = getattr(context, name), context.origins.get(name, "")
        met = [(person, _met(person, contacts)) for person in people]
        known = tuple(_known_as(person, contact.person) if contact else person for person, contact in met)
        if any(map(_differs, known, people)):
            origins = [origin, *(contact.origin for _, contact in met if contact)]
            facts[name] = Fact(known, "; ".join(dict.fromkeys(filter(None, origins))))
    readers = facts["to"].value if "to" in facts else context.to
    addresses = [person.address for person in readers if person.address] if isinstance(readers, tuple) else []
    return {**facts, **_of_company(context, addresses, companies)}


def _of_company(context: Context, addresses: list[str], companies: Sequence[Firm]) -> dict[str, Fact]:
    company = context.company
    if company:
        fitting = [firm for firm in companies if firm.fits(company)]
    else:
        fitting = [firm for firm in companies if any(map(firm.receives, addresses))]
    firm = _nearest(fitting, lambda firm: firm.company.name)
    if not firm:
        return {}
    if not company:
        host = next(address for address in addresses if firm.receives(address)).rpartition("@")[2]
        return {"company": Fact(firm.company, f"{firm.origin}, as the mail goes to {host}"), **firm.facts}
    names = _others(company.name, (*company.aliases, *firm.company.spellings))
    if names == company.aliases:
        return dict(firm.facts)
    origin = "; ".join(filter(None, (context.origins.get("company", ""), firm.origin)))
    return {"company": Fact(Company(company.name, names), origin), **firm.facts}


def _known_as(person: Person, known: Person) -> Person:
    name = known.name if "@" in person.name or not person.name else person.name
    return replace(
        person,
        name=name,
        aliases=_others(name, (*person.aliases, known.name, *known.aliases)),
        title=person.title or known.title,
        role=person.role or known.role,
        address=person.address or known.address,
    )


def _differs(one: Person, other: Person) -> bool:
    return one != other or one.address != other.address  # an address does not count when two are compared


def _met(person: Person, contacts: Sequence[Contact]) -> Contact | None:
    by_address = [contact for contact in contacts if contact.has_address_of(person)]
    found = by_address or [contact for contact in contacts if contact.fits(person)]
    return _nearest(found, lambda contact: contact.person.name)


def _nearest(found: Iterable[T], name: Callable[[T], str]) -> T | None:
    """Return the last one, as the nearest file has it; nothing where it cannot be told which of several is meant."""
    listed = list(found)
    return listed[-1] if len({_folded(name(item)) for item in listed}) == 1 else None


def _others(name: str, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for item in names if item not in {"", name}))


def _plain(name: str) -> str:
    return fold(" ".join(Person(name).names))


def _folded(name: str) -> str:
    return fold(" ".join(name.split()))
