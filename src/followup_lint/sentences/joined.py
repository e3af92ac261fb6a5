"""Lines that ran together: a greeting, a sign-off or a reply's stamp that stands on one line with the prose.

Web forms, chat windows and old mail programs drop line ends, and hurried writers drop full stops; what is left is a
capital where none belongs, a name after "Thanks", a date and time after a sender.
"""

from __future__ import annotations

import re
from functools import cache

from followup_lint import patterns
from followup_lint.sentences.words import opens_sentence, plain, words
from followup_lint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NAME = r"[^\W\d_a-z][\w'’.@-]*"
_SENDER = rf"[\"<(]?{_NAME}|<?[\w.+-]{{1,60}}@[\w.-]{{1,60}}>?"
_STAMP = patterns.lazy(r"(?<!\S)\d{1,2}/\d{1,2}/\d{2,4} \d{1,2}:\d{2}(?::\d{2})?(?: [AaPp][Mm])?(?!\S)")
_ONLY_NAMES = patterns.lazy(rf"(?:[\"<(]*(?:{_NAME}|[\w.+-]{{1,60}}@[\w.-]{{1,60}})[\">),]*\s+){{1,8}}")
_FILE_MARK = patterns.lazy(r"<<[^<>]{1,120}\.\w{2,4}\s?>>(?=\s+[^\s<?.,;])")
_ENUMERATOR = patterns.lazy(r"\(?\w{1,3}\)")
_CAPITAL = patterns.lazy(r"(?<=[\w@)>] )(?P<word>[A-Z][a-z]+)(?:['’][a-z]+)? (?=[a-z])")
_SALUTATION = patterns.lazy(
    rf"(?P<title>(?:Dr|Mr|Mrs|Ms|Prof)\. |Professor )?(?P<name>{_NAME})(?: (?:(?:or|and|&) )?{_NAME})?"
    r"(?:(?P<colon>:)|\s?[-–—]{1,2})\s+(?=(?P<next>\w[\w'’]*))"
)


def cuts(text: str, piece: Span) -> Iterator[int]:
    """Yield, in order, the offsets inside a piece at which a lost line end once stood."""
    starts = [piece.start, *sorted({*_stamps(text, piece), *_file_marks(text, piece), *_capitals(text, piece)})]
    for start, end in zip(starts, [*starts[1:], piece.end], strict=True):
        if start > piece.start:
            yield start
        part = Span(start + len(text[start:end]) - len(text[start:end].lstrip()), end)
        cut = next((at for edge in _EDGES if (at := edge(text, part)) is not None), None)
        if cut is not None:
            yield cut


def _stamps(text: str, piece: Span) -> Iterator[int]:
    """A sender, a date and a time: the head of the message that is answered."""
    start = piece.start
    for match in _STAMP.finditer(text, piece.start, piece.end):
        sender = text[max(start, match.start() - 200) : match.start()].lstrip()
        if not sender or _ONLY_NAMES.fullmatch(sender):
            yield match.start()
        elif not sender.endswith((" on ", " at ")) or "@" not in sender:
            continue
        yield match.end()
        start = match.end()


def _file_marks(text: str, piece: Span) -> Iterator[int]:
    return (match.end() for match in _FILE_MARK.finditer(text, piece.start, piece.end))


def _capitals(text: str, piece: Span) -> Iterator[int]:
    """A word that has a capital only at the head of a sentence, in the middle of one: "your time It was"."""
    slips = words().open_words | words().slip_before | words().linkers
    for match in _CAPITAL.finditer(text, piece.start, piece.end):
        before = text[max(piece.start, match.start() - 80) : match.start()].split()
        if not before or plain(before[-1]) in slips or _ENUMERATOR.fullmatch(before[-1]):
            continue
        named = (before[-1][0].isupper() and not opens_sentence(before[-1])) or "@" in before[-1] or "/" in before[-1]
        known = words().restarters | (words().restarters_after_names if named else frozenset())
        if plain(match["word"]) in known:
            yield match.start()


def _salutation(text: str, piece: Span) -> int | None:
    """Return the end of a greeting that opens the piece: "Hi Dana, thank you", "Dana: Thank you"."""
    match = _greeting_pattern().match(text, piece.start, piece.end)
    if match:
        onward = plain(match["next"])
        return (
            match.end()
            if onward not in words().greetings and (opens_sentence(onward) or match["next"][0].islower())
            else None
        )
    match = _SALUTATION.match(text, piece.start, piece.end)
    if not match or opens_sentence(match["name"]) or plain(match["name"]) in words().labels | words().linkers:
        return None
    return match.end() if match["title"] or (match["next"][0].isupper() and opens_sentence(match["next"])) else None


def _sign_off(text: str, piece: Span) -> int | None:
    """Return the end of a sign-off that a name follows on the same line: "Best regards, Dana"."""
    match = _sign_off_pattern().match(text, piece.start, piece.end)
    return match.end("phrase") if match else None


_EDGES: tuple[Callable[[str, Span], int | None], ...] = (_salutation, _sign_off)


@cache
def _greeting_pattern() -> re.Pattern[str]:
    head = _either(words().greetings)
    return patterns.compile(
        rf"(?i:{head})(?:,? (?:(?i:all|everyone|everybody|team|folks|there|and|sir|madam|or|both)|{_NAME})){{1,5}}"
        r"\s?[,:!–—-]+\s+(?=(?P<next>\w[\w'’]*)[^\w,:])"
    )


@cache
def _sign_off_pattern() -> re.Pattern[str]:
    given = r"[^\W\d_a-z](?:[^\W\d_A-Z][\w'’-]*|\.?(?!\w))"  # a name that is not all capitals, or an initial
    return patterns.compile(
        rf"(?P<phrase>(?i:{_either(words().sign_offs)})\s?[,.!–-]*)\s+"
        rf"(?:{given}(?:\s+{given}){{0,2}}|(?<=[,!-]\s)[a-z]\w*)\s*\Z"
    )


def _either(phrases: frozenset[str]) -> str:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)
