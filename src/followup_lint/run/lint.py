"""Lint every draft, mend what was asked to be mended, show what is found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from followup_lint.cache.recording import Recording
from followup_lint.errors import Problem, Problems
from followup_lint.exits import CLEAN, FINDINGS, TROUBLE
from followup_lint.linter import Result
from followup_lint.messages import Options
from followup_lint.reports.report import Report
from followup_lint.reports.summary import summary
from followup_lint.run import witness
from followup_lint.run.output import outputs
from followup_lint.run.passing import Pass
from followup_lint.run.session import Session
from followup_lint.streams import tell


def lint(paths: Sequence[str], options: Options, recording: Recording | None = None) -> int:
    """Lint every draft and show what is found; return the exit code. A recording is told what that depends on."""
    if not paths:
        raise Problem("name a draft, a folder of drafts, or - for standard input; --help shows more")
    if recording:
        witness.begin(recording, paths)
    session = Session(paths, options)
    if options["add_ignores"] is not None:
        from followup_lint.run.live import add_ignores

        return add_ignores(session)
    if options["update_baseline"]:
        from followup_lint.run.live import update_baseline

        return update_baseline(session)
    if options["diff"]:
        from followup_lint.run.mend import diff

        return diff(session)
    results, code = _report(session)
    if not (any(session.found) or options["force_exclude"]):
        session.say("the settings leave out every draft here; --show-config shows which")
    if len(results) > 1 and not (options["quiet"] or options["fix_only"]):
        outputs(session).sum_up(results)
    if recording:
        witness.end(recording, session, results)
    return code


def told(paths: Sequence[str], options: Options) -> str:
    """Lint every draft and show what is found; return it in a line."""
    results, _ = _report(Session(paths, options))
    return summary(results) if results else "no drafts"


def also_watched(paths: Sequence[str], options: Options) -> Iterator[Path]:
    """Yield what decides on findings besides the drafts and the settings around them."""
    session = Session(paths, options)
    yield from (Path(str(options[name])) for name in ("config", "baseline") if options[name])
    with suppress(Problem, Problems):
        yield from session.beside()


def _report(session: Session) -> tuple[list[Result], int]:
    options = session.options
    out = outputs(session)
    mender = None
    if options["fix"] or options["fix_only"]:
        from followup_lint.run.mend import Mender

        mender = Mender(session)
    drafts = Pass(session, mender)
    results: list[Result] = []
    for _, result in drafts:
        results.append(result)
        if not options["fix_only"]:
            out.show(result)
    for note in session.records.notes:
        tell(note)
    for note in session.gone():
        tell(f"note: {note}")
    report = Report(
        results,
        drafts.problems,
        session.explained if options["explain_findings"] else None,
        session.docs_url,
        not options["quiet"],
        session.reading,
    )
    if not options["fix_only"]:
        out.finish(report)
    if mender:
        mender.tell()
    if drafts.problems:
        return results, TROUBLE
    failed = any(map(session.fails, results)) and not options["fix_only"]
    changed = mender is not None and mender.count and options["exit_non_zero_on_fix"]
    return results, FINDINGS if (failed or changed) and not options["exit_zero"] else CLEAN
