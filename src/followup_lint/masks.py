"""Words of a draft that are no evidence of anything: names that are known, what others said, what nobody says aloud."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from followup_lint import patterns
from followup_lint.context import Channel, Context
from followup_lint.draft import Draft
from followup_lint.text import Span

_QUOTES = patterns.lazy(
    r"“[^“”\r\n]{1,300}”|«[^«»\r\n]{1,300}»|(?<!\w)\"[^\"\r\n]{1,300}\"(?!\w)|(?<!\w)[‘'][^‘’'\r\n]{2,200}[’'](?!\w)"
)


def names(text: str, context: Context) -> Iterator[Span]:
    """Yield where a name stands that is known from the context, as it is written there."""
    known = [*(context.company.spellings if context.company else ()), context.role, *context.my_employers]
    for person in context.known_people:
        known += [person.name, *person.spellings]
    wanted = sorted({name for name in known if len(name) > 1}, key=len, reverse=True)
    if wanted:
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, wanted))})(?!\w)")
        yield from (Span(*match.span()) for match in pattern.finditer(text))


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
