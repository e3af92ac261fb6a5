"""Does a line look like a person's name, or like what people put under it?"""

from __future__ import annotations

import re

from followup_lint import patterns
from followup_lint.structure.lines import EMOJI, fold
from followup_lint.structure.words import words_of

_LONGEST_NAME = 60
_MOST_NAME_WORDS = 6
_MOST_LINE_WORDS = 7
_LONGEST_CASELESS = 12
_FEW = 2

_LEAD = patterns.lazy(r"^(?:[-–—~*_/\\|•\s]+|/?s/\s*|(?:xo?)+\b,?\s+|love,?\s+(?=[A-Z]))+", re.IGNORECASE)
_TRAIL = patterns.lazy(rf"(?:\s*(?:{EMOJI}|[:;]-?[)(DP]|<3|[*_~|]|\bxo?(?:xo?)*(?!\w))|(?<=\w)!+)+$", re.IGNORECASE)
_ASIDE = patterns.lazy(r"\s*\([^()]{0,40}\)")
_PLACEHOLDER = patterns.lazy(r"^(?:\[[^\]]{1,40}\]|\{\{?[^}]{1,40}\}\}?|<[^<>@]{1,40}>|_{3,}|X{3,})$")
_CREDENTIAL = patterns.lazy(r"^(?:[A-Z][A-Za-z]{0,4}\.?-?){1,3}(?:\s\([^)]{1,20}\))?$")
# Two capitals, or letters and points, are initials whatever they spell.
_INITIALS = patterns.lazy(r"^(?:[A-Z]\.?){1,4}$")
_SMALL_PREFIX = patterns.lazy(r"^[a-z]['’][^\W\d_a-z]")  # d'Alembert
_ABBREVIATED = patterns.lazy(r"\b[A-Z][A-Za-z]{0,3}\.$|\b[A-Z]\.[A-Z]\.[A-Z.]*$")
_AFTER_NAME = patterns.lazy(r"\s*(?:[|<(/·•]|\s[-–—]\s|\s{2,}|\t|,\s)")
_CONTACT = patterns.lazy(
    r"[\w.+-]@[\w-]+\.\w|https?://|www\.|\b[a-z0-9-]+\.(?:com|org|net|edu|io|example|co\.\w\w|de|fr|eu)\b"
    r"|(?<![\w.,$€£])\+?\(?\d[\d\s().-]{5,}\d(?!\w)|\b(?:tel|ph|phone|mob|mobile|cell|fax|ext|skype|linkedin|whatsapp)\b[\s.:#]"
    r"|^[tmpefhow]\s*[:.]\s*\S|^x\d{4,5}$|\s\|\s",
    re.IGNORECASE,
)


def is_name(words: str) -> bool:
    """Whether a line is a person's name and nothing else, marks of affection and letters after it aside."""
    if len(words) > _LONGEST_NAME:
        return False
    bare, *after = (part.strip() for part in _undress(words).split(","))
    if any(not _CREDENTIAL.match(part) for part in after):
        return False
    if _PLACEHOLDER.match(bare):
        return True
    tokens = bare.split()
    if not 1 <= len(tokens) <= _MOST_NAME_WORDS or not _ends_like_a_name(tokens[-1], len(tokens)):
        return False
    named = [_is_name_word(token, first=not at) for at, token in enumerate(tokens)]
    return any(named) and all(
        good or fold(token).strip(".") in words_of("name_particles") or fold(token).strip(".") in words_of("name_marks")
        for good, token in zip(named, tokens, strict=True)
    )


def may_be_name(words: str) -> bool:
    """Whether a line right after a sign-off can be the name: almost any short line that is no sentence."""
    if is_name(words) or is_contact(words):
        return True
    if len(words) > _LONGEST_NAME or len(words.split()) > _MOST_LINE_WORDS:
        return False
    if words_of("pronouns") & set(re.findall(r"[^\W\d_]+", fold(words))):
        return False
    bare = _undress(words)
    return bool(bare) and (bare[-1] not in ".?!:;," or len(bare.split()) <= _FEW)  # "Dana Li." is a name


def is_small_name(words: str) -> bool:
    """Whether a line is one word without capitals that can be a name to somebody who writes none."""
    if len(words) > _LONGEST_NAME:
        return False
    bare = _undress(words)
    known = words_of("openers") | words_of("closing_heads") | words_of("closing_words") | words_of("addressees")
    return bare.isalpha() and bare.islower() and len(bare) <= _LONGEST_CASELESS and bare not in known


def is_contact(words: str) -> bool:
    """Whether a line gives a number, an address or several things between bars."""
    return len(words) <= 2 * _LONGEST_NAME and bool(_CONTACT.search(words))


def opens_with_name(words: str) -> bool:
    """Whether a line is a name, alone or before a number, an address or a title."""
    if is_name(words):
        return True
    after = _AFTER_NAME.search(words[: _LONGEST_NAME + 1])
    if not after or not after.start() or not is_name(words[: after.start()]):
        return False
    rest = words[after.end() :].strip()
    return is_contact(words) or (is_title(words) and rest[:1].isupper())


def is_title(words: str) -> bool:
    """Whether a line can stand under a name: short, capitalised, not a sentence."""
    return (
        len(words) <= 2 * _LONGEST_NAME
        and len(words.split()) <= _MOST_LINE_WORDS + 1
        and (words[0].isupper() or not words[0].isalpha())
        and words[-1] not in "!?:;"
        and (words[-1] != "." or bool(_ABBREVIATED.search(words)))
        and not words_of("pronouns") & set(fold(words).split())
    )


def _undress(words: str) -> str:
    return _ASIDE.sub("", _TRAIL.sub("", _LEAD.sub("", words))).strip('"“”*_ ,')


def _ends_like_a_name(token: str, count: int) -> bool:
    if not token.endswith("."):
        return token[-1] not in "!?:;…"
    return (
        bool(_INITIALS.match(token))
        or fold(token).strip(".") in words_of("name_marks")
        or (count > 1 and len(token) == len("J."))
    )


def _is_name_word(token: str, *, first: bool) -> bool:
    bare = token.strip("\"“”'’.()")
    if (
        not bare
        or any(char.isdigit() for char in bare)
        or not all(char.isalpha() or char in "-'’./&\ufffd" for char in bare)
    ):
        return False
    if bare[0].islower():
        return bool(_SMALL_PREFIX.match(bare))
    if not bare[0].isupper():
        return bare[0].isalpha() and len(token) <= _LONGEST_CASELESS
    small = fold(bare)
    if small in words_of("closing_heads"):
        return False
    return not first or small not in words_of("openers") or small in words_of("openers_and_names")
