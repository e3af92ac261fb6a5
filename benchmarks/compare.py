"""How fast followup-lint is beside other tools, on the same mails, in turn.

    python benchmarks/compare.py [--peers DIR] [--mails FOLDER] [--only cold,batch] [--write docs/performance.md]

It needs hyperfine on the PATH; pyperf comes with the `dev` extra. `--peers` is a folder that the other tools are
installed into, by pip and npm, and nowhere else; without it only a naive spaCy script is compared. A tool that cannot
be had is named, and left out. `--mails` is a folder of .txt or .eml files, or a .jsonl file with a field `text`;
without it mails are made up. `--write` puts the tables into a page.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from speed import facts, page
from speed.batch import many, thousand
from speed.bench import Bench, environment
from speed.cached import hits, hook
from speed.cold import light, parse, prime
from speed.growth import growth
from speed.peers import Found, peers, ready
from speed.section import skipped
from speed.texts import Source, made_up, own
from speed.tool import FailedError
from speed.warm import warm

CASES = {
    "cold": parse,
    "light": light,
    "cached": hits,
    "hook": hook,
    "warm": warm,
    "batch": thousand,
    "many": many,
    "growth": growth,
}
PARTS = ("facts", "checks", "aims")
"""What a page shows besides the cases."""


def wanted() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", type=Path, metavar="DIR", help="folder that the other tools are kept in")
    parser.add_argument("--mails", type=Path, metavar="PATH", help="your own mails, in place of made-up ones")
    parser.add_argument("--only", metavar="CASES", help=f"some of {','.join(CASES)}")
    parser.add_argument("--rounds", type=int, default=9, help="of short runs; long ones get a third [9]")
    parser.add_argument("--number", type=int, default=1000, help="mails of `batch` [1000]")
    parser.add_argument("--many", type=int, default=100_000, help="mails of `many` [100000]")
    parser.add_argument("--patience", type=float, default=1800, help="seconds that `many` may take [1800]")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="page to put the tables into")
    options = parser.parse_args()
    options.only = options.only.split(",") if options.only else [*CASES]
    if unknown := set(options.only) - CASES.keys():
        parser.error(f"--only: no case is called {', '.join(sorted(unknown))}; there are {', '.join(CASES)}")
    if min(options.rounds, options.number, options.many) < 1:
        parser.error("--rounds, --number and --many are at least 1")
    if not shutil.which("hyperfine"):
        parser.error("hyperfine is not installed; your system's package manager has it")
    if options.write:
        _check(parser, options)
    return options


def _check(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Say now, not after half an hour, that a page cannot be written."""
    try:
        page.filled(options.write.read_text(encoding="utf-8"), dict.fromkeys((*options.only, *PARTS), ""))
    except (OSError, KeyError) as error:
        parser.error(f"--write: {error}")


def main(options: argparse.Namespace, source: Source) -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        found: tuple[Found, ...] = ()
        if options.peers:
            found = tuple(ready(peer, options.peers.resolve()) for peer in peers())
        means = (options.rounds, options.number, options.many, options.patience)
        bench = Bench(folder, environment(folder / "home"), source, found, *means)
        bench.place("home")
        prime(bench)
        sections = []
        for case in options.only:
            sys.stderr.write(f"{case}\n")
            try:
                sections.append(CASES[case](bench))
            except FailedError as error:
                sections.append(skipped(case, str(error)))
            print(f"\n## {case}\n\n{page.shown(sections[-1])}")
        made = {item.name: page.shown(item) for item in sections}
        made["facts"] = "\n".join(facts.facts(bench) + facts.missing(found))
        if found:
            made["checks"] = "\n".join(facts.checks(found))
        wishes = page.aims([aim for item in sections for aim in item.aims])
        if len(sections) == len(CASES):
            made["aims"] = wishes
        print(f"\n{made['facts']}\n\n{wishes}")
    if options.write:
        text = page.filled(options.write.read_text(encoding="utf-8"), made)
        options.write.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    chosen = wanted()
    try:
        mails = own(chosen.mails) if chosen.mails else made_up()
    except (OSError, ValueError) as error:
        sys.exit(f"compare.py: {error}")
    sys.exit(main(chosen, mails))
