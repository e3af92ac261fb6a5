"""The parts that a message should have, or should not: where each is, and where its absence is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from followup_lint import attachments, patterns
from followup_lint.context import Context
from followup_lint.draft import OWN, BlockKind
from followup_lint.parts.contacts import WORD, contact, device, is_reply, phone, sender, signature_lines
from followup_lint.parts.model import Presence
from followup_lint.people import fold, is_title
from followup_lint.reading import Reading
from followup_lint.structure.phrases import closing_words
from followup_lint.text import Span

_CALENDAR = patterns.lazy(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|"
    r"september|october|november|december|christmas|easter"
)


def _greeting(reading: Reading, phrases: tuple[str, ...]) -> Presence:
    """Somebody is spoken to: in a greeting, or by name or title inside the first sentence."""
    blocks = reading.draft.of_kind(BlockKind.GREETING)
    if blocks or not reading.sentences:
        return Presence(len(blocks), reading.opening, expected=bool(blocks))
    first = reading.sentences[0].span
    count = int(bool(reading.search(phrases, first)) or _is_called(reading, first))
    return Presence(count, reading.opening, "reply" if is_reply(reading) else "absent")


def _is_called(reading: Reading, first: Span) -> bool:
    words = first.of(reading.text)
    known = {fold(word) for person in reading.context.known_people for word in person.spellings}
    if known & {fold(word) for word in WORD.findall(words)}:
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
    signed = signature_lines(reading)
    return Presence(count, signed[0], "name") if signed else Presence(count, last)


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
    words = sum(len(WORD.findall(span.of(reading.text))) for span in blocks)
    own = reading.prose.word_count
    where = reading.draft.lines.first(blocks[0]) if blocks else reading.opening
    return Presence(-(-words // own) if own else 0, where, "long")


PARTS: Mapping[str, Callable[[Reading, tuple[str, ...]], Presence]] = MappingProxyType(
    {
        "greeting": _greeting,
        "sign-off": _sign_off,
        "sender": sender,
        "device-line": device,
        "phone-number": phone,
        "contact": contact,
        "attachment": _attachment,
        "recipients": _recipients,
        "quoted": _quoted,
    }
)
"""The parts by name. Each function takes the rule's phrases: other wordings of the part, as its docstring says."""


def people_of(context: Context) -> str:
    """Return the names of those the message goes to."""
    return ", ".join(dict.fromkeys(person.first for person in (*context.to, *context.cc)))
