"""How well each rule did on labelled messages: measured by `benchmarks/accuracy.py`, shipped with the rules."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from followup_lint.records import dataclass
from followup_lint.vocabulary import rules_folder

FILE = "accuracy.json"


@dataclass(frozen=True, slots=True)
class Figures:
    """One rule's count over `messages` labelled messages: rightly found, missed, wrongly found."""

    messages: int
    hits: int
    misses: int
    false: int

    @property
    def precision(self) -> float | None:
        """Return the share of its findings that were right; None where it found nothing."""
        found = self.hits + self.false
        return self.hits / found if found else None

    @property
    def recall(self) -> float | None:
        """Return the share of what it should have found; None where there was nothing to find."""
        wanted = self.hits + self.misses
        return self.hits / wanted if wanted else None

    def __str__(self) -> str:
        parts = []
        if self.precision is not None:
            parts.append(f"precision {self.precision:.2f} ({self.hits} of {self.hits + self.false})")
        if self.recall is not None:
            parts.append(f"recall {self.recall:.2f} ({self.hits} of {self.hits + self.misses})")
        return f"on {self.messages} labelled messages: {', '.join(parts) or 'it never arose'}"


@cache
def figures() -> Mapping[str, Figures]:
    """Return what was measured, by rule; nothing for a rule that no label named, or where nothing was measured yet."""
    file = rules_folder().joinpath(FILE)
    if not file.is_file():
        return {}
    table = json.loads(file.read_text(encoding="utf-8"))
    return {name: Figures(table["messages"], *counts) for name, counts in table["rules"].items()}


def page() -> str:
    """Return the Markdown page of all figures: `python -m followup_lint.accuracy > docs/accuracy.md`."""
    rows = [(name, *_cells(found)) for name, found in sorted(figures().items())]
    messages = next((found.messages for found in figures().values()), 0)
    head = ("rule", "found rightly", "missed", "found wrongly", "precision", "recall")
    lines = [head, tuple("-" * len(cell) for cell in head), *rows]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    return (
        f"# How often each rule is right\n\nCounted on {messages} labelled messages with the strict preset. Many rules "
        "rest on one to three messages each,\nand the rules were built while looking at these: read the figures as a "
        f"check, not as a promise.\n\n{table}\n"
    )


def _cells(found: Figures) -> tuple[str, ...]:
    shares = ("–" if share is None else f"{share:.2f}" for share in (found.precision, found.recall))
    return (*map(str, (found.hits, found.misses, found.false)), *shares)


if __name__ == "__main__":
    import sys

    sys.stdout.write(page())
