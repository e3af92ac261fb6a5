"""From a file's bytes to a draft and its context: the one way in for every door."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import getaddresses
from pathlib import PurePath

from followup_lint.context import Channel, Context, Fact, Kind, merge
from followup_lint.draft import OWN, Draft, Header
from followup_lint.errors import Problem
from followup_lint.facts import person
from followup_lint.front_matter import read_top
from followup_lint.kinds import INFERRED, infer
from followup_lint.sources.decode import decode
from followup_lint.sources.mail import read_mail
from followup_lint.structure import cut
from followup_lint.text import Span
from followup_lint.vocabulary import vocabulary
from followup_lint.when import parse_moment

MAX_CHARACTERS = 1_000_000
"""The longest text that is cut into parts, quoted messages and all."""

MAX_OWN_CHARACTERS = 50_000
"""The most a writer may add: twenty times the longest letter, and still read in seconds. A folder may hold a book."""


@dataclass(frozen=True)
class Message:
    """A draft with its context, and what was wrong with the facts it gave."""

    draft: Draft
    context: Context
    problems: tuple[Problem, ...] = ()


def read_message(data: bytes, path: str, flags: Mapping[str, Fact]) -> Message:
    """Read one message. Raises Problem where the bytes are no text; lesser faults come with the result."""
    name = PurePath(path).name.lower()
    if name.endswith(".eml"):
        mail = read_mail(data, path)
        _fits(mail.text, path)
        blocks = cut(mail.text, mail.body)
        draft = Draft(path, mail.text, blocks, mail.headers, None, mail.parts, mail.attachments, True, mail.notes)  # noqa: FBT003
        facts, found = _from_headers(mail.headers, path)
        facts["channel"] = Fact(Channel.EMAIL, "an .eml file")
        return _finish(draft, (flags, facts, _from_name(name)), found)
    text = decode(data, path)
    _fits(text, path)
    top = read_top(text, path)
    draft = Draft(path, text, cut(text, Span(top.start, len(text))), top.headers, top.front_matter)
    facts, found = _from_headers(top.headers, path, draft)
    return _finish(draft, (flags, top.facts, facts, _from_name(name)), [*top.problems, *found])


def _fits(text: str, path: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise Problem(f"{len(text):,} characters are too many for a message; the limit is {MAX_CHARACTERS:,}", path)


def _finish(draft: Draft, sources: tuple[Mapping[str, Fact], ...], found: list[Problem]) -> Message:
    own = sum(block.span.end - block.span.start for block in draft.blocks if block.kind in OWN)
    if own > MAX_OWN_CHARACTERS:
        limit = f"the limit is {MAX_OWN_CHARACTERS:,}, quoted messages not counted"
        raise Problem(f"{own:,} characters are too many for a message; {limit}", draft.path)
    known = merge(*sources)
    if "kind" not in known.origins:
        kind, cue = infer(draft, known)
        known = merge(*sources, {"kind": Fact(kind, f"{INFERRED} from {cue}")})
    return Message(draft, known, tuple(found))


def _from_headers(
    headers: tuple[Header, ...], path: str, draft: Draft | None = None
) -> tuple[dict[str, Fact], list[Problem]]:
    facts: dict[str, Fact] = {}
    found: list[Problem] = []
    for header in headers:
        name = header.name.lower()
        if name in {"to", "cc"} and name not in facts:
            people = [person(shown) for shown, _ in getaddresses([header.value]) if shown and "[" not in shown]
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
    plain = re.sub(r"[\s_]+", "-", name)
    named = [item for item, parts in words.items() if any(part in plain for part in parts)]
    facts: dict[str, Fact] = {}
    for fact, values in (("kind", Kind), ("channel", Channel)):
        if value := next((item for item in named if item in list(values)), None):
            facts[fact] = Fact(values(value), "file name")
    return facts
