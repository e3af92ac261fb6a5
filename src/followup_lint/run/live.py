"""Live with what is found: ignore it in the drafts, or know it in a baseline."""

from __future__ import annotations

from pathlib import Path

from followup_lint.baseline import Baseline
from followup_lint.diagnostic import Severity
from followup_lint.errors import Problem
from followup_lint.exits import CLEAN, TROUBLE
from followup_lint.ignores import added_to_file, remaining
from followup_lint.linter import Result
from followup_lint.messages import load
from followup_lint.run.passing import Pass
from followup_lint.run.session import Session
from followup_lint.when import amount
from followup_lint.writing import replace_file


def add_ignores(session: Session) -> int:
    """Write the rules that found something into each draft's front matter; return the exit code."""
    drafts, reason = Pass(session), str(session.options["add_ignores"])
    for place, result in drafts:
        rules = remaining(result)
        if not rules:
            continue
        if not place.is_file:
            raise Problem("--add-ignores writes files; it cannot write standard input", place.path)
        try:
            old = load(place)
            new = added_to_file(old, place.path, rules, reason)
            replace_file(Path(place.path), new, expected=old)
        except Problem as problem:
            drafts.tell(problem)
        else:
            session.say(f"{place.path}: now ignores {', '.join(rules)}")
    return TROUBLE if drafts.problems else CLEAN


def update_baseline(session: Session) -> int:
    """Write what is found into the baselines of the drafts; return the exit code."""
    drafts = Pass(session, is_split=False)
    held: dict[Path, list[Result]] = {}
    told: dict[Path, bool] = {}
    for _, result in drafts:
        settings = session.settings(result.draft.path)
        path = session.baselines.place(settings)
        if path is None:
            raise Problem("name a baseline: --baseline FILE, or `baseline: FILE` in the configuration")
        held.setdefault(path, []).append(result)
        told[path] = told.get(path, True) and session.least(settings) is Severity.SUGGESTION
    for path, results in held.items():
        before = Baseline.read(path) if path.exists() else Baseline(path)
        after = before.updated(results, all_told=told[path])
        after.write()
        session.say(f"{path}: holds {amount(len(after.entries), 'finding')}")
    return TROUBLE if drafts.problems else CLEAN
