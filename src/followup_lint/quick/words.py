"""What a word is, from its form, tag and place: spaCy's attribute ruler and lemmatizer, asked once a word.

The ruler goes through each document with 179 patterns, a fifth of the time of a parse. Nearly all of them look at one
token and ask for nothing but its form, tag and label, so what they say of a token can be kept. The few that look at
two neighbours are tried where their halves meet. The patterns are the model's own, in their order; one of a form that
is not known here is a ValueError, and the stock pipeline does the work.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from followup_lint.quick.lemmas import lemmatizer
from followup_lint.records import dataclass

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Fits = Callable[["Token"], bool]
MOST = 50_000
"""Words kept, some 400 bytes each: more than all English mail of a year needs."""

_VALUES: Mapping[str, Callable[[Token], object]] = {
    "TAG": lambda token: token.tag_,
    "LOWER": lambda token: token.lower_,
    "DEP": lambda token: token.dep_,
    "IS_SPACE": lambda token: token.is_space,
}
_SETTABLE = frozenset({"TAG", "POS", "DEP", "MORPH", "LEMMA"})
_PAIR = 2
_NONE = frozenset[int]()  # nearly every word's, so that they share it


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a word: which patterns fit it, alone and as either half of a pair, and what comes of it."""

    alone: tuple[int, ...]
    first: frozenset[int]
    second: frozenset[int]
    tag: int
    pos: int
    dep: int
    morph: Any
    lemma: str


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Patterns for single tokens; those that name a form or a tag are found by it, the `others` are tried."""

    both: dict[tuple[str, str], list[int]]
    by_form: dict[str, list[tuple[int, Fits]]]
    by_tag: dict[str, list[tuple[int, Fits]]]
    others: list[tuple[int, Fits]]

    def add(self, number: int, pattern: Mapping[str, Any]) -> None:
        form, tag = pattern.get("LOWER"), pattern.get("TAG")
        if pattern.keys() == {"LOWER", "TAG"} and isinstance(form, str) and isinstance(tag, str):
            self.both.setdefault((form, tag), []).append(number)
        elif isinstance(form, str):
            self.by_form.setdefault(form, []).append((number, _fits(pattern)))
        elif isinstance(tag, str):
            self.by_tag.setdefault(tag, []).append((number, _fits(pattern)))
        else:
            self.others.append((number, _fits(pattern)))

    def of(self, token: Token) -> tuple[int, ...]:
        """Return the patterns that fit a token."""
        form, tag = token.lower_, token.tag_
        tried = (*self.by_form.get(form, ()), *self.by_tag.get(tag, ()), *self.others)
        return (*self.both.get((form, tag), ()), *(number for number, fits in tried if fits(token)))


class Words:
    """Sets part of speech, morphology and lemma of every token of a document that is tagged and parsed."""

    def __init__(self, vocab: Any, folder: Path) -> None:
        """Read the tables of a model. Raises OSError or ValueError where they are missing or of another form."""
        import srsly
        from spacy.tokens._retokenize import normalize_token_attrs, set_token_attrs

        self.lemmatizer = lemmatizer(vocab, folder)
        self._set: Callable[[Token, dict[int, Any]], None] = set_token_attrs
        self._alone = _Patterns({}, {}, {}, [])
        self._pairs: list[tuple[int, Fits, Fits, int]] = []
        self._attrs: list[Mapping[int, Any]] = []
        self._known: dict[tuple[int, int, int], Known] = {}
        self._numbers: dict[int, int] = {}
        self._morphs: dict[int, Any] = {}
        rows: Any = srsly.msgpack_loads((folder / "attribute_ruler" / "patterns").read_bytes())
        for number, row in enumerate(rows):
            if not row["attrs"].keys() <= _SETTABLE:
                raise ValueError(f"a pattern sets {sorted(row['attrs'])}")
            self._attrs.append(normalize_token_attrs(vocab, row["attrs"]))
            for pattern in row["patterns"]:
                if len(pattern) == 1 and row["index"] == 0:
                    self._alone.add(number, pattern[0])
                elif len(pattern) == _PAIR and row["index"] in {0, 1}:
                    self._pairs.append((number, _fits(pattern[0]), _fits(pattern[1]), row["index"]))
                else:
                    raise ValueError("a pattern looks at more than two tokens")

    def __len__(self) -> int:
        """Return how many words are known so far."""
        return len(self._known)

    def __call__(self, doc: Doc) -> None:
        """Annotate a document."""
        tokens, extra = list(doc), dict[int, set[int]]()
        known = [self._known.get((token.orth, token.tag, token.dep)) or self._learn(token) for token in tokens]
        for place in range(1, len(known)):
            first, second = known[place - 1].first, known[place].second
            if first and second:
                for pair in first & second:
                    number, _, _, index = self._pairs[pair]
                    extra.setdefault(place - 1 + index, set()).add(number)
        for place, (token, word) in enumerate(zip(tokens, known, strict=True)):
            if place in extra:
                self._resolve(token, {*word.alone, *extra[place]})
                continue
            token.pos, token.morph, token.lemma_ = word.pos, word.morph, word.lemma
            if token.tag != word.tag or token.dep != word.dep:
                token.tag, token.dep = word.tag, word.dep
        if len(self._known) > MOST:
            self.forget()

    def forget(self) -> None:
        """Forget every word."""
        self._known.clear()
        self._numbers.clear()
        self._morphs.clear()

    def _learn(self, token: Token) -> Known:
        key = (token.orth, self._one(token.tag), self._one(token.dep))
        alone = self._alone.of(token)
        first = frozenset(place for place, (_, fits, _, _) in enumerate(self._pairs) if fits(token)) or _NONE
        second = frozenset(place for place, (_, _, fits, _) in enumerate(self._pairs) if fits(token)) or _NONE
        self._resolve(token, alone)
        tag, pos, dep = self._one(token.tag), self._one(token.pos), self._one(token.dep)
        morph = self._morphs.setdefault(hash(token.morph), token.morph)
        word = self._known[key] = Known(alone, first, second, tag, pos, dep, morph, token.lemma_)
        return word

    def _one(self, number: int) -> int:
        """Return the number itself, the same object for all words that have it: that halves what they take."""
        return self._numbers.setdefault(number, number)

    def _resolve(self, token: Token, numbers: Iterable[int]) -> None:
        """Set what patterns say of a token, later ones before earlier ones, and the lemma if none says it."""
        attrs: dict[int, Any] = {}
        for number in sorted(numbers):
            attrs |= self._attrs[number]
        token.lemma = 0
        self._set(token, attrs)
        if token.lemma == 0:
            token.lemma_ = self.lemmatizer.lemmatize(token)[0]


def _fits(token: Mapping[str, Any]) -> Fits:
    """Return whether a token is as a pattern wants it. Raises ValueError for a form of pattern not known here."""
    tests = [_test(_VALUES[key], value) for key, value in token.items() if key in _VALUES]
    if not tests or len(tests) != len(token):
        raise ValueError(f"a pattern asks for {sorted(token)}")
    return tests[0] if len(tests) == 1 else lambda token: all(test(token) for test in tests)


def _test(value: Callable[[Token], Any], wanted: Any) -> Fits:
    if isinstance(wanted, str | bool):
        return lambda token: value(token) == wanted
    if wanted.keys() == {"IN"}:
        return partial(_is_in, value, frozenset(wanted["IN"]))
    if wanted.keys() == {"NOT_IN"}:
        return partial(_is_not_in, value, frozenset(wanted["NOT_IN"]))
    if wanted.keys() == {"REGEX"}:
        search = re.compile(wanted["REGEX"]).search
        return lambda token: search(value(token)) is not None
    raise ValueError(f"a pattern asks for {sorted(wanted)}")


def _is_in(value: Callable[[Token], Any], wanted: frozenset[str], token: Token) -> bool:
    return value(token) in wanted


def _is_not_in(value: Callable[[Token], Any], unwanted: frozenset[str], token: Token) -> bool:
    return value(token) not in unwanted
