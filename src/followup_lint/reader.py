"""From a file's bytes to a draft and its context: the one way in for every door."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from types import MappingProxyType

from followup_lint import invite, patterns
from followup_lint.context import STATUS_KINDS, Channel, Context, Fact, Kind, merge
from followup_lint.draft import OWN, Draft, Header
from followup_lint.errors import Problem
from followup_lint.facts import in_zone, person
from followup_lint.front_matter import read_top
from followup_lint.kinds import INFERRED, Verdict, is_inferred, weigh
from followup_lint.prose import Prose
from followup_lint.records import dataclass, field, replace
from followup_lint.sources.decode import decode
from followup_lint.structure import cut
from followup_lint.text import Span
from followup_lint.vocabulary import vocabulary
from followup_lint.when import is_before
from followup_lint.workdays import knows_holidays, told
from followup_lint.written_times import parse_moment

MAX_CHARACTERS = 1_000_000
"""The longest text that is cut into parts, quoted messages and all."""

MAX_OWN_CHARACTERS = 50_000
"""The most a writer may add: twenty times the longest letter, and still read in seconds. A folder may hold a book."""

_AFTER = STATUS_KINDS | {Kind.THANK_YOU, Kind.CLOSING}
_KNOWN = frozenset({"company", "to", "cc", "interviewers"})
_BLANKS = patterns.lazy(r"[\s_]+")
_HEAD_END = patterns.lazy(rb"\r?\n\r?\n|\r\r")


@dataclass(frozen=True)
class Message:
    """A draft with its context, and what was wrong with the facts it gave; `verdict` is how its kind was inferred.

    `prose` is what was worked out of the draft meanwhile.
    """

    draft: Draft
    context: Context
    problems: tuple[Problem, ...] = ()
    verdict: Verdict | None = field(default=None, compare=False, repr=False)
    prose: Prose | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Defaults:
    """What a project says of all its messages: facts where a message has none, and what is known of its people.

    `shared` gives, for what is known so far, the same people and the same firm with all that the project knows of them,
    and customs of that firm; these go before `facts`.
    """

    facts: Mapping[str, Fact] = field(default_factory=dict)
    shared: Callable[[Context], Mapping[str, Fact]] = lambda _: {}


NO_DEFAULTS = Defaults()


def read_message(
    data: bytes,
    path: str,
    flags: Mapping[str, Fact] = MappingProxyType({}),
    defaults: Defaults = NO_DEFAULTS,
    *,
    alone: bool = False,
) -> Message:
    """Read one message. Raises Problem where the bytes are no text; lesser faults come with the result.

    `alone` says that the message lies nowhere, whatever `path` calls it: no invitation on the disk is looked at.
    """
    name = _name(path)
    if name.endswith(".eml"):
        from followup_lint.sources.mail import read_mail  # not for drafts that are no mail

        mail = read_mail(data, path)
        _fits(mail.text, path)
        blocks = cut(mail.text, mail.body)
        draft = Draft(path, mail.text, blocks, mail.headers, None, mail.parts, mail.attachments, True, mail.notes)  # noqa: FBT003
        facts, found = _from_headers(mail.headers, path)
        facts["channel"] = Fact(Channel.EMAIL, "an .eml file")
        return _finish(draft, (flags, facts, _from_name(name)), found, defaults, alone=alone)
    text = decode(data, path)
    _fits(text, path)
    top = read_top(text, path)
    draft = Draft(path, text, cut(text, Span(top.start, len(text))), top.headers, top.front_matter)
    facts, found = _from_headers(top.headers, path, draft)
    sources = (flags, top.facts, facts, _from_name(name))
    return _finish(draft, sources, [*top.problems, *found], defaults, alone=alone)


def skim(data: bytes, path: str) -> Message:
    """Read the facts and headers alone, in a fortieth of the time: no blocks, and no kind unless it is given."""
    name = _name(path)
    if name.endswith(".eml"):
        from followup_lint.sources.mail import read_mail

        mail = read_mail(_HEAD_END.split(data, maxsplit=1)[0] + b"\n\n", path)
        draft = Draft(path, mail.text, (), mail.headers, is_mail=True)
        return Message(draft, merge(_from_headers(mail.headers, path)[0], _from_name(name)))
    text = decode(data, path)
    top = read_top(text, path)
    draft = Draft(path, text, (), top.headers, top.front_matter)
    return Message(draft, merge(top.facts, _from_headers(top.headers, path)[0], _from_name(name)))


def _name(path: str) -> str:
    """Return the last part of a path, in small letters."""
    return os.path.basename(path.rstrip(os.sep)).lower()


def _fits(text: str, path: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise Problem(f"{len(text):,} characters are too many for a message; the limit is {MAX_CHARACTERS:,}", path)


def _finish(
    draft: Draft, sources: tuple[Mapping[str, Fact], ...], found: list[Problem], defaults: Defaults, *, alone: bool
) -> Message:
    own = sum(block.span.end - block.span.start for block in draft.blocks if block.kind in OWN)
    if own > MAX_OWN_CHARACTERS:
        limit = f"the limit is {MAX_OWN_CHARACTERS:,}, quoted messages not counted"
        raise Problem(f"{own:,} characters are too many for a message; {limit}", draft.path)
    sources, misplaced = _placed((*sources, defaults.facts), draft.path)
    known = merge(*sources)
    invited = invite.unseen(draft, known) if alone else invite.look(draft, known)
    sources = _joined((*sources[:-1], invited.facts, sources[-1]), defaults)
    known = merge(*sources)
    verdict, prose = None, Prose(draft)
    if "kind" not in known.origins:
        verdict = weigh(draft, known, prose)
        kind, cue = verdict.in_words
        known = merge(*sources, {"kind": Fact(kind, f"{INFERRED} from {cue}")})
    wrong, notes = _out_of_order(draft, known)
    if known.min_wait and known.min_wait.working and known.stated_region and not knows_holidays(known.region):
        notes.append(f"min_wait counts {told(known.region)}")
    if invited.notes or notes:
        draft = replace(draft, notes=(*draft.notes, *invited.notes, *notes))
    return Message(draft, known, (*found, *misplaced, *invited.problems, *wrong), verdict, prose)


def _joined(sources: tuple[Mapping[str, Fact], ...], defaults: Defaults) -> tuple[Mapping[str, Fact], ...]:
    """Add what the project knows of the people and the firm that the sources name."""
    *nearer, facts = sources
    shared = defaults.shared(merge(*sources))
    # The same people, better known, take the place of themselves; a firm's customs yield to what the message says.
    fuller = {name: fact for name, fact in shared.items() if name in _KNOWN}
    customs = {name: fact for name, fact in shared.items() if name not in _KNOWN}
    return (fuller, *nearer, customs, facts)


def _placed(sources: tuple[Mapping[str, Fact], ...], path: str) -> tuple[tuple[Mapping[str, Fact], ...], list[Problem]]:
    """Put the times of all sources into the zone that one of them names, where they name none."""
    place = merge(*sources).zone
    found: list[Problem] = []
    if place is None:
        return sources, found
    placed = []
    for source in sources:
        placed.append(dict(source))
        for name, fact in source.items():
            try:
                placed[-1][name] = Fact(in_zone(fact.value, place), fact.origin)
            except ValueError as error:
                found.append(Problem(f"{name} ({fact.origin}): {error}", path))
                del placed[-1][name]
    return tuple(placed), found


def _out_of_order(draft: Draft, known: Context) -> tuple[list[Problem], list[str]]:
    """Tell of an interview that is later than the message after it; only note it where the kind is a guess."""
    held, sent = known.interview, known.date
    if known.kind not in _AFTER or held is None or sent is None or not is_before(sent, held.start):
        return [], []
    words = f"the interview, {held.start}, is later than this {known.kind} message, {sent}; one of the dates is wrong"
    if is_inferred(known):
        return [], [words]
    places = [place for key in ("interview", "date", "invite") if (place := invite.place(draft, key))[0]]
    return [Problem(words, draft.path, *(places or [(0, 0)])[0])], []


def _from_headers(
    headers: tuple[Header, ...], path: str, draft: Draft | None = None
) -> tuple[dict[str, Fact], list[Problem]]:
    facts: dict[str, Fact] = {}
    found: list[Problem] = []
    for header in headers:
        name = header.name.lower()
        if name in {"to", "cc"} and name not in facts:
            from followup_lint.sources.addresses import listed  # not for drafts that name nobody

            named = [pair for pair in listed(header.value) if pair[0] and "[" not in pair[0]]
            people = [replace(person(shown), address=address.lower()) for shown, address in named]
            if people:
                facts[name] = Fact(tuple(people), f"{header.name} header")
        elif name == "date" and header.value and "date" not in facts:
            try:
                facts["date"] = Fact(parse_moment(header.value), "Date header")
            except ValueError as error:
                place = draft.place(header.span.start) if draft else None
                if place:
                    found.append(Problem(str(error), path, place.line, place.column))
    return facts, found


def _from_name(name: str) -> dict[str, Fact]:
    words = vocabulary("file_names")
    plain = _BLANKS.sub("-", name)
    named = [item for item, parts in words.items() if any(part in plain for part in parts)]
    facts: dict[str, Fact] = {}
    for fact, values in (("kind", Kind), ("channel", Channel)):
        if value := next((item for item in named if item in list(values)), None):
            facts[fact] = Fact(values(value), "file name")
    return facts
