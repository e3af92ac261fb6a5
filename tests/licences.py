"""What the program brings with it when it is installed, under which licence, as the packages' own metadata say.

python tests/licences.py    writes the table into docs/dependencies.md
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PAGE = Path(__file__).parents[1] / "docs" / "dependencies.md"
OURS = "followup-lint"
EXTRAS = ("arrow", "holidays", "ray", "spark", "watch")
"""What may be installed with the program besides; the others are for those who work on it."""

_TABLE = re.compile(r"(?<=<!-- licences -->\n\n).*?(?=\n<!-- /licences -->)", re.DOTALL)
_CLASSIFIER = "License :: "
_SHORT = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
"""Names by which packages call a licence, and the one that SPDX has for it."""


def licence(package: Distribution) -> str:
    """Return the licence that a package declares: the exact expression, or else its classifiers, or else its words."""
    told = package.metadata
    if expression := told.get_all("License-Expression"):
        return str(expression[0])
    classes = [item.rpartition(" :: ")[2] for item in told.get_all("Classifier") or () if item.startswith(_CLASSIFIER)]
    names = [item for item in classes if item != "OSI Approved"] or [
        str(line).split("\n")[0] for line in told.get_all("License") or ()
    ]
    return " or ".join(sorted(_SHORT.get(str(name), str(name)) for name in names)) or "not told"


def brought(extra: str = "") -> dict[str, Distribution]:
    """Return all that an installation brings here, by name: for an extra, what the program itself does not bring.

    Raises PackageNotFoundError where the extra is not installed.
    """
    found: dict[str, Distribution] = {}
    waiting = [_wanted(distribution(OURS), frozenset({extra}))]
    while waiting:
        for wanted in waiting.pop():
            name = canonicalize_name(wanted.name)
            if name not in found:
                found[name] = distribution(name)
                waiting.append(_wanted(found[name], frozenset(wanted.extras)))
    return {name: package for name, package in found.items() if not extra or name not in brought()}


def _wanted(package: Distribution, extras: frozenset[str]) -> Iterator[Requirement]:
    for line in package.requires or ():
        wanted = Requirement(line)
        if not wanted.marker or any(wanted.marker.evaluate({"extra": extra}) for extra in extras | {""}):
            yield wanted


def listed(page: str) -> list[str]:
    """Return the lines of the table that stands in a page."""
    found = _TABLE.search(page)
    assert found, "docs/dependencies.md has no place for the licences"
    return found[0].splitlines()


def rows() -> dict[str, tuple[str, str]]:
    """Return the licence of every package that comes with the program, and the extras that it comes with, by name."""
    found = {name: (licence(package), "") for name, package in brought().items()}
    for extra in EXTRAS:
        for name, package in brought(extra).items():
            others = [found[name][1]] if name in found else []
            found[name] = licence(package), ", ".join([*others, f"`[{extra}]`"])
    return dict(sorted(found.items()))


def table() -> str:
    """Return the table as the page has it."""
    lines = [f"| {name} | {told} | {extras or 'all'} |" for name, (told, extras) in rows().items()]
    return "\n".join(["| Package | Licence | Comes with |", "|---|---|---|", *lines]) + "\n"


if __name__ == "__main__":
    PAGE.write_text(_TABLE.sub(lambda _: table(), PAGE.read_text(encoding="utf-8")), encoding="utf-8")
