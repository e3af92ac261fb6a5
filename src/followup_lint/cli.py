"""The command line. The rest of the program is only loaded once something is asked for."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from followup_lint import arguments, gains, signals, streams
from followup_lint.exits import CLEAN, TROUBLE
from followup_lint.sources.decode import reason

TYPE_CHECKING = False
if TYPE_CHECKING:
    from followup_lint.cache.recording import Recording


def main(recording: Recording | None = None) -> int:
    """Run the program, and tell a recording what it depends on; a signal ends it quietly, as a closed pipe does."""
    streams.prepare()
    return signals.heeding(lambda: _answered(recording))


def _answered(recording: Recording | None) -> int:
    try:
        _run(recording)
    except BrokenPipeError:
        raise signals.closed_pipe() from None
    except OSError as error:
        streams.give_up_output()
        what = f"{error.filename}" if error.filename else "cannot write the report"
        with suppress(OSError):
            streams.tell(f"{what}: {reason(error)}")
        return TROUBLE
    except SystemExit:
        gains.keep()
        raise
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

    sys.exit(answer(*call, recording))
