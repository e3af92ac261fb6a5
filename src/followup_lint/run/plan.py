"""What is due in every conversation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

import click

from followup_lint.errors import Problem
from followup_lint.exits import CLEAN, TROUBLE
from followup_lint.facts import in_zone
from followup_lint.messages import Options, flags
from followup_lint.reader import Message
from followup_lint.run.output import coloured, paint
from followup_lint.run.session import Session
from followup_lint.streams import tell
from followup_lint.thread.conversations import gather
from followup_lint.when import Moment

FORMS = ("full", "json", "ics")


def schedule(paths: Sequence[str], options: Options) -> int:
    """Show what is due in each conversation under the paths; the exit code tells only of trouble."""
    from followup_lint import schedule as plan
    from followup_lint.reports import schedule_full, schedule_ics, schedule_json

    if not paths:
        raise Problem("name a draft or a folder of drafts to make a schedule of")
    form, *more = cast("tuple[str, ...]", options["output_format"]) or ("full",)
    if more or form not in FORMS:
        raise Problem(f"a schedule is shown in one form: {', '.join(FORMS)}")
    now = _now(options)
    drafts: list[Message] = []
    troubled = False
    # --now is the present here, not the date of drafts that have none.
    session = Session(paths, {**options, "date": None})
    for message in session.messages():
        if isinstance(message, Problem):
            tell(message)
            troubled = True
        else:
            drafts.append(message)
    entries = plan.schedule(gather(drafts, session.records, joined=False), now)
    for note in session.records.notes:
        tell(note)
    if form == "full":
        shown = schedule_full.render(entries, now, paint(options), reasons=bool(options["explain_findings"]))
        click.echo(shown, nl=False, color=coloured(options))
    elif form == "ics":
        click.echo(schedule_ics.render(entries, now).encode(), nl=False)  # UTF-8 and its own line ends everywhere
    else:
        click.echo(schedule_json.render(entries), nl=False)
    return TROUBLE if troubled else CLEAN


def _now(options: Options) -> Moment:
    given = flags({**options, "kind": None})
    if "date" not in given:
        return Moment(datetime.now().astimezone())
    now, zone = given["date"].value, given["zone"].value if "zone" in given else None
    try:
        return cast("Moment", in_zone(now, zone) if isinstance(zone, ZoneInfo) else now)
    except ValueError as error:
        raise Problem(f"--now: {error}") from None
