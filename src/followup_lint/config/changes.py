"""Rules as the configuration has them: changed, switched off, or made anew out of another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from followup_lint import patterns
from followup_lint.catalog import unknown_rule
from followup_lint.config.change import OFF, changed
from followup_lint.config.layers import Layer
from followup_lint.config.spot import Spot
from followup_lint.records import dataclass, replace
from followup_lint.rule import Rule

_NAME = patterns.lazy(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Changed:
    """All rules as they are configured, those that are switched off among them; `always` run in every preset."""

    rules: tuple[Rule, ...]
    off: frozenset[str] = frozenset()
    always: frozenset[str] = frozenset()


def is_rule_name(name: str) -> bool:
    """Whether a rule may be called so."""
    return bool(_NAME.fullmatch(name))


def apply(rules: Sequence[Rule], layers: Sequence[Layer]) -> Changed:
    """Return the rules as the layers change them, one after the other; what is wrong is told at its spot."""
    now = {rule.name: rule for rule in rules}
    off: set[str] = set()
    always: set[str] = set()
    for layer in layers:
        entries = cast("Mapping[str, Spot]", layer.values.get("rules", {}))
        for name in _in_order(entries):
            spot = entries[name]
            made = _made(name, spot, now, len(rules), entries) if _like(spot) else _named(name, spot, now)
            if made is None:
                continue
            now[name] = changed(made, spot)
            word = _severity(spot)
            if _like(spot) or word not in {"", OFF}:
                off.discard(name)
                always.add(name)
            if word == OFF:
                off.add(name)
    return Changed(tuple(now.values()), frozenset(off), frozenset(always))


def _like(spot: Spot) -> str:
    return spot.under("like").text if isinstance(spot.value, dict) and "like" in spot.value else ""


def _severity(spot: Spot) -> str:
    """Return the word for a rule's severity, of a mapping of them its first key; empty where none is given."""
    if not isinstance(spot.value, dict):
        return spot.text
    given = spot.value.get("severity", "")
    return given if isinstance(given, str) else next(iter(given), "") if isinstance(given, dict) else ""


def _in_order(entries: Mapping[str, Spot]) -> list[str]:
    """Return the names so that a rule comes after the one it is like; those in a circle last."""
    waiting = {name: _like(spot) for name, spot in entries.items()}
    order: list[str] = []
    while waiting:
        ready = [name for name, like in waiting.items() if like not in waiting] or list(waiting)
        order += ready
        waiting = {name: like for name, like in waiting.items() if name not in ready}
    return order


def _named(name: str, spot: Spot, now: Mapping[str, Rule]) -> Rule | None:
    if name not in now:
        advice = "; `like: RULE` would make a new one" if isinstance(spot.value, dict) else ""
        spot.tell(unknown_rule(name, list(now.values())).message + advice, key=True)
    return now.get(name)


def _made(name: str, spot: Spot, now: Mapping[str, Rule], first: int, entries: Mapping[str, Spot]) -> Rule | None:
    """Return a new rule; the names of the `first` ones, which no configuration made, are taken.

    One that is like another of the `entries` comes after it, unless that one is wrong or they go round in a circle.
    """
    like = spot.under("like")
    if name in list(now)[:first]:
        spot.tell(f"there is a rule '{name}' already; give the new one another name", key=True)
    elif not is_rule_name(name):
        spot.tell(f"'{name}' is no name for a rule; write it like-this, in small letters", key=True)
    elif like.text not in now and like.text in entries and _like(entries[like.text]):
        like.tell(f"{like.name}: '{like.text}' is wrong itself, or the two go round in a circle; name another rule")
    elif like.text not in now:
        like.tell(f"{like.name}: {unknown_rule(like.text, list(now.values())).message}")
    else:
        return replace(now[like.text], name=name)
    return None
