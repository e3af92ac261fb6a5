"""What phrases need, kept between runs: to tell it takes as long as to compile them."""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable
from functools import cache
from itertools import chain

from followup_lint import kept
from followup_lint.literals import Needs, want
from followup_lint.records import dataclass, field
from followup_lint.vocabulary import signature

_NAME, _MANY = "phrases", "phrases-many"
_MOST = 4_000


@dataclass(frozen=True)
class _Known:
    """The groups that are kept between runs, by digest, and those made since: phrases with what they need, packed."""

    made_from: bytes
    groups: dict[bytes, bytes]
    new: dict[bytes, bytes] = field(default_factory=dict)
    names: list[str] = field(default_factory=lambda: [_NAME])


@cache
def _known() -> _Known:
    folder = os.path.dirname(__file__)  # noqa: PTH120  (pathlib takes longer to load)
    files = [f"{folder}{os.sep}{name}.py" for name in ("needs", "literals", "phrases", "required")]
    made_from = kept.digest(signature(), *map(kept.mark, files))
    return _Known(made_from, _read(_NAME, made_from))


def _read(name: str, made_from: bytes) -> dict[bytes, bytes]:
    body = kept.read(name, made_from)
    groups: dict[bytes, bytes]
    groups, words = marshal.loads(body) if body else ({}, ())  # noqa: S302  (checked for damage; only this user may write there)
    # What phrases ask for one after the other is asked for at once, so that no text is looked through again and again.
    want((words,))
    return groups


def told(words: tuple[str, ...], work: Callable[[], list[tuple[str, Needs]]]) -> list[tuple[str, Needs]]:
    """Return what was told of some words in an earlier run, or what `work` tells."""
    # One piece, and not one for each of hundreds: no word holds the sign between them.
    known, key = _known(), kept.digest("\0".join(words).encode("utf-8", "surrogatepass"))
    packed = known.groups.get(key) or known.new.get(key)
    if packed is None:
        told = work()
        for _, needs in told:
            want(needs)
        packed = known.new[key] = marshal.dumps(told)
    listed: list[tuple[str, Needs]] = marshal.loads(packed)  # noqa: S302  (checked for damage; only this user may write there)
    return listed


def many() -> None:
    """Take all that was kept of runs over many texts, too, for another; to read that would be too much for one text."""
    known = _known()
    if _MANY not in known.names:
        known.names.append(_MANY)
        known.groups.update(_read(_MANY, known.made_from))


def made() -> dict[bytes, bytes]:
    """Return what was told of phrases in this process."""
    return _known().new


def take(groups: dict[bytes, bytes]) -> None:
    """Take what another process was told for told here."""
    for packed in groups.values():
        for _, needs in marshal.loads(packed):  # noqa: S302  (made in a copy of this process)
            want(needs)
    _known().new.update(groups)


def keep() -> None:
    """Keep what was told of phrases in this process, for the next one."""
    if not _known.cache_info().currsize or not _known().new:
        return
    known = _known()
    groups = known.groups | known.new
    groups = groups if len(groups) <= _MOST else known.new
    words = {word for packed in groups.values() for _, needs in marshal.loads(packed) for word in chain(*needs)}  # noqa: S302  (made here)
    kept.write(known.names[-1], known.made_from, marshal.dumps((groups, tuple(words))))
    known.groups.update(known.new)
    known.new.clear()
