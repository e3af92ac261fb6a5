"""Words of a draft that are no evidence of anything: names that are known, what others said, what nobody says aloud."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet

from followup_lint import patterns
from followup_lint.context import Channel, Context
from followup_lint.draft import Draft
from followup_lint.text import Span

_QUOTES = patterns.lazy(
    r"“[^“”\r\n]{1,300}”|«[^«»\r\n]{1,300}»|(?<!\w)\"[^\"\r\n]{1,300}\"(?!\w)|(?<!\w)[‘'][^‘’'\r\n]{2,200}[’'](?!\w)"
)
_START = patterns.lazy(r"(?<!\w).", re.DOTALL)


def names(text: str, context: Context) -> Iterator[Span]:
    """Yield where a name stands that is known from the context, as it is written there."""
    known = [*(context.company.spellings if context.company else ()), context.role, *context.my_employers]
    for person in context.known_people:
        known += [person.name, *person.spellings]
    yield from whole({name for name in known if len(name) > 1}, text)


def whole(words: AbstractSet[str], text: str) -> Iterator[Span]:
    """Yield where one of some words stands that is no part of a longer one: the longest at each place, none twice.

    No regular expression of all of them: at each place it would try one after the other, and they may be thousands.
    """
    firsts = {word[0] for word in words}
    sizes = sorted({len(word) for word in words}, reverse=True)
    here = 0
    for match in _START.finditer(text) if words else ():
        start = match.start()
        if start < here or text[start] not in firsts:
            continue
        ends = (start + size for size in sizes if text[start : start + size] in words)
        end = next((end for end in ends if end <= len(text) and not _is_letter(text[end : end + 1])), 0)
        if end:
            yield Span(start, end)
            here = end


def _is_letter(char: str) -> bool:
    return char.isalnum() or char == "_"  # what `\w` is


def quotations(draft: Draft) -> Iterator[Span]:
    """Yield what stands between quotation marks in the body."""
    for block in draft.body:
        yield from (Span(*match.span()) for match in _QUOTES.finditer(draft.text, block.span.start, block.span.end))


def unspoken(draft: Draft, channel: Channel, theirs: Callable[[], list[Span]]) -> Iterator[Span]:
    """Yield what the caller does not say on the telephone: directions, and, in a script, the lines of the other."""
    if channel is Channel.PHONE_SCRIPT:
        yield from theirs()
    if channel in {Channel.VOICEMAIL, Channel.PHONE_SCRIPT}:
        from followup_lint.script import directions  # few messages are spoken

        for block in draft.body:
            yield from directions(draft.text, block.span)
