"""How right each rule is on a folder of labelled messages.

    python benchmarks/accuracy.py FOLDER [--preset strict] [--rules NAMES] [--quiet] [--write [FILE]]

The folder holds messages and `labels.yaml`, a list of {file, fires: [rule], may: [rule]}. A rule found in a message is
a hit if its `fires` names it, nothing if its `may` does, and else a false alarm. Rules that no label names do not
count. Behind a miss stands what `--why-not` tells of it, and the label's `note`.
`--write` keeps the numbers, and no word of any message, where `followup-lint --explain` finds them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from followup_lint import catalog
from followup_lint.accuracy import FILE, Figures
from followup_lint.diagnostic import Diagnostic
from followup_lint.errors import Problems
from followup_lint.explain.why_not import why_not
from followup_lint.linter import Linter, Result
from followup_lint.presets import PRESETS
from followup_lint.reader import Message, read_message
from followup_lint.rule import Rule

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Judged:
    """One labelled message: what was found in it, what should be, and what may be."""

    result: Result
    fires: frozenset[str]
    may: frozenset[str]
    note: str

    @property
    def found(self) -> frozenset[str]:
        """Return the rules that spoke."""
        return frozenset(item.rule for item in self.result.diagnostics)

    def false(self, known: frozenset[str]) -> frozenset[str]:
        """Return the rules that some label knows, and that should not have spoken here."""
        return (self.found & known) - self.fires - self.may


def judge(folder: Path, linter: Linter, preset: str) -> Iterator[Judged]:
    for row in yaml.safe_load((folder / "labels.yaml").read_text(encoding="utf-8")):
        message = read_message((folder / row["file"]).read_bytes(), str(folder / row["file"]), {})
        result = linter.lint(message, catalog.least(preset))
        fires, may = frozenset(row.get("fires") or ()), frozenset(row.get("may") or ())
        yield Judged(result, fires, may, str(row.get("note") or ""))


def figures(judged: list[Judged], rule: str) -> Figures:
    hits = sum(rule in item.fires & item.found for item in judged)
    misses = sum(rule in item.fires - item.found for item in judged)
    false = sum(rule in item.found - item.fires - item.may for item in judged)
    return Figures(len(judged), hits, misses, false)


def sentence(result: Result, item: Diagnostic, linter: Linter) -> str:
    """Return the place of a false alarm, and the sentence around it with the found words marked."""
    place, text = result.draft.place(item.span.start), result.draft.text
    reading = linter.read(Message(result.draft, result.context))
    around = next((each.span for each in reading.sentences if item.span.overlaps(each.span)), item.span)
    start, end = min(around.start, item.span.start), max(around.end, item.span.end)
    words = f"{text[start : item.span.start]}[[{item.span.of(text)}]]{text[item.span.end : end]}"
    return f"{Path(result.draft.path).name}:{place.line}: {' '.join(words.split())}"


def behind(judged: list[Judged], rule: Rule, linter: Linter) -> Iterator[str]:
    """Yield the sentences behind each miss and each false alarm of a rule."""
    for item in judged:
        if rule.name in item.fires - item.found:
            reading = linter.read(Message(item.result.draft, item.result.context))
            told = [each for each in why_not(rule, reading) if each.label not in {"preset", "found", "it finds"}]
            in_scope = rule.file.applies.to(reading.context)
            reasons = [f"{each.label}: {each.words}" for each in told[2:]] if in_scope else [f"scope: {told[1].words}"]
            yield f"  missed  {Path(reading.draft.path).name}: {' | '.join([*reasons, f'label: {item.note}'])}"
        elif rule.name in item.found - item.fires - item.may:
            for found in item.result.diagnostics:
                if found.rule == rule.name:
                    yield f"  false   {sentence(item.result, found, linter)}"


def shown(value: float | None) -> str:
    return "     –" if value is None else f"{value:6.2f}"


def row(name: str, counts: Figures) -> str:
    numbers = f"{counts.hits:5} {counts.misses:5} {counts.false:6}"
    return f"{name:32} {numbers} {shown(counts.precision)} {shown(counts.recall)}"


def write(file: Path, judged: list[Judged], preset: str, table: dict[str, Figures]) -> None:
    """Write numbers only: the messages stay where they are."""
    rules = {name: [counts.hits, counts.misses, counts.false] for name, counts in sorted(table.items())}
    head = {
        "made_by": "benchmarks/accuracy.py, from labelled messages that are not shipped",
        "preset": preset,
        "messages": len(judged),
        "clean_messages": sum(not item.fires for item in judged),
        "columns": ["hits", "misses", "false alarms"],
    }
    lines = [f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    inner = ",\n".join(f"    {json.dumps(name)}: {json.dumps(counts)}" for name, counts in rules.items())
    file.write_text("{\n" + ",\n".join([*lines, '  "rules": {\n' + inner + "\n  }"]) + "\n}\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--preset", choices=PRESETS, default="strict")
    parser.add_argument("--rules", default="*", help="only these rules (names or globs, comma-separated)")
    parser.add_argument("--quiet", action="store_true", help="print the table, and no sentences")
    parser.add_argument("--write", nargs="?", type=Path, const=ROOT / "rules" / FILE, help="keep the numbers")
    options = parser.parse_args()

    chosen = catalog.choose(catalog.built_in(), options.preset, (), ())
    wanted = {rule.name for rule in catalog.choose(chosen, "strict", options.rules.split(","), ())}
    linter = Linter(chosen)
    judged = list(judge(options.folder, linter, options.preset))
    known = frozenset().union(*(item.fires | item.may for item in judged))
    ours = {rule.name: rule for rule in catalog.built_in()}
    table = {name: figures(judged, name) for name in sorted(known)}
    print(f"{'rule':32} {'hits':>5} {'miss':>5} {'false':>6} {'prec':>6} {'rec':>6}")
    for name, counts in table.items():
        if name in wanted or name not in ours:
            print(row(name, counts) + ("" if name in ours else "   no such rule"))
            for line in behind(judged, ours[name], linter) if name in wanted and not options.quiet else ():
                print(line)
    total = [sum(getattr(counts, field) for counts in table.values()) for field in ("hits", "misses", "false")]
    print(row("all", Figures(len(judged), *total)))
    clean = [item for item in judged if not item.fires]
    quiet = sum(not item.false(known) for item in clean)
    print(f"clean messages left without a false alarm: {quiet} of {len(clean)}")
    if options.write:
        write(options.write, judged, options.preset, {name: each for name, each in table.items() if name in ours})
    return 0


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except Problems as group:
        raise SystemExit("\n".join(map(str, group.exceptions))) from None
