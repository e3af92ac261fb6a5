"""The parts of a message by which its writer can be known and reached."""

from __future__ import annotations

import re

from followup_lint import patterns
from followup_lint.draft import BlockKind
from followup_lint.parts.model import Presence
from followup_lint.people import fold
from followup_lint.reading import Reading
from followup_lint.structure.names import is_name, is_small_name, opens_with_name
from followup_lint.structure.phrases import closing_words
from followup_lint.structure.words import prefixes
from followup_lint.text import Span

WORD = patterns.lazy(r"\w[\w'’-]*")
_INITIAL = patterns.lazy(r"^[-–—~]?\s*[A-Za-z]\.?$")


_NAME = r"((?:[^\W\d_a-z][\w.'’-]*\s?){1,3})"
# A word of many capitals could be cut into names anywhere, so all but the last word are taken whole.
_NAME_HERE = patterns.lazy(
    r"((?:[^\W\d_a-z][\w.'’-]{0,40}+\s?+){0,2}[^\W\d_a-z][\w.'’-]{0,40}\s?)(?:here|calling|speaking)\b"
)
_SPELT = patterns.lazy(r"\b(?:[A-Z][\s.,-]+){3,}[A-Z]\b")


def is_reply(reading: Reading) -> bool:
    """Whether a message answers one that the reader has before him."""
    draft = reading.draft
    subject = draft.header("Subject")
    known = draft.header("In-Reply-To") or draft.header("References") or draft.of_kind(BlockKind.QUOTED)
    return bool(known) or bool(subject and re.match(r"\s*(?:re|aw|sv|antw)\s*:", subject.value, re.IGNORECASE))


def signature_lines(reading: Reading) -> list[Span]:
    """Return the lines under the body in which somebody may be named."""
    body = reading.draft.body
    start = body[0].span.end if body else 0  # what stands above it is a letterhead
    signed = [block.span for block in reading.draft.of_kind(BlockKind.SIGNATURE) if block.span.start >= start]
    lines = [line for span in signed for line in reading.draft.lines.spans(span)]
    last = reading.draft.lines.spans(body[-1].span)[-1:] if body and not lines else []
    return lines or [line for line in last if _INITIAL.match(line.of(reading.text).strip()) or _stands_alone(reading)]


def _stands_alone(reading: Reading) -> bool:
    """Whether the body ends in a paragraph that is nothing but a name, with the closing words only after it."""
    return is_name(reading.draft.body[-1].span.of(reading.text).strip())


def sender(reading: Reading, phrases: tuple[str, ...]) -> Presence:
    """The writer's name stands under the message, or is said in it."""
    last = reading.sentences[-1].span if reading.sentences else reading.opening
    for line in [*signature_lines(reading), *(block.span for block in reading.draft.of_kind(BlockKind.SIGN_OFF))]:
        words = line.of(reading.text).strip()
        if prefixes("device_lines").match(words.lower()):
            continue
        tail = words[closing_words(words) :].strip(" ,.!-–—")
        if any(
            is_name(part) or opens_with_name(part) or is_small_name(part) or _INITIAL.match(part)
            for part in (words, tail)
            if part
        ):
            return Presence(1, line)
    sender = reading.draft.header("From")
    shown = WORD.findall(sender.value.partition("<")[0]) if sender else []
    said = any(word[:1].isupper() and fold(word) in fold(last.of(reading.text)) for word in shown)
    introduced = any(_introduced(reading, phrases, block.span) for block in reading.draft.body)
    if said or introduced or (shown and is_reply(reading)):
        return Presence(1, last)
    return Presence(0, last, "from" if shown else "absent", bool(reading.sentences))


def _introduced(reading: Reading, phrases: tuple[str, ...], within: Span) -> list[str]:
    """Return the names that follow one of the phrases ("this is"), or stand before "here"."""
    after = re.compile(rf"[\s,:]*{_NAME}")
    leads = [after.match(reading.text, lead.end, within.end) for lead in reading.find(phrases, within)]
    names = [lead[1] for lead in leads if lead]
    found_here = _NAME_HERE.finditer(reading.text, within.start, within.end)
    known = {fold(word) for person in reading.context.known_people for word in person.spellings}
    names += [match[1] for match in found_here]
    return [name for name in names if not known & {fold(word) for word in WORD.findall(name)}]


def device(reading: Reading, phrases: tuple[str, ...]) -> Presence:
    """A line that a telephone puts under the message."""
    lines = [
        line
        for block in reading.draft.of_kind(BlockKind.SIGNATURE)
        for line in reading.draft.lines.spans(block.span)
        if (found := reading.search(phrases, line))
        and not line.of(reading.text)[: found.start - line.start].strip("-–—*_ ([")
    ]
    return Presence(len(lines), lines[0] if lines else reading.opening, "present")


def phone(reading: Reading, phrases: tuple[str, ...]) -> Presence:
    """A number to call back; a phrase ("you have my number") comes near."""
    from followup_lint.phones import phone_numbers  # few rules are about the telephone

    found = phone_numbers(reading.text, reading.message)
    near = reading.search(phrases, reading.message)
    return Presence(len(found), near or reading.opening, "near" if near else "absent")


def contact(reading: Reading, phrases: tuple[str, ...]) -> Presence:
    """The number and the name, as often as the rarer of them is said; a message without a number is not looked at."""
    from followup_lint.phones import phone_numbers

    numbers = phone_numbers(reading.text, reading.message)
    if not numbers:
        return Presence(0, reading.opening, expected=False)
    span, digits = numbers[0]
    at_once = digits == digits[: len(digits) // 2] * 2  # "555 0142, that's 555 0142"
    times = sum(digits in other or other in digits for _, other in numbers) + at_once
    name = _said_once(reading, phrases)
    if times == 1:
        return Presence(1, span, "both" if name else "number")
    return Presence(1, name, "name") if name else Presence(times, span, "number")


def _said_once(reading: Reading, phrases: tuple[str, ...]) -> Span | None:
    """Return where the caller's name is said, if that is one time only and it is not spelt out."""
    words = reading.message.of(reading.text)
    for name in _introduced(reading, phrases, reading.message):
        said = [re.findall(rf"(?<!\w){re.escape(word)}(?!\w)", words) for word in WORD.findall(name)]
        if said and max(map(len, said)) == 1 and not _SPELT.search(words):
            at = reading.text.index(name.strip(), reading.message.start)
            return Span(at, at + len(name.strip()))
    return None
