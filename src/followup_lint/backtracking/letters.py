"""Sets of characters as bits: a few hundred characters stand for all, so that sets meet in one step."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from followup_lint.records import dataclass

_ALWAYS = string.printable + "\x85\xa0\u2028\u2019éßſıİ\u212a中٣🙂\x00"
"""One at least of every kind that Python tells apart: letters, digits, blanks and signs, within ASCII and beyond."""


def mentioned(tree: Any) -> Iterator[str]:
    """Yield every character that a parsed regular expression names, and the neighbours of its ranges."""
    waiting = [tree]
    while waiting:
        item = waiting.pop()
        if isinstance(item, tuple) and len(item) == 2:  # noqa: PLR2004  (an operator and its argument)
            name, value = str(item[0]), item[1]
            if name in {"LITERAL", "NOT_LITERAL"}:
                yield from _cased(value)
                continue
            if name == "RANGE":
                yield from (letter for end in value for code in (end - 1, end, end + 1) for letter in _cased(code))
                continue
        if isinstance(item, tuple | list) or hasattr(item, "data"):
            waiting += list(item)


def _cased(code: int) -> Iterator[str]:
    if 0 <= code <= 0x10FFFF:  # noqa: PLR2004  (where characters end)
        letter = chr(code)
        yield from (one for one in (letter, letter.lower(), letter.upper()) if len(one) == 1)


@dataclass(frozen=True)
class Letters:
    """The characters that stand for all in one regular expression; bit `n` of a set is the `n`th of them."""

    sample: tuple[str, ...]

    @classmethod
    def of(cls, tree: Any) -> Letters:
        """Return what stands for all characters in a parsed expression."""
        return cls(tuple(sorted({*_ALWAYS, *mentioned(tree)})))

    @cached_property
    def all(self) -> int:
        """Return the set of every character."""
        return (1 << len(self.sample)) - 1

    @cached_property
    def _bit(self) -> dict[str, int]:
        return {letter: 1 << at for at, letter in enumerate(self.sample)}

    @cached_property
    def _kinds(self) -> dict[str, int]:
        return {
            "SPACE": self._where(str.isspace),
            "DIGIT": self._where(str.isdecimal),
            "WORD": self._where(lambda letter: letter.isalnum() or letter == "_"),
            "ASCII": self._where(str.isascii),
        }

    @property
    def word(self) -> int:
        r"""Return what `\w` matches."""
        return self._kinds["WORD"]

    @property
    def newline(self) -> int:
        """Return the set of the one character that ends a line for regular expressions."""
        return self._bit["\n"]

    def one(self, name: str, argument: Any, flags: int) -> int | None:
        """Return the set that a part of a parsed expression matches; None for a part that is not one character."""
        if name == "LITERAL":
            return self._literal(argument, flags)
        if name == "NOT_LITERAL":
            return self.all & ~self._literal(argument, flags)
        if name == "ANY":
            return self.all if flags & re.DOTALL else self.all & ~self.newline
        if name == "IN":
            return self._members(argument, flags)
        return None

    def _where(self, fits: Any) -> int:
        return sum(1 << at for at, letter in enumerate(self.sample) if fits(letter))

    def _literal(self, code: int, flags: int) -> int:
        letter = chr(code)
        return self._cases(letter) if flags & re.IGNORECASE else self._bit[letter]

    @cached_property
    def _folded(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for letter, bit in self._bit.items():
            for case in (f"small {letter.lower()[:1]}", f"large {letter.upper()}"):
                found[case] = found.get(case, 0) | bit
        return found

    def _cases(self, letter: str) -> int:
        """Return a letter in either case; the engine's small letters are one character also where Python's are two."""
        return self._folded[f"small {letter.lower()[:1]}"] | self._folded[f"large {letter.upper()}"]

    def _either_case(self, letters: int) -> int:
        found = 0
        for at, letter in enumerate(self.sample):
            if letters >> at & 1:
                found |= self._cases(letter)
        return found

    def _members(self, members: Sequence[tuple[Any, Any]], flags: int) -> int:
        negated = str(members[0][0]) == "NEGATE"
        found = self._either(members[1:] if negated else members, flags)
        if flags & re.IGNORECASE:
            found = self._either_case(found)
        return self.all & ~found if negated else found

    def _either(self, members: Iterable[tuple[Any, Any]], flags: int) -> int:
        found = 0
        for kind, value in members:
            name = str(kind)
            if name == "LITERAL":
                found |= self._bit[chr(value)]
            elif name == "RANGE":
                found |= self._where(lambda letter, ends=value: ends[0] <= ord(letter) <= ends[1])
            else:
                found |= self._category(str(value), flags)
        return found

    def _category(self, name: str, flags: int) -> int:
        """Return the set of `CATEGORY_NOT_WORD` and its like."""
        kind = name.rsplit("_", 1)[1]
        found = self._kinds[kind] & (self._kinds["ASCII"] if flags & re.ASCII else self.all)
        return self.all & ~found if "_NOT_" in name else found
