"""One rule, a little changed: without an option's phrases, with another limit, beyond its scope.

What a change makes the rule find tells what kept it silent, whatever the check does inside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from followup_lint.diagnostic import Diagnostic, Finding
from followup_lint.explain.options import options
from followup_lint.form import verified
from followup_lint.reading import Reading
from followup_lint.records import replace
from followup_lint.rule import Check, Rule
from followup_lint.rule_file import Applies
from followup_lint.stretches import Layers

EXTREMES = (0, 1, -1, 10**6, -(10**6))
_BREAKS = (IndexError, KeyError, ValueError, ArithmeticError, TypeError, AttributeError)


def with_option(check: Check, name: str, value: object) -> Iterator[tuple[str, Check]]:
    """Yield an option's name and the check with that option changed; nothing where the check refuses to be so."""
    with suppress(*_BREAKS):
        yield name, verified(replace(check, **{name: value}))  # type: ignore[type-var]  # every check is a dataclass


def tried(check: Check, reading: Reading) -> list[Finding]:
    """Return what a changed check finds; nothing where the change is one that it cannot work with."""
    try:
        return list(check(reading))
    except _BREAKS:
        return []


def unbound(rule: Rule) -> Rule:
    """Return the rule without its scope."""
    return rule.saying(applies=Applies())


def would_say(rule: Rule, reading: Reading) -> list[Diagnostic]:
    """Return what the rule would say if it applied to every message."""
    if rule.check.lacks(reading.context):
        return []
    return [item for item in unbound(rule)(reading) if isinstance(item, Diagnostic)]


def unmasked(reading: Reading) -> Reading:
    """Return the reading with names and quoted words laid open."""
    opened = replace(reading)
    opened.__dict__["masks"] = Layers.of(())  # where a cached property keeps its value
    return opened


def emptied(check: Check) -> Iterator[tuple[str, Check]]:
    """Yield the check without one of its lists, or with one of its switches turned off, and that option's name."""
    for name, value in options(check):
        if isinstance(value, tuple | list) and value:
            yield from with_option(check, name, type(value)())
        elif value is True or (isinstance(value, Mapping) and any(item is True for item in value.values())):
            yield from with_option(check, name, value=False)


def stretched(check: Check) -> Iterator[tuple[str, Check]]:
    """Yield the check with one of its limits put out of reach either way, and that option's name."""
    for name, value in options(check):
        if _is_number(value):
            for extreme in EXTREMES:
                yield from with_option(check, name, type(_number(value))(extreme))


def _is_number(value: Any) -> bool:
    number = _number(value)
    return isinstance(number, int | float) and not isinstance(number, bool)


def _number(value: Any) -> Any:
    if isinstance(value, Mapping):
        return next(iter(value.values()), None)
    return value
