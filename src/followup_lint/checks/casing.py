"""Capitals: a run of words that shouts, or none where English asks for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from followup_lint import patterns
from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.dictionary import is_ordinary
from followup_lint.draft import BlockKind
from followup_lint.prose import Sentence
from followup_lint.reading import Reading
from followup_lint.records import dataclass
from followup_lint.text import Span

_RUN = patterns.lazy(r"(?<![\w/@.#-])[A-Z][A-Z'’]*(?:(?:[ \t]*+[,!?])?\s++[A-Z][A-Z'’]*)+(?![\w/@#-])")
_WORD = patterns.lazy(r"[A-Z][A-Z'’]*")
_SMALL_I = patterns.lazy(r"(?<![\w.'’/(@-])i(?:['’](?:m|ve|d|ll))?(?![\w.)/@-]|['’]\w)")
_BIG_I = patterns.lazy(r"(?<![\w.'’/-])I(?:['’](?:m|ve|d|ll))?(?![\w.)/-])")
_LONE_I = patterns.lazy(r"I\s+")
_LETTER = patterns.lazy(r"[^\W\d_]")
# Parts of speech that no name or abbreviation is made of.
_TELLING = frozenset({"PRP", "PRP$", "RB", "RBR", "RBS", "VBP", "VBZ", "VBD", "MD", "UH", "WP", "WRB", "JJS", "VB"})
_POINTING = frozenset({"this", "that", "these", "those", "all", "every", "each", "any", "no", "both"})


@dataclass(frozen=True)
class Check:
    """Find the first run of capitals that shouts, and a message whose writer uses no capitals.

    A run shouts if `words` of its words have `letters` letters or more and stand in the dictionary, and if, in small
    letters, one of its words is a verb, an adverb, a pronoun or the like; titles, headings and abbreviations are made
    of nouns. A body is `lower` if "I" is mostly written small, or if there is no capital at all in `min_words` words
    or more and a sentence after the first begins without one.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"count"})

    words: int = 2
    letters: int = 4
    min_words: int = 5

    def lacks(self, context: Context) -> str:
        """Return nothing: capitals can always be looked for."""
        return ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield one finding for shouting and one for small letters."""
        runs = [run for sentence in reading.sentences for run in self._shouted(reading, sentence)]
        if runs:
            yield Finding(runs[0], (("count", len(runs)),), "shouting", related=tuple(runs[1:]))
        if small := self._small(reading):
            yield Finding(small[0], (("count", len(small)),), "lower", related=tuple(small[1:]))

    def _shouted(self, reading: Reading, sentence: Sentence) -> Iterator[Span]:
        words = sentence.span.of(reading.masked)
        for run in _RUN.finditer(words):
            long = [word for word in _WORD.findall(run.group()) if len(word.replace("'", "")) >= self.letters]
            if len(long) < self.words or sum(is_ordinary(word, reading.language()) for word in long) < self.words:
                continue
            spoken = words[: run.start()] + run.group().lower() + words[run.end() :]
            doc = reading.language()(re.sub(r"\s", " ", spoken))
            inside = [token for token in doc if run.start() <= token.idx < run.end()]
            if any(token.tag_ in _TELLING or token.lower_ in _POINTING for token in inside):
                lone = _LONE_I.match(run.group())
                start = run.start() + (lone.end() if lone else 0)
                yield Span(start, run.end()).shift(sentence.span.start)

    def _small(self, reading: Reading) -> list[Span]:
        body = [block for block in reading.draft.body if block.kind is BlockKind.PARAGRAPH]
        small = [
            Span(*match.span())
            for block in body
            for match in _SMALL_I.finditer(reading.masked, block.span.start, block.span.end)
        ]
        big = sum(len(_BIG_I.findall(block.span.of(reading.text))) for block in body)
        if small and len(small) >= big:
            return small
        letters = "".join(_LETTER.findall(" ".join(block.span.of(reading.text) for block in body)))
        plain = letters.islower() and letters.isascii() and reading.prose.word_count >= self.min_words
        later = [sentence.span.of(reading.text) for sentence in reading.sentences[1:]]
        return [reading.opening] if plain and any(words[0].islower() for words in later) else []
