"""The parts that a message should have, or should not: where each is, and where its absence is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from followup_lint import attachments, patterns
from followup_lint.context import Context
from followup_lint.draft import OWN, BlockKind
from followup_lint.people import fold, is_title
from followup_lint.phones import phone_numbers
from followup_lint.reading import Reading
from followup_lint.records import dataclass
from followup_lint.structure.names import is_name, is_small_name, opens_with_name
from followup_lint.structure.phrases import closing_words
from followup_lint.structure.words import prefixes
from followup_lint.text import Span

_WORD = patterns.lazy(r"\w[\w'’-]*")
_INITIAL = patterns.lazy(r"^[-–—~]?\s*[A-Za-z]\.?$")
_CALENDAR = patterns.lazy(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|"
    r"september|october|november|december|christmas|easter"
)
_NAME = r"((?:[^\W\d_a-z][\w.'’-]*\s?){1,3})"
# A word of many capitals could be cut into names anywhere, so all but the last word are taken whole.
_NAME_HERE = patterns.lazy(
    r"((?:[^\W\d_a-z][\w.'’-]{0,40}+\s?+){0,2}[^\W\d_a-z][\w.'’-]{0,40}\s?)(?:here|calling|speaking)\b"
)
_SPELT = patterns.lazy(r"\b(?:[A-Z][\s.,-]+){3,}[A-Z]\b")


@dataclass(frozen=True, slots=True)
class Presence:
    """How often a part is there. `where`: its last place, or the nearest to where it should be; `case` says which.

    `expected` is false where the message gives no reason to look for the part.
    """

    count: int
    where: Span
    case: str = "absent"
    expected: bool = True
    related: tuple[Span, ...] = ()


def _greeting(reading: Reading, phrases: tuple[str, ...]) -> Presence:
    """Somebody is spoken to: in a greeting, or by name or title inside the first sentence."""
    blocks = reading.draft.of_kind(BlockKind.GREETING)
    if blocks or not reading.sentences:
        return Presence(len(blocks), reading.opening, expected=bool(blocks))
    first = reading.sentences[0].span
    count = int(bool(reading.search(phrases, first)) or _is_called(reading, first))
    return Presence(count, reading.opening, "reply" if _is_reply(reading) else "absent")


def _is_called(reading: Reading, first: Span) -> bool:
    words = first.of(reading.text)
    known = {fold(word) for person in reading.context.known_people for word in person.spellings}
    if known & {fold(word) for word in _WORD.findall(words)}:
        return True
    doc = reading.parse(first)
    for token in doc:
        named = token.tag_ in {"NNP", "NNPS"} and token.text[0].isupper() and not _CALENDAR.fullmatch(token.lower_)
        span = Span(token.idx, token.idx + len(token)).shift(first.start)
        if not named or reading.is_masked(span):
            continue
        left = next((other for other in reversed(doc[: token.i]) if not is_title(other.text)), None)
        before = left.lower_ if left is not None else ""
        after = token.nbor().text if token.i + 1 < len(doc) else ""
        if before in {",", "-", "–", "—", "thanks", "you", "hi", "hello", "hey", "morning"} and after in set(
            ",.!?:;–—-"
        ):
            return True
        if left is None and after in {",", ":", "-", "–", "—", "!"}:
            return True
    return False


def _is_reply(reading: Reading) -> bool:
    draft = reading.draft
    subject = draft.header("Subject")
    known = draft.header("In-Reply-To") or draft.header("References") or draft.of_kind(BlockKind.QUOTED)
    return bool(known) or bool(subject and re.match(r"\s*(?:re|aw|sv|antw)\s*:", subject.value, re.IGNORECASE))


def _sign_off(reading: Reading, phrases: tuple[str, ...]) -> Presence:
    """Leave is taken: in a sign-off, or by any closing phrase in the last sentence."""
    blocks = reading.draft.of_kind(BlockKind.SIGN_OFF)
    if blocks or not reading.sentences:
        return Presence(len(blocks), reading.opening, expected=bool(blocks))
    last = reading.sentences[-1].span
    words = last.of(reading.text)
    said = [words[: found.start - last.start] for found in reading.find(phrases, last)]
    # It opens the sentence, or its last clause: "Until then, have a good week".
    count = int(closing_words(words) > 0 or any(not before or before.rstrip()[-1] in ",;:–—-" for before in said))
    signed = _signature_lines(reading)
    return Presence(count, signed[0], "name") if signed else Presence(count, last)


def _signature_lines(reading: Reading) -> list[Span]:
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


def _sender(reading: Reading, phrases: tuple[str, ...]) -> Presence:
    """The writer's name stands under the message, or is said in it."""
    last = reading.sentences[-1].span if reading.sentences else reading.opening
    for line in [*_signature_lines(reading), *(block.span for block in reading.draft.of_kind(BlockKind.SIGN_OFF))]:
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
    shown = _WORD.findall(sender.value.partition("<")[0]) if sender else []
    said = any(word[:1].isupper() and fold(word) in fold(last.of(reading.text)) for word in shown)
    introduced = any(_introduced(reading, phrases, block.span) for block in reading.draft.body)
    if said or introduced or (shown and _is_reply(reading)):
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
    return [name for name in names if not known & {fold(word) for word in _WORD.findall(name)}]


