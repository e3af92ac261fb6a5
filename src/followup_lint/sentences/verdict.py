"""Whether one stop ends a sentence, by the words around it."""

from __future__ import annotations

import re

from followup_lint import patterns
from followup_lint.sentences.words import opens_sentence, plain, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from followup_lint.sentences.sides import Sides

_ITEM = patterns.lazy(r"[(\[]?([0-9]{1,2})[.)]\s")
_SMALL_NUMBER = patterns.lazy(r"[0-9]{1,2}")
_ENUMERATOR = patterns.lazy(r"[-*•]?\s*[(\[]?(?:\d{1,3}|[A-Za-z])")
_INITIALS = patterns.lazy(r"[A-Za-z](?:\.[A-Za-z])*")
_PLAIN_END = patterns.lazy(r"[a-z)\d][a-z)]$")
_ADDRESS = patterns.lazy(r"[@/\\=&%]|www\.", re.IGNORECASE)


def ends_sentence(sides: Sides) -> bool:
    """Whether the sentence ends with this stop."""
    if not sides.mark:
        return sides.spaced and sides.fresh
    if not sides.spaced:
        return _run_on(sides)
    if "!" in sides.mark or "?" in sides.mark:
        return _called_or_asked(sides)
    if sides.mark != ".":  # an ellipsis
        return sides.capital or sides.number or not sides.after
    return _full_stop(sides)


def opens_item(sides: Sides) -> bool:
    """Whether `before` is the number of the next item of a list on one line: "1. Cost 2. Time"."""
    if not (sides.after and sides.spaced and sides.mark == "." and _SMALL_NUMBER.fullmatch(sides.before)):
        return False
    head = _ITEM.match(sides.so_far)
    return sides.after_colon or (head is not None and abs(int(head[1]) - int(sides.before)) == 1)


def _run_on(sides: Sides) -> bool:
    """Whether a stop with no space after it ends a sentence: "your time.I look forward"."""
    if _ADDRESS.search(sides.before + sides.rest) or not sides.after[:1].isalpha() or sides.rest[0] in "\"'’":
        return False
    if not _PLAIN_END.search(sides.before):
        return False
    if sides.mark[0] in "!?":
        return True
    if sides.mark != ".":
        return sides.capital
    word = plain(sides.after)
    if sides.capital:
        return word not in words().endings and "." not in sides.before
    return word in words().run_on_starters


def _called_or_asked(sides: Sides) -> bool:
    if not sides.before and sides.close:
        return False  # "(?)"
    if sides.before.endswith((",", ";")):
        return False  # mail programs write "?" for a sign they do not know
    if plain(sides.before + sides.mark) in words().names_with_marks:
        return sides.fresh
    return not (sides.close and sides.small)


def _full_stop(sides: Sides) -> bool:
    word, known = plain(sides.before), words()
    if word in known.titles or word in known.linkers or _ENUMERATOR.fullmatch(sides.so_far):
        return False
    if word in known.clock:
        return sides.capital and plain(sides.after) not in known.after_clock
    if word in known.may_end:
        return sides.fresh or (word == "etc" and sides.capital)
    return not _abbreviates_what_follows(sides, word) and _ordinary(sides)


def _abbreviates_what_follows(sides: Sides, word: str) -> bool:
    """Whether "No. 5", "Jan. 5" or "Wed. Sept. 20" goes on."""
    known = words()
    if sides.number:
        return word in known.before_numbers or word in known.months_and_days
    return word in known.months_and_days and plain(sides.after) in known.months_and_days


def _ordinary(sides: Sides) -> bool:
    if _INITIALS.fullmatch(sides.before) and sides.before != "I":
        return sides.fresh
    if sides.before[-1:].isdigit() and sides.small:
        return opens_sentence(sides.after)
    return not (sides.close and sides.small)
