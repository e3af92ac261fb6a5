"""A rule and a finding in words for people: Markdown, and the same as plain text for editors that show no other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lsprotocol import types

from followup_lint import patterns
from followup_lint.diagnostic import Diagnostic
from followup_lint.explain.row import Row
from followup_lint.rule import Rule
from followup_lint.text import visible, visible_lines

_SHOWN = ("matched", "measured", "limit", "severity", "also", "good", "silence")
_SIGNS = patterns.lazy(r"([\\`*_\[\]<>#])")


def finding(item: Diagnostic, rows: Sequence[Row]) -> str:
    """Return what a finding says, why, what led to it, and how to be rid of it."""
    lines = [f"**{item.rule}** · {item.severity.value}", "", escaped(item.message), "", f"*Why:* {escaped(item.why)}"]
    lines += ["", f"*Try:* {escaped(item.fix)}"]
    told = [row for row in rows if row.label in _SHOWN]
    if told:
        lines += ["", *(f"- {row.label}: {escaped(row.words)}" for row in told)]
    return "\n".join(lines)


def rule(item: Rule) -> str:
    """Return what a rule asks, why, and an example of each sort."""
    fix = item.file.fix if isinstance(item.file.fix, str) else next(iter(item.file.fix.values()))
    lines = [f"# {item.name}", "", escaped(item.file.why), "", f"*Try:* {escaped(fix)}", ""]
    lines += [f"*Source:* {escaped(item.file.source)}"]
    for kind in ("bad", "good"):
        for example in [text for each in item.file.examples if (text := getattr(each, kind))][:1]:
            lines += [
                "",
                f"A {kind} example:",
                "",
                "```text",
                visible_lines(example.strip()).replace("```", "'''"),
                "```",
            ]
    return "\n".join(lines) + "\n"


def short(item: Rule) -> str:
    """Return the same in a few lines, for a message box."""
    fix = item.file.fix if isinstance(item.file.fix, str) else next(iter(item.file.fix.values()))
    return f"{item.name}: {' '.join(item.file.why.split())}\nTry: {' '.join(fix.split())}"


def content(markdown: str, *, is_markdown: bool) -> types.MarkupContent:
    """Return words in the form that a client can show."""
    if is_markdown:
        return types.MarkupContent(types.MarkupKind.Markdown, markdown)
    return types.MarkupContent(types.MarkupKind.PlainText, bare(markdown))


def bare(markdown: str) -> str:
    """Return Markdown without its signs."""
    words = re.sub(r"(?m)^(?:#+ |```\w*$\n?)", "", markdown)
    words = re.sub(r"(?<!\\)(?:\*\*|[*`])", "", words)
    return re.sub(r"\\([\\`*_\[\]<>#])", r"\1", words)


def escaped(words: str) -> str:
    """Return words with what Markdown would take for its own escaped; `{holes}` of messages are filled by now."""
    return _SIGNS.sub(r"\\\1", " ".join(visible(words).split()))
