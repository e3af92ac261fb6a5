"""A language that remembers: most sentences of a draft stay as they are from one keystroke to the next."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from followup_lint.language import Language

MOST = 200
"""Sentences kept, some 25 kB each; a draft has ten or twenty."""


MOST_WORDS = 1_000
"""Words met since the last ones were forgotten; two kilobytes each, and half a word that is being typed is one."""


class OvertakenError(Exception):
    """The text that was being read is no longer the text."""


class Remembering:
    """A spaCy pipeline that parses each sentence once.

    A parse depends on the sentence alone, and nobody changes one, so what is found with it is the same as without.
    `stopped` is asked before each parse, the dearest step of a check; it raises to end the check.
    """

    def __init__(self, language: Language) -> None:
        self._language = language
        self._docs: OrderedDict[str, Doc] = OrderedDict()
        self._zone = ExitStack()
        self._limit = 0
        self.stopped: Callable[[], None] = lambda: None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._language, name)

    def refresh(self) -> bool:
        """Forget every sentence and every word where very many were met, and tell whether that was so.

        No parse made before may be used after it.
        """
        strings = self._language.vocab.strings
        self._limit = self._limit or len(strings) + MOST_WORDS
        if len(strings) < self._limit:
            return False
        self._docs.clear()
        self._zone.close()
        if forget := getattr(self._language, "forget", None):
            forget()
        if zone := getattr(self._language, "memory_zone", None):
            self._zone.enter_context(zone())
        self._limit = len(strings) + MOST_WORDS
        return True

    def __call__(self, text: str) -> Doc:
        """Return the parse of a text."""
        self.stopped()
        if text in self._docs:
            self._docs.move_to_end(text)
            return self._docs[text]
        doc = self._docs[text] = self._language(text)
        if len(self._docs) > MOST:
            self._docs.popitem(last=False)
        return doc

    def many(self, texts: Sequence[str]) -> list[Doc]:
        """Return the parse of each text, those that are not known yet at one go."""
        self.stopped()
        new = [text for text in dict.fromkeys(texts) if text not in self._docs]
        made = dict(zip(new, self._language.many(new), strict=True))
        docs = [made[text] if text in made else self(text) for text in texts]
        self._docs |= made
        while len(self._docs) > MOST:
            self._docs.popitem(last=False)
        return docs
