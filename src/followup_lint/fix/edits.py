"""Edits on a text: which of them go together, and what they make of it. Offsets are code points of the text before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from followup_lint.diagnostic import Applicability, Diagnostic, Edit, Remedy
from followup_lint.draft import OWN, Draft
from followup_lint.stretches import Stretches
from followup_lint.text import Span

Pick = tuple[Diagnostic, Remedy]
"""A finding, and the remedy chosen for it."""


def apply(text: str, remedies: Iterable[Remedy]) -> str:
    """Return the text with the remedies applied. Raises ValueError for edits that overlap or lie outside the text."""
    return edited(text, [edit for remedy in remedies for edit in remedy.edits])


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with the edits made. Raises ValueError as `apply` does."""
    pieces, here = [], 0
    for edit in sorted(edits, key=lambda item: item.span):
        if edit.span.start < here or edit.span.end < edit.span.start or edit.span.end > len(text):
            raise ValueError(f"edits overlap at {edit.span.start}, or lie outside the text")
        pieces += [text[here : edit.span.start], edit.text]
        here = edit.span.end
    return "".join([*pieces, text[here:]])


def choose(draft: Draft, diagnostics: Sequence[Diagnostic], levels: Collection[Applicability]) -> Iterator[Pick]:
    """Yield the first remedy of an allowed level for each finding, as long as it touches none yielded before.

    The earliest goes first, and at one place the gravest; what is left out may come in another round. Front matter,
    quoted mail and what does not change anything are never touched.
    """
    taken = Stretches()
    others = Stretches.of(block.span for block in draft.blocks if block.kind not in OWN)
    order = sorted(diagnostics, key=lambda item: (item.span, -item.severity.rank, item.rule))
    for diagnostic in order:
        remedy = next((item for item in diagnostic.remedies if item.applicability in levels), None)
        if remedy is None or not _changes(draft, remedy) or not all(_may(draft, edit, others) for edit in remedy.edits):
            continue
        touched = [Span(edit.span.start, edit.span.end + 1) for edit in remedy.edits]
        if not any(map(taken.meets, touched)):
            taken.add(*touched)
            yield diagnostic, remedy


def _changes(draft: Draft, remedy: Remedy) -> bool:
    return any(edit.span.of(draft.text) != edit.text for edit in remedy.edits)


def _may(draft: Draft, edit: Edit, others: Stretches) -> bool:
    """Whether a place is the writer's to change here: no front matter, nothing somebody else wrote."""
    top = draft.front_matter
    if top is not None and edit.span.start < top.end:
        return False
    return not others.meets(edit.span)
