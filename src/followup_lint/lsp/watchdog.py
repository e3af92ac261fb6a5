"""What ends the server where nothing of it can act any more.

A regular expression that a rule searches for keeps all of Python to itself until it is done. Should one never be, the
server could neither answer its editor, nor see that the editor has gone. So a thread of the system's, which needs no
Python, ends it then, and says where it was; editors start a server that ended anew.
"""

from __future__ import annotations

import asyncio
import faulthandler
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

from followup_lint.records import dataclass

MOST_SECONDS = 30.0
"""How long the event loop may stand still while there is work: longer than any single step takes by far."""

_STANDARD_ERROR = 2


@dataclass
class Watchdog:
    """Watches, while there is work, whether the event loop still runs; used in its thread alone."""

    _works: int = 0
    _next: asyncio.TimerHandle | None = None

    def watch(self, work: Future[Any]) -> None:
        """End this process with exit code 1 should the event loop stand still before some work is done."""
        loop = asyncio.get_running_loop()
        self._works += 1
        if self._works == 1:
            self._beat(loop)
        work.add_done_callback(lambda _: self._later(loop))

    def _later(self, loop: asyncio.AbstractEventLoop) -> None:
        with suppress(RuntimeError):  # the loop is closed, and the server about to end
            loop.call_soon_threadsafe(self._done)

    def _done(self) -> None:
        self._works -= 1
        if not self._works and self._next:
            self._next.cancel()
            faulthandler.cancel_dump_traceback_later()

    def _beat(self, loop: asyncio.AbstractEventLoop) -> None:
        faulthandler.dump_traceback_later(MOST_SECONDS, exit=True, file=_STANDARD_ERROR)
        self._next = loop.call_later(MOST_SECONDS / 6, self._beat, loop)
