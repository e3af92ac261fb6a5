"""How often each rule speaks in a run, and how much of that could be mended. No word of a draft is in it."""

from __future__ import annotations

from followup_lint.diagnostic import Applicability, Severity
from followup_lint.linter import Result
from followup_lint.records import dataclass, field
from followup_lint.reports.clean import dump
from followup_lint.reports.full import plain
from followup_lint.reports.rows import Paint

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.SUGGESTION: "cyan"}


@dataclass(slots=True)
class Count:
    """One rule's findings: how many, the gravest, in how many drafts; how many a safe remedy or only another mends."""

    rule: str
    severity: Severity = Severity.SUGGESTION
    count: int = 0
    drafts: int = 0
    safe: int = 0
    unsafe: int = 0


@dataclass
class Statistics:
    """What has been counted so far, draft by draft."""

    drafts: int = 0
    silenced: int = 0
    _rules: dict[str, Count] = field(default_factory=dict)

    def add(self, result: Result) -> None:
        """Count a draft's findings."""
        self.drafts += 1
        self.silenced += len(result.silenced)
        for item in result.diagnostics:
            row = self._rules.setdefault(item.rule, Count(item.rule))
            ways = {remedy.applicability for remedy in item.remedies}
            row.count += 1
            row.severity = max(row.severity, item.severity, key=lambda severity: severity.rank)
            row.safe += Applicability.SAFE in ways
            row.unsafe += Applicability.UNSAFE in ways and Applicability.SAFE not in ways
        for rule in {item.rule for item in result.diagnostics}:
            self._rules[rule].drafts += 1

    @property
    def counts(self) -> list[Count]:
        """Return the counts by rule, the most frequent first, then the gravest, then by name."""
        return sorted(self._rules.values(), key=lambda row: (-row.count, -row.severity.rank, row.rule))

    @property
    def findings(self) -> int:
        """Return how many findings there are."""
        return sum(row.count for row in self._rules.values())


def render(found: Statistics, paint: Paint = plain) -> str:
    """Return a line for each rule that spoke, and one for the run.

    `[*]` marks rules all of whose findings `--fix` can mend, `[-]` those where it can mend some, or only with
    `--unsafe-fixes`.
    """
    rows = found.counts
    wide = max((len(str(row.count)) for row in rows), default=1)
    lines = []
    for row in rows:
        mark = "[*]" if row.safe == row.count else "[-]" if row.safe or row.unsafe else "   "
        severity = paint(f"{row.severity:<10}", _COLOURS[row.severity])
        lines.append(f"{row.count:>{wide}}  {severity}  {mark}  {row.rule:<28}  in {_many(row.drafts, 'draft')}\n")
    total = f"{_many(found.findings, 'finding')} in {_many(found.drafts, 'draft')}"
    if found.silenced:
        total += f", {found.silenced} silenced"
    if safe := sum(row.safe for row in rows):
        total += f"; --fix mends {safe}"
    if unsafe := sum(row.unsafe for row in rows):
        total += f"; --unsafe-fixes {unsafe} more" if safe else f"; --fix --unsafe-fixes mends {unsafe}"
    return "".join([*lines, "\n" * bool(lines), total, "\n"])


def render_json(found: Statistics) -> str:
    """Return the same as one JSON object: totals, and `rules`, a list in the order of `counts`."""
    whole = {
        "drafts": found.drafts,
        "findings": found.findings,
        "silenced": found.silenced,
        "rules": [
            {
                "rule": row.rule,
                "severity": row.severity.value,
                "count": row.count,
                "drafts": row.drafts,
                "safe_fixes": row.safe,
                "unsafe_fixes": row.unsafe,
            }
            for row in found.counts
        ],
    }
    return dump(whole) + "\n"


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'s' * (count != 1)}"
