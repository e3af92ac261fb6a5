"""What a message is for, read off its words when nobody said."""

from __future__ import annotations

from followup_lint.context import Context, Kind
from followup_lint.draft import OWN, BlockKind, Draft
from followup_lint.phrases import compiled
from followup_lint.vocabulary import vocabulary

_RECENT = ("today", "this morning", "this afternoon", "yesterday", "earlier", "just now", "last night", "on \\w+day")


def infer(draft: Draft, known: Context) -> tuple[Kind, str]:
    """Return the likeliest kind and the words that decided it.

    A thanks for a past meeting makes a thank-you; a question about where things stand makes a check-in, and wins where
    the thanks comes only at the end.
    """
    cues = vocabulary("kinds")
    subject = draft.header("Subject")
    own = [block for block in draft.blocks if block.kind in OWN and block.kind != BlockKind.SIGNATURE]
    words = "\n".join([subject.value if subject else "", *(block.span.of(draft.text) for block in own)])
    for kind in list(Kind):
        if kind in cues and (match := compiled(cues[kind]).search(words)):
            return kind, f"“{match.group()}”"
    status = compiled(cues["status"]).search(words)
    met = compiled(cues["meeting"]).search(words)
    if met and (not status or (met.start() < status.start() and compiled(_RECENT).search(words))):
        return Kind.THANK_YOU, f"“{met.group()}”"
    if status:
        again = any(message.kind is Kind.CHECK_IN for message in known.unanswered)
        return (Kind.SECOND_CHECK_IN if again else Kind.CHECK_IN), f"“{status.group()}”"
    return Kind.CHECK_IN, "its lack of thanks for a meeting"
