"""A draft to begin with: front matter with what is known, and a slot for each thing its kind should say. No prose."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import cast

from followup_lint import patterns
from followup_lint.context import Channel, Context, Culture, Fact, Kind
from followup_lint.draft import Draft
from followup_lint.errors import Problem
from followup_lint.invite import look
from followup_lint.messages import Options, flags, names
from followup_lint.people import Person, fold
from followup_lint.reader import skim
from followup_lint.vocabulary import vocabulary
from followup_lint.when import Interval
from followup_lint.writing import create_file

Words = str | Sequence[str]

_PLAIN = patterns.lazy(r"\w(?:[\w .'’()/&@<>+-]|:(?=\w))*(?<! )")
_UNSEEN = patterns.lazy(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_SLOT = patterns.lazy(r"\[[a-z -]+: [^\[\]]+\]")
_SEPARATORS = tuple(filter(None, (os.sep, os.altsep)))
_LONGEST_NAME = 60


def create(paths: Sequence[str], options: Options) -> tuple[str, str, int]:
    """Write a skeleton; return the file's path (`-`: it was not written), its text and how many slots it has.

    Raises Problem where a fact cannot be understood, the file exists already or cannot be written.
    """
    if len(paths) > 1:
        raise Problem("--new writes one draft; name one file, or a folder for it")
    if options["kind"]:
        raise Problem(f"--kind goes with drafts that exist; here --new {options['new']} says the kind")
    given = flags(options)
    path = Path(paths[0]) if paths else Path()
    if path.suffix.lower() == ".eml":
        raise Problem("--new writes text files, .txt or .md; your mail program writes .eml", str(path))
    named = skim(b"", str(path)).context
    kind, channel, culture = Kind(str(options["new"])), given.get("channel"), given.get("culture")
    how = cast("Channel", channel.value) if channel else named.channel
    tone = cast("Culture", culture.value) if culture else Culture.NEUTRAL
    facts: dict[str, Words] = {"kind": kind}
    if options["invite"]:
        facts |= _invited(Path(str(options["invite"])), given, {me.lower() for me in names(options["me"])})
    facts |= {name: cast("Words", options[name]) for name in given if any(map(str.strip, cast("Words", options[name])))}
    if "channel" in named.origins:
        facts["channel"] = how
    text = skeleton(kind, how, tone, facts)
    count = len(_SLOT.findall(text))
    if paths == ("-",):
        return "-", text, count
    if paths and paths[0].endswith(_SEPARATORS) and not path.is_dir():
        raise Problem("there is no such folder", paths[0])
    if path.is_dir():
        path /= file_name(kind, how, facts)
    _write(path, text)
    return str(path), text, count


def skeleton(kind: Kind, channel: Channel, culture: Culture, facts: Mapping[str, Words]) -> str:
    """Return the text of a draft whose every sentence is still a slot; facts stand in it as the user wrote them."""
    traits = (kind, channel, culture)
    words = vocabulary("skeletons")
    said = "short" if channel in words["brief"] else "body"
    lines = ["---"]
    for name in dict.fromkeys((*_entry("facts", traits), *facts)):
        hint = _entry(f"hint/{name}", traits)
        lines.append(
            f"{name}: {_yaml(facts[name])}" if name in facts else f"{name}:{'  # ' * bool(hint)}{' '.join(hint)}"
        )
    lines.append("---")
    for part in _entry("frame", traits):
        for name in _entry(f"{said}/{kind}", traits) if part == "BODY" else [part]:
            lines += _entry(f"slot/{name}", traits) if name else [""]
    return "\n".join([*lines, ""])


def file_name(kind: Kind, channel: Channel, facts: Mapping[str, Words]) -> str:
    """Return a name that says what the draft is and to whom: `check-in-halden-foods.txt`."""
    whom = facts.get("company") or facts.get("to") or ""
    named = fold((whom if isinstance(whom, str) else whom[0]).partition("<")[0])
    slug = re.sub(r"[\W_]+", "-", f"{kind} {named}")[:_LONGEST_NAME].strip("-")
    return f"{slug}.voicemail.txt" if channel is Channel.VOICEMAIL else f"{slug}.txt"


def _invited(path: Path, given: Mapping[str, Fact], me: Collection[str]) -> dict[str, Words]:
    """Return the facts in an invitation, as front matter writes them; a single interviewer is the reader too.

    `me` are the writer's own addresses: they are invited as well, and interview nobody.
    """
    known = Context(invite=str(path.absolute()), **{name: fact.value for name, fact in given.items()})  # type: ignore[arg-type]  # each was parsed to its field's type
    found = look(Draft("", ""), known)
    for problem in found.problems:
        raise Problem(problem.message.removeprefix(f"invite: {path.absolute()}: "), str(path))
    facts: dict[str, Words] = {}
    if "interview" in found.facts:
        facts["interview"] = _interval(cast("Interval", found.facts["interview"].value))
    if "interviewers" in found.facts:
        people = cast("tuple[Person, ...]", found.facts["interviewers"].value)
        others = [person for person in people if person.address.lower() not in me]
        shown = [f"{person.name} <{person.address}>" if person.address else person.name for person in others]
        facts |= {"interviewers" if len(shown) > 1 else "to": shown} if shown else {}
    return facts


def _interval(interval: Interval) -> str:
    start, end = (moment.at.isoformat(timespec="minutes") for moment in (interval.start, interval.end))
    if not interval.start.has_time:
        return start[:10] if start[:10] == end[:10] else f"{start[:10]}/{end[:10]}"
    if start == end or start[:10] != end[:10] or start[16:] != end[16:]:
        return start if start == end else f"{start}/{end}"
    return f"{start[:16]}/{end[11:]}"


def _entry(head: str, traits: Sequence[str]) -> tuple[str, ...]:
    """Return a list of the skeletons' words, as it is for a kind, a channel or a culture if it is written for one."""
    words = vocabulary("skeletons")
    return next((words[f"{head}/{trait}"] for trait in traits if f"{head}/{trait}" in words), words.get(head, ()))


def _yaml(value: Words) -> str:
    if isinstance(value, str):
        quoted = json.dumps(value, ensure_ascii=False)
        return value if _PLAIN.fullmatch(value) else _UNSEEN.sub(lambda char: f"\\u{ord(char[0]):04x}", quoted)
    return _yaml(value[0]) if len(value) == 1 else f"[{', '.join(map(_yaml, value))}]"


def _write(path: Path, text: str) -> None:
    """Write a file that must not exist yet: all of it or nothing."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        raise Problem("a fact holds bytes that are no text in this system's encoding") from None
    create_file(path, data)
