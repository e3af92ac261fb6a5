"""Lint every draft, mend what was asked to be mended, show what is found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from followup_lint.cache.recording import Recording
from followup_lint.errors import Problem, Problems
from followup_lint.exits import CLEAN, FINDINGS, TROUBLE
from followup_lint.messages import Options
from followup_lint.run.output import Outputs, outputs
from followup_lint.run.passing import Pass
from followup_lint.run.session import Session
from followup_lint.run.witness import Witness, begin
from followup_lint.streams import tell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path


def lint(paths: Sequence[str], options: Options, recording: Recording | None = None) -> int:
    """Lint every draft and show what is found; return the exit code. A recording is told what that depends on."""
    if not paths:
        raise Problem("name a draft, a folder of drafts, or - for standard input; --help shows more")
    if recording:
        begin(recording, paths, options)
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
    witness = Witness(recording, session) if recording else None
    out, code = _report(session, witness)
    if not (any(session.found) or options["force_exclude"]):
        session.say("the settings leave out every draft here; --show-config shows which")
    if out.summary.drafts > 1 and not (options["quiet"] or options["fix_only"]):
        out.sum_up()
    if witness:
        witness.end()
    return code


def told(paths: Sequence[str], options: Options) -> str:
    """Lint every draft and show what is found; return it in a line."""
    out, _ = _report(Session(paths, options))
    return str(out.summary) if out.summary.drafts else "no drafts"


def also_watched(paths: Sequence[str], options: Options) -> Iterator[Path]:
    """Yield what decides on findings besides the drafts and the settings around them."""
    from pathlib import Path

    session = Session(paths, options)
    yield from (Path(str(options[name])) for name in ("config", "baseline") if options[name])
    with suppress(Problem, Problems):
        yield from session.beside()


def _report(session: Session, witness: Witness | None = None) -> tuple[Outputs, int]:
    options = session.options
    mender = None
    if options["fix"] or options["fix_only"]:
        from followup_lint.run.mend import Mender

        mender = Mender(session)
    drafts = Pass(session, mender)
    failed = False
    with outputs(session, is_long=drafts.is_long) as out:
        for _, result in drafts:
            out.add(result)
            failed = failed or session.fails(result)
            if witness:
                witness.see(result)
        for note in session.records.notes:
            tell(note)
        for note in (note for baseline in session.baselines.used for note in baseline.gone()):
            tell(f"note: {note}")
        out.finish([*drafts.problems])
    if mender:
        mender.tell()
    if drafts.problems:
        return out, TROUBLE
    changed = mender is not None and mender.count and options["exit_non_zero_on_fix"]
    found = (failed and not options["fix_only"]) or changed
    return out, FINDINGS if found and not options["exit_zero"] else CLEAN
