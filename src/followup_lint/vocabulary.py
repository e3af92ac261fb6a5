"""Named lists of words and phrases that rules and the reading of a draft share: `rules/vocabulary/*.yaml`."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def rules_folder() -> Traversable:
    """Return the folder of built-in rules: inside an installed package, or at the top of a checkout."""
    packaged = resources.files("followup_lint").joinpath("rules")
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "rules"


@cache
def rule_names() -> tuple[str, ...]:
    """Return the names of the built-in rules, for what must know of them but cannot load them."""
    return tuple(sorted(item.name[:-5] for item in rules_folder().iterdir() if item.name.endswith(".yaml")))


@cache
def vocabulary(name: str) -> dict[str, tuple[str, ...]]:
    """Return the lists of `rules/vocabulary/NAME.yaml`: list name to its entries, as strings, in file order.

    The files are ours and read once a process; a list that is missing is a KeyError at its first use.
    """
    source = rules_folder().joinpath("vocabulary", f"{name}.yaml").read_text(encoding="utf-8")
    return {key: tuple(map(str, entries)) for key, entries in yaml.load(source, Loader=yaml.BaseLoader).items()}  # noqa: S506  (BaseLoader builds strings, lists and mappings only)
