"""How often each rule speaks in a run, and how much of that could be mended. No word of a draft is in it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from followup_lint.diagnostic import Applicability, Diagnostic, Severity
from followup_lint.linter import Result
from followup_lint.reports.full import plain
from followup_lint.reports.rows import Paint

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.SUGGESTION: "cyan"}


@dataclass(frozen=True, slots=True)
class Count:
    """One rule's findings: how many, the gravest, in how many drafts; how many a safe remedy or only another mends."""

    rule: str
    severity: Severity
    count: int
    drafts: int
    safe: int
    unsafe: int


def counts(results: Sequence[Result]) -> list[Count]:
    """Count by rule, the most frequent first, then the gravest, then by name."""
    found: dict[str, list[tuple[int, Diagnostic]]] = {}
    for at, result in enumerate(results):
        for item in result.diagnostics:
            found.setdefault(item.rule, []).append((at, item))
    rows = []
    for rule, items in found.items():
        severity = max((item.severity for _, item in items), key=lambda severity: severity.rank)
        ways = [{remedy.applicability for remedy in item.remedies} for _, item in items]
        safe = sum(Applicability.SAFE in way for way in ways)
        unsafe = sum(Applicability.UNSAFE in way and Applicability.SAFE not in way for way in ways)
        rows.append(Count(rule, severity, len(items), len({at for at, _ in items}), safe, unsafe))
    return sorted(rows, key=lambda row: (-row.count, -row.severity.rank, row.rule))


def render(results: Sequence[Result], paint: Paint = plain) -> str:
    """Return a line for each rule that spoke, and one for the run.

    `[*]` marks rules all of whose findings `--fix` can mend, `[-]` those where it can mend some, or only with
    `--unsafe-fixes`.
    """
    rows = counts(results)
    wide = max((len(str(row.count)) for row in rows), default=1)
    lines = []
    for row in rows:
        mark = "[*]" if row.safe == row.count else "[-]" if row.safe or row.unsafe else "   "
        severity = paint(f"{row.severity:<10}", _COLOURS[row.severity])
        lines.append(f"{row.count:>{wide}}  {severity}  {mark}  {row.rule:<28}  in {_many(row.drafts, 'draft')}\n")
    total = f"{_many(sum(row.count for row in rows), 'finding')} in {_many(len(results), 'draft')}"
    if silenced := sum(len(result.silenced) for result in results):
        total += f", {silenced} silenced"
    if safe := sum(row.safe for row in rows):
        total += f"; --fix mends {safe}"
    if unsafe := sum(row.unsafe for row in rows):
        total += f"; --unsafe-fixes {unsafe} more" if safe else f"; --fix --unsafe-fixes mends {unsafe}"
    return "".join([*lines, "\n" * bool(lines), total, "\n"])


def render_json(results: Sequence[Result]) -> str:
    """Return the same as one JSON object: totals, and `rules`, a list in the order of `counts`."""
    rows = counts(results)
    whole = {
        "drafts": len(results),
        "findings": sum(row.count for row in rows),
        "silenced": sum(len(result.silenced) for result in results),
        "rules": [
            {
                "rule": row.rule,
                "severity": row.severity.value,
                "count": row.count,
                "drafts": row.drafts,
                "safe_fixes": row.safe,
                "unsafe_fixes": row.unsafe,
            }
            for row in rows
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'s' * (count != 1)}"
