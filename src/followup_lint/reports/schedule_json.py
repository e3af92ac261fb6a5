"""The schedule as one JSON array, for programs."""

from __future__ import annotations

from collections.abc import Sequence

from followup_lint.reports.clean import dump
from followup_lint.schedule import Entry
from followup_lint.when import Moment


def render(entries: Sequence[Entry]) -> str:
    """Return an array of objects, the most urgent first; times are ISO 8601, without an hour where none is known."""
    rows = [
        {
            "conversation": entry.key,
            "who": entry.who,
            "company": entry.company,
            "role": entry.role,
            "last": entry.last
            and {
                "kind": entry.last.kind.value,
                "date": _iso(entry.last.date),
                "answered": entry.last.answered,
                "file": entry.last.file or None,
            },
            "owes": entry.owes.value,
            "action": entry.step.action.value,
            "state": entry.step.state.value,
            "earliest": _iso(entry.step.earliest),
            "latest": _iso(entry.step.latest),
            "reason": entry.step.reason,
            "drafts": list(entry.ready),
        }
        for entry in entries
    ]
    return dump(rows) + "\n"


def _iso(moment: Moment | None) -> str | None:
    if moment is None:
        return None
    return moment.at.isoformat() if moment.has_time else moment.day.isoformat()
