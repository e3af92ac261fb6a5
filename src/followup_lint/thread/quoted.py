"""The sender's own earlier messages, as a mail quotes them. A hint at what was said, never proof of when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from followup_lint import patterns
from followup_lint.draft import BlockKind, Draft
from followup_lint.people import fold

# It takes the marks before a line that is no header, too (the group is then None): else every one of many blank lines
# would be a new beginning for the rest of them.
_FROM = patterns.lazy(
    r"^[\s>*]*+(?:From[\s*]*+:[\s*]*+([^\r\n]*)(?:[\r\n]++[\s>*]*+[A-Z][\w-]++[\s*]*+:[^\r\n]*)*)?", re.MULTILINE
)
_SENT = patterns.lazy(r"^(?:[>*]|[^\S\n])*(?:Sent|Date)[\s*]*+:[\s*]*+([^\r\n]*)", re.MULTILINE)
_LINE = patterns.lazy(r"^([ \t>]*)([^\r\n]*)", re.MULTILINE)
_DIGIT = patterns.lazy(r"\d")
_LONGEST = 250
_LONGEST_NAMES = 1_000
_QUOTED = frozenset({BlockKind.QUOTED, BlockKind.FORWARDED})


def quoted_own(draft: Draft) -> tuple[str, ...]:
    """Return the sender's own earlier messages as the mail quotes them: those under his `From:` or "Sam wrote:"."""
    return tuple(words for _, words in _own(draft))


def quoted_lines(draft: Draft) -> tuple[str, ...]:
    """Return the lines above them, which tell when they were sent."""
    return tuple(line for line, _ in _own(draft))


def _own(draft: Draft) -> Iterator[tuple[str, str]]:
    header = draft.header("From")
    sender = _words(header.value) if header else frozenset()
    if not sender:
        return
    for block in draft.blocks:
        if block.kind in _QUOTED:
            words = block.span.of(draft.text)
            yield from _headed(words, sender)
            yield from _attributed(words, sender)


def _headed(words: str, sender: frozenset[str]) -> Iterator[tuple[str, str]]:
    heads = [head for head in _FROM.finditer(words) if head[1] is not None]
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        named = _words(head[1])
        if named and named <= sender:
            sent = _SENT.search(head.group())
            line = f"From: {head[1].strip()}" + (f", sent {sent[1].strip()}" if sent else "")
            yield line, words[head.end() : following.start() if following else len(words)]


def _attributed(words: str, sender: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield what stands one `>` deeper under "On Monday, Sam Roe <sam@mail.example> wrote:"; the line may be broken."""
    lines = [(match[1].count(">"), match[2].strip()) for match in _LINE.finditer(words)]
    addresses = {word for word in sender if "@" in word}
    for number, (depth, line) in enumerate(lines):
        after = number + 1
        is_broken = bool(_DIGIT.search(line)) and not line.endswith(":") and after < len(lines)
        if is_broken and lines[after][0] == depth:
            line, after = f"{line} {lines[after][1]}", after + 1  # noqa: PLW2901  (the line as it was before it broke)
        if not (line.endswith(":") and len(line) < _LONGEST and _DIGIT.search(line)) or _is_head(line):
            continue
        if addresses & _words(line):
            end = next((at for at in range(after, len(lines)) if lines[at][1] and lines[at][0] <= depth), len(lines))
            yield line, "\n".join(text for _, text in lines[after:end])


def _words(value: str) -> frozenset[str]:
    return frozenset(fold(word) for word in re.findall(r"[\w.+-]+@[\w.-]+|[^\W\d_]{2,}", value[:_LONGEST_NAMES]))


def _is_head(line: str) -> bool:
    match = _FROM.match(line)
    return bool(match and match[1] is not None)
