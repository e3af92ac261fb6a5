"""What a rule's page says about mending by machine."""

from __future__ import annotations

from collections.abc import Mapping

from followup_lint.pages.markdown import code, fence, table
from followup_lint.pages.samples import Samples
from followup_lint.rule import Rule

_MOST = 12


def short(samples: Samples) -> str:
    """Return the sorts of remedies in a word or two: `safe, snippet`; empty for none."""
    return ", ".join(samples.sorts)


def section(samples: Samples) -> str:
    """Return what can be mended, and how."""
    rule = samples.rule
    if not samples.sorts:
        return "None: only you can say what belongs there."
    parts = [f"Remedies: {short(samples)}. [Fixing](../fixing.md) tells who applies which."]
    if rule.file.replace:
        parts.append(_words(rule))
    snippets = rule.file.snippet if isinstance(rule.file.snippet, Mapping) else {"": rule.file.snippet}
    texts = {item.text: item.title for item in snippets.values() if item}
    parts += [f"{title}:\n\n{fence(text, 'text')}" for text, title in texts.items()]
    return "\n\n".join(parts)


def _words(rule: Rule) -> str:
    pairs = rule.file.replace
    rows = [(code(item.find), code(item.write) if item.write else "nothing", _sort(safe=item.safe)) for item in pairs]
    shown = table(("for this phrase", "write", "sort"), rows[:_MOST])
    return f"{shown}\n\nand {len(rows) - _MOST} more." if len(rows) > _MOST else shown


def _sort(*, safe: bool) -> str:
    return "safe" if safe else "unsafe"
