"""From the command line's words to messages: facts given as flags, files read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from followup_lint.config import configured
from followup_lint.context import Fact
from followup_lint.errors import Problem
from followup_lint.facts import PARSERS
from followup_lint.reader import Message, read_message
from followup_lint.sources.decode import read_bytes, read_stream
from followup_lint.sources.walk import find
from followup_lint.streams import standard_input
from followup_lint.thread import Records

Options = Mapping[str, object]

_FLAGS = (
    *("kind", "channel", "culture", "to", "interviewers", "company", "role"),
    *("interview", "decision_by", "date", "topics", "region", "zone", "min_wait"),
)
_CALLED = {"date": "--now", "topics": "--topic", "interviewers": "--interviewer"}


def flags(options: Options) -> dict[str, Fact]:
    """Return the facts given on the command line. Raises Problem for one that cannot be understood."""
    given = {}
    for name in _FLAGS:
        value = options[name]
        if value:
            flag = _CALLED.get(name) or "--" + name.replace("_", "-")
            try:
                given[name] = Fact(PARSERS[name](list(value) if isinstance(value, tuple) else str(value)), flag)
            except ValueError as error:
                raise Problem(f"{flag}: {error}") from None
    return given


def names(value: object) -> list[str]:
    """Return the comma-separated names of an option that may be given several times."""
    return [name.strip() for item in value for name in item.split(",") if name.strip()]  # type: ignore[attr-defined]  # click's multiple


def records(paths: Sequence[str], options: Options) -> Records:
    """Return where to look for earlier messages. Raises Problem for options that do not go together."""
    config = configured(paths)
    boxes = names(options.get("sent", ())) or list(config.sent)
    addresses = names(options.get("me", ())) or list(config.me)
    if boxes and not addresses:
        raise Problem("--sent needs --me, your own address, to tell your mail from theirs")
    for box in boxes:
        if not Path(box).expanduser().exists():
            raise Problem("no such mbox file or Maildir", box)
    for address in addresses:
        if "@" not in address:
            raise Problem(f"--me: '{address}' is no mail address; write it like sam@mail.example")
    me = frozenset(address.lower() for address in addresses)
    return Records(me, tuple(boxes), tuple(Path(path) for path in paths if path and Path(path).is_dir()))


def messages(paths: Sequence[str], options: Options) -> Iterable[Message | Problem]:
    """Read every draft under the paths; what cannot be read, and every fact that is wrong, comes as a Problem."""
    given = flags(options)
    named = [path for path in paths if path != "-"]
    files, problems = find(named, names(options["exclude"])) if named else ([], [])
    yield from problems
    if "-" in paths:
        name = str(options["stdin_filename"])
        try:
            data = read_stream(standard_input(), name)
        except Problem as problem:
            yield problem
        else:
            yield from _read(data, name, given)
    for file in files:
        try:
            data = read_bytes(Path(file), str(file))
        except Problem as problem:
            yield problem
        else:
            yield from _read(data, str(file), given)


def _read(data: bytes, path: str, given: dict[str, Fact]) -> Iterable[Message | Problem]:
    try:
        message = read_message(data, path, given)
    except Problem as problem:
        yield problem
        return
    for note in message.draft.notes:
        click.echo(f"followup-lint: {path}: note: {note}", err=True)
    yield from message.problems
    yield message
