"""What a run found, as every output format gets it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from followup_lint.errors import Problem
from followup_lint.linter import Result
from followup_lint.reading import Reading
from followup_lint.records import dataclass
from followup_lint.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from followup_lint.explain.finding import Explainer


@dataclass(frozen=True)
class Report:
    """The drafts of a run in order, and what could not be read.

    `explained` gives, for a draft, what adds to each finding all that led to it; it is there when the user asked.
    `docs_url` is where the pages of the rules are published, empty if nowhere. `tell_all` says that
    the user wants to hear, from the formats that can tell, of the rules that lacked a fact and of what is silenced.
    `read` gives a draft as the rules saw it, for the formats that show a checklist; without it they leave it out.
    """

    results: Sequence[Result]
    problems: Sequence[Problem] = ()
    explained: Callable[[Result], Explainer] | None = None
    docs_url: str = ""
    tell_all: bool = False
    read: Callable[[Result], Reading] | None = None

    @property
    def rules(self) -> dict[str, Rule]:
        """Return every rule that ran on one of the drafts, by name, in the order of names."""
        found = {rule.name: rule for result in self.results for rule in result.rules}
        return dict(sorted(found.items()))
