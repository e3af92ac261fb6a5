"""What the rest of the program asks of a spaCy pipeline, whichever way it was loaded."""

from __future__ import annotations

from collections.abc import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol

    from spacy.tokens import Doc
else:
    Protocol = object  # typing takes 3 ms to load


class Language(Protocol):
    """Parses texts, each of them one sentence; what comes of one never depends on the others."""

    def __hash__(self) -> int: ...

    @property
    def vocab(self) -> Any:
        """Return spaCy's vocabulary."""
        ...

    @property
    def pipe_names(self) -> list[str]:
        """Return the names of the pipeline's components."""
        ...

    @property
    def tokenizer(self) -> Any:
        """Return what makes a document of a text, and does no more."""
        ...

    def get_pipe(self, name: str) -> Any:
        """Return a component by its name."""
        ...

    def __call__(self, text: str) -> Doc:
        """Return the parse of a text."""
        ...

    def many(self, texts: Sequence[str]) -> list[Doc]:
        """Return the parse of each text, as if each had come alone, in a third of the time."""
        ...


def whole(text: str) -> str:
    """Return a text without halves of characters, which spaCy cannot take; as long as before.

    No file brings such halves, but a program or an editor may.
    """
    return (
        text if text.isascii() else "".join(["\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in text])
    )