def _device(reading: Reading, phrases: tuple[str, ...]) -> Presence:
    """A line that a telephone puts under the message."""
    lines = [
        line
        for block in reading.draft.of_kind(BlockKind.SIGNATURE)
        for line in reading.draft.lines.spans(block.span)
        if (found := reading.search(phrases, line))
        and not line.of(reading.text)[: found.start - line.start].strip("-–—*_ ([")
    ]
    return Presence(len(lines), lines[0] if lines else reading.opening, "present")


def _phone(reading: Reading, phrases: tuple[str, ...]) -> Presence:
    """A number to call back; a phrase ("you have my number") comes near."""
    found = phone_numbers(reading.text, reading.message)
    near = reading.search(phrases, reading.message)
    return Presence(len(found), near or reading.opening, "near" if near else "absent")


def _contact(reading: Reading, phrases: tuple[str, ...]) -> Presence:
    """The number and the name, as often as the rarer of them is said; a message without a number is not looked at."""
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
        said = [re.findall(rf"(?<!\w){re.escape(word)}(?!\w)", words) for word in _WORD.findall(name)]
        if said and max(map(len, said)) == 1 and not _SPELT.search(words):
            at = reading.text.index(name.strip(), reading.message.start)
            return Span(at, at + len(name.strip()))
    return None


def _attachment(reading: Reading, phrases: tuple[str, ...]) -> Presence:
    """A file that comes with the message, where the words promise one; drafts in text files never have one."""
    count, case = len(reading.draft.attachments), "mail" if reading.draft.is_mail else "text"
    for sentence in reading.sentences:
        words = sentence.span.of(reading.text)
        if count or not any(trigger in words.lower() for trigger in attachments.TRIGGERS):
            continue
        if reading.search(phrases, sentence.span):
            continue
        token = attachments.promised(reading.parse(sentence.span))
        if token is not None:
            span = Span(token.idx, token.idx + len(token)).shift(sentence.span.start)
            if not reading.is_masked(span):
                return Presence(0, span, case)
    return Presence(count, reading.opening, case, expected=False)


def _recipients(reading: Reading, phrases: tuple[str, ...]) -> Presence:
    """Interviewers to whom the message goes; where none is known, everybody in the To line."""
    del phrases
    context = reading.context
    panel = {fold(person.name): person for person in context.interviewers if person.is_person}
    sent = [person for person in (*context.to, *context.cc) if person.is_person]
    if panel:
        names = {fold(name) for person in panel.values() for name in person.names}
        sent = [person for person in sent if {fold(name) for name in person.names} & names]
    else:
        sent = [person for person in context.to if person.is_person]
    header = next((item for name in ("To", "Cc") if (item := reading.draft.header(name))), None)
    return Presence(len(sent), header.span if header else reading.opening, "several", not context.shared)


def _quoted(reading: Reading, phrases: tuple[str, ...]) -> Presence:
    """How many times as long as the body the quoted mail is, rounded up."""
    del phrases
    blocks = [block.span for block in reading.draft.blocks if block.kind not in OWN]
    words = sum(len(_WORD.findall(span.of(reading.text))) for span in blocks)
    own = reading.prose.word_count
    where = reading.draft.lines.spans(blocks[0])[0] if blocks else reading.opening
    return Presence(-(-words // own) if own else 0, where, "long")


PARTS: Mapping[str, Callable[[Reading, tuple[str, ...]], Presence]] = MappingProxyType(
    {
        "greeting": _greeting,
        "sign-off": _sign_off,
        "sender": _sender,
        "device-line": _device,
        "phone-number": _phone,
        "contact": _contact,
        "attachment": _attachment,
        "recipients": _recipients,
        "quoted": _quoted,
    }
)
"""The parts by name. Each function takes the rule's phrases: other wordings of the part, as its docstring says."""


def people_of(context: Context) -> str:
    """Return the names of those the message goes to."""
    return ", ".join(dict.fromkeys(person.first for person in (*context.to, *context.cc)))
