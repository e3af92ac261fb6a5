"""A linter for the messages people send after a job interview."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from followup_lint.tone import Formality

__all__ = ["formality"]


def formality(text: str) -> Formality:
    """Say how formal a sentence or a whole message reads, and which words make it so.

    The text is cut into paragraphs and sentences here; mail quoted below one's own words does not count. The result
    has a `score` from −3 (very informal) to +3 (very formal), around 0 for everyday business mail, and
    `contributions`, strongest first, whose pulls sum to the score. Each has a `feature`, its fitted `weight`, the
    `value` it takes here, and the `words` behind it with their spans, half-open code-point offsets into `text`.
    A text without words scores 0 and has no contributions. Readers themselves agree only so far: within about half a
    point, read nothing into a difference.

    The first call loads the spaCy model. Raises `followup_lint.errors.Problem` where none is installed.
    """
    from followup_lint.tone import judge  # late, so that importing the package stays quick

    return judge(text)
