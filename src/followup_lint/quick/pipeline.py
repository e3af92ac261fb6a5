"""The pipeline itself: text in, parsed documents out, one at a time or many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from followup_lint.language import whole
from followup_lint.records import dataclass

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from followup_lint.quick.exceptions import Cutter
    from followup_lint.quick.words import Words

BATCH, MOST_TOKENS = 32, 512
"""Sentences at a time, and their tokens: fewer leave the matrices small, more leave the processor's cache.

Without a limit of tokens a process grows by 5 MB more, and is no quicker.
"""


@dataclass(frozen=True, eq=False)
class Quick:
    """Tags, heads, labels and lemmas, as the stock pipeline without its names and sentences would give them.

    `parts` are spaCy's own components, in order; each is asked for its predictions and to write them down.
    """

    vocab: Any
    tokenizer: Cutter
    parts: Sequence[Any]
    words: Words

    def __call__(self, text: str) -> Doc:
        """Return the parse of a text."""
        return self._annotated([self.tokenizer(whole(text))])[0]

    def many(self, texts: Sequence[str]) -> list[Doc]:
        """Return the parse of each text, as if each had come alone."""
        docs = [self.tokenizer(whole(text)) for text in texts]
        # Texts of a length go together: the parser takes as many steps as the longest of them needs.
        for batch in _batches(sorted(docs, key=len)):
            self._annotated(batch)
        return docs

    def _annotated(self, docs: list[Doc]) -> list[Doc]:
        for part in self.parts:
            part.set_annotations(docs, part.predict(docs))
        for doc in docs:
            self.words(doc)
        return docs

    @contextmanager
    def memory_zone(self) -> Iterator[None]:
        """Let go, at the end, of every word met inside; no document made inside may be used after it.

        A zone inside a zone is no other one.
        """
        if self.vocab.in_memory_zone:
            yield
            return
        self.tokenizer.take_all()
        with ExitStack() as stack:
            pool = stack.enter_context(self.vocab.memory_zone())
            if hasattr(self.tokenizer.tokenizer, "memory_zone"):
                stack.enter_context(self.tokenizer.tokenizer.memory_zone(pool))
            yield

    def forget(self) -> None:
        """Forget what was worked out of single words; it is worked out again."""
        self.words.forget()

    @property
    def pipe_names(self) -> list[str]:
        """Return what the pipeline does, in spaCy's names."""
        return [*(part.name for part in self.parts), "attribute_ruler", "lemmatizer"]

    def get_pipe(self, name: str) -> Any:
        """Return a component by spaCy's name. Raises KeyError for one that is not here as such."""
        return {part.name: part for part in (*self.parts, self.words.lemmatizer)}[name]


def _batches(docs: Sequence[Doc]) -> Iterator[list[Doc]]:
    """Yield documents, the shortest of which come first, in batches."""
    batch: list[Doc] = []
    for doc in docs:
        if len(batch) == BATCH or len(batch) * len(doc) >= MOST_TOKENS:
            yield batch
            batch = []
        batch.append(doc)
    if batch:
        yield batch
