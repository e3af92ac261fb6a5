"""Coverage-guided fuzzing of one entry with atheris (Python 3.11 to 3.13, the extra `fuzz`).

    python tests/fuzz/fuzz.py ENTRY [FOLDER OF INPUTS] [-max_total_time=SECONDS] [any other option of libFuzzer]

It ends with a traceback, and leaves the input in `crash-…`, when an exception other than Problem escapes, an offset
lies outside the text, parts overlap, or one input takes longer than `-timeout` seconds. Without a folder it begins with
the mails of the tests; with one it keeps there what led to new code, for the next time.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))  # for the mails that the tests are made of

LONGEST = 4096


def seeds(folder: Path) -> str:
    """Write the hostile mails of the tests, the short ones, into a folder; return its name."""
    from hostile_mails import MAILS

    for name, data in MAILS.items():
        if len(data) <= LONGEST:
            (folder / name).write_bytes(data)
    return str(folder)


def main() -> None:
    atheris: Any = importlib.import_module("atheris")  # compiled, without stubs

    with atheris.instrument_imports(include=["followup_lint", "email", "icalendar"]):
        from entries import ENTRIES

    if len(sys.argv) < 2 or sys.argv[1] not in ENTRIES:
        sys.exit(f"usage: fuzz.py ENTRY [libFuzzer's options]; the entries are {', '.join(ENTRIES)}")
    entry = ENTRIES[sys.argv[1]]
    options = ["-timeout=20", f"-max_len={LONGEST}", "-rss_limit_mb=2048", *sys.argv[2:]]
    with tempfile.TemporaryDirectory() as folder:
        if all(option.startswith("-") for option in options):
            options.append(seeds(Path(folder)))
        atheris.Setup([sys.argv[0], *options], entry)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
