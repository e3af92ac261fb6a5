"""Words for other words, as a rule file lists them: what may be found, what to write, and next to which words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from followup_lint.diagnostic import Applicability, Edit, Finding, Remedy
from followup_lint.draft import BlockKind
from followup_lint.phrases import compiled
from followup_lint.reading import Reading
from followup_lint.remedies.forms import HOLE, Replacement, filled_in
from followup_lint.remedies.holes import known
from followup_lint.text import Span

_ENDS = '.!?…:;([{“"*•–—'
_MOSTLY = 2
_FAR = 60  # characters: longer than any phrase that stands beside a word

_Phrases = tuple[str, ...]


def replaced(reading: Reading, finding: Finding, entries: Sequence[Replacement]) -> Iterator[Remedy]:
    """Yield the remedy of the first entry that fits the finding."""
    facts = known(reading, finding)
    for entry in entries:
        if entry.case not in {"", finding.case} or any(hole not in facts for hole in HOLE.findall(entry.write)):
            continue
        words = HOLE.sub(lambda match: facts[match[1]], entry.write)
        spots = (finding.span, *finding.related) if entry.everywhere else (finding.span,)
        found = [match for span in spots if (match := _found(reading, entry, span))]
        edits = tuple(_edit(reading, match, words, exact=words != entry.write) for match in dict.fromkeys(found))
        if edits:
            spoken = any(_block(reading, edit.span) is BlockKind.GREETING for edit in edits)
            level = Applicability.SAFE if entry.safe and not spoken else Applicability.UNSAFE
            old = " ".join(edits[0].span.of(reading.text).split())
            title = f"Write “{edits[0].text.strip()}”" if words else f"Leave out “{old.strip(', ')}”"
            yield Remedy(level, edits, title)
            return


def _found(reading: Reading, entry: Replacement, span: Span) -> Span | None:
    """Return the words to be replaced at a place, if the entry's conditions hold."""
    whole = _stretch(reading, span)
    where = whole if entry.around else span
    matches = list(compiled((entry.find,)).finditer(reading.masked, where.start, where.end))
    if not matches or (entry.around and len(matches) > 1):
        return None
    match = Span(*matches[0].span())
    before, after = reading.masked[whole.start : match.start], reading.masked[match.end : whole.end]
    words = match.of(reading.text)
    fits = (
        (match == span or not HOLE.search(entry.write))  # a slot is filled whole or not at all
        and (not entry.lower or words.islower())
        and (not entry.safe or len(words) == 1 or not words.isupper() or _is_shouted(words, whole.of(reading.text)))
        and (not entry.alone or _is_alone(reading, match))
        and (not entry.after or _ends(before, entry.after))
        and (not entry.before or _begins(after, entry.before))
        and not _ends(before, entry.not_after)
        and not _begins(after, entry.not_before)
    )
    return match if fits else None


def _stretch(reading: Reading, span: Span) -> Span:
    """Return the sentence about a place, or the part of the message, or the header."""
    places = [sentence.span for sentence in reading.sentences]
    places += [block.span for block in reading.draft.blocks]
    places += [header.span for header in reading.draft.headers]
    return next((place for place in places if place.covers(span)), span)


def _block(reading: Reading, span: Span) -> BlockKind | None:
    return next((block.kind for block in reading.draft.blocks if span.overlaps(block.span)), None)


def _is_alone(reading: Reading, match: Span) -> bool:
    lines = reading.draft.lines
    line = lines.span(lines.position(match.start).line)
    rest = reading.text[line.start : match.start] + reading.text[match.end : max(line.end, match.end)]
    return not re.search(r"\w", rest)


def _ends(before: str, phrases: _Phrases) -> bool:
    """Whether one of the phrases is the last thing before a place."""
    if "" in phrases and opens(before):
        return True
    words = before.rstrip()
    pattern, end = compiled(filled_in(phrases)), len(words)
    return any(pattern.fullmatch(words, start) for start in range(max(0, end - _FAR), end))


def _begins(after: str, phrases: _Phrases) -> bool:
    words = after.lstrip()
    if "" in phrases and (not words or words[0] in ".!?…;"):
        return True
    return compiled(filled_in(phrases)).match(words) is not None


def opens(before: str) -> bool:
    """Whether what stands before a place ends a sentence, or is nothing."""
    words = before.rstrip()
    return not words or words[-1] in _ENDS


def _edit(reading: Reading, match: Span, words: str, *, exact: bool) -> Edit:
    whole = _stretch(reading, match)
    opening = opens(reading.text[whole.start : match.start])
    if not words:
        return left_out(reading.text, match, whole, opening=opening)
    found = match.of(reading.text)
    return Edit(match, words if exact else _cased(found, words, whole.of(reading.text), opening=opening))


def _cased(found: str, words: str, around: str, *, opening: bool) -> str:
    """Write words large where those they stand for were: all of them in a line of capitals, else the first letter."""
    if found[:1].islower() or not found[:1].isalpha():
        return words
    shouted = len(found) > 1 and found.isupper()
    if shouted and _is_shouted(found, around):
        return words.upper()
    if opening or (len(found) > 1 and not shouted):
        return words[:1].upper() + words[1:]
    return words


def _is_shouted(found: str, around: str) -> bool:
    """Whether capitals are how the whole sentence is written; a lone word in capitals may be an abbreviation."""
    letters = [char for char in around if char.isalpha()]
    return sum(map(str.isupper, letters)) * _MOSTLY > len(letters) > len(found) * _MOSTLY


def left_out(text: str, span: Span, whole: Span, *, opening: bool) -> Edit:
    """Return the edit that takes words out, with a blank beside them and a comma that then hangs in the air."""
    start, end = span.start, span.end
    if opening:
        while end < whole.end and text[end] in " \t,":
            end += 1
        first = text[end : end + 1]
        return Edit(Span(start, end + len(first)), first.upper()) if first.isalpha() else Edit(Span(start, end), "")
    while start > whole.start and text[start - 1] in " \t":
        start -= 1
    follows = text[end : end + 1]
    if text[start - 1 : start] == "," and (not follows or follows in ",.!?;" or end == whole.end):
        start -= 1
    return Edit(Span(start, end), "")
