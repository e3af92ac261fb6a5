"""Fingerprints hold while the draft around a finding changes, and no two in a draft are alike."""

from __future__ import annotations

import re
import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import found, lint

from followup_lint.diagnostic import Diagnostic, Finding, Severity, Silenced
from followup_lint.draft import Block, BlockKind, Draft
from followup_lint.fingerprint import fingerprints, of, part, silenced_fingerprints, words
from followup_lint.silence import Silence
from followup_lint.text import Span

NOTE = """\
Subject: Thanks from [Name]

Dear Ana,

I am [Name], and I would like to thank you
for the tour of the weir. It was [Name]'s idea.

- the gates, by [Role]

Best,
Aoife
"""


def prints(text: str, path: str = "a.txt") -> set[str]:
    result = lint(text, path)
    assert len(result.diagnostics) > 1
    return set(fingerprints(result))


def test_the_note_has_findings_enough() -> None:
    assert len(prints(NOTE)) == 4


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Dear Ana,", "Dear Ana and Ben,"),
        ("\nDear", "\n\n\nDear"),
        ("I am", "You may know that I am"),
        ("thank you\nfor the tour", "thank\nyou for the\ntour"),
        ("[Name]", "[name]"),
        ("\n", "\r\n"),
        ("\n", "\r"),
        ("Best,\nAoife", "Kind regards,\nAoife O’Dowd\nHydrologist"),
        ("Subject:", "---\nto: Ana Ito\n---\nSubject:"),
    ],
)
def test_they_survive(old: str, new: str) -> None:
    changed = NOTE.replace(old, new)
    assert changed != NOTE
    assert prints(changed) == prints(NOTE)


def test_they_survive_paragraphs_that_move_and_another_name() -> None:
    head, greeting, first, second, rest = NOTE.split("\n\n")
    moved = f"{head}\n\n{greeting}\n\n{second}\n\n{first}\n\n{rest}"
    assert prints(moved, "b/c.txt") == prints(NOTE)


def test_they_survive_white_space_and_forms_of_a_letter_within_the_finding() -> None:
    a, b = lint("Dear Ana,\n\nZo\u00eb  Lind\nfound it."), lint("Dear Ana,\n\nZoe\u0308 lind found it.")
    assert of(a.draft, [found(a, "Zo\u00eb  Lind")]) == of(b.draft, [found(b, "Zoe\u0308 lind")])


@pytest.mark.parametrize(
    ("old", "new"),
    [("[Role]", "[Job Title]"), ("- the gates, by [Role]", "- the gates"), ("from [Name]", "from us")],
)
def test_they_tell_a_finding_that_changed_or_went(old: str, new: str) -> None:
    assert prints(NOTE.replace(old, new)) != prints(NOTE)


def test_mending_one_of_two_equal_findings_takes_one_away() -> None:
    mended = prints(NOTE.replace("It was [Name]'s idea.", "It was Bo's idea."))
    assert mended < prints(NOTE)
    assert len(mended) == len(prints(NOTE)) - 1


def test_the_rule_and_the_part_count() -> None:
    result = lint(NOTE)
    here, there = found(result, "[Name]"), found(result, "[Name]", rule="other")
    body = replace(here, span=Span(start := NOTE.index("am [Name]") + 3, start + 6))
    assert len({*of(result.draft, [here]), *of(result.draft, [there]), *of(result.draft, [body])}) == 3


def test_silencing_one_of_two_equal_findings_changes_neither() -> None:
    result = lint(NOTE)
    both = fingerprints(result)
    for index, item in enumerate(result.diagnostics):
        rest = (*result.diagnostics[:index], *result.diagnostics[index + 1 :])
        less = replace(result, diagnostics=rest, silenced=(Silenced(item, Silence(item.rule)),))
        assert fingerprints(less) == (*both[:index], *both[index + 1 :])
        assert silenced_fingerprints(less) == (both[index],)


def test_they_are_hashes_and_never_change_between_releases() -> None:
    draft = Draft("a.txt", "It is [Name].", (Block(BlockKind.PARAGRAPH, Span(0, 13)),))
    item = Diagnostic("rule", Severity.ERROR, Span(6, 12), "", "", "", 0, Finding(Span(6, 12)))
    # sha256 of ["rule", "paragraph", "[name]", 0]. A change here takes every baseline out of force.
    assert of(draft, [item]) == ("15d8ebde8b4abcece0be37832a7b9c099e179d8219b44ee63592cedc589da81b",)


@pytest.mark.parametrize(
    ("text", "path", "at", "expected"),
    [
        (NOTE, "a.txt", "Thanks", "subject"),
        (NOTE, "a.txt", "Subject", "subject"),
        (NOTE, "a.txt", "Ana", "greeting"),
        (NOTE, "a.txt", "weir", "paragraph"),
        (NOTE, "a.txt", "gates", "list-item"),
        (NOTE, "a.txt", "Best", "sign-off"),
        ("---\nto: Ana\n---\nDear Ana,\n\nThanks.\n", "a.txt", "to", "front-matter"),
        ("To: Ana <a@b.example>\nSubject: Thanks\n\nDear Ana,\n\nThanks.\n", "a.eml", "b.example", "headers"),
        ("To: Ana <a@b.example>\nSubject: Thanks\n\nDear Ana,\n\nThanks.\n", "a.eml", "Thanks", "subject"),
        ("To: Ana <a@b.example>\nSubject: Thanks\n\nDear Ana,\n\nTa.\n", "a.eml", "Ta", "paragraph"),
    ],
)
def test_parts(text: str, path: str, at: str, expected: str) -> None:
    draft = lint(text, path).draft
    start = re.search(rf"\b{re.escape(at)}\b", draft.text)
    assert start
    assert part(draft, Span(*start.span())) == expected
    assert part(draft, Span(start.start(), start.start())) == expected


texts = st.text(st.sampled_from(string.ascii_letters + " \n\r\t\u00eb\u2019🙂[]"), max_size=60)


@given(texts, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=8))
def test_one_for_each_finding_and_no_two_alike(text: str, places: list[tuple[int, int]]) -> None:
    draft = Draft("a.txt", text)
    items = [
        Diagnostic("r", Severity.ERROR, span, "", "", "", 0, Finding(span))
        for span in (Span(min(a, len(text)), min(a + b, len(text))) for a, b in places)
    ]
    made = of(draft, items)
    assert len(made) == len(items) == len(set(made))
    assert all(re.fullmatch("[0-9a-f]{64}", one) for one in made)
    assert set(of(draft, items[::-1])) == set(made)


@given(texts, texts, texts)
def test_what_stands_around_does_not_count(before: str, inside: str, after: str) -> None:
    def made(text: str, start: int) -> tuple[str, ...]:
        span = Span(start, start + len(inside))
        draft = Draft("a.txt", text, (Block(BlockKind.PARAGRAPH, Span(0, len(text))),))
        return of(draft, [Diagnostic("r", Severity.ERROR, span, "", "", "", 0, Finding(span))])

    assert made(before + inside + after, len(before)) == made(inside, 0)


@given(texts)
def test_words_do_not_hang_on_how_they_are_set(text: str) -> None:
    assert words(text) == words(text.upper().lower()) == words(re.sub(r"\s+", "\r\n\t", text)) == words(words(text))
