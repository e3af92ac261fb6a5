"""Who is named in a draft, by all that is known of it: facts, headers, greeting, signature, name of the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from followup_lint import patterns
from followup_lint.context import Context
from followup_lint.draft import BlockKind, Draft
from followup_lint.people import fold
from followup_lint.redact.words import kept

_WORD = patterns.lazy(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SHORTEST = 2  # letters; a lone initial says nothing, and small it would be half of all words
_NAMING = frozenset({BlockKind.GREETING, BlockKind.SIGN_OFF, BlockKind.SIGNATURE})
_HARMLESS = frozenset({"subject", "date", "mime-version", "content-type", "content-transfer-encoding", "importance"})
PERSON, COMPANY, NAME = "PERSON", "COMPANY", "NAME"


def named(draft: Draft, context: Context) -> Iterator[tuple[str, str, str]]:
    """Yield each word of a name, folded, what it is of, and the whole it belongs to: the same for the same somebody."""
    for person in (*context.to, *context.cc, *context.interviewers):
        for spelling in (person.name, *person.aliases, person.address.partition("@")[0]):
            yield from _words(spelling, PERSON, fold(person.name))
    spellings = context.company.spellings if context.company else ()
    firm = fold(next(iter(spellings), ""))
    for name in (*spellings, *context.my_employers):
        yield from _words(name, COMPANY, firm if name in spellings else fold(name))
    loose = [block.span.of(draft.text) for block in draft.blocks if block.kind in _NAMING]
    loose += [header.value for header in draft.headers if header.name.lower() not in _HARMLESS]
    loose += [context.thread, context.invite, *(earlier.file for earlier in context.previous), *draft.attachments]
    for text in (*loose, PurePath(draft.path).stem):
        yield from _apart(text)


def _apart(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield words that may be anybody's, each for itself."""
    for word in _WORD.findall(text):
        yield from _words(word, NAME, fold(word))


def _words(name: str, kind: str, whole: str) -> Iterator[tuple[str, str, str]]:
    for word in _WORD.findall(name):
        folded = fold(word)
        for part in {folded, *folded.replace("'", "-").split("-")}:
            if len(part) >= _SHORTEST and not (kind == NAME and kept(part)):
                yield part, kind, whole
