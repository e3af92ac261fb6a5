"""From a file's bytes to a draft and its context: the one way in for every door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import getaddresses
from pathlib import PurePath

from followup_lint.context import Channel, Context, Fact, Kind, merge
from followup_lint.draft import Draft, Header
from followup_lint.errors import Problem
from followup_lint.facts import person
from followup_lint.front_matter import read_top
from followup_lint.kind import infer
from followup_lint.sources.decode import decode
from followup_lint.sources.mail import read_mail
from followup_lint.structure import cut
from followup_lint.text import Span
from followup_lint.when import parse_moment


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
        blocks = cut(mail.text, mail.body)
        draft = Draft(path, mail.text, blocks, mail.headers, None, mail.parts, mail.attachments, True, mail.notes)  # noqa: FBT003
        facts, found = _from_headers(mail.headers, path)
        facts["channel"] = Fact(Channel.EMAIL, "an .eml file")
        return _finish(draft, (flags, facts, _from_name(name)), found)
    text = decode(data, path)
    top = read_top(text, path)
    draft = Draft(path, text, cut(text, Span(top.start, len(text))), top.headers, top.front_matter)
    facts, found = _from_headers(top.headers, path, draft)
    return _finish(draft, (flags, top.facts, facts, _from_name(name)), [*top.problems, *found])


def _finish(draft: Draft, sources: tuple[Mapping[str, Fact], ...], found: list[Problem]) -> Message:
    known = merge(*sources)
    if "kind" not in known.origins:
        kind, cue = infer(draft, known)
        known = merge(*sources, {"kind": Fact(kind, f"inferred from {cue}")})
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


_NAMES = (
    ("thank", Kind.THANK_YOU),
    ("check-in", Kind.CHECK_IN),
    ("checkin", Kind.CHECK_IN),
    ("closing", Kind.CLOSING),
    ("withdraw", Kind.WITHDRAWAL),
)


def _from_name(name: str) -> dict[str, Fact]:
    facts = {}
    if ".voicemail." in name:
        facts["channel"] = Fact(Channel.VOICEMAIL, "file name")
    for words, kind in _NAMES:
        if words in name:
            facts["kind"] = Fact(kind, "file name")
            break
    return facts
