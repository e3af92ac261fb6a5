"""What there is to see in one sentence: measures of the whole, and marks that stand somewhere."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from followup_lint import patterns
from followup_lint.literals import FOREIGN
from followup_lint.records import dataclass
from followup_lint.text import Span
from followup_lint.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from followup_lint.tone.words import Sentence, Word

LONGEST = 40
"""Words after which a sentence no longer counts as longer: a run-on sentence is not formal for going on."""

_MOST_MARKS = 4  # of one kind in one sentence; ten exclamation marks are no more casual than four
_LONG_WORD = 7
_SHOUTED = 4
_LONGEST_WORD = 14  # letters; a chemical's name should not make a message formal

# Endings that words of Latin and French descent keep in English, the old divide between formal and plain vocabulary.
_LATINATE = patterns.lazy(
    r"\w{2,}(?:tion|sion|ment|ity|[ae]nce|[ae]ncy|ive|ious|ated?|ify|ified|ism|ist|ure|[ao]ry|[ai]ble|ally)s?"
)
_SIGNS: dict[str, re.Pattern[str]] = {
    "exclamation": patterns.lazy(r"!+"),
    "doubled-sign": patterns.lazy(r"[!?]{2,}"),
    "question": patterns.lazy(r"\?+"),
    "ellipsis": patterns.lazy(r"\.{2,}|…"),
    "dash": patterns.lazy(r"–|—|(?<=\s)-+(?=\s)|(?<=\w)--+"),
    "comma": patterns.lazy(r","),
    "semicolon": patterns.lazy(r";"),
    "parenthesis": patterns.lazy(r"\((?=\w)"),
    # Eyes, perhaps a nose, a mouth; no "8)" and no "XP", which are list markers and products. Or a pictograph.
    "emoticon": patterns.lazy(
        r"(?<![\w:;=])(?:[:;=][-^o']?[)(DPp/\\|*\]\[]{1,4}|[xX]D|<3+|\^_?\^)(?![\w/])|[\U0001F000-\U0001FAFF\u2600-\u27BF]\uFE0F?"
    ),
    "lowercase-i": patterns.lazy(r"(?<![\w(.])i(?![\w.)])(?!['’]s\b)"),
    "stretched-word": patterns.lazy(r"\b\w*([^\W\d_iwx])\1\1\w*", re.IGNORECASE),
}
_FIRST_PERSON = frozenset(["i", "i'm", "i've", "i'll", "i'd", "me", "my", "mine", "myself"])
_WE = frozenset(["we", "we're", "we've", "we'll", "we'd", "us", "our", "ours", "ourselves", "let's"])
_SECOND_PERSON = frozenset(["you", "you're", "you've", "you'll", "you'd", "your", "yours", "yourself", "yourselves"])
_CAPITALISED = frozenset(["polite", "ceremonious", "formal"])  # "Dear Sir", "Sincerely": tagged like names, and none
_CONTRACTED = patterns.lazy(r"\w+(?:n't|'m|'re|'ve|'ll|'d)")

_TAGS: dict[str, frozenset[str]] = {
    "nouns": frozenset(["NN", "NNS"]),  # common nouns only: a name says nothing about the register
    "adjectives": frozenset(["JJ", "JJR", "JJS"]),
    "prepositions": frozenset(["IN", "TO"]),
    "determiners": frozenset(["DT", "PDT", "WDT"]),
    "pronouns": frozenset(["PRP", "PRP$", "WP"]),
    "verbs": frozenset(["VB", "VBP", "VBZ", "VBD"]),
    "participles": frozenset(["VBN"]),
    "modals": frozenset(["MD"]),
    "adverbs": frozenset(["RB", "RBR", "RBS", "WRB"]),
}
"""The parts of speech of Heylighen and Dewaele's formality measure, shares of the words, weighed apart."""

