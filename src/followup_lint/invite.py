"""The interview as the calendar has it: an `.ics` invitation that a draft names, or that lies beside it and fits."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from followup_lint.context import Context, Fact
from followup_lint.draft import BlockKind, Draft
from followup_lint.errors import Problem
from followup_lint.people import Person, fold, words_of
from followup_lint.records import dataclass
from followup_lint.sources.decode import read_bytes, reason
from followup_lint.sources.fence import inside, project
from followup_lint.vocabulary import vocabulary
from followup_lint.when import Interval, Moment, is_before, put

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from followup_lint.appointments import Invitation

SUFFIX = ".ics"

MAX_FILES = 50
"""A folder with more invitations than this is somebody's calendar, and none of them is looked into."""

_SHORTEST = 3
_TITLE = 50


@dataclass(frozen=True)
class Found:
    """The facts that an invitation gives; a problem with the one that was asked for, a note on one that was not."""

    facts: dict[str, Fact]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


NOTHING = Found({})


def read(path: Path) -> tuple[Invitation, ...]:
    """Return the invitations of a file, in order of time. Raises Problem, naming it, where there are none to read."""
    shown = str(path)
    try:
        status = path.stat()
        if not path.is_file():
            raise Problem("is no file", shown)
        return _invitations(shown, status.st_mtime_ns, status.st_size)
    except FileNotFoundError:
        raise Problem("no such file", shown) from None
    except (OSError, ValueError) as error:
        raise Problem(f"cannot be read: {reason(error)}", shown) from None


def _fenced(path: Path, draft: Draft) -> Path:
    """Return the path. Raises Problem where it leads out of the project of a draft, which may be a stranger's."""
    from pathlib import Path

    here = Path(os.path.abspath(draft.path)).parent
    if not inside(path, project(here)):
        raise Problem("leads out of the draft's project; put it beside the draft", str(path))
    return path


def look(draft: Draft, known: Context) -> Found:
    """Return what the invitation to the interview says: the one in `invite`, else the only one beside that fits."""
    if known.invite:
        from pathlib import Path

        path = Path(draft.path).parent / known.invite
        try:
            return Found(_given(_one(read(_fenced(path, draft)), path, draft, known), draft, known, path.name))
        except (Problem, ValueError) as problem:
            line, column = place(draft, "invite")
            return Found({}, (Problem(f"invite: {problem}", draft.path, line, column),))
    if known.interview is not None:
        return NOTHING
    fitting, notes = [], []
    for path in _beside(draft):
        try:
            fitting += [(item, path) for item in read(path) if fits(item, draft, known) and _is_past(item, known.date)]
        except Problem as problem:
            notes.append(f"left aside: {problem}")
    newest = {item.uid or str(item.interval): (item, path) for item, path in sorted(fitting, key=_sequence)}
    if len(newest) != 1:
        return Found({}, notes=tuple(notes))
    ((item, path),) = newest.values()
    try:
        return Found(_given(item, draft, known, f"{path.name} beside the draft"), notes=tuple(notes))
    except ValueError as error:
        return Found({}, notes=(*notes, f"left aside: {path}: {error}"))


def unseen(draft: Draft, known: Context) -> Found:
    """Return what is said of an invitation where there is no folder to look for it in."""
    if not known.invite:
        return NOTHING
    told = "invite: there are no files beside this draft; give the interview itself (interview: …)"
    return Found({}, (Problem(told, draft.path, *place(draft, "invite")),))


def fits(item: Invitation, draft: Draft, known: Context) -> bool:
    """Whether an invitation is to the interview that a message is about: a name, the firm or the job is in both."""
    theirs = _theirs(item, draft)
    addresses = {person.address for person in theirs if person.address}
    greeting = {
        fold(word) for block in draft.of_kind(BlockKind.GREETING) for word in words_of(block.span.of(draft.text))
    }
    for person in known.known_people:
        names = set(map(fold, person.names))
        if person.address in addresses or any(_is_same(names, other) for other in theirs):
            return True
    if any(fold(name) in greeting for other in theirs for name in other.names if len(name) > 1):
        return True
    words = fold(item.words)
    if known.company and any(_is_in(fold(name), words) for name in known.company.spellings):
        return True
    if known.company and any(_is_of(known.company.name, address) for address in addresses):
        return True
    return bool(known.role) and _is_in(fold(known.role), words)


