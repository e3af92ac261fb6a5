"""What lets coverage hear of a process that ends by a signal, for tests that write such a process themselves."""

from __future__ import annotations

import sys

SAVED = """
import os, sys
if "coverage" in sys.modules:
    def _told(*end, _kill=os.kill, _measured=sys.modules["coverage"].Coverage.current()):
        if end[0] == os.getpid() and _measured:
            _measured.save()
        _kill(*end)
    os.kill = _told
"""
"""Python to begin with: what was run is written down before the process sends itself the signal that it dies of."""

COMMAND = [sys.executable, "-c", f"{SAVED}\nfrom followup_lint.entry import main\nsys.exit(main())"]
"""The program so begun."""