MEASURES = ("sentence-length", "word-length", "long-words", "latinate-words", "lower-case-start", *_TAGS)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that stands at one place: which feature it is a case of, the word itself in lower case, and where."""

    feature: str
    word: str
    span: Span


@cache
def word_lists() -> Mapping[str, frozenset[str]]:
    """Return the word lists that are features, by name."""
    return {name: frozenset(words) for name, words in vocabulary("register").items()}


def listed() -> frozenset[str]:
    """Return every word that a feature already covers, so that no weight of its own is fitted for it."""
    return _FIRST_PERSON | _WE | _SECOND_PERSON | frozenset().union(*word_lists().values())


def size(sentence: Sentence) -> int:
    """Return how many words a sentence counts for, at most `LONGEST`."""
    return min(len(sentence.words), LONGEST)


def measures(sentence: Sentence) -> dict[str, float]:
    """Return the value of every measure in `MEASURES`."""
    words = sentence.words
    total = max(1, len(words))
    common = [word for word in words if not word.tag.startswith("NNP")]
    tags = Counter(sentence.tags)
    values = {
        "sentence-length": math.log1p(size(sentence)),
        "word-length": sum(min(len(word.text), _LONGEST_WORD) for word in common) / max(1, len(common)),
        "long-words": math.log1p(min(LONGEST, sum(len(word.text) >= _LONG_WORD for word in common))),
        "latinate-words": sum(_LATINATE.fullmatch(word.lower) is not None for word in common) / math.sqrt(total),
        "lower-case-start": float(sentence.starts_lower),
    }
    return values | {name: min(1.0, sum(tags[tag] for tag in kinds) / total) for name, kinds in _TAGS.items()}


def marks(sentence: Sentence) -> Iterator[Mark]:
    """Yield every mark, at most a few of each feature."""
    seen: Counter[str] = Counter()
    for mark in _all_marks(sentence):
        seen[mark.feature] += 1
        if seen[mark.feature] <= _MOST_MARKS:
            yield mark


def _all_marks(sentence: Sentence) -> Iterator[Mark]:
    for name, sign in _SIGNS.items():
        for match in sign.finditer(sentence.shown):
            yield Mark(name, match.group().lower(), Span(match.start(), match.end()))
    for word in sentence.words:
        for feature in _features_of(word):
            yield Mark(feature, word.lower, word.span)
    yield from _shouting(sentence.words)


def most_marks(text: str, words: Sequence[str]) -> dict[str, int]:
    """Return how many marks of each feature a sentence of these words has at most: a parse can only take some away.

    What is no matter of letters, the pronouns for instance, is left out.
    """
    held = _SIGN_LETTERS.intersection(text if text.isascii() else text + FOREIGN)
    found = {name: len(_SIGNS[name].findall(text)) for name, of in _SIGN_OF.items() if not of.isdisjoint(held)}
    if _TRIPLED.search(text):
        found["stretched-word"] = len(_SIGNS["stretched-word"].findall(text))
    counts = Counter([word.lower().replace("’", "'") for word in words])
    lists = _lists_of()
    for lower in counts.keys() & lists.keys():
        for name in lists[lower]:
            found[name] = found.get(name, 0) + counts[lower]
    contracted = [lower for lower in counts if "'" in lower] if "'" in text or "’" in text else []
    shown = [lower for lower in contracted if lower.endswith("'s") or _CONTRACTED.fullmatch(lower)]
    found["contraction"] = sum(counts[lower] for lower in shown)
    found["all-caps"] = sum(len(word) >= _SHOUTED for word in words if word.isupper())
    return {name: min(count, _MOST_MARKS) for name, count in found.items() if count}


_SIGN_OF = {name: frozenset(letters) for name, letters in {
    "exclamation": "!", "doubled-sign": "!?", "question": "?", "ellipsis": ".…", "dash": "–—-", "comma": ",",
    "semicolon": ";", "parenthesis": "(", "emoticon": f":;=D<^{FOREIGN}", "lowercase-i": "i",
}.items()}  # fmt: skip
"""Letters without one of which there is no such sign."""

_SIGN_LETTERS = frozenset[str]().union(*_SIGN_OF.values())
_TRIPLED = patterns.lazy(r"([^\W\d_iwx])\1\1", re.IGNORECASE)  # what every stretched word holds


def _features_of(word: Word) -> Iterator[str]:
    if word.lower in _FIRST_PERSON:
        yield "first-person"
    elif word.lower in _WE:
        yield "we"
    elif word.lower in _SECOND_PERSON:
        yield "second-person"
    if "'" in word.lower and (
        _CONTRACTED.fullmatch(word.lower) or (word.lower.endswith("'s") and word.clitic not in {"POS", ""})
    ):
        yield "contraction"
    for name in _lists_of().get(word.lower, ()):
        if name in _CAPITALISED or not _looks_like_a_name(word):
            yield name


@cache
def _lists_of() -> Mapping[str, tuple[str, ...]]:
    """Return the word lists that each word is on, in their order."""
    found: dict[str, tuple[str, ...]] = {}
    for name, words in word_lists().items():
        for word in words:
            found[word] = (*found.get(word, ()), name)
    return found


def _looks_like_a_name(word: Word) -> bool:
    """Return whether "Guy", "Dude" or "LOL" stands for somebody or something: the tagger knows, mostly."""
    return word.text[0].isupper() and word.tag.startswith("NNP")


def _shouting(words: tuple[Word, ...]) -> Iterator[Mark]:
    """Yield words in capitals that are no acronyms: two in a row, or one that is no noun."""
    loud = [len(word.text) >= _SHOUTED and word.text.isupper() for word in words]
    beside = {index for index, pair in enumerate(pairwise(loud)) if all(pair)}
    for index, word in enumerate(words):
        in_a_row = index in beside or index - 1 in beside
        if loud[index] and (in_a_row or not word.tag.startswith("NN")):
            yield Mark("all-caps", word.lower, word.span)


MARKS = (*_SIGNS, "first-person", "we", "second-person", "contraction", "all-caps")
"""The marks that are features besides the word lists."""