def _given(item: Invitation, draft: Draft, known: Context, name: str) -> dict[str, Fact]:
    """Return the facts of an invitation. Raises ValueError for a time that the clocks of the writer's zone skip."""
    title = item.title if len(item.title) <= _TITLE else item.title[: _TITLE - 1].rstrip() + "…"
    origin = f"{name}, “{title}”" if title else name
    facts = {"interview": Fact(_here(item.interval, known.zone), origin)}
    if people := _theirs(item, draft):
        facts["interviewers"] = Fact(people, origin)
    return facts


def _here(interval: Interval, place: ZoneInfo | None) -> Interval:
    """Return the time as the writer's zone has it, where the invitation gives none of its own."""
    if place is None:
        return interval
    from datetime import timezone

    def there(moment: Moment) -> Moment:
        if moment.at.tzinfo is None:
            return put(moment, place)
        return Moment(moment.at.astimezone(place)) if isinstance(moment.at.tzinfo, timezone) else moment

    return Interval(there(interval.start), there(interval.end))


def _one(found: Sequence[Invitation], path: Path, draft: Draft, known: Context) -> Invitation:
    """Return the event that the message is about. Raises Problem where there are several to choose from."""
    past = [item for item in found if known.date and _is_past(item, known.date)]
    left = past[-1:] or [item for item in found if fits(item, draft, known)] if len(found) > 1 else list(found)
    if len(left) != 1:
        raise Problem(f"holds {len(found)} events; say which is the interview with a line of interview:", str(path))
    return left[0]


def _is_past(item: Invitation, date: Moment | None) -> bool:
    return date is None or not is_before(date, item.interval.start)


def _sequence(pair: tuple[Invitation, Path]) -> tuple[int, str]:
    return pair[0].sequence, pair[1].name


def _theirs(item: Invitation, draft: Draft) -> tuple[Person, ...]:
    """Return those of the invited who are not the writer, as far as the message tells who that is."""
    signed = (*draft.of_kind(BlockKind.SIGN_OFF), *draft.of_kind(BlockKind.SIGNATURE))
    sender = draft.header("From")
    words = [*(block.span.of(draft.text) for block in signed), sender.value if sender else ""]
    mine = {fold(word) for text in words for word in words_of(text)}
    addresses = set(re.findall(r"[\w.+-]+@[\w.-]+", " ".join(words).lower()))
    free = vocabulary("invite")["free-mail"]
    firm = any(_domain(person) not in ("", *free) for person in item.people)
    return tuple(
        person
        for person in item.people
        if person.is_person
        and person.address not in addresses
        and not set(map(fold, person.names)) & mine
        and not (firm and _domain(person) in free)
    )


def _domain(person: Person) -> str:
    return person.address.partition("@")[2]


def _is_same(names: set[str], other: Person) -> bool:
    return bool(names) and names <= set(map(fold, other.names))


def _is_in(name: str, words: str) -> bool:
    return len(name) >= _SHORTEST and bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words))


def _is_of(company: str, address: str) -> bool:
    first = fold((*words_of(company), "")[0])
    return len(first) > _SHORTEST and first in re.split(r"\W", address.partition("@")[2])


def place(draft: Draft, key: str) -> tuple[int, int]:
    """Return the line and column of a key of the front matter; zeros where it came from elsewhere."""
    top = draft.front_matter
    match = re.compile(rf"^{key}[ \t]*:", re.MULTILINE).search(draft.text, top.start, top.end) if top else None
    if match is None:
        return 0, 0
    place = draft.place(match.start())
    return place.line, place.column


def _beside(draft: Draft) -> Iterable[Path]:
    try:
        if not os.path.isfile(draft.path):
            return []
        folder = os.path.dirname(draft.path) or "."
        names = _listed(folder, os.stat(folder).st_mtime_ns)
    except (OSError, ValueError):
        return []
    if not names:
        return []
    from pathlib import Path

    return [Path(folder, name) for name in names]


@lru_cache(maxsize=256)
def _listed(folder: str, _changed: int) -> tuple[str, ...]:
    with os.scandir(folder) as entries:
        names = sorted(entry.name for entry in entries if entry.name.lower().endswith(SUFFIX) and entry.is_file())
    return tuple(names) if len(names) <= MAX_FILES else ()


@lru_cache(maxsize=256)
def _invitations(path: str, _changed: int, _size: int) -> tuple[Invitation, ...]:
    from followup_lint.appointments import invitations  # few drafts have one beside them

    return invitations(read_bytes(path, path), path)
