"""Where the files of a model lie, found without importing the package that brings them."""

from __future__ import annotations

import json
from importlib.machinery import PathFinder
from pathlib import Path


def folder_of(name: str) -> Path | None:
    """Return the folder of a model, given by the name of its package or as a path; None where it cannot be told."""
    if name != Path(name).name:
        return Path(name)
    spec = PathFinder.find_spec(name)
    for place in (spec and spec.submodule_search_locations) or ():
        package = Path(place)
        try:
            meta = json.loads((package / "meta.json").read_bytes())
            return package / f"{meta['lang']}_{meta['name']}-{meta['version']}"
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return None
