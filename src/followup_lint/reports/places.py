"""Where things stand, in the terms of each format."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from urllib.parse import quote

from followup_lint.diagnostic import Diagnostic
from followup_lint.draft import Draft
from followup_lint.records import dataclass
from followup_lint.text import Span


@dataclass(frozen=True)
class Region:
    """A stretch of a file: 1-based lines and columns, in code points, the end exclusive; 0 where it is unknown.

    A mail's decoded body has lines of its own. The file's are known where it was not recoded, its columns never.
    """

    line: int
    column: int
    end_line: int
    end_column: int


def in_file(draft: Draft, span: Span) -> Region:
    """Return where in the file a span stands."""
    start, end = draft.place(span.start), draft.place(span.end)
    if not draft.is_mail:
        return Region(start.line, start.column, end.line, end.column)
    return Region(start.raw_line, 0, max(start.raw_line, end.raw_line) if start.raw_line else 0, 0)


def in_draft(draft: Draft, span: Span) -> dict[str, object]:
    """Return where in the draft a span stands, for JSON; in mail, lines are those of the part that is named."""
    start, end = draft.place(span.start), draft.place(span.end)
    found: dict[str, object] = {
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    }
    return found | ({"part": start.part} if start.part else {})


def byte_column(draft: Draft, offset: int) -> int:
    """Return the 1-based column of an offset, in bytes of UTF-8."""
    start = draft.lines.starts[draft.lines.position(offset).line - 1]
    return len(draft.text[start:offset].encode("utf-8", "surrogatepass")) + 1


def told(draft: Draft, item: Diagnostic) -> str:
    """Return the message of a finding; in mail, with the place that the format has no field for."""
    place = draft.place(item.span.start)
    return f"{item.message} ({place.part} {place.line}:{place.column})" if place.part else item.message


def project() -> str:
    """Return the folder that a host's own paths begin at: its checkout, else the working directory."""
    return os.environ.get("CI_PROJECT_DIR") or os.environ.get("GITHUB_WORKSPACE") or os.getcwd()  # noqa: PTH109  (a string, as the others)


def relative(path: str, folder: str) -> str:
    """Return a path as seen from a folder, with forward slashes; one outside of it stays as it is."""
    whole = PurePath(os.path.abspath(path))  # noqa: PTH100  (`Path.absolute` keeps `..`, `resolve` follows links)
    return whole.relative_to(folder).as_posix() if whole.is_relative_to(folder) else PurePath(path).as_posix()


def uri(path: str, folder: str) -> tuple[str, bool]:
    """Return a path's percent-encoded URI reference, and whether it is relative to the folder."""
    shown = relative(path, folder)
    if PurePath(shown).is_absolute():
        return Path(shown).as_uri(), False
    return quote(os.fsencode(shown)), not shown.startswith("../")


def url_of(rule: str, docs_url: str) -> str | None:
    """Return the address of a rule's page, None where the pages are not published."""
    return f"{docs_url.rstrip('/')}/rules/{rule}.html" if docs_url else None
