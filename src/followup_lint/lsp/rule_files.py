"""A rule file of the user's: what is wrong with it, what may be written where, and what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from lsprotocol import types

from followup_lint.context import Channel, Culture, Kind
from followup_lint.diagnostic import Severity
from followup_lint.errors import Problem, Problems
from followup_lint.lsp.completion import item
from followup_lint.lsp.documents import Document
from followup_lint.lsp.top import Spot, spot
from followup_lint.records import fields
from followup_lint.rule import check_names
from followup_lint.rule_file import Applies, Example, RuleFile
from followup_lint.rule_reader import read_rule
from followup_lint.text import Span

_LISTS: Mapping[str, tuple[str, ...]] = {
    "kinds": tuple(Kind),
    "not_kinds": tuple(Kind),
    "channels": tuple(Channel),
    "not_channels": tuple(Channel),
    "cultures": tuple(Culture),
    "not_cultures": tuple(Culture),
}
_VALUES: Mapping[str, tuple[str, ...]] = {
    "preset": ("recommended", "strict"),
    "severity": tuple(Severity),
    "severity_in_strict": tuple(Severity),
}


def problems(document: Document) -> tuple[Problem, ...]:
    """Return what keeps the file from being a rule, or else the examples that do not behave."""
    from followup_lint.testing import failures

    try:
        rule = read_rule(document.text, document.name, PurePath(document.name).stem)
        return tuple(failures([rule]))
    except Problem as problem:
        return (problem,)
    except Problems as group:
        return tuple(each for each in group.exceptions if isinstance(each, Problem))


def completions(document: Document, offset: int, *, is_markdown: bool) -> list[types.CompletionItem]:
    """Return what may be written at a place."""
    at = spot(document.text, offset, _whole(document))
    there = document.buffer.range(at.word)
    colon = "" if document.text[at.word.end : at.word.end + 1] == ":" else ": "
    return [
        item(name, about, colon if is_key else "", _kind(is_key=is_key), there, is_markdown=is_markdown)
        for name, about, is_key in _fitting(document.text, at)
    ]


def hover(document: Document, offset: int) -> tuple[str, Span] | None:
    """Return what the word at a place means, in Markdown, and where it is."""
    at = spot(document.text, offset, _whole(document))
    word = at.word.of(document.text)
    about = next((about for name, about, _ in _fitting(document.text, at) if name == word), "")
    return (f"**{word}**: {about}", at.word) if about else None


def _fitting(text: str, at: Spot) -> Iterator[tuple[str, str, bool]]:
    from followup_lint.pages.options import described, form, options

    check = _check(text)
    if at.key == "check" and not at.above:
        yield from ((name, described(name), False) for name in check_names())
    elif not at.above and not at.key:
        for field in fields(RuleFile):
            about = str(field.metadata.get("description", ""))
            yield field.name, _ABOUT.get(field.name, about), True
    elif at.above == ("options",) and not at.key and check in check_names():
        for option in options(check):
            yield option.name, f"{_meaning(described(check), option.name)}It may be: {form(check, option.name)}.", True
    elif at.above == ("applies",) and not at.key:
        yield from ((field.name, "", True) for field in fields(Applies))
    elif at.above[:1] == ("examples",) and not at.key:
        yield from ((field.name, _EXAMPLE.get(field.name, ""), True) for field in fields(Example))
    else:
        yield from ((word, "", False) for word in _words(at))


def _meaning(text: str, option: str) -> str:
    """Return the sentences of a check's description that name an option."""
    said = [part for part in re.split(r"(?<=[.:])\s+(?=[A-Z`])|\n\n", text) if f"`{option}`" in part]
    return "".join(f"{' '.join(part.split())}\n\n" for part in said[:2])


def _words(at: Spot) -> tuple[str, ...]:
    if at.key in _VALUES and not at.above:
        return _VALUES[at.key]
    if at.above[:1] == ("applies",):
        return _LISTS.get(at.above[-1] if not at.key else at.key, ())
    return _VALUES["severity"] if at.above[-1:] in {("severity",), ("severity_in_strict",)} and at.key else ()


_ABOUT = {"applies": "Which messages the rule is about; it is about all where nothing is said."}
_EXAMPLE = {
    "good": "A message on which the rule is silent.",
    "bad": "A message in which exactly the words between `[[` and `]]` are found.",
    "file": "What the message's file is called.",
    "beside": "Drafts in its folder: file name to text.",
}


def _check(text: str) -> str:
    for line in text.split("\n"):
        key, _, value = line.partition(":")
        if key.rstrip() == "check":
            return value.partition(" #")[0].strip().strip("'\"")
    return ""


def _whole(document: Document) -> Span:
    return Span(0, len(document.text))


def _kind(*, is_key: bool) -> types.CompletionItemKind:
    return types.CompletionItemKind.Property if is_key else types.CompletionItemKind.EnumMember
