"""A headless Chromium, spoken to in its own protocol over a pipe: for pages that must be looked at to be tested."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def program() -> str:
    """Return the path of a Chromium, empty where there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), "")


class Browser:
    """One tab. `events` are the messages that it sent unasked, in order."""

    def __init__(self, into: int, out: int) -> None:
        self.into, self.out, self.left, self.number = into, out, b"", 0
        self.session: str | None = None
        self.events: list[dict[str, Any]] = []

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        self.number += 1
        message: dict[str, Any] = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.into, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self.number:
                assert "error" not in answer, answer
                return dict(answer["result"])
            self.events.append(answer)

    def open(self, page: Path) -> None:
        """Load a page and wait until that is done."""
        self.call("Page.navigate", url=page.as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self.events.append(self._next())

    def evaluate(self, script: str) -> Any:
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self.left:
            read = os.read(self.out, 1 << 16)
            assert read, "Chromium went away"
            self.left += read
        message, _, self.left = self.left.partition(b"\0")
        return dict(json.loads(message))


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """Start a browser with an empty profile in `folder`, and end it."""
    asked, into = os.pipe()
    out, told = os.pipe()
    options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe"]
    options += ["--disable-background-networking", "--disable-component-update", f"--user-data-dir={folder}"]
    # The protocol is spoken on file descriptors 3 and 4, whatever numbers the pipes have here.
    become = "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4); "
    become += "os.execv(sys.argv[3], sys.argv[3:])"
    command = [sys.executable, "-c", become, str(asked), str(told), program(), *options, "about:blank"]
    run = subprocess.Popen(command, pass_fds=(asked, told), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(asked)
    os.close(told)
    tab = Browser(into, out)
    try:
        (target, *_) = [
            item for item in tab.call("Target.getTargets")["targetInfos"] if item["type"] == "page"
        ]  # the tab it begins with
        tab.session = tab.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            tab.call(f"{domain}.enable")
        yield tab
    finally:
        run.terminate()
        run.wait(20)
        os.close(into)
        os.close(out)
