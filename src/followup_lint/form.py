"""How a dataclass says what pydantic is to ask of its values, without pydantic: most runs read no rule file at all.

Such a dataclass does not load `typing` either, which takes 3 ms of a run of 45: what stands in its annotations,
pydantic finds in `adapter`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

    from pydantic import TypeAdapter

CLOSED: Final[Mapping[str, str]] = {"extra": "forbid"}  # a dict, because pydantic takes nothing else
"""The `__pydantic_config__` of a dataclass that takes no other keys than its fields."""


class _Filled:
    @staticmethod
    def __get_pydantic_core_schema__(_: Any, handler: Callable[[Any], Any]) -> Any:
        """Return what pydantic checks a value by."""
        return {**handler(str), "min_length": 1}


if TYPE_CHECKING:
    Text = str
    """A string that is not empty."""
else:
    Text = _Filled


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


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """Return what makes values of this class of plain data and looks them through, and what tells their form."""
    # Names that annotations hold and their modules do not, pydantic looks up here.
    from typing import Annotated, Any, ClassVar, Literal  # noqa: F401  (see above)

    from pydantic import AfterValidator, TypeAdapter

    form: Any = Annotated[kind, AfterValidator(verified)]  # pyright: ignore[reportInvalidTypeForm]  (one for each class)
    return TypeAdapter(form)
