"""TOML as plain data, like `strict_yaml`: strings, lists and mappings, each with its line, as far as that is known.

Python's reader of TOML gives typed values without places. Values become the strings that YAML would hold, and the lines
are found by a look for table headers and keys; what stands inside a value has the line where the value begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from followup_lint import patterns
from followup_lint.errors import Problem
from followup_lint.strict_yaml import Document, Path, Value

TABLE = ("tool", "followup-lint")
SLIP = "followup_lint"
"""What the table is called by those who think of the package."""

_PART = r"""(?:[A-Za-z0-9_-]+|"[^"\\]*"|'[^']*')"""
_DOTTED = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = patterns.lazy(rf"\s*(\[\[?)\s*({_DOTTED})\s*\]")
_KEY = patterns.lazy(rf"\s*({_DOTTED})\s*=")
# So many names joined by dots are no key of anybody's, and Python's reader takes the square of their number of steps.
_DEEP = patterns.lazy(r"""(?<![\w-])(?:(?:[A-Za-z0-9_-]++|"[^"\\\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){50}""")
_AT = patterns.lazy(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def load(source: str, file: str, *, whole: bool) -> Document | None:
    """Parse the table `[tool.followup-lint]`, or, if there is none and `whole` is set, the file as a table of ours.

    Return None where neither is there. Raises Problem for broken TOML, and for our table with its name misspelt.
    """
    import tomllib

    if deep := _DEEP.search(source):
        raise Problem("the TOML is nested too deeply", file, source.count("\n", 0, deep.start()) + 1)
    try:
        top: Any = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        found = _AT.search(str(error))
        last = source.count("\n") + 1
        line, column = (int(found[1]), int(found[2])) if found and found[1] else (last, 0)
        message = _AT.sub("", str(error))
        raise Problem(f"broken TOML: {message[:1].lower()}{message[1:]}", file, line, column) from None
    except RecursionError:
        raise Problem("the TOML is nested too deeply", file, 1) from None
    tool = top.get(TABLE[0])
    above: tuple[str, ...] = TABLE if isinstance(tool, dict) and TABLE[1] in tool else ()
    if not above and not whole:
        if isinstance(tool, dict) and SLIP in tool:
            line = next((line for path, line in _lines(source) if path[:2] == (TABLE[0], SLIP)), 0)
            raise Problem("the table is called [tool.followup-lint], with a hyphen", file, line)
        return None
    value = _plain(tool[TABLE[1]] if above else top)
    marks: dict[Path, tuple[int, int]] = {}
    known = set(_paths(value))
    for path, line in _lines(source):
        if path[: len(above)] == above and path[len(above) :] in known:
            marks.setdefault(path[len(above) :], (line, 0))
        elif path == above[: len(path)]:
            marks.setdefault((), (line, 0))
    return Document(value, file, {(): (1, 0), **marks}, dict(marks))


def _plain(value: Any) -> Value:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, datetime | date | time) else str(value)


def _lines(source: str) -> Iterator[tuple[Path, int]]:
    """Yield the paths of tables and keys with their 1-based lines; of a list of tables each has its number."""
    table: Path = ()
    counts: dict[Path, int] = {}
    quote = ""
    for number, line in enumerate(re.split(r"\r\n|\n", source), 1):
        if quote:
            quote = "" if quote in line else quote
        elif found := _HEADER.match(line):
            table = _numbered(_parts(found[2]), counts, new=found[1] == "[[")
            yield table, number
        elif found := _KEY.match(line):
            path = table
            for part in _parts(found[1]):
                path = (*path, part)
                yield path, number
            quote = next((mark for mark in ('"""', "'''") if line.count(mark) == 1), "")


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(_PART, dotted))


def _numbered(parts: tuple[str, ...], counts: dict[Path, int], *, new: bool) -> Path:
    path: Path = ()
    for place, part in enumerate(parts, 1):
        path = (*path, part)
        if new and place == len(parts):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _paths(value: Value, path: Path = ()) -> Iterator[Path]:
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in inner:
        yield from _paths(item, (*path, step))
