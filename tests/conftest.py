"""A clean place for every test: none of the developer's own settings may decide what is found."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    home = tmp_path_factory.mktemp("nobody")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, str(home))
        for name in [*os.environ]:
            if name.startswith("FOLLOWUP_LINT_") or name in {"FORCE_COLOR", "CLICOLOR_FORCE", "CI", "PRE_COMMIT"}:
                patch.delenv(name)
        yield


@pytest.fixture(autouse=True)
def _unmeasured(request: pytest.FixtureRequest) -> None:
    """Measure no process that a test looks at from outside: coverage would be seen in it."""
    if request.node.get_closest_marker("unmeasured"):
        request.getfixturevalue("monkeypatch").delenv("COVERAGE_PROCESS_CONFIG", raising=False)
