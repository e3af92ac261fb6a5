"""Closing phrases: "Kind regards", "with my very best wishes to you all", "Vänliga hälsningar"."""

from __future__ import annotations

from followup_lint import patterns
from followup_lint.structure.lines import EMOJI, fold
from followup_lint.structure.names import opens_with_name
from followup_lint.structure.words import prefixes, words_of

_LONGEST = 90
_MOST_WORDS = 12
_MOST_TAIL_WORDS = 10
_MOST_LOOSE_WORDS = 4
_WORD = patterns.lazy(r"[^\W_](?:[^\s,;:!.?…–—/]*[^\W_])?|&")
_LEAD = patterns.lazy(r"[\s*_~–—-]*")
_JOIN = patterns.lazy(r"[\s,/+]*")
_END = patterns.lazy(rf"(?:[\s,.!;:。！，~*_–—…-]|{EMOJI}|:\)|;\))*$")
_NAME_AFTER = patterns.lazy(rf"(?:\s*(?:[,.;:!~…]|{EMOJI})+\s*|\s+[-–—]+\s*|\s+)(?=\S)")


def closing_words(words: str) -> int:
    """Return how many characters at the start of a line are a closing phrase; 0 if none are."""
    folded = fold(words[:_LONGEST])
    if len(folded) != len(words[:_LONGEST]):
        return 0  # a letter that grows in lower case (İ) would shift what follows
    lead = _LEAD.match(folded)
    start = end = lead.end() if lead else 0
    headed = False
    while word := (phrase := prefixes("closing_phrases").match(folded, start)) or _WORD.match(folded, start):
        if phrase or word[0].rstrip(".") in words_of("closing_heads"):
            headed = True
        elif word[0] not in words_of("closing_words"):
            break
        end = word.end()
        join = _JOIN.match(folded, end)
        start = join.end() if join else end
    return end if headed else 0


def is_closing(words: str) -> bool:
    """Whether a line is a closing phrase and nothing but points, dashes and smiles after it."""
    end = closing_words(words) if len(words) <= _LONGEST else 0
    return bool(end) and bool(_END.match(words[end:])) and words[-1] != "?"


def is_closing_with_tail(words: str) -> bool:
    """Whether a line is a closing phrase that goes on ("All the best with the move,") without being a sentence."""
    if len(words) > _LONGEST or words[-1] in ".?!:;" or len(words.split()) > _MOST_WORDS:
        return False
    end = closing_words(words)
    rest = words[end:].strip(" ,!")
    return bool(end and rest) and fold(rest).split()[0] in words_of("closing_tails")


def closing_then_name(words: str) -> int:
    """Return where the name begins in a line such as "Thanks, Marco"; 0 if the line is not of that kind."""
    end = closing_words(words)
    after = _NAME_AFTER.match(words, end) if end else None
    if not after or words.endswith(",") or not opens_with_name(words[after.end() :]):
        return 0
    return after.end()


def is_loose_closing(words: str, *, apart: bool) -> bool:
    """Whether a line before a name can be a sign-off of the writer's own making ("Hugs from the fourth floor,").

    `apart`: a blank line stands before the name, over which only a comma reaches.
    """
    if len(words) > _LONGEST or not words[0].isalpha() or len(words.split()) > _MOST_TAIL_WORDS:
        return False
    if words.endswith((",", " -", " –", "—")):
        return True
    # Without a comma it takes a small letter to tell it from a name above a company.
    return (
        not apart
        and words[0].isupper()
        and words[-1].isalpha()
        and 1 < len(words.split()) <= _MOST_LOOSE_WORDS
        and words.rsplit(maxsplit=1)[-1].islower()
    )
