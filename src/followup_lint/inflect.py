"""The written forms of a word: a sentence without any of them need not be parsed to know that it lacks the word.

`forms` may name spellings that nobody uses, and never lacks one: what the model's lemmatizer takes back to a word is
among that word's forms. What is irregular stands in `rules/vocabulary/irregular.yaml`, which this module prints:

    python -m followup_lint.inflect > rules/vocabulary/irregular.yaml
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain

from followup_lint import patterns
from followup_lint.vocabulary import vocabulary

_PIECE = patterns.lazy(r"[^\W_]+")

# What the model's own table of exceptions does not list: clitics, and the words behind them.
_WORN = {
    "be": "am are is was were been being m re s isn aren wasn weren ai ain ma",
    "have": "has had having ve s d haven hasn hadn",
    "do": "does did done doing don doesn didn",
    "will": "ll wo won would d",
    "would": "d wouldn",
    "can": "ca cannot could",
    "could": "couldn",
    "shall": "sha shan should",
    "should": "shouldn",
    "may": "might mayn",
    "might": "mightn",
    "must": "mustn",
    "need": "needn",
    "not": "n t nt",
    "go": "gon",
    "to": "na ta",
    "come": "mon",
    "are": "aren",
    "is": "isn",
    "did": "didn",
    "i": "me my mine myself im ive",
    "we": "us our ours ourselves",
    "he": "him his himself",
    "she": "her hers herself",
    "it": "its itself",
    "they": "them their theirs themselves",
    "you": "u y ya your yours yourself yourselves",
    "this": "these",
    "that": "those",
}


NO_ORDER = frozenset([
    "to", "will", "would", "can", "could", "shall", "should", "may", "might", "must", "ll", "d", "the", "a", "an",
    "my", "your", "our", "his", "her", "their", "its", "this", "any", "some", "no", "i", "we", "you", "they", "he",
    "she", "it", "be", "been", "am", "is", "are", "was", "were", "have", "has", "had",
])  # fmt: skip
"""Words before a verb that is no order: its subject, its helper, or what makes a noun of it."""


# Words that the model's tokenizer takes apart though no apostrophe stands in them, by their beginnings and ends.
_HEADS = "i you he she it we they who what when where why how there that this these those"
_HELPERS = "do does did have has had is are was were could would should might must may need ca wo sha ai dare ought"
_WHOLE = frozenset({"is", "ill", "its", "hell", "shell", "shed", "well", "were", "id", "wed", "hed"})
"""What looks like two words and is one; as two it would be rare, and is not taken for them by the model."""


@cache
def _glued() -> dict[str, tuple[str, ...]]:
    """Return the pieces of words that were written without their apostrophe, or are two by custom."""
    tails = ("d", "ll", "ve", "re", "s", "m")
    found: dict[str, tuple[str, ...]] = {head + tail: (head, tail) for head in _HEADS.split() for tail in tails}
    found |= {f"{both}ve": (*apart, "ve") for both, apart in found.items() if apart[1] in {"d", "ll"}}
    found |= {f"{verb}nt": (verb, "nt", "t") for verb in _HELPERS.split()}
    found |= {f"{both}ve": (*apart, "ve") for both, apart in found.items() if apart[-1] == "t"}
    found |= {f"{verb}ve": (verb, "ve") for verb in _HELPERS.split() if verb not in {"do", "ca", "wo"}}
    found |= {
        "cannot": ("can", "not"),
        "gonna": ("gon", "na"),
        "gotta": ("got", "ta"),
        "ima": ("i", "m", "a"),
        "notve": ("not", "ve"),
    }
    found |= {"yall": ("y", "all"), "lemme": ("let", "me"), "gimme": ("give", "me"), "wanna": ("want", "na")}
    return {both: apart for both, apart in found.items() if both not in _WHOLE}


def in_order(folded: str) -> list[str]:
    """Return the pieces of a folded text one after the other."""
    glued = _glued()
    return [*chain.from_iterable(glued.get(word) or (word,) for word in _PIECE.findall(folded))]


@lru_cache(maxsize=256)
def pieces(folded: str) -> frozenset[str]:
    """Return the runs of letters and digits of a folded text: "don't" is "don" and "t", "follow-up" two words.

    "Dont", which the model takes apart, is itself and its parts.
    """
    runs = frozenset(_PIECE.findall(folded))
    glued = _glued()
    return runs.union(*(glued[word] for word in runs if word in glued))


def signs(lemmas: Iterable[str]) -> frozenset[str]:
    """Return pieces of which every sentence with one of some lemmas holds one; none where that cannot be told.

    Of several words ("get back", "e-mail") the last piece is enough to look for, or the first before a blank.
    """
    found: set[str] = set()
    for lemma in lemmas:
        word = _PIECE.findall(lemma.partition(" ")[0])
        if not word:
            return frozenset()
        found |= forms(word[-1])
    return frozenset(found)


@cache
def forms(word: str) -> frozenset[str]:
    """Return every written form of a word in lower case, the word itself included."""
    listed = vocabulary("irregular").get(word, ())
    return frozenset({word, *_regular(word), *listed, *_WORN.get(word, "").split()})


def _regular(word: str) -> Iterator[str]:
    for stem in (word, word + word[-1], word + "k"):  # "stopped", "panicked"
        yield from (stem + ending for ending in ("ed", "ing", "er", "est"))
    yield from (word + ending for ending in ("s", "es", "d", "r", "st"))
    stem = word[:-1]
    if word.endswith("y"):
        yield from (stem + ending for ending in ("ies", "ied", "ier", "iest"))
    elif word.endswith("e"):
        yield from (stem + "ing", word[:-2] + "ying", word[:-2] + "ves")
    elif word.endswith("f"):
        yield stem + "ves"
    elif word.endswith("man"):
        yield word[:-3] + "men"


def irregular(language: object) -> dict[str, list[str]]:
    """Return the irregular forms of verbs, adjectives and common nouns that a model's lemmatizer knows, by lemma."""
    tables = language.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]  # a spaCy pipeline
    found: dict[str, set[str]] = {}
    for part, table in ((part, tables.get_table("lemma_exc").get(part, {})) for part in ("verb", "adj", "adv", "noun")):
        for form, lemmas in table.items():
            for lemma in lemmas:
                known = {lemma, *_regular(lemma)}
                if lemma.isalpha() and form.isalpha() and form not in known and (part != "noun" or lemma in _NOUNS):
                    found.setdefault(lemma, set()).add(form)
    return {lemma: sorted(found[lemma]) for lemma in sorted(found)}


_NOUNS = frozenset({"child", "person", "man", "woman", "foot", "tooth", "life", "half", "self", "die", "penny"})


def _print() -> None:
    from followup_lint import model

    print("# Irregular forms by lemma. Made by `python -m followup_lint.inflect` from the model's own tables.")  # noqa: T201
    for lemma, listed in irregular(model.load()).items():
        quoted = ", ".join(f'"{form}"' for form in listed)
        print(f'"{lemma}": [{quoted}]')  # noqa: T201


if __name__ == "__main__":
    _print()
