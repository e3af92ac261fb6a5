"""How a dataclass says what pydantic is to ask of its values, without pydantic: most runs read no rule file at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final

CLOSED: Final[Mapping[str, str]] = {"extra": "forbid"}  # a dict, because pydantic takes nothing else
"""The `__pydantic_config__` of a dataclass that takes no other keys than its fields."""


class Filled:
    """Says of a string that it is not empty."""

    @staticmethod
    def __get_pydantic_core_schema__(source: Any, handler: Callable[[Any], Any]) -> Any:
        """Return what pydantic checks a value by."""
        return {**handler(source), "min_length": 1}


Text = Annotated[str, Filled]


class Verified:
    """A dataclass whose values are looked through when they are read from a file, and trusted ever after.

    What is made again from what was kept has been looked through before.
    """

    def verify(self) -> None:
        """Raise ValueError, in words for the author of a rule, for values that do not go together."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Callable[[Any], Any]) -> Any:
        """Return what pydantic checks a value by."""
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(verified, handler(source))


def verified(value: Any) -> Any:
    """Return a value that has been looked through, if it knows how. Raises ValueError as `verify` does."""
    if verify := getattr(value, "verify", None):
        verify()
    return value
