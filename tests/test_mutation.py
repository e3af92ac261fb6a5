"""The areas of mutation testing name modules and tests that are there: a renamed one would leave its area unseen."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).with_name("mutation")))

from run import areas

TESTS = Path(__file__).parent
SOURCE = TESTS.parent / "src" / "followup_lint"


@pytest.mark.parametrize("name", areas())
def test_what_an_area_names_is_there(name: str) -> None:
    area = areas()[name]
    assert [item for item in area.mutate if not list(SOURCE.glob(item))] == []
    assert [item for item in area.tests if not (TESTS / item.partition("::")[0]).is_file()] == []
