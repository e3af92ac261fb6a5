"""Whether a rule is about a message, in words: kinds, channels, cultures, presets, facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from followup_lint.context import Context
from followup_lint.explain.options import options
from followup_lint.records import MISSING, fields, replace
from followup_lint.rule import Rule

_TRAITS = (("kind", "kinds"), ("channel", "channels"), ("culture", "cultures"))


def about(rule: Rule) -> str:
    """Say which messages the rule is about."""
    parts = []
    for one, many in _TRAITS:
        wanted, unwanted = getattr(rule.file.applies, many), getattr(rule.file.applies, f"not_{many}")
        if wanted:
            parts.append(f"{many if len(wanted) > 1 else one} {', '.join(wanted)}")
        elif unwanted:
            parts.append(f"every {one} but {', '.join(unwanted)}")
    return f"for {'; '.join(parts)}" if parts else "for every message"


def outside(rule: Rule, context: Context) -> list[str]:
    """Return the facts (`kind`, `channel`, `culture`) that put a message out of the rule's scope."""
    found = []
    for one, many in _TRAITS:
        value = getattr(context, one)
        wanted, unwanted = getattr(rule.file.applies, many), getattr(rule.file.applies, f"not_{many}")
        if (wanted and value not in wanted) or value in unwanted:
            found.append(one)
    return found


def told(context: Context, name: str) -> str:
    """Say a fact and its origin: `kind thank-you (front matter, line 2)`."""
    value = getattr(context, name)
    shown = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return f"{name} {shown} ({context.origins.get(name, 'default')})"


def deciding(rule: Rule, context: Context) -> list[str]:
    """Return the names of the facts on which this rule's verdict rests: the kind, and whatever else it looks at."""
    keys = {key for table in _tables(rule) for key in table}
    applies = rule.file.applies
    names = ["kind"]
    if applies.channels or applies.not_channels or context.channel in keys:
        names.append("channel")
    if applies.cultures or applies.not_cultures or context.culture in keys:
        names.append("culture")
    if context.region.lower() in keys:
        names.append("region")
    return [*names, *(name for name in needed(rule, context) if name not in names)]


def needed(rule: Rule, context: Context) -> Iterator[str]:
    """Yield the facts that this rule could not do without here: take one away, and it would be skipped."""
    for item in fields(Context):
        if item.name in context.origins and item.default is not MISSING and getattr(context, item.name) != item.default:
            # Facts come as one of each type, so taking one away never makes an impossible context.
            without = replace(context, **{item.name: item.default})
            if rule.check.lacks(without) and not rule.check.lacks(context):
                yield item.name


def _tables(rule: Rule) -> Iterator[Mapping[str, object]]:
    file = rule.file
    for table in (file.severity, file.message, file.fix, *(value for _, value in options(rule.check))):
        if isinstance(table, Mapping):
            yield table


def chosen(rule: Rule, preset: str, selected: bool) -> str:  # noqa: FBT001  (one fact among three)
    """Say why the rule runs at all."""
    if selected:
        return "named by --select"
    if rule.file.preset == "recommended":
        return f"in the {preset} preset" if preset != "recommended" else "in the recommended preset"
    return f"in the {rule.file.preset} preset, which you chose"
