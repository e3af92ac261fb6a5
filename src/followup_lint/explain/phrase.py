"""A long phrase, cut down to what matched."""

from __future__ import annotations

import re
from collections.abc import Callable

from followup_lint import patterns

_GROUP = patterns.lazy(r"\((\?:|\?i:)?((?:[^()\\|]|\\.)*(?:\|(?:[^()\\|]|\\.)*){3,})\)")
_LOOK = patterns.lazy(r"\(\?<?[!=]((?:[^()\\]|\\.)*\|(?:[^()\\]|\\.)*)\)")
_NEVER, _FEW = "\0", 3


def narrowed(phrase: str, still: Callable[[str], bool], room: int = 160) -> str:
    """Return the phrase with every list of four or more alternatives cut to the one that matched.

    `still` says whether a phrase still matches the words; where no single alternative does, the list stays whole.
    """

    def one(match: re.Match[str], source: str) -> str:
        for choice in match[2].split("|"):
            shorter = f"{source[: match.start()]}({match[1] or ''}{choice}|{_NEVER}){source[match.end() :]}"
            if still(shorter):
                return shorter
        return source

    choices = phrase.split("|")
    if "(" not in phrase and len(choices) > _FEW:
        phrase = next((f"{choice}|{_NEVER}" for choice in choices if still(choice)), phrase)
    here = 0
    while match := _GROUP.search(phrase, here):
        shorter = one(match, phrase)
        # An outer list can only be cut once those inside it hold no brackets any more, so they stay as they are.
        here = match.end() if shorter == phrase else match.start() + 1
        phrase = shorter
    shown = _LOOK.sub(lambda match: match[0] if len(match[0]) < 30 else match[0].partition("|")[0] + "|…)", phrase)  # noqa: PLR2004  (short ones stay)
    shown = shown.replace(_NEVER, "…")
    return shown if len(shown) <= room else shown[: room - 1] + "…"
