"""The sentences that tests of the engine go through: those of all rule examples, of the tests' drafts and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from drafts import TEXT

from followup_lint import model
from followup_lint.catalog import built_in
from followup_lint.reader import Message, read_message
from followup_lint.reading import Reading
from followup_lint.testing import unmark

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from followup_lint.language import Language

_TABLES = ("test_asks.py", "test_clauses.py", "test_formality.py", "test_silence.py", "test_tone_rules.py")
_LISTED = re.compile(r'^[A-Z][^\n"]{8,}[.?!]$|^[a-z][^\n"]{8,}$|^ +\(?"([A-Z][^"\n]{8,}[.?!])"', re.MULTILINE)


@cache
def language() -> Language:
    """Return the model."""
    return model.load()


@cache
def examples() -> tuple[Message, ...]:
    """Return the drafts of all rule examples, as they are read."""
    texts = [
        unmark(example.bad)[0] if example.bad else example.good for rule in built_in() for example in rule.file.examples
    ]
    names = [example.file for rule in built_in() for example in rule.file.examples]
    return tuple(read_message(text.encode(), name, {}) for text, name in zip(texts, names, strict=True))


@cache
def readings() -> tuple[Reading, ...]:
    """Return the same with the tests' draft, and with the tests' tables as one paragraph each line."""
    found = [*examples(), read_message(TEXT.encode(), "draft.txt", {})]
    here = Path(__file__).parent
    tables = [(here / name).read_text(encoding="utf-8") for name in _TABLES]
    listed = [match[1] or match[0] for table in tables for match in _LISTED.finditer(table)]
    found.append(read_message("\n\n".join(["Hi Dana,", *listed, "Best,\nAda"]).encode(), "tables.txt", {}))
    return tuple(Reading(message.draft, message.context, language) for message in found)


@dataclass(frozen=True)
class Read:
    """A sentence of a draft: its number there, and its parse."""

    reading: Reading
    number: int
    doc: Doc

    @property
    def text(self) -> str:
        """Return its words."""
        return self.reading.sentences[self.number].span.of(self.reading.text)


@cache
def sentences() -> tuple[Read, ...]:
    """Return every different sentence, parsed."""
    return tuple(_sentences())


def _sentences() -> Iterator[Read]:
    seen: dict[str, tuple[Reading, int]] = {}
    for reading in readings():
        for number, sentence in enumerate(reading.sentences):
            seen.setdefault(reading.spoken(sentence.span), (reading, number))
    docs = language().many(list(seen))
    for (reading, number), doc in zip(seen.values(), docs, strict=True):
        reading.expect(reading.sentences[number].span, doc)
        yield Read(reading, number, doc)
