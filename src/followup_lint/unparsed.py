"""What a reading raises where a parse is asked for that is not there, while nothing is to be parsed alone."""

from __future__ import annotations

from followup_lint.text import Span


class NotParsed(BaseException):
    """A stretch is not parsed yet. It is no error: it ends a try, and nothing on the way may take it for a fault."""

    def __init__(self, span: Span) -> None:
        super().__init__(span)
        self.span = span
