"""What is known about a message besides its words: its kind, its reader, its dates. Each fact knows its origin."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from followup_lint.people import Company, Person
from followup_lint.records import dataclass, field, fields
from followup_lint.silence import Silence
from followup_lint.when import Interval, Moment, Wait
from followup_lint.workdays import works_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from followup_lint.workdays import Works


class Kind(StrEnum):
    """What the message is for."""

    THANK_YOU = "thank-you"
    CHECK_IN = "check-in"
    SECOND_CHECK_IN = "second-check-in"
    CLOSING = "closing"
    REJECTION_REPLY = "rejection-reply"
    COMPETING_OFFER = "competing-offer"
    OFFER_REPLY = "offer-reply"
    WITHDRAWAL = "withdrawal"
    CORRECTION = "correction"
    INFORMATION = "information"
    RECRUITER_THANKS = "recruiter-thanks"
    REFERRER_THANKS = "referrer-thanks"


class Channel(StrEnum):
    """How the message travels."""

    EMAIL = "email"
    LETTER = "letter"
    LINKEDIN_NOTE = "linkedin-note"
    LINKEDIN_INMAIL = "linkedin-inmail"
    LINKEDIN_MESSAGE = "linkedin-message"
    VOICEMAIL = "voicemail"
    PHONE_SCRIPT = "phone-script"
    SMS = "sms"


class Culture(StrEnum):
    """How formal the company is."""

    FORMAL = "formal"
    NEUTRAL = "neutral"
    CASUAL = "casual"


class Account(StrEnum):
    """The kind of LinkedIn account; it sets the length of a connection note."""

    FREE = "free"
    PREMIUM = "premium"


class Weekends(StrEnum):
    """Whether the hours of weekends count against the 24 for thanks."""

    COUNT = "count"
    SKIP = "skip"


STATUS_KINDS = frozenset({Kind.CHECK_IN, Kind.SECOND_CHECK_IN})
"""The messages that ask where things stand."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier message of the writer's in the same thread; `file` is its draft, relative to this one's folder."""

    kind: Kind
    date: Moment
    answered: bool = False
    file: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.date}{' (answered)' if self.answered else ''}"


@dataclass(frozen=True, slots=True)
class Fact:
    """A value and where it came from, in words a user understands."""

    value: object
    origin: str


@dataclass(frozen=True)
class Context:
    """All facts about one message. A fact nobody gave has its default here and no entry in `origins`."""

    kind: Kind = Kind.THANK_YOU
    channel: Channel = Channel.EMAIL
    culture: Culture = Culture.NEUTRAL
    region: str = "us"
    to: tuple[Person, ...] = ()
    cc: tuple[Person, ...] = ()
    interviewers: tuple[Person, ...] = ()
    company: Company | None = None
    role: str = ""
    interview: Interval | None = None
    decision_by: Moment | None = None
    date: Moment | None = None
    topics: tuple[str, ...] = ()
    my_employers: tuple[str, ...] = ()
    previous: tuple[Earlier, ...] = ()
    thread: str = ""
    shared: bool = False
    first_name_ok: bool = False
    contact_prefers: Channel | None = None
    linkedin: Account = Account.FREE
    weekends: Weekends = Weekends.COUNT
    min_wait: Wait | None = None
    zone: ZoneInfo | None = None
    invite: str = ""
    terms: str = ""
    ignore: tuple[Silence, ...] = ()
    origins: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def known_people(self) -> tuple[Person, ...]:
        """Return everybody named in the context, readers first, each once."""
        people = {person.name: person for person in reversed((*self.to, *self.interviewers, *self.cc))}
        return tuple(reversed(people.values()))

    @property
    def unanswered(self) -> tuple[Earlier, ...]:
        """Return the writer's messages, oldest first, since the employer last replied."""
        last = max((place for place, message in enumerate(self.previous) if message.answered), default=-1)
        return self.previous[last + 1 :]

    @property
    def stated_region(self) -> str:
        """Return the region somebody named; the default one says nothing about public holidays."""
        return self.region if "region" in self.origins else ""

    @property
    def works(self) -> Works:
        """Return which days are working days, as far as the region is known."""
        return works_in(self.stated_region)

    @property
    def counts(self) -> Works | None:
        """Return which days' hours count against the 24 for thanks; None for all of them."""
        return self.works if self.weekends is Weekends.SKIP else None

    @cached_property
    def traits(self) -> frozenset[str]:
        """Return the words by which a rule may look up a value for this message: kind, channel, culture and so on."""
        return frozenset({self.kind, self.channel, self.culture, self.region.lower(), f"linkedin-{self.linkedin}"})


FACTS = tuple(item.name for item in fields(Context) if item.name != "origins")
"""The names of all facts, as front matter writes them."""


def merge(*sources: Mapping[str, Fact]) -> Context:
    """Build a context; for each fact the first source that knows it wins."""
    chosen = {name: fact for source in reversed(sources) for name, fact in source.items()}
    values = {name: fact.value for name, fact in chosen.items()}
    return Context(**values, origins=MappingProxyType({name: fact.origin for name, fact in chosen.items()}))  # type: ignore[arg-type]  # each fact was parsed to its field's type
