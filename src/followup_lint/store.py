"""Small things that were worked out, each packed under a digest: some are kept between runs, and some made since.

What runs over many texts worked out lies in a file by itself: for one text it would be too much to read.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable
from functools import cached_property

from followup_lint import kept
from followup_lint.records import dataclass, field

Pieces = dict[bytes, bytes]

_MOST = 4_000


@dataclass(frozen=True, eq=False)
class Store:
    """Fewer than `few` new pieces are made again in no more time than a new file takes.

    `came` is told of pieces that somebody else made, a former run or another process; `going` may add to those that
    are written.
    """

    name: str
    made_from: bytes
    few: int = 1
    came: Callable[[Pieces], None] = lambda _: None
    going: Callable[[Pieces], Pieces] = lambda pieces: pieces
    pieces: Pieces = field(default_factory=dict, init=False)
    new: Pieces = field(default_factory=dict, init=False)
    _files: list[str] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        """Read what is kept for every run."""
        self._read(self.name)

    @cached_property
    def _state(self) -> bytes:
        return kept.digest(self.made_from, kept.mark(__file__))

    def get(self, key: bytes) -> bytes | None:
        """Return the piece of a digest, if there is one."""
        return self.pieces.get(key) or self.new.get(key)

    def many(self) -> None:
        """Take what was kept of runs over many texts as well, for this is one."""
        if (name := f"{self.name}-many") not in self._files:
            self._read(name)

    def take(self, pieces: Pieces) -> None:
        """Take what another process made for made here."""
        self.came(pieces)
        self.new.update(pieces)

    def keep(self) -> None:
        """Keep what was made here for the next run of this kind."""
        if len(self.new) < self.few:
            return
        every = self.pieces | self.new
        body = self.going(every if len(every) <= _MOST else self.new)
        kept.write(self._files[-1], self._state, marshal.dumps(body))
        self.pieces.update(self.new)
        self.new.clear()

    def _read(self, name: str) -> None:
        self._files.append(name)
        if body := kept.read(name, self._state):
            found: Pieces = marshal.loads(body)  # noqa: S302  (checked for damage; only this user may write there)
            self.came(found)
            self.pieces.update(found)
