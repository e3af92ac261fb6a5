"""How near two spellings of a name are."""

from __future__ import annotations

import difflib

from followup_lint.people import fold

_ALIKE = 0.7
_SHORTEST, _SHORTEST_STRICT = 3, 5
_LONG, _LONG_STRICT = 6, 8
# Names that sound alike from different first letters.
_FIRST = (frozenset("ck"), frozenset("gj"), frozenset("fp"), frozenset("sz"), frozenset("iy"))
_SPELT_OUT = str.maketrans(
    {"ü": "ue", "ö": "oe", "ä": "ae", "ø": "oe", "å": "aa", "Ü": "Ue", "Ö": "Oe", "Ä": "Ae", "Ø": "Oe", "Å": "Aa"}
)
_DIMINUTIVE = frozenset("aeiouy")


def is_slip(word: str, name: str, *, strictly: bool) -> bool:
    """Whether a folded word is a folded name with a letter or two wrong, and neither a plural nor a short form of it.

    `strictly` asks for longer names, as in running text, where any word may stand.
    """
    shortest, long = (_SHORTEST_STRICT, _LONG_STRICT) if strictly else (_SHORTEST, _LONG)
    if min(len(word), len(name)) < shortest or max(len(word), len(name)) == shortest or word == name:
        return False
    if word[0] != name[0] and not any({word[0], name[0]} <= pair for pair in _FIRST):
        return False
    if _is_inflected(word, name, strictly=strictly) or _is_short_form(*sorted((word, name), key=len)):
        return False
    return distance(word, name) <= (1 if len(name) < long else 2)


def is_close(word: str, name: str) -> bool:
    """Whether a folded word is a short or wrong form of a folded name rather than another name."""
    if min(len(word), len(name)) > 1 and (name.startswith(word[:3]) or word in name):
        return True
    return difflib.SequenceMatcher(None, word, name).ratio() >= _ALIKE


def without_marks(name: str) -> tuple[str, ...]:
    """Return a name as those write it who lack its letters: Søren as Soren and Soeren; nothing where it is plain."""
    bare = fold(name)
    if bare == name.lower().replace("’", "'"):
        return ()
    shown = "".join(part[:1].upper() + part[1:] for part in bare.partition("-"))
    return tuple(dict.fromkeys((shown, name.translate(_SPELT_OUT))) if name.translate(_SPELT_OUT) != name else (shown,))


def distance(one: str, other: str) -> int:
    """Return how many letters must be changed, dropped, added or swapped with their neighbour."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def _is_inflected(word: str, name: str, *, strictly: bool) -> bool:
    """Whether one is the other with an s: "the Kesslers"; a name that ends in s has no such plural."""
    if word == name + "s":
        return not name.endswith("s")
    return strictly and name == word + "s"


def _is_short_form(short: str, long: str) -> bool:
    """Whether the shorter is what people make of the longer: "Vince" of Vincent, "Jenn" of Jenny, "Ann" of Anna."""
    if not long.startswith(short):
        return False
    rest = long[len(short) :]
    return len(rest) > 1 or rest in _DIMINUTIVE or len(short) == _SHORTEST
