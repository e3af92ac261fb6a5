"""The Markdown report: in a pull request too, a word of a draft is a word, and calls nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from followup_lint import catalog
from followup_lint.context import Context
from followup_lint.draft import Draft
from followup_lint.errors import Problem
from followup_lint.explain.finding import explainer
from followup_lint.linter import Linter
from followup_lint.reader import Message, read_message
from followup_lint.reports import markdown
from followup_lint.reports.clean import one_line
from followup_lint.reports.report import Report
from followup_lint.structure import cut
from followup_lint.text import Span

if TYPE_CHECKING:
    from markdown_it.token import Token

ROOT = Path(__file__).parents[1]
STRICT = Linter(catalog.choose(catalog.built_in(), "strict", (), ()))
NAMES = (
    "template-placeholder",
    "exclamation-excess",
    "emoji",
    "all-caps",
    "canned-phrase",
    "subject-*",
    "signoff-missing",
)
FAST = Linter(catalog.choose(catalog.built_in(), "strict", NAMES, ()))
PARSER = MarkdownIt("gfm-like")  # tables, HTML, and addresses that become links by themselves
assert PARSER.linkify is not None
PARSER.linkify.set({"fuzzy_link": True, "fuzzy_email": True})

# Written by GitHub after Markdown is done: mentions, issues, emoji by name.
_DANGEROUS = frozenset({"html_inline", "html_block", "link_open", "image", "fence", "code_block"})
CALLS = re.compile(r"@\w|#\d|\bGH-\d|:[a-z+-]\w*:")

HOSTILE = """---
kind: thank-you
to: "<script>alert(1)</script>"
ignore: {canned-phrase: "[click](https://evil.example) @octocat"}
---
Subject: Re: #42 | `code` <img src=x>

