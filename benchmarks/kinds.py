"""How often the kind of a message is inferred right when nobody gives it.

    python benchmarks/kinds.py FOLDER [--wrong] [--file-names]

The folder holds messages and labels.yaml: a list of {file, kind, …}. The `kind` key is taken out of each message's
front matter in memory, and files go by a neutral name (`message.txt`), so that nothing but the words and the other
facts is left to judge by; `--file-names` keeps the names.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from followup_lint.kinds import is_inferred, weigh
from followup_lint.reader import Message, read_message

_KIND = re.compile(rb"\A(---[ \t]*\r?\n(?:(?!---).*\r?\n)*?)kind[ \t]*:.*\r?\n")


def read(path: Path, *, keep_name: bool) -> Message:
    """Read a message as if its writer had not said what it is for."""
    shown = path.name if keep_name else "message." + path.name.partition(".")[2]
    return read_message(_KIND.sub(rb"\1", path.read_bytes()), shown, {})


def table(pairs: Counter[tuple[str, str]]) -> str:
    """Show what was taken for what: a row for each true kind, a column for each inferred one."""
    kinds = sorted({kind for pair in pairs for kind in pair})
    rows = [" " * 18 + "".join(f"{kind[:9]:>10}" for kind in kinds)]
    for true in kinds:
        counts = "".join(f"{pairs[true, got] or '.':>10}" for got in kinds)
        rows.append(f"{true:<18}{counts}")
    return "\n".join(rows)


def main() -> int:
    """Print accuracy, how often the kind was called unclear, and the confusion table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--wrong", action="store_true", help="list the messages whose kind was not found, and the cues")
    parser.add_argument("--file-names", action="store_true", help="let the file names speak")
    options = parser.parse_args()
    labels: list[dict[str, Any]] = yaml.safe_load((options.folder / "labels.yaml").read_text(encoding="utf-8"))
    pairs: Counter[tuple[str, str]] = Counter()
    unclear: list[dict[str, Any]] = []
    for row in labels:
        message = read(options.folder / row["file"], keep_name=options.file_names)
        got = str(message.context.kind)
        pairs[row["kind"], got] += 1
        if is_inferred(message.context):
            verdict = weigh(message.draft, message.context)
            unclear += [row] if verdict.is_unclear or verdict.is_guess else []
        if options.wrong and got != row["kind"]:
            print(f"{row['file']}: {row['kind']}, taken for {got}: {message.context.origins['kind']}")
    right = sum(count for (true, got), count in pairs.items() if true == got)
    clean = [row for row in labels if row.get("quality") == "good"]
    doubted = sum(row in unclear for row in clean)
    print(f"{right} of {len(labels)} right: {right / max(1, len(labels)):.3f}")
    print(f"{len(unclear)} called unclear, {doubted} of them among the {len(clean)} good messages")
    print(table(pairs))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
