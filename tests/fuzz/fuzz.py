"""Coverage-guided fuzzing of one entry with atheris (Python 3.11 to 3.13, the extra `fuzz`).

    python tests/fuzz/fuzz.py ENTRY [FOLDER OF INPUTS] [-max_total_time=SECONDS] [-runs=N] [libFuzzer's options]
    python tests/fuzz/fuzz.py ENTRY FILE …

It ends with a traceback, and leaves the input in `crash-…`, when an exception other than Problem escapes, an offset
lies outside the text, parts overlap, or one input takes longer than `-timeout` seconds. Without a folder it begins with
the seeds of the entry; with one it begins with both, and keeps there what led to new code, for the next time;
files are run once, and nothing else.
`night.py` runs one entry after the other and counts.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))  # for the mails that the tests are made of

LONGEST = 2048
"""Bytes of an input; a rule file is rarely shorter."""

LONGEST_RULE = 5000
WATCHED = ("followup_lint", "email", "icalendar", "inscriptis", "tomllib", "pathspec", "dateutil")


def main() -> None:
    atheris: Any = importlib.import_module("atheris")  # compiled, without stubs

    with atheris.instrument_imports(include=list(WATCHED)):
        from entries import ENTRIES
        from seeds import dictionary, of

        if len(sys.argv) < 2 or sys.argv[1] not in ENTRIES:
            sys.exit(f"usage: fuzz.py ENTRY [libFuzzer's options]; the entries are {', '.join(ENTRIES)}")
        name = sys.argv[1]
        longest = LONGEST_RULE if name == "rule" else LONGEST
        given = [data for data in of(name) if len(data) <= longest]
        for data in given:
            ENTRIES[name](data)  # so that what is imported late is watched as well
    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(given):
            Path(folder, str(number)).write_bytes(data)
        options = ["-timeout=20", f"-max_len={longest}", "-rss_limit_mb=2048", f"-dict={dictionary(name)}"]
        chosen = sys.argv[2:]
        if not any(Path(item).is_file() for item in chosen):  # inputs to be run again are run alone
            chosen.append(folder)
        atheris.Setup([sys.argv[0], *options, *chosen], ENTRIES[name])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