Hi [Name](https://evil.example), @octocat,

I hope this email finds you well. **BOLD** _it_ ~~gone~~
https://evil.example www.example.com a@example.com example.com!!!
Please answer by tomorrow noon | see octo/repo#1 and GH-2 :tada:
 <b onclick=x>hi</b> &lt; \\| ``x` | $x$ ![i](https://x.y/z)
[ref]: https://evil.example "t"

Who else is applying | @me? What do you pay, `<i>`? When will you decide?

# Tom
- [ ] task
"""


def built(text: str, linter: Linter = STRICT, **more: Any) -> Report:
    result = linter.lint(read_message(text.encode(), "drafts/a|b`c.txt", {}))
    return Report([result], read=lambda item: linter.read(Message(item.draft, item.context)), **more)


def tokens(source: str) -> Iterator[Token]:
    for token in PARSER.parse(source):
        yield token
        yield from token.children or ()


def dangerous(source: str) -> list[str]:
    """Return every piece of HTML, link, picture and call that a reader of the report would be shown."""
    found = [
        t.type
        for t in tokens(source)
        if t.type in {"html_inline", "html_block", "link_open", "image", "fence", "code_block"}
    ]
    return found + [call for t in tokens(source) if t.type == "text" for call in CALLS.findall(t.content)]


def said(source: str) -> str:
    return "\n".join(t.content for t in tokens(source) if t.type in {"text", "code_inline"}).replace("\u2060", "")


def test_what_is_dangerous_is_seen() -> None:
    for source in (
        "<b>x</b>",
        "<div>",
        "[a](b)",
        "![a](b)",
        "https://a.example",
        "www.example.com",
        "example.com",
        "a@b.example",
        "@me",
        "#1",
        ":tada:",
    ):
        assert dangerous(source), source
    assert dangerous("`@me` `<b>`") == []


def test_nothing_of_a_draft_survives_but_its_words() -> None:
    source = markdown.render(built(HOSTILE, tell_all=True))
    assert dangerous(source) == []
    told = said(source)
    assert "[Name]" in told
    assert "[click](https://evil.example) @octocat" in told
    assert "drafts/a|b`c.txt" in told


def test_a_report_has_its_parts() -> None:
    source = markdown.render(built("---\nkind: thank-you\n---\nDear Bo,\n\nWho? What? [Role]\n\nTom\n"))
    lines = source.split("\n")
    assert lines[0] == "# followup-lint"
    assert lines[4] == "## ``drafts/a|b`c.txt``"
    assert re.fullmatch(r"\*\*Mend first: .*\*\*", lines[6])
    assert "| ✗ | thank | thanks | Nothing here thanks for the conversation. |" in lines
    assert "### To mend" in lines
    assert any(re.match(r"- \*\*6:12 error\*\* “\\\[Role\\\]” is a slot", line) for line in lines)
    assert "  - why: Nothing says “mass mail” as plainly as a blank left from a template." in lines
    assert any(line.startswith("  - try: ") for line in lines)


def test_the_table_holds_a_row_for_each_thing_however_its_words_look() -> None:
    source = markdown.render(built(HOSTILE))
    rows = [line for line in source.split("\n") if line.startswith("|")]
    parsed = list(tokens(source))
    assert sum(t.type == "tr_open" for t in parsed) == len(rows) - 1  # the line below the head is none
    cells = [t.type for t in parsed].count("td_open")
    assert cells == 4 * (len(rows) - 2)


def test_what_was_let_be_what_was_not_judged_and_what_was_not_read() -> None:
    report = built(HOSTILE)
    told = said(markdown.render(report))
    assert "Let be" in told
    assert "Not judged" not in told
    problem = Problem("is <b>binary</b>", "x.txt")
    whole = markdown.render(Report(report.results, [problem], tell_all=True))
    assert dangerous(whole) == []
    assert "not checked: x.txt: is <b>binary</b>" in said(whole).replace("\n", "")
    assert "late-thank-you" in said(whole)


def test_all_that_led_to_a_finding_is_there_when_asked() -> None:
    report = built(HOSTILE)
    source = markdown.render(Report(report.results, explained=lambda item: explainer(STRICT, item, "strict")))
    assert dangerous(source) == []
    assert "\n  - active: `in the strict preset" in source


@pytest.mark.parametrize("path", sorted((ROOT / "examples").iterdir()), ids=lambda path: path.name)
def test_the_examples_are_clean_documents(path: Path) -> None:
    source = markdown.render(built(path.read_text(encoding="utf-8")))
    assert dangerous(source) == []
    assert source.endswith("\n")
    assert not source.endswith("\n\n")
    assert "\n\n\n" not in source


PIECES = st.sampled_from(
    [
        *("@me", "#1", "GH-7", "@", "#", "a@b", ":tada:", "$x$", "{{x}}", "&amp;", "<b>", "</b>", "<!--", "é", "😀"),
        *("https://a.example/x", "ftp://a.example", "//a.example", "<https://a.example>", "www.example.com"),
        *("mailto:a@b.example", "a@example.com", "example.com", "[a](b)", "![a](b)", "[a]: b", "`", "``", "|", "\\"),
        *("\\|", "*", "_", "~~", "\n", "1. ", "- ", "# ", "> ", "\t", " "),
    ]
)
ANY = st.text(st.characters(codec=None, exclude_categories=()), max_size=8)
TEXT = st.lists(st.one_of(PIECES, ANY), max_size=12).map("".join)


@settings(deadline=None, max_examples=500)
@given(TEXT)
def test_escaped_words_are_shown_as_they_are(text: str) -> None:
    source = f"- **1:1** {markdown.escape(text)} end"
    assert dangerous(source) == []
    (inline,) = [t for t in PARSER.parse(source) if t.type == "inline"]
    shown = "".join(t.content for t in inline.children or () if t.type in {"text", "text_special"}).replace(
        "\u2060", ""
    )
    wanted = " ".join(one_line(text).split()).replace("\u2060", "")
    assert shown.split() == f"1:1 {wanted} end".split()


@settings(deadline=None, max_examples=300)
@given(TEXT)
def test_words_as_code_are_shown_as_they_are_in_a_table_too(text: str) -> None:
    wanted = " ".join(one_line(text).split())
    source = f"| a | b |\n|---|---|\n| x | {markdown.code(text, in_table=True)} 1:1 |\n"
    assert dangerous(source) == []
    assert [t.content for t in tokens(source) if t.type == "code_inline"] == ([wanted] if wanted else [])
    plain = f"- {markdown.code(text)} end"
    assert dangerous(plain) == []
    assert [t.content for t in tokens(plain) if t.type == "code_inline"] == ([wanted] if wanted else [])


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(TEXT, TEXT)
def test_no_draft_can_write_the_report(one: str, two: str) -> None:
    text = f"Dear [{one}],\n\nI HOPE THIS email finds you well {two}!! [{two} name]\n\nBest,\n{one}\n"
    draft = Draft(f"{one}.txt", text, cut(text, Span(0, len(text))))
    result = FAST.lint(Message(draft, Context()))
    source = markdown.render(Report([result], read=lambda item: FAST.read(Message(item.draft, item.context))))
    source.encode("utf-8")
    assert dangerous(source) == []
    headings = [t.tag for t in tokens(source) if t.type == "heading_open"]
    assert headings[:2] == ["h1", "h2"]
    assert set(headings[2:]) <= {"h3"}
