"""What comes with the program is told of, with its licence, and nothing comes that nobody told of."""

from __future__ import annotations

import re
import sys
import tomllib
from email.message import Message
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path

import pytest
from licences import EXTRAS, PAGE, brought, licence, listed, table
from packaging.requirements import Requirement

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
TOLD = PAGE.read_text(encoding="utf-8")
# The table is of one Python and one system; elsewhere a package or two are others.
is_here = sys.version_info[:2] == (3, 11) and sys.platform == "linux"


@pytest.mark.skipif(not is_here, reason="the table is of Python 3.11 on Linux")
def test_the_licences_are_listed_as_the_packages_declare_them() -> None:
    try:
        now = table().splitlines()
    except PackageNotFoundError as error:
        pytest.skip(f"{error.name} is not installed")
    assert listed(TOLD) == now, "python tests/licences.py writes them anew"


def test_every_licence_is_one_that_may_be_used_freely() -> None:
    freely = re.compile(r"MIT|BSD|0BSD|Apache-2\.0|ISC|PSF-2\.0|CNRI-Python|MPL-[12]\.[01]|Zlib|CC0-1\.0")
    found = {name: licence(package) for name, package in brought().items()}
    assert len(found) > 40
    assert {name: told for name, told in found.items() if not freely.search(told)} == {}


@pytest.mark.parametrize("extra", ["", *EXTRAS])
def test_every_package_we_ask_for_is_argued(extra: str) -> None:
    asked = PROJECT["optional-dependencies"][extra] if extra else PROJECT["dependencies"]
    argued = TOLD.partition("\n## ")[0]
    named = [Requirement(line) for line in asked]
    missing = [item.name for item in named if f"`{item.name}" not in argued and item.name != PROJECT["name"]]
    assert missing == []


class _Package(Distribution):
    """A package that says of itself what it is given to say."""

    def __init__(self, *told: tuple[str, str]) -> None:
        self._told = Message()
        for name, value in told:
            self._told[name] = value

    @property
    def metadata(self) -> Message:  # type: ignore[override]  # the protocol for it is not to be named in 3.11
        return self._told

    def read_text(self, filename: str) -> str | None:
        raise FileNotFoundError(filename)

    def locate_file(self, path: object) -> Path:
        raise FileNotFoundError(path)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([("License-Expression", "MIT OR ISC"), ("License", "other")], "MIT OR ISC"),
        ([("Classifier", "License :: OSI Approved :: MIT License"), ("License", "other")], "MIT"),
        ([("Classifier", "License :: OSI Approved"), ("License", "Apache 2.0\n\nand so on")], "Apache-2.0"),
        (
            [
                ("Classifier", "License :: OSI Approved :: Mozilla Public License 1.1 (MPL 1.1)"),
                ("Classifier", "License :: OSI Approved :: BSD License"),
            ],
            "BSD or MPL-1.1",
        ),
        ([("Name", "silent")], "not told"),
    ],
)
def test_a_licence_is_read_from_the_most_exact_word_there_is(told: list[tuple[str, str]], expected: str) -> None:
    assert licence(_Package(*told)) == expected
