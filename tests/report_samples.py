"""Reports to try the output formats on: real messages, linted by rules that need no model, and made-up findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from followup_lint import catalog
from followup_lint.diagnostic import Applicability, Diagnostic, Edit, Finding, Remedy, Severity, Silenced
from followup_lint.errors import Problem
from followup_lint.linter import Linter, Result
from followup_lint.reader import read_message
from followup_lint.reports.report import Report
from followup_lint.silence import Silence
from followup_lint.text import Span

QUICK = ("template-placeholder", "subject-*", "reader-name-misspelled", "early-check-in", "wrong-company")

EMOJI = "Subject: Merci 🎉\n\nDear Zoë,\n\nIt’s 🙂 [Name] who thanks you.\n\nBest,\nAoife\n"

# Everything that could break out of a line, a property, an attribute or an element.
HOSTILE = "::error file=x,line=1::a\r\n::stop-commands::b\x1b[31m%0A<b>&amp;\u202e\x08]]>\"'\u2028[click](http://x)"


def lint(text: str | bytes, path: str = "draft.txt", select: tuple[str, ...] = QUICK) -> Result:
    data = text.encode() if isinstance(text, str) else text
    chosen = [name for name in select if "*" in name or any(rule.name == name for rule in catalog.built_in())]
    rules = catalog.choose(catalog.built_in(), "strict", chosen, ())
    return Linter(rules).lint(read_message(data, path, {}))


def found(result: Result, words: str, rule: str = "template-placeholder", **more: object) -> Diagnostic:
    """Return a finding at the first place the words stand at; `more` are fields of the finding."""
    at = result.draft.text.index(words)
    span = Span(at, at + len(words))
    message = f"“{words}” is a slot that was never filled."
    finding = replace(Finding(span), **more)  # type: ignore[arg-type]  # fields by name
    return Diagnostic(rule, Severity.ERROR, span, message, "It shows.", "Fill it.", 3, finding)


def changing(result: Result, *edits: tuple[str, str], how: Applicability = Applicability.SAFE) -> Remedy:
    """Return a remedy that puts words in the place of others."""
    made = []
    for old, new in edits:
        at = result.draft.text.index(old)
        made.append(Edit(Span(at, at + len(old)), new))
    return Remedy(how, tuple(made), "Write it out")


def rich(path: str = "notes/späß 1.txt") -> Report:
    """Return a report with all there can be: remedies, related places, silences, skipped rules, problems."""
    text = EMOJI.replace("\n", "\r\n")
    draft = lint(text, path)
    remedies = (
        changing(draft, ("[Name]", "me")),
        changing(draft, ("🙂 ", ""), ("who", "that"), how=Applicability.UNSAFE),
        changing(draft, ("[Name]", "${1:name}$0"), how=Applicability.SNIPPET),
    )
    at = draft.draft.text.index("Zoë")
    first = found(draft, "[Name]", remedies=remedies, related=(Span(at, at + 3),), elsewhere=(("old note.txt", 7),))
    second = replace(found(draft, "who", "subject-missing"), severity=Severity.SUGGESTION)
    silenced = (
        Silenced(found(draft, "Best"), Silence("template-placeholder", "our joke", date(2030, 1, 2))),
        Silenced(found(draft, "Aoife"), Silence("template-placeholder", "", None, "the baseline")),
    )
    result = replace(draft, diagnostics=(first, second), silenced=silenced)
    late = lint("Dear [Name],\n\nIs there any news?\n\nBest,\nAoife\n", "check-in.txt")
    problem = Problem("looks like a picture, not text", "bad.txt", 2, 3)
    return Report((result, late), (problem, Problem("no drafts here")), docs_url="https://lint.example/")


def hostile(path: str) -> Result:
    result = lint(f"Dear Ana,\n\n{HOSTILE}\n", path)
    return replace(result, diagnostics=(found(result, HOSTILE),))


def reports() -> dict[str, Report]:
    """Return reports by name, from an empty one to a hostile one."""
    mail = (
        b"From: a@b.example\nSubject: Thanks [Role]\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
        b"Content-Transfer-Encoding: %s\n\n%s\n"
    )
    return {
        "nothing": Report(()),
        "clean": Report(
            (lint("Subject: Thank you for the tour of the weir\n\nDear Ana,\n\nThank you.\n\nBest,\nAoife\n"),)
        ),
        "rich": rich(),
        "skipped": replace(rich(), tell_all=True),
        "hostile": Report((hostile("a\n::error::b,c%0A.txt"), hostile("caf\udce9 %.txt"))),
        "mail": Report((lint(mail % (b"8bit", b"Dear Ana,\n\nIt is [Name] here."), "reply.eml"),)),
        "encoded mail": Report((lint(mail % (b"base64", b"RGVhciBBbmEsCgpJdCBpcyBbTmFtZV0gaGVyZS4K"), "b64.eml"),)),
        "BOM": Report((lint("\ufeff" + EMOJI),)),
        "UTF-16": Report((lint(EMOJI.encode("utf-16")),)),
    }


def all_under(value: object, key: str) -> Iterator[Any]:
    """Yield what stands under a key, however deep."""
    if isinstance(value, dict):
        yield from ([value[key]] if key in value else [])
        yield from (item for inner in value.values() for item in all_under(inner, key))
    elif isinstance(value, list):
        yield from (item for inner in value for item in all_under(inner, key))
