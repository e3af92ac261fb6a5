"""Another draft than the one that is judged."""

from __future__ import annotations

from followup_lint.context import Context
from followup_lint.draft import Draft
from followup_lint.records import dataclass


@dataclass(frozen=True)
class Other:
    """Another draft, and how it stands to this one as far as the facts of both say.

    `name` is what to call it by; `is_earlier` that it goes, or went, before; `in_thread` that the two go to the same
    people about the same job; `same_interview` that both are about one interview.
    """

    draft: Draft
    context: Context
    name: str
    is_earlier: bool = False
    in_thread: bool = False
    same_interview: bool = False
