"""Regular expressions, compiled once and not in every run.

Python takes a millisecond or two for each of our larger ones, of which there are hundreds; what comes of it is a list
of numbers for its matching engine. These are kept, each by its source and flags, for this very build of Python, and
given back to the engine, which looks through them before it takes them. `re` compiles whatever is not kept, or on a
Python whose inner parts are not those known here.
"""

from __future__ import annotations

import importlib
import marshal
import re
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache, lru_cache

from followup_lint import kept
from followup_lint.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, AnyStr

Code = tuple[int, bytes, int, int, dict[str, int], tuple[str | None, ...]]
"""What Python's engine takes: flags, numbers (of so many bytes, packed where that is less), how many groups there are,
and their names in two tables."""

_MOST = 4_000
_FEW = 8
"""So many new ones are worth a new file; fewer are compiled again in no more time than that takes."""

_PACKING = 3  # of 9; the numbers repeat themselves, and shrink to an eighth
_SMALL = 4_000  # bytes, which most have fewer of: for these, it is not worth the time to unpack them
_ERRORS = (AttributeError, ImportError, IndexError, KeyError, OverflowError, RuntimeError, TypeError, ValueError)
_BROKEN = (*_ERRORS, EOFError, zlib.error)


@cache
def store() -> Store:
    """Return what was compiled, each expression packed: of most nobody asks in most runs."""
    magic = getattr(_engine(), "MAGIC", 0)
    return Store("patterns", kept.digest(sys.version.encode(), str(magic).encode(), kept.mark(__file__)), few=_FEW)


@lru_cache(maxsize=_MOST)
def _once(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return a compiled regular expression. Raises re.error as `re.compile` does."""
    return _compiled(source, flags, re.compile)


compile = _once  # noqa: A001  (as in `re`)


def over(compiler: Callable[..., Any]) -> Callable[..., Any]:
    """Return what compiles as `re.compile`, which is `compiler`, does, but keeps the patterns of other people, too."""

    def compiled(source: Any, flags: int = 0) -> Any:
        is_ours = isinstance(source, str) and not flags & re.DEBUG
        return _compiled(source, int(flags), compiler) if is_ours else compiler(source, flags)

    return compiled


def _compiled(source: str, flags: int, compiler: Callable[..., re.Pattern[str]]) -> re.Pattern[str]:
    known, key = store(), kept.digest(source.encode("utf-8", "surrogatepass"), b"%d" % flags)
    if code := known.pieces.get(key):
        try:
            return _made(source, marshal.loads(code))  # noqa: S302  (checked for damage where it was read)
        except _BROKEN:
            del known.pieces[key]
    pattern = compiler(source, flags)
    # A Python with other inner parts compiles as it always did.
    with suppress(*_ERRORS):
        known.new[key] = marshal.dumps(_code(source, int(flags)))
    return pattern


def lazy(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a regular expression that is compiled when it is first tried: of those a module has, a run needs few.

    It is for the patterns of modules, whose sources are known to be right; each has what `re.Pattern` has.
    """
    made: Any = _Lazy(source, flags)
    pattern: re.Pattern[AnyStr] = made
    return pattern


class _Lazy:
    """Stands for a compiled regular expression."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> object:
        """Return what the expression has under a name, and have it ready from then on."""
        source = self._source
        pattern = _once(source, self._flags) if isinstance(source, str) else re.compile(source, self._flags)
        found = getattr(pattern, name)
        setattr(self, name, found)
        return found


def _code(source: str, flags: int) -> Code:
    compiler: Any = importlib.import_module("re._compiler")  # no other way leads to the numbers
    parser: Any = importlib.import_module("re._parser")
    parsed = parser.parse(source, flags)
    from array import array  # most expressions are kept

    numbers = array("I", compiler._code(parsed, flags))  # noqa: SLF001  (nor to these)
    groups: dict[str, int] = dict(parsed.state.groupdict)
    names: list[str | None] = [None] * parsed.state.groups
    for name, place in groups.items():
        names[place] = name
    plain = numbers.tobytes()
    packed = plain if len(plain) < _SMALL else zlib.compress(plain, _PACKING)
    return flags | parsed.state.flags, packed, len(plain), parsed.state.groups - 1, groups, tuple(names)


@cache
def _engine() -> Any:
    return importlib.import_module("_sre")


def _made(source: str, code: Code) -> re.Pattern[str]:
    flags, packed, size, groups, places, names = code
    numbers = memoryview(packed if size < _SMALL else zlib.decompress(packed)).cast("I").tolist()
    pattern: re.Pattern[str] = _engine().compile(source, flags, numbers, groups, places, names)
    return pattern
