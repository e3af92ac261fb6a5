"""The written forms of words: none is missing that the model would take back to its word."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from corpus import language, sentences

from followup_lint.catalog import built_in
from followup_lint.checks.clause import Check
from followup_lint.frames import words
from followup_lint.inflect import forms, in_order, pieces, signs
from followup_lint.literals import folded
from followup_lint.vocabulary import rules_folder, vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc

_POS = {"verb": "VERB", "noun": "NOUN", "adj": "ADJ", "adv": "ADV"}


@cache
def named() -> frozenset[str]:
    """Return the words that frames and the lists of clauses and asks name, each by itself."""
    found: set[str] = set()
    for rule in built_in():
        for frame in rule.check.frames if isinstance(rule.check, Check) else ():
            found |= words(frame.verb) | words(frame.object) | words(frame.over)
    for name in ("clauses", "asks"):
        for key, listed in vocabulary(name).items():
            found |= set(listed) if key != "limits" else set()
    return frozenset(word for entry in found for word in re.findall(r"[a-z]+", entry.lower()))


def lemmatized(listed: list[str], pos: str) -> list[str]:
    """Return what the model takes words for, as one part of speech."""
    from spacy.tokens import Doc

    model: Any = language()
    lemmatizer = model.get_pipe("lemmatizer")
    doc = Doc(model.vocab, words=listed, pos=[pos] * len(listed))
    return [lemmatizer.rule_lemmatize(token)[0].lower() for token in doc]


def written(word: str, table: Any, rules: Any) -> Iterator[str]:
    """Yield what the model may take back to a word: its exceptions, and what its rules make the word of."""
    yield from (form for form, lemmas in table.items() if word in lemmas)
    for old, new in rules:
        if word.endswith(new):
            yield word[: len(word) - len(new)] + old
    yield from (word + word[-1] + ending for ending in ("ed", "ing", "er", "est"))


def test_the_list_is_what_the_module_prints() -> None:
    made = subprocess.run([sys.executable, "-m", "followup_lint.inflect"], capture_output=True, text=True, check=True)
    kept = Path(str(rules_folder())) / "vocabulary" / "irregular.yaml"
    told = "run: python -m followup_lint.inflect > rules/vocabulary/irregular.yaml"
    assert kept.read_text(encoding="utf-8") == made.stdout, told


@pytest.mark.parametrize("part", _POS)
def test_no_form_is_missing(part: str) -> None:
    tables = language().get_pipe("lemmatizer").lookups
    table = tables.get_table("lemma_exc").get(part, {})
    rules = tables.get_table("lemma_rules").get(part, [])
    pairs = [(word, form) for word in sorted(named()) for form in written(word, table, rules) if form.isalpha()]
    found = lemmatized([form for _, form in pairs], _POS[part])
    back = [(word, form) for (word, form), lemma in zip(pairs, found, strict=True) if lemma == word]
    assert [(word, form) for word, form in back if form not in forms(word)] == []
    if part != "adv":
        assert len(back) > len(named())


def unseen(texts: Iterable[str], docs: Iterable[Doc]) -> set[tuple[str, str]]:
    """Return the named words of some texts of which no sign shows, with the text."""
    return {
        (token.lemma_.lower(), text)
        for text, doc in zip(texts, docs, strict=True)
        for token in doc
        if token.lemma_.lower() in named() - NO_WORDS and signs([token.lemma_.lower()]).isdisjoint(pieces(folded(text)))
    }


NO_WORDS = frozenset({"s", "ll", "re", "am", "pm", "a"})
"""What the lists name as a piece of something longer."""


def test_a_sentence_with_a_word_holds_one_of_its_signs() -> None:
    assert unseen([read.text for read in sentences()], [read.doc for read in sentences()]) == set()


@pytest.mark.parametrize("around", ["{}", "I {} go.", "{} we go?", "I am {}."])
def test_a_word_that_the_model_takes_apart_holds_the_signs_of_its_parts(around: str) -> None:
    tokenizer = language().tokenizer
    rules = getattr(tokenizer, "rules", None) or tokenizer.tokenizer.rules
    # Hours ("10am") aside: "be" in them is the tagger's joke.
    texts = [around.format(word) for word, parts in rules.items() if len(parts) > 1 and not word[0].isdigit()]
    assert len(texts) > 500
    assert unseen(texts, language().many(texts)) == set()


def test_a_word_that_is_one_stays_one() -> None:
    assert pieces("well, it was shed as its id") == {"well", "it", "was", "shed", "as", "its", "id"}
    assert in_order("dont, i cannot; youve") == ["do", "nt", "t", "i", "can", "not", "you", "ve"]


@pytest.mark.parametrize(
    ("lemmas", "some", "none"),
    [
        (["get back"], {"get", "got", "getting", "gets"}, {"back"}),
        (["e-mail"], {"mail", "mails", "mailed"}, {"e"}),
        (["be"], {"am", "is", "m", "re", "s"}, {"i"}),
        (["not"], {"n", "t", "not"}, {"no"}),
        (["stop", "panic"], {"stopped", "panicked", "stop"}, {"stops it"}),
    ],
)
def test_the_signs_of_words(lemmas: list[str], some: set[str], none: set[str]) -> None:
    assert some <= signs(lemmas)
    assert none.isdisjoint(signs(lemmas))


@pytest.mark.parametrize("lemmas", [[], [""], ["—"], ["get", "?"]])
def test_without_letters_nothing_can_be_told(lemmas: list[str]) -> None:
    assert signs(lemmas) == frozenset()
