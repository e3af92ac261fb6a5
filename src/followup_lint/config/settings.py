"""All that holds for a draft: the layers of its configuration, laid over one another."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property, partial

from followup_lint import catalog
from followup_lint.context import Fact
from followup_lint.diagnostic import Severity
from followup_lint.reader import Defaults
from followup_lint.records import dataclass, field, replace
from followup_lint.rule import Rule
from followup_lint.silence import Silence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from followup_lint.config.changes import Changed
    from followup_lint.config.layers import Layer
    from followup_lint.config.sharing import Contact, Firm
    from followup_lint.config.spot import Spot

PRESET = "recommended"
"""What is asked for where nobody says how much."""

_PLAIN = ("preset", "contacts", "companies", "baseline", "fail_on", "min_severity", "me", "model", "docs_url")


@dataclass(frozen=True, eq=False)
class Settings:
    """What configuration files say of a draft; two are the same only if they are one object, so they may be keys.

    `file` is the one that counts, None where there is none. `layers` are all that say something, the weakest first.
    `every` rule that is known is there as it is configured, also those in `off`; those in `always` run in every preset.
    `ignored` are the names of rules that `ignore` leaves out, `silences` those that it gives a reason for. What a field
    does not know (empty, None) nobody has set.
    """

    file: Path | None = None
    layers: tuple[Layer, ...] = ()
    every: tuple[Rule, ...] = ()
    off: frozenset[str] = frozenset()
    always: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()
    silences: tuple[Silence, ...] = ()
    preset: str = PRESET
    select: tuple[str, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    contacts: tuple[Contact, ...] = ()
    companies: tuple[Firm, ...] = ()
    baseline: Path | None = None
    fail_on: Severity | None = None
    min_severity: Severity | None = None
    me: tuple[str, ...] = ()
    sent: tuple[str, ...] = ()
    model: str = ""
    docs_url: str = ""
    _chosen: dict[object, tuple[Rule, ...]] = field(default_factory=dict, repr=False)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rules that are not switched off."""
        return tuple(rule for rule in self.every if rule.name not in self.off)

    @property
    def rule_folders(self) -> tuple[Path, ...]:
        """Return the folders of rules besides our own."""
        return tuple(folder for layer in self.layers for folder, _ in layer.folders)

    @cached_property
    def known(self) -> frozenset[str]:
        """Return the names of all rules."""
        return frozenset(rule.name for rule in self.every)

    def chosen(self, preset: str = "", select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
        """Return the rules to run; what the command line says wins. The same call gives the same tuple.

        A rule that `select` names in full runs, even if the file switches it off or ignores it. Raises Problems for a
        name that fits no rule.
        """
        key = (preset, tuple(select), tuple(ignore))
        if key not in self._chosen:
            left_out = (self.off | self.ignored) - set(select)
            self._chosen[key] = catalog.choose(
                self.every, preset or self.preset, select or self.select, [*ignore, *sorted(left_out)], self.always
            )
        return self._chosen[key]

    def left_out(self, name: str, preset: str = "", select: Sequence[str] = (), ignore: Sequence[str] = ()) -> str:
        """Say why a known rule does not run, in words that follow its name; empty if it does."""
        if any(rule.name == name for rule in self.chosen(preset, select, ignore)):
            return ""
        if any(name in catalog.fitting(self.every, item) for item in ignore):
            return "left out by --ignore"
        if name not in select and name in self.off | self.ignored:
            return f"{'switched off' if name in self.off else 'ignored'} in {self._leaves_out(name)}"
        if select or self.select:
            return f"not selected {'by --select' if select else 'in ' + self.origin('select')}"
        return f"strict, so it does not run with the preset {preset or self.preset}"

    def _leaves_out(self, name: str) -> str:
        spots: list[Any] = [layer.values["rules"] for layer in self.layers if "rules" in layer.values]
        found: list[str] = [entries[name].origin for entries in spots if name in entries]
        if name in self.off and found:
            return found[-1]
        layers: list[Any] = [layer.get("ignore") for layer in self.layers]
        ignored: list[Spot] = [item for layer in layers for item in layer]
        return next((item.origin for item in ignored if name in catalog.fitting(self.every, item.text)), "")

    def origin(self, key: str) -> str:
        """Return where a key that replaces was set last, in words; empty where it was not."""
        layer = next((layer for layer in reversed(self.layers) if key in layer.values), None)
        return layer.spot.under(key).origin if layer else ""

    @cached_property
    def defaults(self) -> Defaults:
        """Return what `read_message` takes: facts for drafts that have none, and what is known of people and firms."""
        if not self.contacts and not self.companies:
            return Defaults(self.facts)
        from followup_lint.config.sharing import shared

        return Defaults(self.facts, partial(shared, contacts=self.contacts, companies=self.companies))

    def excludes(self, path: str | Path, *, folder: bool = False) -> bool:
        """Whether `exclude` leaves a file or folder out; of several files' patterns the nearest file's decide."""
        for layer in reversed(self.layers):
            if layer.values.get("exclude"):
                verdict = layer.excluded.check_file(below(path, layer) + "/" * folder).include
                if verdict is not None:
                    return verdict
        return False

    def url(self, rule: str) -> str:
        """Return the address of a rule's page; empty where nobody said where the pages are."""
        return f"{self.docs_url}rules/{rule}.html" if self.docs_url else ""


def below(path: str | Path, layer: Layer) -> str:
    """Return a path from the folder of a layer's file, with slashes."""
    absolute = os.path.abspath(path)
    try:
        return os.path.relpath(absolute, layer.spot.source.path.parent).replace(os.sep, "/")
    except ValueError:  # another drive
        return absolute.replace(os.sep, "/")


def settle(file: Path | None, rules: Sequence[Rule], layers: Sequence[Layer]) -> Settings:
    """Lay the layers over one another, the weakest first; what is wrong about rules is told at its spot."""
    if not layers:
        return Settings(file, every=tuple(rules))
    from followup_lint.config import changes
    from followup_lint.config.keys import KEYS, Merge

    merged: dict[str, Any] = {}
    for layer in layers:
        values: Mapping[str, Any] = layer.values
        for key, value in values.items():
            merge = KEYS[key].merge
            if merge is Merge.JOIN:
                merged[key] = {**merged.get(key, {}), **value}
            else:
                merged[key] = merged.get(key, ()) + value if merge is Merge.ADD else value
    now = changes.apply(rules, layers)
    ignored: tuple[Spot, ...] = merged.get("ignore", ())
    return Settings(
        file,
        tuple(layers),
        now.rules,
        now.off,
        now.always,
        ignored=frozenset(name for item in ignored if not _is_reasoned(item) for name in _fitting(item, now)),
        silences=tuple(silence for item in ignored if _is_reasoned(item) for silence in _silences(item, now)),
        select=tuple(item.text for item in merged.get("select", ()) if _fitting(item, now)),
        facts=merged.get("context", {}),
        sent=tuple(map(str, merged.get("sent", ()))),
        **{key: merged[key] for key in _PLAIN if key in merged},
    )


def _is_reasoned(item: Spot) -> bool:
    """Whether an entry of `ignore` stands in a mapping, where it has its reason."""
    return item.path[-2:-1] == ("ignore",) and isinstance(item.path[-1], str)


def _fitting(item: Spot, now: Changed) -> tuple[str, ...]:
    """Return the rules that an entry of `ignore` or `select` is about: by a mapping's key, or an item of a list."""
    name = str(item.path[-1]) if _is_reasoned(item) else item.text
    if fitting := catalog.fitting(now.rules, name):
        return fitting
    item.tell(catalog.unknown_rule(name, now.rules).message, key=_is_reasoned(item))
    return ()


def _silences(item: Spot, now: Changed) -> tuple[Silence, ...]:
    from followup_lint.facts import PARSERS

    read: Any = PARSERS["ignore"]({str(item.path[-1]): item.value})
    return tuple(replace(silence, rule=rule, origin=item.origin) for silence in read for rule in _fitting(item, now))
