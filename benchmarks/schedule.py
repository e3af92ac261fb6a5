"""How long `--schedule` takes for a folder of made-up drafts, and what of it is reading them.

    python benchmarks/schedule.py [NUMBER OF DRAFTS, 10000 by default]

Half of the drafts say what kind of message they are, half leave it to be inferred, which takes the longest.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from followup_lint.due import State
from followup_lint.reader import read_message
from followup_lint.schedule import schedule
from followup_lint.sources.walk import find
from followup_lint.thread.conversations import gather
from followup_lint.written_times import parse_moment

NOW = "2026-11-24T14:00"
PROGRAM = "import sys; from followup_lint.cli import main; sys.exit(main())"
FIRST = ("Ana", "Ben", "Cleo", "Dov", "Eli", "Fay", "Gus", "Hal", "Ina", "Jon")
THANKS = "Thank you for showing me the kiln on {day}. I should like to fire it with you, and can start in March."
ASK = "I am still keen on the potter post. Is there any news since we met on {day}? I have new glazes to show."
WORDS = {"thank-you": THANKS, "check-in": ASK, "second-check-in": ASK}


def write(folder: Path, number: int) -> None:
    """Write so many drafts: one to three to each reader, three hundred to a folder."""
    for place in range(number):
        reader, step = divmod(place, 3)
        kind = tuple(WORDS)[step]
        held = date(2026, 8, 1) + timedelta(days=reader % 110)
        sent = held + timedelta(days=(1, 9, 18)[step])
        name = f"{FIRST[reader % 10]} Ro{''.join(chr(97 + int(digit)) for digit in str(reader))}"
        facts = [f"to: {name}", f"company: Pottery {reader % 500}", f"interview: {held}", f"date: {sent}"]
        facts += [f"kind: {kind}"] if place % 2 else []
        body = WORDS[kind].format(day=f"{held.day} {held:%B}")
        path = folder / f"{place // 300}" / f"{place}.txt"
        path.parent.mkdir(exist_ok=True)
        text = "\n".join(("---", *facts, "---", f"Dear {name},", "", body, "", "Kind regards,", "Kit Lund", ""))
        path.write_text(text, encoding="utf-8")


def main(number: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        write(Path(name), number)
        started = time.perf_counter()
        drafts = [read_message(Path(file).read_bytes(), file, {}) for file in find([name])[0]]
        read = time.perf_counter()
        found = gather(drafts, joined=False)
        gathered = time.perf_counter()
        entries = schedule(found, parse_moment(NOW))
        done = time.perf_counter()
        counts = {state.value: sum(item.step.state is state for item in entries) for state in State}
        print(f"{len(drafts)} drafts, {len(entries)} conversations: {counts}")
        print("spaCy was loaded" if "spacy" in sys.modules else "spaCy was not loaded")
        print(f"read {read - started:.1f} s, gather {gathered - read:.1f} s, work out {done - gathered:.2f} s")
        started = time.perf_counter()
        command = [sys.executable, "-c", PROGRAM, "--schedule", name, "--now", NOW]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        print(f"the program from start to end: {time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
