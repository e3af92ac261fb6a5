"""The command line. The rest of the program is only loaded once something is asked for."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from followup_lint import arguments, patterns, phrases, streams
from followup_lint.exits import CLEAN, FINDINGS, TROUBLE
from followup_lint.sources.decode import reason

if TYPE_CHECKING:
    from followup_lint.cache.recording import Recording


def main(recording: Recording | None = None) -> int:
    """Run the program, and tell a recording what it depends on; a closed pipe ends it quietly."""
    streams.prepare()
    try:
        _run(recording)
    except BrokenPipeError:
        streams.give_up_output()
    except OSError as error:
        streams.give_up_output()
        what = f"{error.filename}" if error.filename else "cannot write the report"
        with suppress(OSError):
            streams.tell(f"{what}: {reason(error)}")
        return TROUBLE
    finally:
        patterns.keep()
        phrases.keep()
    return CLEAN


def _run(recording: Recording | None) -> None:
    """Do what the command line says. Raises SystemExit, or OSError for output that goes nowhere."""
    call = arguments.plain(sys.argv[1:], os.environ)
    if call is None:
        from followup_lint.command import command

        arguments.keep(command, os.environ)
        command(obj=recording)
        return
    from followup_lint.dispatch import answer

    try:
        sys.exit(answer(*call, recording))
    except (EOFError, KeyboardInterrupt):  # what click says then
        streams.say("\nAborted!\n", err=True)
        sys.exit(FINDINGS)
