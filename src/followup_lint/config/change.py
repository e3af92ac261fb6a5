"""One rule, changed: another severity, other words, other options. The rule itself stays what it is."""

from __future__ import annotations

from typing import Any, cast

from followup_lint import hazards
from followup_lint.config import leaves
from followup_lint.config.keys import RULE, SEVERITIES
from followup_lint.config.spot import Spot, one
from followup_lint.context import Account, Channel, Culture, Kind
from followup_lint.errors import Problem, Problems, hint
from followup_lint.records import fields, replace
from followup_lint.rule import Rule, ready
from followup_lint.rule_reader import holes, make_check

OFF = "off"

_TRAITS = (*Kind, *Channel, *Culture, *(f"linkedin-{item}" for item in Account), "default")
_NEAR = 0.8  # so alike that a case or a region of that name would be a strange coincidence


def changed(rule: Rule, spot: Spot) -> Rule:
    """Return the rule as an entry of `rules` has it; what is wrong there is told, and left as it was."""
    if not isinstance(spot.value, dict):
        return _weighed(rule, spot)
    options = {item.name for item in fields(cast("Any", rule.check))}
    if not _only(spot, (*RULE, *sorted(options)), rule.name):
        return rule
    if "severity" in spot.value:
        rule = _weighed(rule, spot.under("severity"))
    return _with_options(_worded(rule, spot), spot, [key for key in spot.value if key in options])


def _only(spot: Spot, known: tuple[str, ...], name: str) -> bool:
    unknown = [item for key, item in spot.entries() if key not in known]
    for item in unknown:
        key = str(item.path[-1])
        item.tell(f"unknown option '{key}'; {hint(key, known, f'{name} has ' + ', '.join(known))}", key=True)
    return not unknown


def _weighed(rule: Rule, spot: Spot) -> Rule:
    """Return the rule with another severity. Where a rule is silent in some cases, one word does not make it speak."""
    own = rule.file.severity
    if isinstance(spot.value, dict):
        words = [(key, one(leaves.severity)(item)) for key, item in spot.entries()]
        if not _keys_fit(spot, own) or not all(word for _, word in words):
            return rule
        severity = _joined(own, dict(words))
    elif spot.text == OFF:
        return rule
    elif spot.text not in SEVERITIES:
        said = f"'{spot.text}'" if isinstance(spot.value, str) else "a list"
        more = "" if spot.path[-1] == "severity" else ", or a mapping of options"
        spot.tell(f"{spot.name}: {said} is no severity; write {', '.join(SEVERITIES)}{more}")
        return rule
    else:
        word = leaves.severity(spot)
        severity = dict.fromkeys(own, word) if isinstance(own, dict) else word
    return rule.saying(severity=severity, severity_in_strict=None)


def _worded(rule: Rule, spot: Spot) -> Rule:
    """Return the rule with other words, which may have no holes that nothing fills."""
    given: dict[str, object] = {}
    for key in ("message", "why", "fix"):
        if not isinstance(spot.value, dict) or key not in spot.value:
            continue
        item, own = spot.under(key), getattr(rule.file, key)
        if key == "why" or not isinstance(item.value, dict):
            texts, value = [one(leaves.text)(item)], item.value
        else:
            texts = [one(leaves.text)(each) for _, each in item.entries()]
            value = item.value if _keys_fit(item, own) else ""
        if not value or not all(texts):
            return rule
        texts_of = cast("dict[str, str | dict[str, str]]", {key: value} if key != "why" else {})
        if wrong := list(holes(texts_of, rule.check, spot.source.document, spot.path)):
            spot.found.extend(wrong)
            return rule
        given[key] = _joined(own, value)
    return rule.saying(**given)


def _with_options(rule: Rule, spot: Spot, names: list[str]) -> Rule:
    given: dict[str, Any] = {}
    for name in names:
        item, own = spot.under(name), rule.file.options.get(name, getattr(rule.check, name))
        if not _keys_fit(item, own):
            return rule
        given[name] = _joined(own, item.value)
    if not given:
        return rule
    options = {**rule.file.options, **given}
    try:
        check = make_check(rule.file.check, options, spot.source.document, spot.path, trusted=True)
    except Problems as group:
        spot.found.extend(error for error in group.exceptions if isinstance(error, Problem))
        return rule
    # The rule's own phrases were judged with it, but lists given here may be theirs to take up.
    judged = options if "lists" in given else given
    if wrong := list(hazards.of_options(judged, spot.source.document, spot.path, getattr(check, "expand", None))):
        spot.found.extend(wrong)
        return rule
    return replace(rule.saying(options=options), make=ready(check))


def _joined(own: object, given: object) -> object:
    """Return a value for a rule: a mapping comes before the rule's own; where that is one value, it is the default."""
    if not isinstance(given, dict):
        return given
    if isinstance(own, dict):
        return {**given, **{key: value for key, value in own.items() if key not in given}}
    is_single = isinstance(own, str | int | float) and own != ""
    return {**given, "default": own} if is_single and "default" not in given else given


def _keys_fit(spot: Spot, own: object) -> bool:
    """Whether no key of a mapping looks like a slip of the pen; cases and regions may be any word."""
    from difflib import get_close_matches

    known = {*_TRAITS, *(own if isinstance(own, dict) else ())}
    fits = True
    for key, item in spot.entries() if isinstance(spot.value, dict) else ():
        if key not in known and (near := get_close_matches(key, known, n=1, cutoff=_NEAR)):
            item.tell(f"{spot.name}: unknown key '{key}'; did you mean '{near[0]}'?", key=True)
            fits = False
    return fits
