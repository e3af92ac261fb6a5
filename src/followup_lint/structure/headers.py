"""Blocks of header lines and marker lines: from there to the end the message is somebody else's, or an older one."""

from __future__ import annotations

import re
from functools import cache

from followup_lint import patterns
from followup_lint.draft import BlockKind
from followup_lint.structure.lines import fold
from followup_lint.structure.words import anywhere, prefixes, words_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from followup_lint.structure.lines import Line

_KINDS = ("from", "sent", "to", "cc", "subject")
_LONGEST_MARK = 200
_MOST_LINES = 14
_LEAD_LINES = 4
_RUN_OVER = 2  # lines that a list of recipients may take without a label
_LEAD_WORDS = 30
_DASH_SIGNS = "-‐‑‒–—―=_* "
_LABEL = patterns.lazy(r"^[*_|\s]{0,4}([^\W\d][^:：*@<>]{0,24}?)\s*\*{0,2}\s*[:：]\*{0,2}(?:\s|$|(?<=\s:)(?=\w))")
_DATE = patterns.lazy(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},?\s+\d{1,2}:\d\d|\b\d{1,2}:\d\d(?::\d\d)?\s*[AP]M\b")
_CLOCK = patterns.lazy(r"\d[:.h]\d\d|\d\s?[時时시点點]|\d\s?[ap]\.?m\b", re.IGNORECASE)
_SECONDS = patterns.lazy(r"\d:\d\d:\d\d(?!\d)")
_YEAR = patterns.lazy(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ABOVE = patterns.lazy(r"^[#=*_~–—-]{2,}")
_INLINE_LABEL = patterns.lazy(r"(?<!\S)\*?([^\W\d_]{1,16})\s?:(?=[*\s])")
_RULE = patterns.lazy(r"^[\s*_=‐-―-]{5,}$")
_DASHES = patterns.lazy(r"^[\s*_=<‐-―-]*[-‐-―_=*]{2,}[\s*_=‐-―-]*")


def marker(line: Line) -> BlockKind | None:
    """Return what the lines from this one to the end are, if it says so between dashes."""
    if len(line.words) > _LONGEST_MARK:
        return None
    folded = fold(line.words)
    if folded.strip(" :：-*_") in words_of("forwarded_lines"):
        return BlockKind.FORWARDED
    if _ABOVE.match(folded) and anywhere("above_lines").search(folded):
        return BlockKind.QUOTED
    dashes = _DASHES.match(folded)
    if not dashes:
        return None
    if prefixes("forwarded_marks").match(folded, dashes.end()):
        return BlockKind.FORWARDED
    mark = prefixes("quoted_marks").match(folded, dashes.end())
    return BlockKind.QUOTED if mark and not folded[mark.end() :].strip(f"{_DASH_SIGNS}>:") else None


def header_block(lines: Sequence[Line], index: int) -> int | None:
    """Return the index where a block of mail headers begins whose first header is line `index`, or None.

    Above the headers may stand a rule, or, in Lotus mail, the sender's name and the date.
    """
    kind = _header_kind(lines[index])
    if kind is None:
        return _lotus_columns(lines, index)
    if index and kind in {"from", "sent"} and _holds_headers(lines[index]):
        return index
    said = _said(lines[index : index + _MOST_LINES])
    lead = _lotus_lead(lines, index)
    if lead is not None and "to" in said and said.keys() & {"subject", "cc"}:
        return lead
    if not _are_headers(said):
        return None
    top = index
    while top and index - top < _MOST_LINES and _header_kind(lines[top - 1]) is not None:
        top -= 1
    if not top:
        return None  # at the very top these are the message's own headers
    start = index
    while start and (_RULE.match(lines[start - 1].words) or (start == index and _is_ruled(lines[start - 1].words))):
        start -= 1
    return start


def _said(lines: Sequence[Line]) -> dict[str, str]:
    """Return the header lines at the beginning of some lines, by kind."""
    said: dict[str, str] = {}
    loose = 0
    for line in lines:
        kind = _header_kind(line)
        if kind is not None:
            said.setdefault(kind, line.words)
            loose = 0
        elif line.gap or loose == _RUN_OVER:
            break
        else:
            loose += 1
    return said


def _holds_headers(line: Line) -> bool:
    """Whether a line that begins with one header holds the others as well, as some programs run them together."""
    kinds = {_labels().get(fold(label)) for label in _INLINE_LABEL.findall(line.words[: 2 * _LONGEST_MARK])}
    return {"from", "sent"} <= kinds and bool(kinds & {"to", "subject"})


def _are_headers(said: Mapping[str, str]) -> bool:
    """Whether lines with these labels are a mail's: a journey has a "From:", a "To:" and a "Date:" as well."""
    sent, to = said.get("sent", ""), said.get("to", "")
    if "from" not in said:
        return bool(_SECONDS.search(sent)) and "@" in to
    if "subject" in said:
        return bool(sent or to)
    return bool(sent) and bool(_CLOCK.search(sent) or _YEAR.search(sent) or "@" in said["from"])


def _is_ruled(words: str) -> bool:
    """Whether a line is a word or two between long rows of dashes."""
    inner = words.strip(_DASH_SIGNS)
    return len(inner) <= _LEAD_WORDS and words[:5].strip(_DASH_SIGNS) == words[-5:].strip(_DASH_SIGNS) == ""


def headers_end(lines: Sequence[Line]) -> int:
    """Return the index of the first line under the headers that a forwarded message opens with, 0 if it has none."""
    last = max((index for index, line in enumerate(lines[:_MOST_LINES]) if _header_kind(line)), default=-1)
    return next((index for index in range(last + 1, len(lines)) if lines[index].gap), 0) if last >= 0 else 0


def _header_kind(line: Line) -> str | None:
    label = _LABEL.match(line.words[:_LONGEST_MARK])
    return _labels().get(fold(label[1])) if label else None


@cache
def _labels() -> dict[str, str]:
    return {label: kind for kind in _KINDS for label in words_of(f"headers_{kind}")}


def _lotus_columns(lines: Sequence[Line], index: int) -> int | None:
    """Return where Lotus mail begins whose "To", "cc" and "Subject" stand on lines of their own, without a colon."""
    if _labels().get(lines[index].folded) != "to":
        return None
    below = (_labels().get(line.folded) for line in lines[index + 1 : index + _MOST_LINES])
    return _lotus_lead(lines, index) if "subject" in below else None


def _lotus_lead(lines: Sequence[Line], index: int) -> int | None:
    for above in range(index - 1, max(-1, index - 1 - _LEAD_LINES), -1):
        words = lines[above].words
        if len(words) > _LONGEST_MARK // 2:
            return None
        if _DATE.search(words):
            named = above and _names_sender(lines[above - 1]) and len(words.split()) <= 4  # noqa: PLR2004  (the date alone)
            return above - 1 if named else above
    return None


def _names_sender(line: Line) -> bool:
    words = line.words
    return (
        len(words) <= _LONGEST_MARK // 2
        and not line.ends_sentence
        and ("@" in words or "/" in words or words.istitle() or '"' in words)
    )
