"""Where the writer takes leave: sign-off and signature at the end of a stretch of own lines."""

from __future__ import annotations

from followup_lint.structure.footer import is_postscript, is_prose
from followup_lint.structure.leave import Leave, is_greeted, last_sentence, upward
from followup_lint.structure.names import is_contact, is_name, is_small_name, may_be_name, opens_with_name
from followup_lint.structure.phrases import closing_then_name, closing_words, is_closing, is_closing_with_tail
from followup_lint.structure.signer import by_last_words, by_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from followup_lint.structure.lines import Line

_MOST_PROSE = 3
_LEAVE_LOOK = 80


def find_leave(lines: Sequence[Line], greeted: frozenset[str], *, surely: bool, reply: bool) -> Leave | None:
    """Return where sign-off and signature begin, or None.

    `surely`: only by a closing phrase with a name. `reply`: quoted mail stands above, so a name may stand alone.
    """
    end = next((at for at in range(1, len(lines)) if is_postscript(lines[at])), len(lines))
    stretches = (lines[:end], lines) if end < len(lines) else (lines,)
    for named in (True,) if surely else (True, False):
        for stretch in stretches:
            found = _by_phrase(stretch, greeted, named=named)
            if not found and not surely and (named is (len(stretches) > 1)):
                found = by_name(stretch, greeted, reply=reply) or by_last_words(stretch, greeted)
            if found:
                return found
    return None


def _by_phrase(lines: Sequence[Line], greeted: frozenset[str], *, named: bool) -> Leave | None:
    """Look for a line with a closing phrase, from the end up."""
    prose = 0
    for at in range(len(lines) - 1, max(-1, len(lines) - 1 - _LEAVE_LOOK), -1):
        line = lines[at]
        following = lines[at + 1] if at + 1 < len(lines) else None
        start, name = _phrase_at(lines, at, greeted)
        if name:
            return Leave(upward(lines, at, start), name)
        if start is not None and following and _may_sign(line, following):
            return Leave(upward(lines, at, start), following.span.start)
        if start is not None and not following and at and not named and not _signed_above(lines, at):
            return Leave(upward(lines, at, start), line.span.end)
        prose += is_prose(line)
        if prose > _MOST_PROSE:
            return None
    return None


def _may_sign(line: Line, following: Line) -> bool:
    """Whether what follows a closing phrase can be the name; after "Thanks!" it takes more than after "Thanks,"."""
    if line.ends_sentence:
        return opens_with_name(following.words) or is_contact(following.words) or is_small_name(following.words)
    return may_be_name(following.words)


def _phrase_at(lines: Sequence[Line], at: int, greeted: frozenset[str]) -> tuple[int | None, int | None]:
    """Return the offset of a closing phrase in a line, and of a name after it, as far as there are any."""
    line = lines[at]
    fresh = (
        not at
        or line.gap
        or lines[at - 1].ends_sentence
        or lines[at - 1].words.endswith(",")
        or line.words[0].isupper()
    )
    offset = line.at
    if fresh and closing_words(line.words):
        name = closing_then_name(line.words)
        if name and not is_greeted(line.words[name:], greeted):
            return offset, offset + name
        signed = at + 1 < len(lines) and opens_with_name(lines[at + 1].words)
        if is_closing(line.words) or (signed and (name or is_closing_with_tail(line.words))):
            return offset, None
    # "... whenever it suits. Best regards," above the name.
    if at + 1 < len(lines) and opens_with_name(lines[at + 1].words):
        tail = last_sentence(line.words)
        if tail and is_closing(line.words[tail:]):
            return offset + tail, None
    return None, None


def _signed_above(lines: Sequence[Line], at: int) -> bool:
    """Whether a leave with a name stands just above, so that a last "Thanks!" is not the sign-off."""
    return any(
        is_closing(lines[above].words) and is_name(lines[above + 1].words) for above in range(max(0, at - 6), at - 1)
    )
