"""Rules tried with the sentences that are parsed, and tried again when those they stopped for are parsed, too."""

from __future__ import annotations

from collections.abc import Sequence

from followup_lint.diagnostic import Diagnostic, Skipped
from followup_lint.reading import Reading
from followup_lint.rule import Rule
from followup_lint.text import Span
from followup_lint.together import parse_together
from followup_lint.unparsed import NotParsed

_ROUNDS = 4
"""How often rules are tried with what is parsed; what is wanted later is parsed alone."""


def try_together(readings: Sequence[Reading], rules: Sequence[Rule]) -> None:
    """Apply rules to drafts as far as it goes, and parse together what each stopped for; what they say is kept."""
    left = [(reading, rule) for reading in readings for rule in rules]
    for _ in range(_ROUNDS):
        stopped = [(reading, rule, span) for reading, rule in left if (span := _stop(reading, rule))]
        parse_together((reading, span) for reading, _, span in stopped)
        left = [(reading, rule) for reading, rule, span in stopped if reading.has_parsed(span)]


def said(reading: Reading, rule: Rule) -> list[Diagnostic | Skipped]:
    """Return what a rule says of a draft, asked once."""
    return reading.once(rule, lambda: list(rule(reading)))


def _stop(reading: Reading, rule: Rule) -> Span | None:
    """Return what a rule must have parsed to go on; None where it came to its end."""
    reading.holds.append(True)
    try:
        said(reading, rule)
    except NotParsed as stop:
        return stop.span
    finally:
        reading.holds.pop()
    return None
