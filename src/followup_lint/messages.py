"""From the command line's words to messages: facts given as flags, files read."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence

from followup_lint.arguments import called
from followup_lint.config import Settings
from followup_lint.context import Fact
from followup_lint.errors import Problem
from followup_lint.facts import PARSERS
from followup_lint.reader import Defaults, Message, read_message
from followup_lint.records import dataclass
from followup_lint.sources.decode import read_bytes, read_stream
from followup_lint.sources.walk import find, shown
from followup_lint.streams import standard_input, tell
from followup_lint.thread.records import Records

Options = Mapping[str, object]

_FLAGS = (
    *("kind", "channel", "culture", "to", "interviewers", "company", "role"),
    *("interview", "decision_by", "date", "topics", "region", "zone", "min_wait"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a draft is. `is_named` tells it from those found in a folder; `is_file`, from standard input."""

    path: str
    is_named: bool = True
    is_file: bool = True


def flags(options: Options) -> dict[str, Fact]:
    """Return the facts given on the command line. Raises Problem for one that cannot be understood."""
    given = {}
    for name in _FLAGS:
        value = options[name]
        if value:
            flag = called(name)
            try:
                given[name] = Fact(PARSERS[name](list(value) if isinstance(value, tuple) else str(value)), flag)
            except ValueError as error:
                raise Problem(f"{flag}: {error}") from None
    return given


def names(value: object) -> list[str]:
    """Return the comma-separated names of an option that may be given several times."""
    return [name.strip() for item in value for name in item.split(",") if name.strip()]  # type: ignore[attr-defined]  # click's multiple


def records(paths: Sequence[str], options: Options, settings: Sequence[Settings]) -> Records:
    """Return where to look for earlier messages. Raises Problem for options that do not go together."""
    boxes = names(options.get("sent", ())) or list(dict.fromkeys(box for item in settings for box in item.sent))
    addresses = names(options.get("me", ())) or list(dict.fromkeys(me for item in settings for me in item.me))
    if boxes and not addresses:
        raise Problem("--sent needs --me, your own address, to tell your mail from theirs")
    for box in boxes:
        if not os.path.exists(os.path.expanduser(box)):
            raise Problem("no such mbox file or Maildir", box)
    for address in addresses:
        if "@" not in address:
            raise Problem(f"--me: '{address}' is no mail address; write it like sam@mail.example")
    me = frozenset(address.lower() for address in addresses)
    return Records(me, tuple(boxes), tuple(filter(os.path.isdir, paths)))


def found(paths: Sequence[str], options: Options) -> tuple[list[Place], list[Problem]]:
    """Return where the drafts under the paths are, standard input first, and what kept others from being found."""
    named = [path for path in paths if path != "-"]
    excluded, forced = names(options["exclude"]), bool(options["force_exclude"])
    files, problems = find(named, excluded, forced=forced) if named else ([], [])
    given = {os.path.normcase(shown(path)) for path in named}
    piped = [Place(str(options["stdin_filename"]), is_file=False)] if "-" in paths else []
    return [*piped, *(Place(file, is_named=os.path.normcase(file) in given and not forced) for file in files)], problems


def load(place: Place) -> bytes:
    """Return a draft's bytes. Raises Problem where they cannot be read."""
    return read_bytes(place.path, place.path) if place.is_file else read_stream(standard_input(), place.path)


def read(path: str, data: bytes, given: Mapping[str, Fact], defaults: Defaults) -> Iterator[Message | Problem]:
    """Yield what is wrong with a draft's facts, and the draft."""
    try:
        message = read_message(data, path, given, defaults)
    except Problem as problem:
        yield problem
        return
    for note in message.draft.notes:
        tell(f"{path}: note: {note}")
    yield from message.problems
    yield message
