"""What rule authors need to know of each check type: its text, its options, the holes it fills."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from inspect import cleandoc

from followup_lint.pages.markdown import code, filled, table
from followup_lint.pages.options import default, described, form, options, reflowed, shapes
from followup_lint.rule import COMMON, Rule, check_class, check_names


def region(rules: Sequence[Rule]) -> str:
    """Return a section for every check type."""
    return "\n\n".join(_section(name, rules) for name in check_names())


def _section(name: str, rules: Sequence[Rule]) -> str:
    module = importlib.import_module(f"followup_lint.checks.{name.replace('-', '_')}")
    parts = [f"## {name}", reflowed(cleandoc(module.__doc__ or "")), described(name)]
    rows = [(code(item.name), form(name, item.name), default(item)) for item in options(name)]
    parts.append(table(("option", "what it may be", "default"), rows) if rows else "It has no options.")
    for shape, text, keys in shapes(name):
        parts += [f"A {shape}: {text}", table((f"key of a {shape}", "what it may be"), keys)]
    if holes := check_class(name).VALUES - COMMON:
        shown = ", ".join(code(f"{{{hole}}}") for hole in sorted(holes))
        parts.append(f"Its own holes in `message` and `fix`: {shown}.")
    if used := [f"[{rule.name}](rules/{rule.name}.md)" for rule in rules if rule.file.check == name]:
        parts.append(filled(f"Used by {', '.join(used)}."))
    return "\n\n".join(parts)
