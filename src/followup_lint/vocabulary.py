"""Named lists of words and phrases that rules and the reading of a draft share: `rules/vocabulary/*.yaml`."""

from __future__ import annotations

import marshal
import os
from functools import cache

from followup_lint import kept

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from typing import Any


@cache
def rules_path() -> str:
    """Return the folder of built-in rules, inside an installed package or at the top of a checkout.

    Empty where it is no folder: the package is a zip file.
    """
    package = os.path.dirname(__file__)
    top = os.path.dirname(os.path.dirname(package))
    found = (os.path.join(place, "rules") for place in (package, top))
    return next(filter(os.path.isdir, found), "")


def rules_folder() -> Traversable:
    """Return the folder of built-in rules, wherever it is."""
    if path := rules_path():
        from pathlib import Path  # most runs need no more than the names in it

        return Path(path)
    from importlib import resources

    return resources.files("followup_lint").joinpath("rules")


@cache
def rule_files() -> tuple[str, ...]:
    """Return the names of the files of built-in rules, in order."""
    path = rules_path()
    names = os.listdir(path) if path else [item.name for item in rules_folder().iterdir()]
    return tuple(sorted(name for name in names if name.endswith(".yaml")))


@cache
def rule_names() -> tuple[str, ...]:
    """Return the names of the built-in rules, for what must know of them but cannot load them."""
    return tuple(sorted(name.removesuffix(".yaml") for name in rule_files()))


def rule_text(file: str) -> str:
    """Return what stands in a file of a built-in rule."""
    return rules_folder().joinpath(file).read_text(encoding="utf-8")


@cache
def vocabulary(name: str) -> dict[str, tuple[str, ...]]:
    """Return the lists of `rules/vocabulary/NAME.yaml`: list name to its entries, as strings, in file order.

    The files are ours and read once a process; a list that is missing is a KeyError at its first use.
    """
    return {key: tuple(map(str, entries)) for key, entries in raw(name).items()}


@cache
def raw(name: str) -> dict[str, Any]:
    """Return what stands in `rules/vocabulary/NAME.yaml`: strings, lists and mappings, which nobody may change."""
    found: dict[str, Any] = marshal.loads(_all()[name])  # noqa: S302  (checked for damage; only this user may write there)
    return found


@cache
def signature() -> bytes:
    """Return the digest of the files' state, for what is made from them and kept."""
    if path := rules_path():
        return kept.digest(*kept.marks(os.path.join(path, "vocabulary"), ".yaml"))
    return kept.digest(*(part for name, source in _sources().items() for part in (name.encode(), source)))


@cache
def _sources() -> dict[str, bytes]:
    files = sorted(rules_folder().joinpath("vocabulary").iterdir(), key=lambda file: file.name)
    return {file.name.removesuffix(".yaml"): file.read_bytes() for file in files if file.name.endswith(".yaml")}


@cache
def _all() -> dict[str, bytes]:
    """Return what stands in every file, packed, from what is kept if the files are as they were."""
    made_from = kept.digest(kept.mark(__file__), signature())
    body = kept.read("vocabulary", made_from)
    if body is not None:
        found: dict[str, bytes] = marshal.loads(body)  # noqa: S302  (the same)
        return found
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    found = {
        name: marshal.dumps(yaml.load(source, Loader=loader))  # noqa: S506  (it builds strings, lists and mappings only)
        for name, source in _sources().items()
    }
    kept.write("vocabulary", made_from, marshal.dumps(found))
    return found
