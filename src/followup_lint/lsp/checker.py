"""Checks in their order: one thread that lints, the newest version first, nothing published that is out of date."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from followup_lint.lsp.documents import Document
from followup_lint.lsp.protocol import tell
from followup_lint.lsp.wishes import Wishes
from followup_lint.records import dataclass, field

if TYPE_CHECKING:
    from followup_lint.lsp.core import Checked, Core, Text
    from followup_lint.lsp.watchdog import Watchdog

T = TypeVar("T")

MOST_DELAY = 0.25


@dataclass
class Job:
    """The check of one version of a document. `given_up` is set as soon as nobody wants it any more."""

    document: Document
    given_up: Event
    task: asyncio.Task[None]


@dataclass
class Checker:
    """The checks under way, and the last that came of each document.

    `current` gives the newest version of a document, while it is open. `publish` is called in the event loop's thread
    with every result that is still of the newest version. `root` is the workspace's folder. `watchdog` is told of
    all work.
    """

    current: Callable[[str], Document | None]
    publish: Callable[[Document, Checked], None]
    worker: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "lint"))
    jobs: dict[str, Job] = field(default_factory=dict)
    last: dict[str, tuple[Document, Checked]] = field(default_factory=dict)
    wishes: Wishes = field(default_factory=Wishes)
    root: str = ""
    watchdog: Watchdog | None = None
    _core: Core | None = None
    _seconds: float = 0.0

    def core(self) -> Core:
        """Return what lints; to be called in the worker's thread only, for it imports all that is slow to."""
        if self._core is None:
            from followup_lint.lsp.core import Core

            self._core = Core()
        self._core.wishes = self.wishes
        return self._core

    async def work(self, task: Callable[[Core], T]) -> T:
        """Do something in the worker's thread."""
        job = self.worker.submit(lambda: task(self.core()))
        if self.watchdog:
            self.watchdog.watch(job)
        return await asyncio.wrap_future(job)

    async def warm(self) -> None:
        """Load all that the first check would else wait for."""
        await self.work(lambda core: core.warm())

    def ask(self, document: Document, *, at_once: bool = False) -> Job:
        """Begin the check of a document; what was going on for an older version of it is given up.

        While somebody types, it waits half as long as the last check took, so that slow checks do not pile up.
        """
        self.drop(document.uri)
        given_up = Event()
        delay = 0.0 if at_once else min(MOST_DELAY, self._seconds / 2)
        job = Job(document, given_up, asyncio.ensure_future(self._run(document, given_up, delay)))
        self.jobs[document.uri] = job
        return job

    def drop(self, uri: str, *, is_closed: bool = False) -> None:
        """Give up the check of a document."""
        if job := self.jobs.pop(uri, None):
            job.given_up.set()
            job.task.cancel()
        if is_closed:
            self.last.pop(uri, None)

    def forget(self) -> None:
        """Forget all that was found: something besides the texts has changed."""
        for uri in list(self.jobs):
            self.drop(uri)
        self.last.clear()

    async def newest(self, uri: str) -> tuple[Document, Checked] | None:
        """Return the newest version of a document with what was found in it; its check is begun now if it was not.

        Return None where it is not open, or where the check failed.
        """
        while document := self.current(uri):
            known = self.last.get(uri)
            if known and known[0] is document:
                return known
            job = self.jobs.get(uri)
            if job is None or job.document is not document:
                job = self.ask(document, at_once=True)
            try:
                await asyncio.shield(job.task)
            except asyncio.CancelledError:
                if not job.given_up.is_set():
                    raise  # it is the request that was cancelled
            if not job.given_up.is_set() and self.last.get(uri, (None,))[0] is not document:
                return None
        return None

    async def _run(self, document: Document, given_up: Event, delay: float) -> None:
        if delay:
            await asyncio.sleep(delay)
        begun = time.monotonic()
        try:
            found = await self.work(lambda core: self._check(core, document, given_up))
            if found is None or given_up.is_set():
                return
            self._seconds = time.monotonic() - begun
            self.last[document.uri] = document, found
            self.publish(document, found)
        except Exception as error:  # noqa: BLE001  (whatever happens, the server goes on)
            tell(error)

    def text_of(self, document: Document) -> Text:
        """Return a document as what lints wants it; one that is no file is taken for one in the workspace's folder."""
        from followup_lint.lsp.core import Text

        path = document.file or os.path.join(self.root, document.name)  # noqa: PTH118  (on either system)
        return Text(path, document.text, document.is_html, bool(document.file))

    def _check(self, core: Core, document: Document, given_up: Event) -> Checked | None:
        """Check a draft or a rule file; None where the result is no longer wanted."""
        from followup_lint.lsp.core import Checked
        from followup_lint.lsp.parses import OvertakenError

        if given_up.is_set():
            return None
        if document.is_rule:
            from followup_lint.lsp.rule_files import problems

            return Checked(problems=problems(document))
        if not document.is_draft:
            return Checked()
        try:
            return core.check(self.text_of(document), lambda: not given_up.is_set())
        except OvertakenError:
            return None
