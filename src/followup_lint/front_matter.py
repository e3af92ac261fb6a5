"""What stands above a message in a text file: YAML front matter, and `To:`, `Subject:`, `Date:` lines."""

from __future__ import annotations

import re

from followup_lint import patterns
from followup_lint.context import Fact
from followup_lint.draft import Header
from followup_lint.errors import Problem, hint
from followup_lint.facts import PARSERS, in_zone
from followup_lint.records import dataclass
from followup_lint.strict_yaml import load
from followup_lint.text import Span, trim
from followup_lint.written_times import parse_moment

_OPEN = patterns.lazy(r"---[ \t]*(?:\r\n|\n|\r)")
_CLOSE = patterns.lazy(r"^(?:---|\.\.\.)[ \t]*$(?:\r\n|\n|\r)?", re.MULTILINE)
_HEADER = patterns.lazy(r"(To|Cc|Bcc|From|Subject|Date|Reply-To)[ \t]*:[ \t]*([^\r\n]*)(?:\r\n|\n|\r|$)", re.IGNORECASE)
# What a key was called before; it is read, and no longer written.
_OLDER = {"disable": "ignore"}
_BLANK = patterns.lazy(r"(?:[ \t]*(?:\r\n|\n|\r))+")


@dataclass(frozen=True)
class Top:
    """Everything above the message: the facts it gives, the header lines, and where the message begins."""

    facts: dict[str, Fact]
    headers: tuple[Header, ...]
    front_matter: Span | None
    start: int
    problems: tuple[Problem, ...] = ()


def read_top(text: str, path: str) -> Top:
    """Read front matter and header lines. Keys and values that are wrong become problems; the rest still counts."""
    facts: dict[str, Fact] = {}
    found: list[Problem] = []
    span, start = None, 0
    if opening := _OPEN.match(text):
        closing = _CLOSE.search(text.replace("\r\n", " \n").replace("\r", "\n"), opening.end())
        if closing is None:
            problem = Problem("the front matter opened here is never closed; end it with a line of ---", path, 1)
            return Top({}, (), None, opening.end(), (problem,))
        span, start = Span(0, closing.end()), closing.end()
        try:
            facts, found = _facts(text[opening.end() : closing.start()], path)
        except Problem as problem:
            found = [problem]
    headers, start = _headers(text, start)
    return Top(facts, headers, span, start, tuple(found))


def _facts(source: str, path: str) -> tuple[dict[str, Fact], list[Problem]]:
    document = load(source, path, first_line=2)
    if not isinstance(document.value, dict):
        return {}, [document.problem("front matter is made of 'key: value' lines")]
    facts: dict[str, Fact] = {}
    found = []
    from zoneinfo import ZoneInfo  # most drafts have no front matter

    # The zone first: a time that its clocks skip is wrong in the line where the time stands.
    for key, value in sorted(document.value.items(), key=lambda item: item[0] != "zone"):
        name = _OLDER.get(key, key)
        if name not in PARSERS:
            meant = hint(key, PARSERS, f"the keys are {', '.join(PARSERS)}")
            found.append(document.problem(f"unknown key '{key}'; {meant}", (key,), key=True))
        elif value != "":
            try:
                line = document.marks[(key,)][0]
                place = facts["zone"].value if "zone" in facts else None
                read = PARSERS[name](value)
                known = in_zone(read, place) if isinstance(place, ZoneInfo) else read
                facts[name] = Fact(known, f"front matter, line {line}")
            except ValueError as error:
                found.append(document.problem(f"{key}: {error}", (key,)))
    return facts, found


def _headers(text: str, start: int) -> tuple[tuple[Header, ...], int]:
    blank = _BLANK.match(text, start)
    here = blank.end() if blank else start
    headers: list[Header] = []
    while match := _HEADER.match(text, here):
        if match.end() == here:
            break
        span = trim(text, Span(*match.span(2)))
        headers.append(Header(match[1].title(), span.of(text), span))
        here = match.end()
    if not headers or (len(headers) == 1 and _is_prose(headers[0])):
        return (), start
    return tuple(headers), here


def _is_prose(header: Header) -> bool:
    """Whether a `Date:` that stands alone is the message's own first line: "Date: Monday, Nov. 13th Time: 10 am".

    What begins with a digit is a date that was meant, and told where it is wrong.
    """
    if header.name != "Date" or not header.value or header.value[0].isdigit():
        return False
    try:
        parse_moment(header.value)
    except ValueError:
        return True
    return False
