"""Which 8-bit encoding a text that is not UTF-8 was written in, as far as the words themselves can tell.

A statistical detector was tried first: on English messages with one or two foreign names it was wrong more often than
right, because so few bytes decide. The shape of the words decides better: no language writes `rŽsumŽ` or `Ma³gorzata`.
"""

from __future__ import annotations

from followup_lint import patterns

# Commonest first: the first in which every word looks like a word wins.
_CANDIDATES = ("cp1252", "mac_roman", "cp1250", "cp1251", "koi8_r", "iso8859_15", "cp850")

_SIGNS = frozenset("‘’‚“”„«»‹›–—…•·°€£¥¢§©®™½¼¾²³×±¿¡†‡¶\xa0\xad")
_WORD = patterns.lazy(r"[^\W\d_]+")
_NON_ASCII = patterns.lazy(r"[^\x00-\x7f]")
_CAPITAL_INSIDE = patterns.lazy(r"[a-zß-öø-ÿа-яё](?=[^\x00-\x7f])[^\W\d_]")
_SHORT = 2
_OPENING = frozenset("“„¿¡")
_INSIDE_WORDS = frozenset("‘’·\xad–—…")


def guess_encoding(data: bytes) -> str | None:
    """Return the Python name of the 8-bit encoding in which `data` reads as ordinary words, or None.

    Languages whose encodings share letters (Czech read as Western European) cannot be told apart from a name alone;
    the commoner encoding is then returned.
    """
    return next((name for name in _CANDIDATES if _reads_well(data, name)), None)


def mostly_utf_8(data: bytes) -> bool:
    """Whether this is UTF-8 with a few broken bytes: reading it in another encoding would garble all the rest."""
    text = data.decode("utf-8", "replace")
    broken = text.count("�")
    return sum(char > "\x7f" for char in text) - broken >= broken


def _reads_well(data: bytes, encoding: str) -> bool:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return all(_plausible_sign(text, match.start()) for match in _NON_ASCII.finditer(text)) and all(
        _plausible_word(word) for word in _WORD.findall(text) if not word.isascii()
    )


def _plausible_sign(text: str, at: int) -> bool:
    char = text[at]
    if char.isalpha():
        return char not in "ªºƒˆ"
    after_letter = text[at - 1 : at].isalpha() and at > 0
    between_letters = after_letter and text[at + 1 : at + 2].isalpha()
    misplaced = (after_letter and char in _OPENING) or (between_letters and char not in _INSIDE_WORDS)
    return char in _SIGNS and not misplaced


def _plausible_word(word: str) -> bool:
    """Whether capitals stand where capitals stand, in one script: Cyrillic alone, or Latin with few accents."""
    foreign = [char for char in word if not char.isascii()]
    if any(match.group()[-1].isupper() for match in _CAPITAL_INSIDE.finditer(word)):
        return False
    if any("\u0400" <= char <= "\u04ff" for char in foreign):
        return len(foreign) == len(word)
    return len(word) <= _SHORT or len(foreign) <= (len(word) + 1) // 2
