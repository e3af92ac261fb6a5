"""Write the pages: `python -m followup_lint.pages [DOCS]`, from the top of a checkout."""

from __future__ import annotations

import sys
from pathlib import Path

from followup_lint.pages import pages, stale


def main(docs: Path) -> int:
    """Write what has changed, remove what is left of old rules; say what was done."""
    made = pages(docs)
    (docs / "rules").mkdir(parents=True, exist_ok=True)
    changed = 0
    for name, text in made.items():
        file = docs / name
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8", newline="\n")
            changed += 1
    old = stale(docs, made)
    for file in old:
        file.unlink()
    sys.stdout.write(f"{len(made)} pages, {changed} written, {len(old)} removed\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs")))
