"""What to tell at a place: about findings, about keys of the front matter, about the names of rules there."""

from __future__ import annotations

from collections.abc import Mapping

from followup_lint.diagnostic import Diagnostic
from followup_lint.linter import Result
from followup_lint.lsp import explanation, words
from followup_lint.lsp.documents import Document
from followup_lint.lsp.sheet import Sheet
from followup_lint.lsp.top import Spot, region, spot
from followup_lint.rule import Rule
from followup_lint.text import Span

_MOST = 4


def findings_at(document: Document, result: Result, span: Span) -> list[tuple[Diagnostic, Span]]:
    """Return the findings that a stretch of the editor's text touches, the narrowest first, with where they are shown.

    Only what is worked out here counts: what a client remembers of a diagnostic's place may be wrong.
    """
    sheet = Sheet(document.text, result.draft)
    shown = [(item, sheet.shown(item.span)[0]) for item in result.diagnostics]
    found = [(item, there) for item, there in shown if there.start <= span.end and span.start <= there.end]
    return sorted(found, key=lambda pair: pair[1].end - pair[1].start)[:_MOST] if span.start == span.end else found


def in_front_matter(document: Document, offset: int, rules: Mapping[str, Rule]) -> tuple[str, Span] | None:
    """Return what the key, value or name of a rule at a place means, in Markdown, and where that word is."""
    within = region(document.text)
    if within is None or not within.start <= offset <= within.end:
        return None
    at = spot(document.text, offset, within)
    about = _about(at, at.word.of(document.text), rules)
    return (about, at.word) if about else None


def _about(at: Spot, word: str, rules: Mapping[str, Rule]) -> str:
    if at.key in words.SILENCING or at.above[:1] in {(key,) for key in words.SILENCING}:
        return explanation.rule(rules[word]) if word in rules else words.SILENCE_KEYS.get(word, "")
    known = words.values(at.key) if at.key else words.keys() if not at.above else {}
    return f"**{word}**: {known[word]}" if known.get(word) else ""
