"""Named lists of words and phrases that rules and the reading of a draft share: `rules/vocabulary/*.yaml`."""

from __future__ import annotations

import marshal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from followup_lint import kept

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def rules_folder() -> Traversable:
    """Return the folder of built-in rules: inside an installed package, or at the top of a checkout."""
    for folder in (Path(__file__).parent / "rules", Path(__file__).parents[2] / "rules"):
        if folder.is_dir():
            return folder
    from importlib import resources  # the package is a zip file

    return resources.files("followup_lint").joinpath("rules")


@cache
def rule_names() -> tuple[str, ...]:
    """Return the names of the built-in rules, for what must know of them but cannot load them."""
    return tuple(sorted(item.name[:-5] for item in rules_folder().iterdir() if item.name.endswith(".yaml")))


@cache
def vocabulary(name: str) -> dict[str, tuple[str, ...]]:
    """Return the lists of `rules/vocabulary/NAME.yaml`: list name to its entries, as strings, in file order.

    The files are ours and read once a process; a list that is missing is a KeyError at its first use.
    """
    return {key: tuple(map(str, entries)) for key, entries in raw(name).items()}


def raw(name: str) -> dict[str, Any]:
    """Return what stands in `rules/vocabulary/NAME.yaml`: strings, lists and mappings, which nobody may change."""
    return _all()[name]


@cache
def signature() -> bytes:
    """Return the digest of all the files, for what is made from them and kept."""
    return kept.digest(*(part for name, source in _sources().items() for part in (name.encode(), source)))


@cache
def _sources() -> dict[str, bytes]:
    files = sorted(rules_folder().joinpath("vocabulary").iterdir(), key=lambda file: file.name)
    return {file.name.removesuffix(".yaml"): file.read_bytes() for file in files if file.name.endswith(".yaml")}


@cache
def _all() -> dict[str, dict[str, Any]]:
    """Return what stands in every file, from what is kept if the files are as they were."""
    made_from = kept.digest(kept.mark(Path(__file__)), signature())
    body = kept.read("vocabulary", made_from)
    if body is not None:
        found: dict[str, dict[str, Any]] = marshal.loads(body)  # noqa: S302  (sealed; only this user may write there)
        return found
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    found = {name: yaml.load(source, Loader=loader) for name, source in _sources().items()}  # noqa: S506  (it builds strings, lists and mappings only)
    kept.write("vocabulary", made_from, marshal.dumps(found))
    return found
