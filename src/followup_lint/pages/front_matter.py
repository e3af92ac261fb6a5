"""The tables of front-matter keys, kinds, channels and cultures."""

from __future__ import annotations

from followup_lint.context import FACTS as NAMES
from followup_lint.context import Kind
from followup_lint.pages.known import CHANNELS, CULTURES, FACTS, KINDS
from followup_lint.pages.markdown import code, table
from followup_lint.rule import Rule
from followup_lint.table import pick


def keys() -> str:
    """Return the table of all front-matter keys."""
    rows = [(code(name), FACTS[name][0], code(f"{name}: {FACTS[name][1]}")) for name in NAMES]
    return table(("key", "what it says", "for example"), rows)


def kinds(length: Rule) -> str:
    """Return the table of kinds; `length` is the rule that limits the words of a message."""
    rows = [(code(kind), KINDS[kind], str(pick(length.file.options["max"], {kind}))) for kind in Kind]
    return table(("kind", "what it is for", "words at most"), rows)


def channels() -> str:
    """Return the table of channels."""
    return table(("channel", "what it is"), [(code(name), what) for name, what in CHANNELS.items()])


def cultures() -> str:
    """Return the table of cultures."""
    return table(("culture", "what it is"), [(code(name), what) for name, what in CULTURES.items()])
