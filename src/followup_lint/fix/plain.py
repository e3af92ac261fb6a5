"""Text files written back in their own encoding, byte for byte but for the edits."""

from __future__ import annotations

from collections.abc import Sequence

from followup_lint.diagnostic import Edit
from followup_lint.errors import Problem
from followup_lint.fix.edits import edited
from followup_lint.records import dataclass
from followup_lint.sources.decode import decode, encoding_of, mark_of
from followup_lint.text import Lines


@dataclass(frozen=True, slots=True)
class Codec:
    """How a file's text becomes bytes again: its byte-order mark, if it has one, and the encoding after it."""

    mark: bytes
    name: str

    def can_write(self, words: str) -> bool:
        """Whether the encoding has these characters."""
        try:
            words.encode(self.name)
        except UnicodeEncodeError:
            return False
        return True


def codec_of(data: bytes, path: str) -> Codec:
    """Return the codec of a file; each that `decode` knows gives back the bytes it was given. Raises Problem for what
    is no text.
    """
    mark, name = mark_of(data)
    return Codec(mark, name or encoding_of(data, path))


def spliced(data: bytes, text: str, edits: Sequence[Edit], path: str) -> bytes:
    """Return the bytes of the edited text. Raises Problem where they would not be read as that text."""
    codec = codec_of(data, path)
    for edit in edits:
        if not codec.can_write(edit.text):
            place = Lines(text).position(edit.span.start)
            said = f"“{edit.text}” cannot be written in this file's encoding, {codec.name}; it is left as it is"
            raise Problem(said, path, place.line, place.column)
    new = edited(text, edits)
    written = codec.mark + new.encode(codec.name)
    if not _reads_as(written, new):
        raise Problem("would be read in another encoding after the change; it is left alone", path)
    return written


def _reads_as(data: bytes, text: str) -> bool:
    try:
        return decode(data, "") == text
    except Problem:
        return False
