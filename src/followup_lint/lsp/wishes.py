"""What the user has set in the editor, under `followupLint`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from followup_lint.records import dataclass, field

SECTION = "followupLint"
_PRESETS = ("lenient", "recommended", "strict")


@dataclass(frozen=True)
class Wishes:
    """Settings that go before those of a file. `is_on_save` is to check when a draft is saved, not while typing."""

    preset: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    is_on_save: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)


def read(settings: object) -> tuple[Wishes, list[str]]:
    """Return what is set, and what is wrong with it in plain words. Whatever a client sends, there is a result."""
    if isinstance(settings, Mapping) and isinstance(settings.get(SECTION), Mapping):
        settings = settings[SECTION]
    if not isinstance(settings, Mapping):
        return Wishes(), []
    wrong: list[str] = []

    def choice(key: str, known: tuple[str, ...]) -> str:
        value = settings.get(key) or ""
        if value in ("", *known):
            return str(value)
        wrong.append(f"{SECTION}.{key}: expected one of {', '.join(known)}")
        return ""

    def names(key: str) -> tuple[str, ...]:
        value = settings.get(key) or []
        items = value.split(",") if isinstance(value, str) else value
        if isinstance(items, list | tuple) and all(isinstance(item, str) for item in items):
            return tuple(item.strip() for item in items if item.strip())
        wrong.append(f"{SECTION}.{key}: expected a list of rule names")
        return ()

    facts = settings.get("facts") or {}
    if not isinstance(facts, Mapping):
        wrong.append(f"{SECTION}.facts: expected keys of the front matter with their values")
        facts = {}
    found = Wishes(
        choice("preset", _PRESETS),
        names("select"),
        names("ignore"),
        choice("run", ("onType", "onSave")) == "onSave",
        {str(key): value for key, value in facts.items() if value not in (None, "", [])},
    )
    return found, wrong
